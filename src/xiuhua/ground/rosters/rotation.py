"""What lies sealed in rosters on their way in, brought along when keys are changed.

A staged write holds the values as their table will (`models.StagedWrite`): sealed under the key that was current when
the sheet was checked, and kept for a day at most. A rotation seals them anew where they lie, so that an import that is
applied afterwards brings nothing back under the old key.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count, Q
from django.db.models.fields.json import KT

from xiuhua.ground.rosters.models import StagedWrite
from xiuhua.ground.sealing import stores
from xiuhua.ground.sealing.fields import indexes_of, sealed_fields_of
from xiuhua.ground.sealing.seal import Broken
from xiuhua.ground.words import gettext as _


class StagedValues:
    """Sealed values in staged writes: a store of a rotation (`sealing.stores.Store`)."""

    @property
    def name(self) -> str:
        return _("待导入的名册")

    def counts(self, kids: Sequence[str]) -> dict[str, int]:
        """Return how many values lie under each of these keys."""
        wanted = {
            f"n{number}_{place}": Count("pk", filter=Q(model=label) & Q(stores.SealedBy(KT(f"data__{column}"), kid)))
            for number, kid in enumerate(kids)
            for place, (label, column) in enumerate(_places())
        }
        found = StagedWrite.objects.aggregate(**wanted)
        return {
            kid: sum(found[f"n{number}_{place}"] for place, _where in enumerate(_places()))
            for number, kid in enumerate(kids)
        }

    def left(self, kid: str) -> int:
        """Return how many rows hold a value under another key."""
        return _under_another(kid).count()

    def reseal(self, kid: str) -> Iterator[stores.Batch]:
        """Go through the rows once and bring each under the key; yields after each transaction."""
        todo = _under_another(kid).order_by("pk").values_list("pk", flat=True)
        keys = list(todo[: stores.BATCH])
        while keys:
            yield self._batch(keys, kid)
            time.sleep(stores.BREATH)
            keys = list(todo.filter(pk__gt=keys[-1])[: stores.BATCH])

    def _batch(self, keys: Sequence[int], kid: str) -> stores.Batch:
        rows = list(StagedWrite.objects.filter(pk__in=keys).order_by("pk"))
        targets, broken = _seal_ids(rows), []
        fresh = []
        for row in rows:
            seal_id = targets.get((row.model, row.target)) if row.target else UUID(row.data["seal_id"])
            if seal_id is None:  # what it was to change is gone: the import will say so
                broken.append(f"{self.name} {row.pk}")
                continue
            try:
                row.data = {**row.data, **_under_key(kid, row, seal_id)}
                fresh.append(row)
            except Broken as error:
                broken.append(str(error))
        with transaction.atomic():
            still = StagedWrite.objects.filter(pk__in=[row.pk for row in fresh])
            held = set(still.select_for_update(skip_locked=True).values_list("pk", flat=True))
            moved = [row for row in fresh if row.pk in held]
            StagedWrite.objects.bulk_update(moved, ["data"])
        return stores.Batch(len(moved), tuple(broken))


def _under_key(kid: str, row: StagedWrite, seal_id: UUID) -> Mapping[str, str]:
    model: type[models.Model] = apps.get_model(row.model)
    return {
        name: str(value)
        for name, value in stores.under_key(kid, row.data, seal_id, sealed_fields_of(model), indexes_of(model)).items()
    }


def _seal_ids(rows: Sequence[StagedWrite]) -> dict[tuple[str, int | None], UUID]:
    """What the values of the rows that are to be changed are bound to: one query a model."""
    wanted: dict[str, list[int]] = {}
    for row in rows:
        if row.target:
            wanted.setdefault(row.model, []).append(row.target)
    return {
        (label, pk): seal_id
        for label, targets in wanted.items()
        for pk, seal_id in apps.get_model(label)._base_manager.filter(pk__in=targets).values_list("pk", "seal_id")
    }


@cache
def _places() -> tuple[tuple[str, str], ...]:
    """Labels of models with sealed values, each with the columns that hold them."""
    return tuple(
        (model._meta.label_lower, field.name)
        for model in apps.get_models()
        for field in (*sealed_fields_of(model), *indexes_of(model))
    )


def _under_another(kid: str) -> models.QuerySet[StagedWrite]:
    condition = Q(pk__in=[])
    for label, column in _places():
        condition |= Q(model=label) & Q(stores.SealedByAnother(KT(f"data__{column}"), kid))
    return StagedWrite.objects.filter(condition)
