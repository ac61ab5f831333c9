"""Database triggers that let the journal only grow.

They are laid after every migration, since a table that SQLite remakes loses its triggers.
"""

from django.apps import AppConfig
from django.db import connections

TABLE = "journal_entry"

_SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb} BEFORE {verb.upper()} ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"""
    for verb in ("update", "delete")
]

_POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{TABLE} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE OR REPLACE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()""",
    f"""CREATE OR REPLACE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()""",
]


def keep_append_only(sender: AppConfig, *, using: str, **_: object) -> None:
    """Lay the triggers that refuse UPDATE, DELETE and TRUNCATE, where the table stands."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)
