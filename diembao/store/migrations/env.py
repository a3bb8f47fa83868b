"""Alembic runs this file: it applies migrations on the connection, and in the transaction, of `schema`."""

from alembic import context

from diembao.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite cannot alter most things: Alembic copies the table
)
with context.begin_transaction():
    context.run_migrations()
