"""What may be sent to the API: bodies without surprises, numbers that a database holds, no control characters."""

from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.http import HttpRequest
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from xiuhua.ground.scope.roles import Sight

LARGEST_ID = 2**63 - 1

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
"""Number of a row."""

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
