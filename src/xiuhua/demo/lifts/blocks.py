"""Whole blocks of the demonstration: the lots of the one nearly done, and a way to cut what is left elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from xiuhua.demo.calendar import ZONE, Deed
from xiuhua.demo.lifts.office import Office
from xiuhua.demo.lifts.plan import Planned, Way
from xiuhua.demo.lifts.timelines import LAST
from xiuhua.programmes.lifts import actions, batching
from xiuhua.programmes.lifts.models import Dossier

APART = 60
"""Days between the signatures of one lot and the next."""

PROPOSED_BEFORE = 8
"""So many days before the last that is told, lots were proposed for what is left."""


def deeds(office: Office, planned: Sequence[Planned], known_from: date) -> Iterator[Deed]:
    """The block's lots, each adopted when it was; then a proposal for the committee where most is still to be done."""
    block = [one for one in planned if one.way is Way.BLOCK and "sign" in one.line.days]
    for number, lot in enumerate(_lots(block)):
        on = min(one.line.days["sign"] for one in lot)
        at = datetime.combine(max(on, known_from), time(16, 5 + 5 * number), ZONE)
        yield Deed(at, partial(_adopt, office, lot, on))
    left = Counter(one.well.committee for one in planned if one.line.state in ("waiting", "consulting", "designing"))
    if left:
        path = max(sorted(left), key=lambda one: left[one])
        at = datetime.combine(LAST - timedelta(days=PROPOSED_BEFORE), time(15, 20), ZONE)
        yield Deed(at, partial(_propose, office, path))


def _lots(block: Sequence[Planned]) -> list[list[Planned]]:
    """Those signed one after the other; a pause begins another lot."""
    lots: list[list[Planned]] = []
    for one in sorted(block, key=lambda one: (one.line.days["sign"], one.well.path)):
        if not lots or (one.line.days["sign"] - lots[-1][-1].line.days["sign"]).days > APART:
            lots.append([])
        lots[-1].append(one)
    return [lot for lot in lots if len(lot) > 1]


def _adopt(office: Office, lot: Sequence[Planned], on: date) -> None:
    committee = lot[0].well.committee
    rows = list(Dossier.objects.filter(path__in=[one.well.path for one in lot]).order_by("path"))
    proposal = batching.drawn(committee, [rows], on=on)
    plan = actions.propose_batches(actor=office.lead, path=committee, proposal=proposal).subject
    actions.adopt_plan(actor=office.head, plan=plan, batches=list(plan.batches.all()), on=on)


def _propose(office: Office, path: str) -> None:
    proposal = batching.proposed(path)
    if proposal.lots:
        actions.propose_batches(actor=office.lead, path=path, proposal=proposal)
