"""Promises that the database itself keeps: columns that never change once a row is written.

Alembic's batch mode rebuilds a SQLite table and drops its triggers without a word. So they are named here,
made by the migration that makes the table, made again after each rebuild, and a test asks a fully migrated
database for each by doing what it forbids.
"""

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Connection, event

from meetup.shared.database import Base


class Immutable(NamedTuple):
    """Columns of a table that never change. An `erasable` one may still become null."""

    table: str
    columns: tuple[str, ...]
    erasable: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.table}_immutable"


ALL: dict[str, Immutable] = {}


def immutable(table: str, *columns: str, erasable: tuple[str, ...] = ()) -> None:
    """Never let these columns of a table change. An `erasable` one may still become null."""
    ALL[table] = Immutable(table, columns, erasable)


def make(run: Callable[[str], object], dialect: str, wanted: Immutable) -> None:
    """Make this trigger, in place of an older one on its table, by `run`ning each statement."""
    for statement in statements(wanted, dialect):
        run(statement)


def statements(wanted: Immutable, dialect: str) -> list[str]:
    """What makes the trigger, on SQLite or on PostgreSQL."""
    table, name, refusal = wanted.table, wanted.name, f"'{wanted.table}: this never changes'"
    differs = "OLD.{0} IS NOT NEW.{0}" if dialect == "sqlite" else "OLD.{0} IS DISTINCT FROM NEW.{0}"
    changes = [differs.format(column) for column in wanted.columns]
    changes += [f"(NEW.{column} IS NOT NULL AND {differs.format(column)})" for column in wanted.erasable]
    when = " OR ".join(changes)
    if dialect == "sqlite":
        return [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, {refusal}); END",
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION {refusal} USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()",
    ]


@event.listens_for(Base.metadata, "after_create")
def _make_all(_metadata: object, connection: Connection, **_: object) -> None:
    for wanted in ALL.values():
        make(connection.exec_driver_sql, connection.dialect.name, wanted)
