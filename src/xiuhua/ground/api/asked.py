"""What may be sent to the API: bodies without surprises, numbers that a database holds, no control characters."""

import re
from contextlib import suppress
from datetime import date, datetime
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.timezone import is_aware, make_aware
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)

from xiuhua.ground.scope.roles import Sight

LARGEST_ID = 2**63 - 1
_YEARS = 1900, 2200
_MOMENT = TypeAdapter(datetime)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _whole(value: Any) -> Any:
    """Take 12.0 for the whole number that it is to JSON."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _day(value: Any) -> Any:
    """Take a text for the day that it writes; whatever writes none is left for the type to refuse."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return value


def _moment(value: Any) -> Any:
    """Take a text for the moment that it writes, also in a body, whose types are else strict."""
    if isinstance(value, str):
        with suppress(ValidationError):
            return _MOMENT.validate_python(value)
    return value


def _in_our_time(moment: datetime) -> datetime:
    """Keep a moment within the years that every database knows; one that names no zone is in the office's."""
    year = min(max(moment.year, _YEARS[0]), _YEARS[1])
    kept = moment if year == moment.year else moment.replace(year=year, month=1, day=1)
    return kept if is_aware(kept) else make_aware(kept)


WHOLE = BeforeValidator(_whole)
"""Stands after the bounds of a whole number in a body; before them it would hide them from the document."""

Id = Annotated[int, Field(ge=1, le=LARGEST_ID), WHOLE]
"""Number of a row."""

Day = Annotated[date, BeforeValidator(_day)]
"""A day: ``2023-08-03``."""

Moment = Annotated[datetime, BeforeValidator(_moment), AfterValidator(_in_our_time)]
"""A moment: ``2023-08-03T09:00:00+08:00``."""

TerritoryPath = Annotated[str, StringConstraints(pattern=r"^[1-8][0-9]{8,27}$")]
"""Path of a territory node (区划代码)."""

Words = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\u0000-\u001f\u007f]*$")]
"""A line of text."""

Text = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$")]
"""A text that may have several lines."""


class ApiRequest(HttpRequest):
    """A request that the API let in: `actor` is whoever is signed in, or whom the token speaks for."""

    actor: Any


class Body(BaseModel):
    """A JSON body: each value of its declared type, and nothing that is not declared."""

    model_config = ConfigDict(strict=True, extra="forbid")


def one_of(choices: type[TextChoices]) -> WithJsonSchema:
    """Say in the document which values there are, where they stand: rooms have states and outcomes of the same name."""
    return WithJsonSchema({"type": "string", "enum": choices.values})


def reader(request: HttpRequest, *sights: Sight) -> Any:
    """Whoever reads, where they see one of these kinds of thing anywhere.

    Raises
    ------
    PermissionDenied
        They see none of them.
    """
    actor: Any = request.actor  # type: ignore[attr-defined]
    if sights and not any(actor.sees(sight) for sight in sights):
        raise PermissionDenied
    return actor
