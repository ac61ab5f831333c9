"""What keeps the record whole: triggers that let the journal only grow, and a watch on writes outside an action.

Triggers are laid after every migration, since a table that SQLite remakes loses its triggers.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

TABLE = "journal_entry"
APPEND_ONLY = (TABLE, "journal_sealed")

_TAKEN = {
    TABLE: "EXISTS (SELECT 1 FROM journal_entry WHERE id = NEW.id OR (chain = NEW.chain AND number = NEW.number))",
    "journal_sealed": "EXISTS (SELECT 1 FROM journal_sealed WHERE entry_id = NEW.entry_id)",
}
"""Whether a row is there already: SQLite's REPLACE deletes such a row without asking the trigger of DELETE."""

_SQLITE = {
    f"{table}_no_{name}": f"""CREATE TRIGGER IF NOT EXISTS {table}_no_{name} BEFORE {verb} ON {table} {when}
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
    for table in APPEND_ONLY
    for name, verb, when in (
        ("update", "UPDATE", ""),
        ("delete", "DELETE", ""),
        ("replace", "INSERT", f"WHEN {_TAKEN[table]}"),
    )
}

_POSTGRESQL_TRIGGERS = {f"{table}_{name}" for table in APPEND_ONLY for name in ("no_change", "no_truncate")}
_POSTGRESQL = [
    statement
    for table in APPEND_ONLY
    for statement in (
        f"""CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        f"""CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_refuse()""",
        f"""CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()""",
    )
]

_WRITE = re.compile(r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+\"?(?P<table>\w+)\"?", re.IGNORECASE)
_acting: ContextVar[int] = ContextVar("acting", default=0)


class WroteOutsideAction(AssertionError):
    """A row of ours was written by something that is no action."""


def keep_append_only(sender: AppConfig, *, using: str, **_kept: object) -> None:
    """Lay the triggers that refuse UPDATE, DELETE and TRUNCATE, where the tables stand."""
    connection = connections[using]
    if not set(APPEND_ONLY) <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        for statement in _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE.values():
            cursor.execute(statement)


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should refuse changes of the record, and are gone or switched off."""
    if connection.vendor == "postgresql":
        laid, asked = _POSTGRESQL_TRIGGERS, "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
    else:
        laid, asked = set(_SQLITE), "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return sorted(laid - {name for (name,) in cursor.fetchall()})


def refuse_unchained(sender: AppConfig, *, using: str, **_kept: object) -> None:
    """Refuse a database from before the record was chained: its entries cannot be vouched for.

    Raises
    ------
    Refused
        The journal's table has no chain.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        columns = {column.name for column in connection.introspection.get_table_description(cursor, TABLE)}
    if "mac" not in columns:
        raise Refused(
            Reason(
                _("这个数据目录是早期试用版建的，那时的留痕没有上链，接不上"),
                field=str(settings.DATA),
                mend=_("请把 XIUHUA_DATA 设为另一个目录；演示数据可以删掉这个目录重建"),
            )
        )


@contextmanager
def acting() -> Iterator[None]:
    """Mark a block as the inside of an action: only here may domain rows be written."""
    token = _acting.set(_acting.get() + 1)
    try:
        yield
    finally:
        _acting.reset(token)


def watch_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Refuse a write to a domain table outside an action: an execute wrapper for a database connection.

    Raises
    ------
    WroteOutsideAction
        The statement writes to a table of a model of ours that is not mere machinery.
    """
    found = _WRITE.match(sql)
    if found and not _acting.get() and found["table"] in _domain_tables():
        message = f"{found['table']} was written outside an action: {sql[:200]}"
        raise WroteOutsideAction(message)
    return execute(sql, params, many, context)


@lru_cache(maxsize=1)
def _domain_tables() -> frozenset[str]:
    return frozenset(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("xiuhua.") and not getattr(model, "machinery", False)
    )
