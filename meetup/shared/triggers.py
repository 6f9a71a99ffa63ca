"""Promises that the database itself keeps: columns that never change once a row is written.

Alembic's batch mode rebuilds a SQLite table and drops its triggers without a word. So they are named here,
made by the migration that makes the table, made again after each rebuild, and a test asks a fully migrated
database for each by doing what it forbids.
"""

from collections.abc import Callable

from sqlalchemy import Connection, event

from meetup.shared.database import Base

MADE: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {}


def immutable(table: str, *columns: str, erasable: tuple[str, ...] = ()) -> None:
    """Never let these columns of a table change. An `erasable` one may still become null."""
    MADE[f"{table}_immutable"] = (table, columns, erasable)


def statements(name: str, dialect: str) -> list[str]:
    """What makes one trigger, dropping an older one of that name first."""
    table, columns, erasable = MADE[name]
    if dialect == "sqlite":
        tests = [f"OLD.{c} IS NOT NEW.{c}" for c in columns]
        tests += [f"(NEW.{c} IS NOT NULL AND OLD.{c} IS NOT NEW.{c})" for c in erasable]
        return [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {' OR '.join(tests)} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: this never changes'); END",
        ]
    tests = [f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in columns]
    tests += [f"(NEW.{c} IS NOT NULL AND OLD.{c} IS DISTINCT FROM NEW.{c})" for c in erasable]
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table}: this never changes' USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({' OR '.join(tests)}) "
        f"EXECUTE FUNCTION {name}()",
    ]


def make(run: Callable[[str], object], dialect: str, *tables: str) -> None:
    """Make the triggers of these tables (all, if none is named), by `run`ning each statement."""
    for name, (table, _, _) in MADE.items():
        if not tables or table in tables:
            for statement in statements(name, dialect):
                run(statement)


@event.listens_for(Base.metadata, "after_create")
def _make_all(_metadata: object, connection: Connection, **_: object) -> None:
    make(connection.exec_driver_sql, connection.dialect.name)
