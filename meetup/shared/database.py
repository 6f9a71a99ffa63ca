"""How rows are kept: the base of every model, instants in UTC, and transactions that never upgrade half-way."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.types import TypeDecorator

# Names by rule, so that a migration can drop a constraint that nobody named.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An instant: aware going in, aware and in UTC coming out, on SQLite too. A naive time raises ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every model derives from."""

    # A registry of its own, because Flask-SQLAlchemy derives a class from this one and a map may be given only once.
    registry = registry(metadata=MetaData(naming_convention=NAMING), type_annotation_map={datetime: Instant()})


def public_id() -> str:
    """A random name for a row that people may see: 16 characters of a URL, about 95 bits, nothing to count up."""
    return secrets.token_urlsafe(12)


_reading: ContextVar[bool] = ContextVar("reading", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun in here only read: on SQLite they take no write lock, and a write raises."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def read_only(is_reading: bool) -> None:
    """Say, at the start of a request, whether it can write (GET, HEAD and OPTIONS cannot)."""
    _reading.set(is_reading)


def configure(engine: Engine) -> None:
    """Make an engine keep what architecture.md promises: durable commits, foreign keys, writers one after the other."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # The driver would begin transactions at its own time, after the first read; we send BEGIN ourselves.
    connection.isolation_level = None
    for pragma in (
        "busy_timeout=10000",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        # Erased means erased: FAST would leave rows readable in free pages.
        "secure_delete=ON",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # Decided before the first statement and never upgraded half-way: an upgrade fails at once when another writes.
    only_reads = _reading.get()
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if only_reads else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if _reading.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def leave_no_trace(engine: Engine) -> None:
    """After an erasure: let SQLite's log go, in which the old pages still lie. Call it outside any transaction.

    While somebody reads, the log cannot go at once; it does with the next call, or when the app ends.
    """
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def after_commit(session: Session, tell: Callable[[], None]) -> None:
    """Call `tell` once this session's transaction is committed, and never if it is rolled back."""
    session.info.setdefault("after_commit", []).append(tell)


@event.listens_for(Session, "after_commit")
def _tell(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for tell in session.info.pop("after_commit", []):
        tell()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("after_commit", None)
