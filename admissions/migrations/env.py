"""Alembic's entry: run the migrations over the connection that `schema.upgrade` hands over."""

from alembic import context
from sqlalchemy import create_engine

from admissions.database import Base
from admissions.schema import import_models, own_tables
from admissions.settings import load_settings

import_models()
connection = context.config.attributes.get("connection")
if connection is None:  # called as `alembic` by a developer
    url = load_settings().database_url.replace("+aiosqlite", "")
    connection = create_engine(url).connect()
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    # Rasa keeps its conversations in the same Postgres: its tables are not ours to compare
    include_name=lambda name, kind, _parents: kind != "table" or name in own_tables(),
)
with context.begin_transaction():
    context.run_migrations()
