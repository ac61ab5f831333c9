"""One deed for every stairwell of a lot: each by its own verb in its own transaction, and what came of each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from xiuhua.ground.journal.answers import current_key, idempotency_key
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.models import Dossier

LONGEST_KEY = 80


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a deed at one stairwell: whether it was done, and why not."""

    dossier: Dossier
    done: bool
    why: str = ""


def for_each(rows: Iterable[Dossier], act: Callable[[Dossier], Any]) -> list[Outcome]:
    """Act on each stairwell; one that is refused stays as it was, and the others go on.

    A request that was sent twice acts once on each, since each has a key of its own.
    """
    key = current_key()
    found = []
    for row in rows:
        own = f"{key[: LONGEST_KEY - 16]}.{row.pk}" if key else None
        try:
            with idempotency_key(own):
                act(row)
            found.append(Outcome(row, True))
        except Refused as refused:
            found.append(Outcome(row, False, _in_a_line(refused)))
        except PermissionDenied:
            found.append(Outcome(row, False, _("这个门洞不归您管")))
    return found


def _in_a_line(refused: Refused) -> str:
    """Every reason, and what mends them once, since open gates are often mended alike."""
    mends = dict.fromkeys(reason.mend for reason in refused.reasons if reason.mend)
    return _("；").join([*(reason.text for reason in refused.reasons), *mends])
