"""Where sealed values lie, and how one table of them is brought under another key, batch by batch."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Count, F, Q
from django.db.models.lookups import Lookup

from xiuhua.ground.sealing.fields import BlindIndexField, SealedField, indexes_of, sealed_fields_of
from xiuhua.ground.sealing.seal import Broken, key_id, resealed, unseal
from xiuhua.ground.sealing.tokens import Token

if TYPE_CHECKING:
    _Lookup = Lookup[Any]
else:
    _Lookup = Lookup

BATCH = 500
"""Rows of one transaction."""

BREATH = 0.02
"""Seconds between transactions, in which others get to write: SQLite has one writer at a time."""

Values = Mapping[str, Any]
"""A row's columns as they lie in the database."""


class Store(Protocol):
    """Somewhere that sealed values lie."""

    @property
    def name(self) -> str:
        """What it is called when it is told of."""

    def counts(self, kids: Sequence[str]) -> dict[str, int]:
        """Return how many values lie under each of these keys."""

    def left(self, kid: str) -> int:
        """Return how many rows hold a value under another key."""

    def reseal(self, kid: str) -> Iterator["Batch"]:
        """Go through the rows once and bring each under the key; yields after each transaction."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one transaction did: rows that lie under the key now, and those whose values do not open."""

    moved: int
    broken: tuple[str, ...] = ()


class Table:
    """A model's table in which sealed values lie.

    Parameters
    ----------
    model : type of Model
    columns : sequence of str
        The fields that hold tokens or blind indexes; each begins with the id of its key.
    fresh : callable
        Takes a row's values and a key id; returns `columns` anew, under that key.
    needs : sequence of str
        Further fields that `fresh` reads.
    """

    def __init__(
        self,
        model: type[models.Model],
        columns: Sequence[str],
        fresh: Callable[[Values, str], dict[str, str]],
        needs: Sequence[str] = (),
    ) -> None:
        self.model = model
        self.columns = tuple(columns)
        self.fresh = fresh
        self.needs = tuple(needs)

    @property
    def name(self) -> str:
        return str(self.model._meta.verbose_name)

    def counts(self, kids: Sequence[str]) -> dict[str, int]:
        """Return how many values lie under each of these keys."""
        wanted = {
            f"n{number}_{column}": Count("pk", filter=SealedBy(F(column), kid))
            for number, kid in enumerate(kids)
            for column in self.columns
        }
        found = self._rows().aggregate(**wanted)
        return {kid: sum(found[f"n{number}_{column}"] for column in self.columns) for number, kid in enumerate(kids)}

    def left(self, kid: str) -> int:
        """Return how many rows hold a value under another key."""
        return self._under_another(kid).count()

    def reseal(self, kid: str) -> Iterator[Batch]:
        """Go through the rows once and bring each under the key; yields after each transaction.

        A row that somebody else holds is left for the next time round; so is one that was changed between being read
        and being written, since it is written only while it is what was read.
        """
        todo = self._under_another(kid).order_by("pk").values_list("pk", flat=True)
        keys = list(todo[:BATCH])
        while keys:
            yield self._batch(keys, kid)
            time.sleep(BREATH)
            keys = list(todo.filter(pk__gt=keys[-1])[:BATCH])

    def _batch(self, keys: Sequence[Any], kid: str) -> Batch:
        """Seal some rows anew, and only then write: others wait for the writing alone."""
        written: list[tuple[Values, dict[str, str]]] = []
        broken: list[str] = []
        rows = self._rows().filter(pk__in=keys)
        for row in rows.order_by("pk").values("pk", *self.columns, *self.needs):
            try:
                written.append((row, self.fresh(row, kid)))
            except Broken as error:
                broken.append(str(error))
        with ExitStack() as stack:
            for context in _contexts:
                stack.enter_context(context())
            stack.enter_context(transaction.atomic())
            held = rows.order_by("pk").select_for_update(skip_locked=True, no_key=True)
            free = set(held.values_list("pk", flat=True))
            moved = self._replace([(row, fresh) for row, fresh in written if row["pk"] in free])
        return Batch(moved, tuple(broken))

    def _replace(self, rows: Sequence[tuple[Values, dict[str, str]]]) -> int:
        """Write rows that still are what was read; returns how many."""
        quoted = connection.ops.quote_name
        column_of = {field.name: quoted(str(field.column)) for field in self.model._meta.concrete_fields}
        columns = [column_of[name] for name in self.columns]
        keyed = [column_of[self.model._meta.pk.name], *columns]
        statement = (
            f"UPDATE {quoted(self.model._meta.db_table)} SET {', '.join(f'{column} = %s' for column in columns)}"  # noqa: S608
            f" WHERE {' AND '.join(f'{column} = %s' for column in keyed)}"
        )
        values = [
            (*(str(fresh[name]) for name in self.columns), row["pk"], *(str(row[name]) for name in self.columns))
            for row, fresh in rows
        ]
        if not values:
            return 0
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)
            return int(cursor.rowcount)

    def _under_another(self, kid: str) -> "models.QuerySet[Any]":
        condition = Q()
        for column in self.columns:
            condition |= Q(SealedByAnother(F(column), kid))
        return self._rows().filter(condition)

    def _rows(self) -> "models.QuerySet[Any]":
        return self.model._base_manager.all()


_contexts: list[Callable[[], AbstractContextManager[Any]]] = []


def inside(context: Callable[[], AbstractContextManager[Any]]) -> None:
    """Let every transaction of a rotation run inside a context of a higher room, such as a watch being told."""
    _contexts.append(context)


def tables() -> Iterable[Table]:
    """Return the table of every model with sealed fields of its own."""
    for model in apps.get_models():
        fields = [field for field in sealed_fields_of(model) if field.model is model]
        if fields and not model._meta.proxy and model._meta.managed:
            yield _table_of(model, fields)


def under_key(
    kid: str, row: Values, seal_id: UUID, fields: Iterable[SealedField], indexes: Iterable[BlindIndexField]
) -> dict[str, str]:
    """Those of a row's sealed values and blind indexes that it tells, under another key.

    Raises
    ------
    Broken, Refused
        As `unseal`.
    """
    place_of = {field.name: field.place_of(seal_id) for field in fields}
    fresh: dict[str, str] = {
        name: Token(resealed(row[name], kid, *place)) for name, place in place_of.items() if name in row
    }
    for index in indexes:
        if index.name not in row:
            continue
        made = row[index.name]
        if made and key_id(made) != kid:
            token = row[index.of]
            made = index.made_from(unseal(token, *place_of[index.of]), kid) if token else ""
        fresh[index.name] = made
    return fresh


def _table_of(model: type[models.Model], fields: Sequence[SealedField]) -> Table:
    indexes = [index for index in indexes_of(model) if index.model is model]

    def fresh(row: Values, kid: str) -> dict[str, str]:
        return under_key(kid, row, row["seal_id"], fields, indexes)

    return Table(model, [field.name for field in (*fields, *indexes)], fresh, needs=["seal_id"])


class SealedBy(_Lookup):
    """Whether a value lies under a key."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", (*parameters, f"{self.rhs}.%")


class SealedByAnother(_Lookup):
    """Whether there is a value, and it lies under another key."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"({column} <> '' AND {column} NOT LIKE %s)", (*parameters, *parameters, f"{self.rhs}.%")
