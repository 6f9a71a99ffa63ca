"""Lays the worlds of the access matrix out in the database, and tidies up between its requests.

A world is built once per phase and run, and kept as rows. It is large, and what a request changes is small: only the
tables are looked at that a statement has touched since.
"""

import re
from functools import cache

from sqlalchemy import and_, select

from meetup.extensions import db
from tests.access_world import build

WRITES = re.compile(r'\s*(?P<verb>INSERT INTO|UPDATE|DELETE FROM)\s+"?(?P<table>\w+)', re.IGNORECASE)


class Stage:
    """The database, as the matrix needs it for each request."""

    def __init__(self, empty):
        self.empty = empty
        self.worlds = {}
        self.shown = {}
        self.phase = None
        self.touched = set()

    def set_up(self, phase):
        """Have the database hold the world of this phase and nothing else."""
        if phase == self.phase:
            self.tidy_up()
        else:
            self.phase = None  # whatever happens on the way
            self.lay_out(phase)
        self.phase, self.touched = phase, set()

    def note(self, statement):
        """Hear every statement that reaches the database, so as to know which tables are no longer as they were."""
        if written := WRITES.match(statement):
            self.touched.add(written["table"])
            # The database takes away what hung on a row, without a statement of ours.
            self.touched |= hanging_on(written["table"]) if written["verb"].upper() == "DELETE FROM" else set()

    def lay_out(self, phase):
        self.empty()
        if phase not in self.worlds:
            self.shown[phase] = build(phase)
            self.worlds[phase] = {table: rows_of(table) for table in db.metadata.sorted_tables}
            db.session.remove()
            return
        for table, rows in self.worlds[phase].items():
            if rows:
                db.session.execute(table.insert(), list(rows.values()))
        db.session.commit()
        db.session.remove()

    def tidy_up(self):
        """Put every row back that was changed, added or taken away."""
        changed = [table for table in db.metadata.sorted_tables if table.name in self.touched]
        for table in reversed(changed):
            for key in rows_of(table).keys() - self.worlds[self.phase][table].keys():
                db.session.execute(table.delete().where(is_row(table, key)))
        for table in changed:
            self.put_back(table)
        db.session.commit()
        db.session.remove()

    def put_back(self, table):
        there, wanted = rows_of(table), self.worlds[self.phase][table]
        for key in [key for key in wanted if key in there and there[key] != wanted[key]]:
            other = {name: value for name, value in wanted[key].items() if there[key][name] != value}
            db.session.execute(table.update().where(is_row(table, key)).values(other))
        if gone := [row for key, row in wanted.items() if key not in there]:
            db.session.execute(table.insert(), gone)


def rows_of(table):
    """By their keys. Rows of one table may refer to each other: in the order in which they were made."""
    rows = db.session.execute(select(table).order_by(*table.primary_key))
    return {tuple(row._mapping[column] for column in table.primary_key): row._asdict() for row in rows}


def is_row(table, key):
    return and_(*(column == value for column, value in zip(table.primary_key, key, strict=True)))


@cache
def hanging_on(name):
    """The tables whose rows refer to this one's, and those whose rows refer to theirs."""
    found, wanted = set(), [name]
    while wanted:
        asked = wanted.pop()
        referring = {each.name for each in db.metadata.sorted_tables if refers_to(each, asked)}
        wanted += referring - found
        found |= referring
    return found


def refers_to(table, name):
    return any(key.column.table.name == name for key in table.foreign_keys)
