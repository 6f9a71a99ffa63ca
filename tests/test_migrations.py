"""The way from an empty database to this version's, and from one with rows."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from meetup.extensions import db
from meetup.shared import schema, triggers
from meetup.shared.database import Base, configure


@pytest.fixture
def empty(app, tmp_path, monkeypatch):
    """An engine on an empty database of the kind under test: a file, or a schema of its own."""
    if db.engine.dialect.name == "sqlite":
        engine = sa.create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
        configure(engine)
        yield engine
        engine.dispose()
        return
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA empty_one")
    engine = sa.create_engine(db.engine.url, connect_args={"options": "-c search_path=empty_one"})
    configure(engine)
    yield engine
    engine.dispose()
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA empty_one CASCADE")


def test_an_empty_database_becomes_what_the_models_say(empty):
    assert schema.upgrade(empty)

    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)
    assert differences == []


def test_a_second_upgrade_has_nothing_to_do(empty):
    schema.upgrade(empty)

    assert not schema.upgrade(empty)


def test_every_trigger_is_there_after_the_migrations(empty):
    schema.upgrade(empty)

    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if empty.dialect.name == "postgresql":
        query = "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = 'empty_one'"
    with empty.connect() as connection:
        made = set(connection.exec_driver_sql(query).scalars())
    assert made >= {wanted.name for wanted in triggers.ALL.values()}


def test_a_database_of_a_newer_version_is_not_touched(empty):
    schema.upgrade(empty)
    with empty.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(schema.NewerSchema, match="9999"):
        schema.upgrade(empty)
