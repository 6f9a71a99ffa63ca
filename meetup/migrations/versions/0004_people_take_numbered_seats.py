"""People take numbered seats.

A place in a session, and the numbered seat that holds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade():
    op.create_table(
        "registrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("bof_session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "standing IN ('going', 'waitlisted', 'declined', 'cancelled')", name=op.f("ck_registrations_standing")
        ),
        sa.ForeignKeyConstraint(
            ["bof_session_id"],
            ["bof_sessions.id"],
            name=op.f("fk_registrations_bof_session_id_bof_sessions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_registrations_brand_id_brands"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_registrations_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint("bof_session_id", "person_id", name=op.f("uq_registrations_bof_session_id_person_id")),
        sa.UniqueConstraint("id", "bof_session_id", name=op.f("uq_registrations_id_bof_session_id")),
    )
    op.create_index(op.f("ix_registrations_brand_id"), "registrations", ["brand_id"], unique=False)
    op.create_index("ix_registrations_person_standing", "registrations", ["person_id", "standing"], unique=False)
    op.create_table(
        "seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("bof_session_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_seats_number")),
        sa.ForeignKeyConstraint(["brand_id"], ["brands.id"], name=op.f("fk_seats_brand_id_brands"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["registration_id", "bof_session_id"],
            ["registrations.id", "registrations.bof_session_id"],
            name=op.f("fk_seats_registration_id_registrations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["table_id", "bof_session_id"],
            ["bof_tables.id", "bof_tables.bof_session_id"],
            name=op.f("fk_seats_table_id_bof_tables"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_seats_registration_id")),
        sa.UniqueConstraint("table_id", "number", name=op.f("uq_seats_table_id_number")),
    )


def downgrade():
    op.drop_table("seats")
    op.drop_table("registrations")
