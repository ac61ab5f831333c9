"""What is staged for a table, and how it gets there in one statement (写入).

When a file is checked, each row that would be written is prepared as the database will hold it: the model's own fields
seal, index and convert. To apply it, the database moves the prepared values from the staging table to the tables where
they belong, without Python seeing them again: 110,000 residents with their eight indexes take some three seconds.
What is laid out from a plan goes there without being staged (`insert_many`).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from xiuhua.ground.rosters.models import StagedWrite
from xiuhua.ground.rosters.rows import Write
from xiuhua.ground.sealing.fields import indexes_of
from xiuhua.ground.sealing.tokens import Token

if TYPE_CHECKING:
    Column = models.Field[Any, Any]
    Reference = models.ForeignKey[Any, Any]
else:
    Column, Reference = models.Field, models.ForeignKey

_CACHE_KB = 200_000
_A_TIME = 5_000
"""Rows that are prepared before they are sent."""
_MANY = 20_000
"""Rows from which it pays to make indexes anew."""
_LINK = "@path"
"""Marks a foreign key to a row that has no number yet: it is found by its territory path when both stand."""
_STANDING = frozenset({str, int, float, bool, type(None), Token})
"""Types of values that stand in JSON as they do in the database."""
_PLAIN_COLUMNS = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.FloatField,
    models.BooleanField,
    models.ForeignKey,
)
_PLAINLY: dict[type, Callable[[Any], Any]] = {date: date.isoformat, UUID: lambda value: value.hex}
"""Values of which both databases take the same text."""


def prepared(write: Write) -> tuple[str, int | None, dict[str, Any]]:
    """Return a write as it is staged: label of the model, target, values by column."""
    instance, model = write.instance, type(write.instance)
    data: dict[str, Any] = {}
    for column, field, is_plain in _columns(model, write.fields):
        if isinstance(field, models.ForeignKey) and _is_unsaved(instance, field):
            data[f"{column}{_LINK}"] = getattr(instance, field.name).path
            continue
        value = field.pre_save(instance, add=not write.fields)
        if is_plain and type(value) in _STANDING:
            data[column] = value
        elif type(value) in _PLAINLY:
            data[column] = _PLAINLY[type(value)](value)
        else:
            data[column] = _jsonable(field.get_db_prep_save(value, connection))
    return model._meta.label_lower, instance.pk if write.fields else None, data


@cache
def _columns(model: type[models.Model], names: tuple[str, ...]) -> list[tuple[str, Column, bool]]:
    """Columns that a write tells, and whether a plain value stands in each as it is: it spares half the time."""
    return [(str(field.column), field, isinstance(field, _PLAIN_COLUMNS)) for field in _written_fields(model, names)]


def write_staged(batch: UUID, labels: Iterable[str]) -> bool:
    """Move all that is staged to its tables, in the order of `labels`; insert first, then update.

    Returns
    -------
    bool
        Whether every row that was to be updated still stood.
    """
    complete = True
    with _room_for_indexes():
        for label in labels:
            model = apps.get_model(label)
            _insert(batch, model)
            complete &= _update(batch, model)
    return complete


def insert_many(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Insert rows whose numbers nobody needs: a ``bulk_create`` writes a statement for each few of them anew."""
    columns = _columns(model, ())
    names = ", ".join(_quoted(column) for column, _field, _is_plain in columns)
    places = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {_quoted(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608
    with _room_for_indexes(), _indexed_afterwards(model) if _fills(model, len(rows)) else nullcontext():
        for begin in range(0, len(rows), _A_TIME):
            part = [_as_held(row, columns) for row in rows[begin : begin + _A_TIME]]
            with connection.cursor() as cursor:
                cursor.executemany(sql, part)


def _as_held(row: models.Model, columns: list[tuple[str, Column, bool]]) -> list[Any]:
    """Values of a row as the database takes them."""
    values = []
    for _column, field, is_plain in columns:
        value = field.pre_save(row, add=True)
        standing = is_plain and type(value) in _STANDING
        values.append(value if standing else field.get_db_prep_save(value, connection))
    return values


@contextmanager
def _room_for_indexes() -> Iterator[None]:
    """Let SQLite hold the pages of all indexes that grow; its usual 2 MB make the insertion take twice as long."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {usual}")


def _written_fields(model: type[models.Model], names: tuple[str, ...]) -> Iterable[Column]:
    if names:
        along = [index.name for index in indexes_of(model) if index.of in names and index.name not in names]
        return [model._meta.get_field(name) for name in (*names, *along)]  # type: ignore[misc]
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _is_unsaved(instance: models.Model, field: Reference) -> bool:
    other = field.get_cached_value(instance, None)
    return other is not None and other.pk is None


def _jsonable(value: Any) -> Any:
    if isinstance(value, str):
        return str(value)  # a token is a string of its own kind
    if type(value) in _STANDING:
        return value
    if hasattr(value, "obj"):  # PostgreSQL's wrapper around bytes, or around a JSON value
        value = value.obj if isinstance(value.obj, bytes) else json.dumps(value.obj, cls=DjangoJSONEncoder)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    return str(value)


def _insert(batch: UUID, model: type[models.Model]) -> None:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(_quoted(field.column) for field in fields)
    values = ", ".join(_value(field) for field in fields)
    new = StagedWrite.objects.filter(batch=batch, model=model._meta.label_lower, target=None)
    with _indexed_afterwards(model) if _fills(model, new.count()) else nullcontext():
        _execute(
            f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) SELECT {values} FROM {_STAGED} AS s"  # noqa: S608
            " WHERE s.batch = %s AND s.model = %s AND s.target IS NULL ORDER BY s.id",
            batch,
            model,
        )


def _fills(model: type[models.Model], new: int) -> bool:
    """Whether an insertion doubles a table, in a database that makes indexes anew without hindering readers."""
    return connection.vendor == "sqlite" and new >= _MANY and new >= model._base_manager.count()


@contextmanager
def _indexed_afterwards(model: type[models.Model]) -> Iterator[None]:
    """Make a table's indexes, those of constraints aside, once its rows stand: sorted, in a fifth of the time.

    Within the transaction: whoever reads meanwhile sees the table as it was, and a failure leaves it as it was.
    """
    found = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql LIKE %s"
    with connection.cursor() as cursor:
        indexes = cursor.execute(found, [model._meta.db_table, "CREATE INDEX %"]).fetchall()
        for name, _sql in indexes:
            cursor.execute(f"DROP INDEX {_quoted(name)}")
        yield
        for _name, sql in indexes:
            cursor.execute(sql)


def _update(batch: UUID, model: type[models.Model]) -> bool:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    staged = StagedWrite.objects.filter(batch=batch, model=model._meta.label_lower, target__isnull=False).count()
    if not staged:
        return True
    table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column)
    changes = ", ".join(
        f"{_quoted(field.column)} = CASE WHEN {_said(field)} THEN {_value(field)} ELSE t.{_quoted(field.column)} END"
        for field in fields
    )
    updated = _execute(
        f"UPDATE {table} AS t SET {changes} FROM {_STAGED} AS s"  # noqa: S608
        f" WHERE s.batch = %s AND s.model = %s AND s.target = t.{key}",
        batch,
        model,
    )
    return updated == staged


_STAGED = '"rosters_stagedwrite"'


def _execute(sql: str, batch: UUID, model: type[models.Model]) -> int:
    identified = StagedWrite._meta.get_field("batch").get_db_prep_value(batch, connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            connection.connection.create_function("bytes_of_hex", 1, _bytes_of_hex, deterministic=True)
        cursor.execute(sql, [identified, model._meta.label_lower])
        return int(cursor.rowcount)


def _bytes_of_hex(text: str | None) -> bytes | None:
    return None if text is None else bytes.fromhex(text)


def _value(field: Column) -> str:
    """Expression for the value of a column, as staged."""
    value = _typed(field, _told(str(field.column)))
    if not isinstance(field, models.ForeignKey) or not _has_path(field):
        return value
    other = field.remote_field.model._meta
    found = (
        f"(SELECT r.{_quoted(other.pk.column)} FROM {_quoted(other.db_table)} AS r"  # noqa: S608
        f" WHERE r.path = {_told(f'{field.column}{_LINK}')})"
    )
    return f"COALESCE({value}, {found})"


def _said(field: Column) -> str:
    """Condition that a staged row says something about a column."""
    keys = [str(field.column)]
    if isinstance(field, models.ForeignKey) and _has_path(field):
        keys.append(f"{field.column}{_LINK}")
    return "(" + " OR ".join(map(_names, keys)) + ")"


def _has_path(field: Reference) -> bool:
    return any(other.name == "path" for other in field.remote_field.model._meta.concrete_fields)


def _told(key: str) -> str:
    if connection.vendor == "sqlite":
        return f"""json_extract(s.data, '$."{key}"')"""
    return f"(s.data ->> '{key}')"


def _names(key: str) -> str:
    if connection.vendor == "sqlite":
        return f"""json_type(s.data, '$."{key}"') IS NOT NULL"""
    return f"s.data ? '{key}'"


def _typed(field: Column, told: str) -> str:
    """A staged text as the type of its column; PostgreSQL fails by itself on a text that is too long for it."""
    column_type = (field.rel_db_type(connection) if isinstance(field, models.ForeignKey) else None) or ""
    column_type = (column_type or field.db_type(connection) or "").lower()
    if column_type in {"bytea", "blob"}:
        return f"bytes_of_hex({told})" if connection.vendor == "sqlite" else f"decode({told}, 'hex')"
    if connection.vendor == "sqlite" or column_type.startswith(("varchar", "character varying", "text")):
        return told
    return f"{told}::{column_type}"


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))
