"""Counts what a piece of a test asks the database: a page asks as often for a thousand as for one."""

from contextlib import contextmanager

from sqlalchemy import event

from meetup.extensions import db

# What begins or ends a transaction asks for no rows, and the databases differ in it.
NO_QUESTION = ("PRAGMA", "BEGIN", "SET", "SAVEPOINT", "RELEASE", "ROLLBACK")


class Queries(list):
    """The statements, in order; `len()` of it is the number."""

    def __str__(self):
        return "\n".join(self)


@contextmanager
def counting():
    """`with counting() as queries: …`, then `assert len(queries) == 7, queries`."""
    queries = Queries()

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        if not statement.startswith(NO_QUESTION):
            queries.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield queries
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
