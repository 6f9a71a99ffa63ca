"""The database's shape: which version it has, which this code needs, and the way from one to the other."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from meetup.config import ROOT

# Any number, the same in every process: two that start at once migrate one after the other.
MIGRATION_LOCK = 720_412


class NewerSchema(Exception):
    """The database was written by a newer version of this code, which knows things that this one would lose."""


def upgrade(engine: Engine) -> bool:
    """Bring the database up to this code's version; says whether there was anything to do.

    Raises:
        NewerSchema: when the database is ahead of the code. Nothing is touched.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
        config = _config(connection)
        scripts = ScriptDirectory.from_config(config)
        current = MigrationContext.configure(connection).get_current_revision()
        if current == scripts.get_current_head():
            return False
        _refuse_what_is_newer(scripts, current)
        command.upgrade(config, "head")
        return True


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "meetup" / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _refuse_what_is_newer(scripts: ScriptDirectory, current: str | None) -> None:
    if current is None:
        return
    try:
        scripts.get_revision(current)
    except CommandError:
        raise NewerSchema(
            f"This database has version {current}, which this code does not know. Start the newer code."
        ) from None


def refuse_lossy_commits(connection: Connection) -> None:
    """PostgreSQL can be told to answer before a commit is on disk. Then an accepted message could be lost.

    Raises:
        RuntimeError: when it is told so.
    """
    if connection.dialect.name != "postgresql":
        return
    mode = connection.exec_driver_sql("SHOW synchronous_commit").scalar_one()
    if mode == "off":
        raise RuntimeError("PostgreSQL has synchronous_commit=off: an accepted message could be lost. Turn it on.")
