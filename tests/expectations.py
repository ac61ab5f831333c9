"""What tests say of actions: that they are refused, forbidden, on record; and how to write behind their back."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.core.exceptions import PermissionDenied

from xiuhua.ground.verdicts import Refused


@contextmanager
def by_hand() -> Iterator[None]:
    """Write rows as nobody but a test may: behind the actions' back."""
    from xiuhua.ground.journal.guard import acting

    with acting():
        yield


@contextmanager
def refused(text: str) -> Iterator[None]:
    """Expect a refusal whose words hold `text`."""
    with pytest.raises(Refused) as caught:
        yield
    assert text in str(caught.value)


def forbidden() -> AbstractContextManager[object]:
    """Expect that the actor may not."""
    return pytest.raises(PermissionDenied)


def verbs_of(thing: object) -> list[str]:
    """Verbs on record about a row, in order."""
    from xiuhua.ground.journal.models import Entry

    label = thing._meta.label_lower  # type: ignore[attr-defined]
    rows = Entry.objects.filter(subject_type=label, subject_id=str(thing.pk))  # type: ignore[attr-defined]
    return list(rows.order_by("id").values_list("verb", flat=True))
