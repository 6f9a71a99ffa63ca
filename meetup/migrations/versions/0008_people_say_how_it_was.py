"""People say how it was.

Answers that nothing joins to a person, and what people released with their names.
"""

import sqlalchemy as sa
from alembic import op

from meetup.shared.triggers import Immutable, make

revision = "0008"
down_revision = "0007"


def upgrade():
    op.create_table(
        "feedback_answers",
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("bof_session_id", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("again", sa.Integer(), nullable=True),
        sa.Column("recommend", sa.Integer(), nullable=True),
        sa.Column("took_home", sa.Text(), nullable=False),
        sa.Column("next_topic", sa.Text(), nullable=False),
        sa.CheckConstraint("again BETWEEN 1 AND 5", name=op.f("ck_feedback_answers_again")),
        sa.CheckConstraint("recommend BETWEEN 0 AND 10", name=op.f("ck_feedback_answers_recommend")),
        sa.ForeignKeyConstraint(
            ["bof_session_id"],
            ["bof_sessions.id"],
            name=op.f("fk_feedback_answers_bof_session_id_bof_sessions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_feedback_answers_brand_id_brands"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("public_id", name=op.f("pk_feedback_answers")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_feedback_answers_session", "feedback_answers", ["bof_session_id"], unique=False)
    op.create_table(
        "feedback_contact_wishes",
        sa.Column("bof_session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bof_session_id"],
            ["bof_sessions.id"],
            name=op.f("fk_feedback_contact_wishes_bof_session_id_bof_sessions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_feedback_contact_wishes_brand_id_brands"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_feedback_contact_wishes_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("bof_session_id", "person_id", name=op.f("pk_feedback_contact_wishes")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_feedback_contact_wishes_brand_id"), "feedback_contact_wishes", ["brand_id"], unique=False)
    op.create_table(
        "feedback_handed_in",
        sa.Column("bof_session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bof_session_id"],
            ["bof_sessions.id"],
            name=op.f("fk_feedback_handed_in_bof_session_id_bof_sessions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_feedback_handed_in_brand_id_brands"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_feedback_handed_in_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("bof_session_id", "person_id", name=op.f("pk_feedback_handed_in")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "feedback_rounds",
        sa.Column("bof_session_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["bof_session_id"],
            ["bof_sessions.id"],
            name=op.f("fk_feedback_rounds_bof_session_id_bof_sessions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("bof_session_id", name=op.f("pk_feedback_rounds")),
    )
    op.create_table(
        "voices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("bof_session_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bof_session_id"],
            ["bof_sessions.id"],
            name=op.f("fk_voices_bof_session_id_bof_sessions"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_voices_brand_id_brands"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_voices_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voices")),
        sa.UniqueConstraint("bof_session_id", "person_id", name=op.f("uq_voices_bof_session_id_person_id")),
    )
    op.create_index("ix_voices_brand_day", "voices", ["brand_id", "on_day"], unique=False)
    make(
        op.execute,
        op.get_bind().dialect.name,
        Immutable(
            "feedback_answers", ("bof_session_id", "on_day", "again", "recommend", "took_home", "next_topic"), ()
        ),
    )


def downgrade():
    op.drop_table("voices")
    op.drop_table("feedback_rounds")
    op.drop_table("feedback_handed_in")
    op.drop_table("feedback_contact_wishes")
    op.drop_table("feedback_answers")
