"""Alembic's entry: runs the migrations over the connection that `meetup.shared.schema` hands it."""

from alembic import context

from meetup.shared.database import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    # SQLite changes a table by rebuilding it. That drops its triggers: see meetup.shared.triggers.
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=False,
)
with context.begin_transaction():
    context.run_migrations()
