"""The model in use (使用中的模型): a row that every process reads once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xiuhua.engine.texts import HeldOut, TextModel
from xiuhua.ground.journal.actors import System
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.learning.comparing import Measured
from xiuhua.programmes.suggestions.models import LearntModel


@dataclass(slots=True)
class _Read:
    """What this process has read: the number of the row, and the model in it."""

    number: int | None = None
    model: TextModel | None = None


_read = _Read()


def model_in_use() -> TextModel | None:
    """The model that sorts suggestions now; None while there is none, or none that can be read."""
    number = LearntModel.objects.filter(in_use=True).values_list("pk", flat=True).first()
    if number != _read.number:
        _read.number, _read.model = number, _opened(number) if number is not None else None
    return _read.model


def measured_in_use() -> Measured | None:
    """The model that sorts suggestions now with what it was measured by."""
    model = model_in_use()
    if model is None:
        return None
    return Measured(model, HeldOut.from_bytes(bytes(LearntModel.objects.get(in_use=True).held_out)))


def put_in_use(measured: Measured, report: dict[str, Any]) -> None:
    """Let a model sort suggestions from now on, and keep what it was measured by."""
    actions.use_model(actor=System("suggestions"), model=measured.model, held_out=measured.held_out, report=report)


def _opened(number: int) -> TextModel | None:
    try:
        return TextModel.from_bytes(bytes(LearntModel.objects.get(pk=number).content))
    except ValueError:
        return None
