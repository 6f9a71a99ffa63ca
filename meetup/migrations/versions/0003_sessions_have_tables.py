"""Sessions have tables.

Sessions with their four instants, and the tables at which people sit.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.create_table(
        "bof_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("vertical_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("is_online", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("doors_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("peer_window", sa.Integer(), nullable=False),
        sa.Column("admits_guests", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uid", sa.String(length=120), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stamped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("closes_at <= ends_at", name=op.f("ck_bof_sessions_closed_before_end")),
        sa.CheckConstraint("doors_at <= starts_at", name=op.f("ck_bof_sessions_doors_first")),
        sa.CheckConstraint("peer_window BETWEEN 0 AND 10", name=op.f("ck_bof_sessions_peer_window")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_bof_sessions_takes_time")),
        sa.CheckConstraint("starts_at <= closes_at", name=op.f("ck_bof_sessions_open_before_closed")),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_bof_sessions_brand_id_brands"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["host_id"], ["memberships.id"], name=op.f("fk_bof_sessions_host_id_memberships"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["vertical_id"], ["verticals.id"], name=op.f("fk_bof_sessions_vertical_id_verticals"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bof_sessions")),
        sa.UniqueConstraint("brand_id", "slug", name=op.f("uq_bof_sessions_brand_id_slug")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bof_sessions_public_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_bof_sessions_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_bof_sessions_brand_starts", "bof_sessions", ["brand_id", "starts_at", "id"], unique=False)
    op.create_table(
        "bof_session_interests",
        sa.Column("bof_session_id", sa.Integer(), nullable=False),
        sa.Column("interest_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bof_session_id"],
            ["bof_sessions.id"],
            name=op.f("fk_bof_session_interests_bof_session_id_bof_sessions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["interest_id"],
            ["interests.id"],
            name=op.f("fk_bof_session_interests_interest_id_interests"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("bof_session_id", "interest_id", name=op.f("pk_bof_session_interests")),
    )
    op.create_table(
        "bof_tables",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("bof_session_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("vertical_id", sa.Integer(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=True),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("closed_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity BETWEEN 2 AND 40", name=op.f("ck_bof_tables_capacity")),
        sa.ForeignKeyConstraint(
            ["bof_session_id"],
            ["bof_sessions.id"],
            name=op.f("fk_bof_tables_bof_session_id_bof_sessions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_bof_tables_brand_id_brands"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["memberships.id"], name=op.f("fk_bof_tables_expert_id_memberships"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["vertical_id"], ["verticals.id"], name=op.f("fk_bof_tables_vertical_id_verticals"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bof_tables")),
        sa.UniqueConstraint("bof_session_id", "number", name=op.f("uq_bof_tables_bof_session_id_number")),
        sa.UniqueConstraint("id", "bof_session_id", name=op.f("uq_bof_tables_id_bof_session_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bof_tables_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_bof_tables_brand_id"), "bof_tables", ["brand_id"], unique=False)
    op.create_index("ix_bof_tables_expert", "bof_tables", ["expert_id"], unique=False)


def downgrade():
    op.drop_table("bof_tables")
    op.drop_table("bof_session_interests")
    op.drop_table("bof_sessions")
