"""The database's shape: which version it has, which this code needs, and the way from one to the other."""

from sqlalchemy import Connection, Engine, inspect

from meetup.config import ROOT

MIGRATIONS = ROOT / "meetup" / "migrations"

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
        current = version_of(connection)
        known = versions()
        if current == known[-1]:
            return False
        if current is not None and current not in known:
            raise NewerSchema(
                f"This database has version {current}, which this code does not know. Start the newer code."
            )
        _migrate(connection)
        return True


def versions() -> list[str]:
    """Every version that this code knows, in order: a migration's file begins with its number."""
    return sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def version_of(connection: Connection) -> str | None:
    """The version of this database; None for one that is new."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _migrate(connection: Connection) -> None:
    # Alembic takes half a second to load, and a start that has nothing to migrate should not wait for it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


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
