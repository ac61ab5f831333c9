"""What is on record, as digests: whether anything was changed, and whether anything of a place was."""

import hashlib
from collections.abc import Iterable
from functools import cache, reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import connection, models

from permissions.town import Place
from xiuhua.ground.accounts.models import User
from xiuhua.ground.scope.queryset import Scoped, below

OF_THE_RECORD = "journal"
"""App whose tables may grow by what was refused."""


def _models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("xiuhua.") and model._meta.app_label != OF_THE_RECORD
    ]


def whole_state() -> dict[str, str]:
    """A digest of every table of ours, the record left out."""
    found = {}
    with connection.cursor() as cursor:
        for model in _models():
            table = model._meta.db_table
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            found[table] = _digest(cursor.fetchall())
    return found


def state_of(places: Iterable[Place]) -> dict[str, str]:
    """A digest of what hangs in the territory at some places, and of the accounts there."""
    found = {}
    with connection.cursor() as cursor:
        for label, (query, values) in _questions(tuple(place.path for place in places)).items():
            cursor.execute(query, values)
            found[label] = _digest(cursor.fetchall())
    return found


@cache
def _questions(paths: tuple[str, ...]) -> dict[str, tuple[str, tuple[Any, ...]]]:
    """How the database is asked for the rows at some places: asked thousands of times, written once."""
    found = {}
    for model in _models():
        if issubclass(model, Scoped):
            there = reduce(or_, (below(model.scope_path, path) for path in paths))
            found[model._meta.label] = _written(model._base_manager.filter(there))
    return {**found, "accounts.User": _written(User.objects.filter(home__in=paths))}


def _written(rows: models.QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    return rows.order_by("pk").values_list().query.sql_with_params()


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """What is no longer as it was."""
    return sorted(name for name in before | after if before.get(name) != after.get(name))


def _digest(rows: Iterable[tuple[Any, ...]]) -> str:
    found = hashlib.sha256()
    for row in rows:
        found.update(repr([bytes(value) if isinstance(value, memoryview) else value for value in row]).encode())
    return found.hexdigest()
