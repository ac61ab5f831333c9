"""What the overseers do with the record: open a sealed value, take a list of it away, verify it, let old values go."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy

from xiuhua.ground.journal import heads, permits, rules, values
from xiuhua.ground.journal.actions import Audience, Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.models import Chain, Entry
from xiuhua.ground.journal.verify import RENEWAL, Verified
from xiuhua.ground.scope.paths import subdistrict_of
from xiuhua.ground.standards import Standards
from xiuhua.ground.verdicts import refuse_unless

VERIFY, OPEN, EXPORT, SHRED = (
    "journal.verify_record",
    "journal.open_sealed",
    "journal.export_record",
    "journal.shred_expired",
)
FAULTS_TOLD = 20


@action(OPEN, says=gettext_lazy("查看封存内容"), permits=permits.may_open_sealed, audience=Audience.OFFICE, shows=True)
def open_sealed(*, actor: Actor, entry: Entry, purpose: str, words: str, book: Standards) -> Done[Entry]:
    """Open what an entry has sealed (查看封存内容), for a purpose; the answer's subject carries it as `opened`.

    `opened` is None where there is nothing, or no more.

    Raises
    ------
    Refused
        No purpose of the book is given, or not in words.
    """
    refuse_unless(rules.purpose_is_told(purpose in book.privacy.oversight, words))
    sealed = getattr(entry, "sealed", None)
    entry.opened = values.opened_values(entry)  # type: ignore[attr-defined]  # shown once, kept nowhere
    about = sealed.subject if sealed is not None and entry.opened is not None else ""  # type: ignore[attr-defined]
    return Done(entry, {"purpose": purpose, "number": entry.number}, sealed={"words": words.strip()}, about=about)


@action(EXPORT, says=gettext_lazy("导出留痕"), permits=permits.may_oversee, audience=Audience.OFFICE, shows=True)
def export_record(*, actor: Actor, path: str, rows: int, filters: Sequence[str]) -> Done[Any]:
    """Take a list of the record away (导出留痕): how many rows, by which filters."""
    return Done(_chain_of(path), spread={path: {"rows": rows, "filters": sorted(filters)}})


@action(VERIFY, says=gettext_lazy("验证留痕"), permits=permits.may_oversee, audience=Audience.OFFICE)
def note_verification(*, actor: Actor, path: str, found: Verified) -> Done[Any]:
    """Note what a verification found (验证留痕)."""
    facts = {
        "entries": found.entries,
        "chains": found.chains,
        "faults": len(found.faults),
        "places": [str(fault) for fault in found.faults[:FAULTS_TOLD]],
    }
    return Done(_chain_of(path), spread={path: facts})


@action(SHRED, says=gettext_lazy("粉碎过期封存值"), permits=permits.may_end_retention, audience=Audience.OFFICE)
def shred_expired(*, actor: Actor, today: date, book_at: Callable[[str], Standards]) -> Done[Any]:
    """Destroy the keys of the values whose time is over (粉碎过期封存值); the entries themselves stay, and whole.

    Parameters
    ----------
    actor : Actor
        The system.
    today : date
        From when months are counted back.
    book_at : callable
        The rule book of a chain's subdistrict: each says how long it keeps what it has sealed.

    Raises
    ------
    Refused
        Values are to be kept for fewer months than the law asks.
    """
    first_kept = {}
    for name in Chain.objects.order_by("name").values_list("name", flat=True):
        kept = book_at(name).trust.journal
        refuse_unless(rules.months_can_be_kept(kept.months, kept.least_months))
        first_kept[name] = rules.first_year_kept(today, int(kept.months.number))
    gone = values.shred_before(first_kept) if first_kept else Counter[str]()
    told = {name: {values.SHREDDED: gone[name], "before": year} for name, year in first_kept.items()}
    shown = {name: facts for name, facts in told.items() if name or gone[name]} or {"": {}}
    return Done(_chain_of(next(iter(shown))), {values.SHREDDED: gone.total()}, spread=shown)


@action(RENEWAL, says=gettext_lazy("重新记起链尾"), permits=permits.may_renew, audience=Audience.OFFICE)
def renew_heads(*, actor: Actor, path: str, words: str) -> Done[Any]:
    """Begin the notes outside the database anew (重新记起链尾), after a backup was restored or their disk was lost.

    What was noted so far is put aside, not thrown away. The first new note is of this very entry, so that nobody can
    begin them anew without its being on record.

    Raises
    ------
    Refused
        Nobody says why.
    """
    refuse_unless(rules.renewal_is_explained(words))
    name = subdistrict_of(path)
    transaction.on_commit(lambda: heads.set_aside(name))
    return Done(_chain_of(path), sealed={"words": words.strip()})


def _chain_of(path: str) -> models.Model:
    """The chain that is spoken of; one that has no entry yet is named all the same."""
    name = subdistrict_of(path)
    return Chain.objects.filter(name=name).first() or Chain(name=name)
