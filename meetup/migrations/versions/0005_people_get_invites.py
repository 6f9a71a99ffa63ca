"""People get invites.

One calendar object per person and session, under a UID that never changes.
"""

import sqlalchemy as sa
from alembic import op

from meetup.shared.triggers import Immutable, make

revision = "0005"
down_revision = "0004"


def upgrade():
    op.create_table(
        "invites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("bof_session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=140), nullable=False),
        sa.Column("because", sa.String(length=10), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stamped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("copy >= 1", name=op.f("ck_invites_copy")),
        sa.ForeignKeyConstraint(
            ["bof_session_id"],
            ["bof_sessions.id"],
            name=op.f("fk_invites_bof_session_id_bof_sessions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_invites_brand_id_brands"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_invites_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invites")),
        sa.UniqueConstraint(
            "bof_session_id", "person_id", "copy", name=op.f("uq_invites_bof_session_id_person_id_copy")
        ),
    )
    op.create_index("ix_invites_person", "invites", ["person_id"], unique=False)
    op.create_index(
        "uq_invites_standing",
        "invites",
        ["bof_session_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    make(
        op.execute,
        op.get_bind().dialect.name,
        Immutable("invites", ("uid", "copy", "bof_session_id", "person_id", "brand_id"), ()),
    )


def downgrade():
    op.drop_table("invites")
