"""Rooms close.

What is said at closed tables: rows of their own, which go when the session ends.
"""

import sqlalchemy as sa
from alembic import op

from meetup.shared.triggers import Immutable, make

revision = "0007"
down_revision = "0006"


def upgrade():
    op.create_table(
        "closed_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(length=36), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('arrive', 'leave', 'say', 'edit', 'remove', 'react')", name=op.f("ck_closed_entries_kind")
        ),
        sa.ForeignKeyConstraint(
            ["about_id"],
            ["closed_entries.id"],
            name=op.f("fk_closed_entries_about_id_closed_entries"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_closed_entries_author_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_closed_entries_brand_id_brands"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["bof_tables.id"], name=op.f("fk_closed_entries_table_id_bof_tables"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_entries")),
        sa.UniqueConstraint("public_id", name=op.f("uq_closed_entries_public_id")),
        sa.UniqueConstraint(
            "table_id", "author_id", "client_key", name=op.f("uq_closed_entries_table_id_author_id_client_key")
        ),
        sa.UniqueConstraint("table_id", "seq", name=op.f("uq_closed_entries_table_id_seq")),
    )
    op.create_index("ix_closed_entries_about", "closed_entries", ["about_id"], unique=False)
    op.create_table(
        "closed_erasures",
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("swept_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["table_id"], ["bof_tables.id"], name=op.f("fk_closed_erasures_table_id_bof_tables"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("table_id", name=op.f("pk_closed_erasures")),
    )
    make(
        op.execute,
        op.get_bind().dialect.name,
        Immutable(
            "closed_entries", ("table_id", "seq", "kind", "author_id", "client_key", "about_id", "at"), ("body",)
        ),
    )


def downgrade():
    op.drop_table("closed_erasures")
    op.drop_table("closed_entries")
