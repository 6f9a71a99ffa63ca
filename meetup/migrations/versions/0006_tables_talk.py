"""Tables talk.

What is said at open tables, and every change as an event in one order per table.
"""

import sqlalchemy as sa
from alembic import op

from meetup.shared.triggers import Immutable, make

revision = "0006"
down_revision = "0005"


def upgrade():
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author_role", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("client_key", sa.String(length=36), nullable=False),
        sa.Column("sent_hash", sa.String(length=64), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("reply_to_id", sa.Integer(), nullable=True),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_why", sa.String(length=120), nullable=False),
        sa.CheckConstraint("kind IN ('say', 'notice', 'greeting', 'answer')", name=op.f("ck_messages_kind")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_messages_author_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_messages_brand_id_brands"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["removed_by_id"], ["people.id"], name=op.f("fk_messages_removed_by_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["reply_to_id"], ["messages.id"], name=op.f("fk_messages_reply_to_id_messages"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["bof_tables.id"], name=op.f("fk_messages_table_id_bof_tables"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["messages.id"], name=op.f("fk_messages_thread_id_messages"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint(
            "table_id", "author_id", "client_key", name=op.f("uq_messages_table_id_author_id_client_key")
        ),
        sa.UniqueConstraint("table_id", "seq", name=op.f("uq_messages_table_id_seq")),
    )
    op.create_index("ix_messages_author", "messages", ["author_id"], unique=False)
    op.create_index("ix_messages_reply_to", "messages", ["reply_to_id"], unique=False)
    op.create_index("ix_messages_thread", "messages", ["thread_id"], unique=False)
    op.create_table(
        "presences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_presences_brand_id_brands"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_presences_person_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["bof_tables.id"], name=op.f("fk_presences_table_id_bof_tables"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presences")),
        sa.UniqueConstraint("table_id", "person_id", name=op.f("uq_presences_table_id_person_id")),
    )
    op.create_index("ix_presences_person", "presences", ["person_id"], unique=False)
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("marked_by_id", sa.Integer(), nullable=True),
        sa.Column("only_brand", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_why", sa.String(length=10), nullable=True),
        sa.Column("called_by_id", sa.Integer(), nullable=True),
        sa.Column("peer_answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expert_answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("helped_id", sa.Integer(), nullable=True),
        sa.Column("helped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("released_why IN ('time', 'call', 'only_brand')", name=op.f("ck_questions_released_why")),
        sa.CheckConstraint(
            "(released_at IS NULL) = (released_why IS NULL)", name=op.f("ck_questions_released_for_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_questions_brand_id_brands"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["called_by_id"], ["people.id"], name=op.f("fk_questions_called_by_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["helped_id"], ["messages.id"], name=op.f("fk_questions_helped_id_messages"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["marked_by_id"], ["people.id"], name=op.f("fk_questions_marked_by_id_people"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_questions_message_id_messages"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["bof_tables.id"], name=op.f("fk_questions_table_id_bof_tables"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("message_id", name=op.f("uq_questions_message_id")),
    )
    op.create_index("ix_questions_table_due", "questions", ["table_id", "due_at"], unique=False)
    op.create_table(
        "reactions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("feeling", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_reactions_brand_id_brands"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_reactions_message_id_messages"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_reactions_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reactions")),
        sa.UniqueConstraint(
            "message_id", "person_id", "feeling", name=op.f("uq_reactions_message_id_person_id_feeling")
        ),
    )
    op.create_table(
        "table_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("told", sa.String(length=60), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_table_events_brand_id_brands"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_table_events_message_id_messages"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["table_id"], ["bof_tables.id"], name=op.f("fk_table_events_table_id_bof_tables"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_events")),
        sa.UniqueConstraint("table_id", "seq", name=op.f("uq_table_events_table_id_seq")),
        sa.UniqueConstraint("table_id", "told", name=op.f("uq_table_events_table_id_told")),
    )
    op.create_index("ix_table_events_message", "table_events", ["message_id"], unique=False)
    make(
        op.execute,
        op.get_bind().dialect.name,
        Immutable(
            "messages",
            ("brand_id", "table_id", "seq", "author_id", "author_role", "kind", "audience", "client_key", "posted_at"),
            ("reply_to_id",),
        ),
    )
    make(
        op.execute,
        op.get_bind().dialect.name,
        Immutable("table_events", ("brand_id", "table_id", "seq", "kind", "audience", "told", "at"), ()),
    )


def downgrade():
    op.drop_table("table_events")
    op.drop_table("reactions")
    op.drop_table("questions")
    op.drop_table("presences")
    op.drop_table("messages")
