"""Reads about the building of lifts and those that run, which screens, the API and evidence share."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django.db.models import Case, F, QuerySet, Value, When

from xiuhua.ground import standards
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.territory.days import today
from xiuhua.programmes.lifts.models import (
    Contractor,
    Delay,
    DiaryEntry,
    Dossier,
    Fault,
    Notice,
    Permit,
    Quote,
    Unit,
    Upkeep,
)
from xiuhua.programmes.lifts.reading import once
from xiuhua.programmes.lifts.rules import site
from xiuhua.programmes.lifts.rules.flats import without_rooms

_PLACE = "dossier__stairwell__building"


def contractors(seer: Seer) -> QuerySet[Contractor]:
    """Firms of the reader's subdistricts."""
    return cast("QuerySet[Contractor]", Contractor.objects.visible_to(seer))


def firms_for(dossier: Dossier, *kinds: str) -> QuerySet[Contractor]:
    """Firms still on the list of the stairwell's subdistrict that do one of these things."""
    rows = Contractor.objects.filter(path=dossier.path[:9], kind__in=kinds, left_on__isnull=True)
    return cast("QuerySet[Contractor]", rows)


@once
def quotes_of(dossier: Dossier) -> list[Quote]:
    """Quotes of this attempt, the cheapest first (one query)."""
    return list(dossier.quotes.filter(attempt=dossier.attempt).select_related("contractor").order_by("price_fen", "pk"))


def chosen_quote(dossier: Dossier) -> Quote | None:
    """The quote that was chosen in this attempt, if any."""
    return next((row for row in quotes_of(dossier) if row.is_chosen), None)


def permit_of(rule: str, dossier: Dossier) -> Permit | None:
    """What was applied for in this attempt for a rule, if anything."""
    return permits_of(dossier).get(rule)


@once
def permits_of(dossier: Dossier) -> dict[str, Permit]:
    """What was applied for in this attempt, by rule (one query)."""
    found: dict[str, Permit] = {}
    for row in dossier.permits.filter(attempt=dossier.attempt):
        found.setdefault(row.rule, row)
    return found


@once
def notice_of(dossier: Dossier) -> Notice | None:
    """The notice of this attempt that hangs or has hung, not taken down early; None where there is none."""
    found: Notice | None = dossier.notices.filter(attempt=dossier.attempt, taken_down_on__isnull=True).first()
    return found


def notices_of(dossier: Dossier) -> list[Notice]:
    """Every notice of a stairwell, the newest first."""
    return list(dossier.notices.order_by("-posted_on", "-pk"))


def diary_of(dossier: Dossier) -> list[DiaryEntry]:
    """The construction diary, newest day first, each entry with its delay (one query)."""
    return list(dossier.diary.select_related("delay").order_by("-on", "-pk"))


def diary_words(dossier: Dossier, *, sees_owners: bool) -> Callable[[DiaryEntry], str]:
    """How entries read: as written, or without the rooms of the stairwell for those who do not see owners."""
    if sees_owners:
        return lambda entry: entry.words
    rooms = list(dossier.flats.values_list("room", flat=True))
    return lambda entry: without_rooms(entry.words, rooms)


def planned_finish_of(dossier: Dossier) -> date | None:
    """When the site is to be finished as things stand: the last delay, else what the chosen firm has said."""
    if dossier.started_on is None:
        return None
    last = Delay.objects.filter(entry__dossier=dossier, entry__on__gte=dossier.started_on).order_by("-until_on").first()
    if last is not None:
        return last.until_on
    quote = chosen_quote(dossier)
    days = quote.days if quote else standards.on(today(), at=dossier.path).lifts.steps["build"].days.number
    return site.planned_finish(dossier.started_on, days)


def units(seer: Seer) -> QuerySet[Unit]:
    """Lifts that the reader may see, each with its place (one query)."""
    return with_unit_place(Unit.objects.visible_to(seer))


def with_unit_place(rows: QuerySet[Any]) -> QuerySet[Unit]:
    """Lifts with their place (one query)."""
    return cast("QuerySet[Unit]", rows.select_related(_PLACE).defer(f"{_PLACE}__geometry"))


@once
def unit_of(dossier: Dossier) -> Unit | None:
    """The lift of a stairwell, if it is registered."""
    found: Unit | None = Unit.objects.filter(dossier=dossier).select_related("dossier").first()
    return found


def upkeep_of(unit: Unit, day: date) -> Upkeep | None:
    """The contract that is in force on a day, if any."""
    found: Upkeep | None = (
        unit.upkeeps.filter(from_on__lte=day, until_on__gte=day).select_related("firm").order_by("-until_on").first()
    )
    return found


def faults(seer: Seer) -> QuerySet[Fault]:
    """Faults that the reader may see, each with its lift and place (one query)."""
    return with_fault_place(Fault.objects.visible_to(seer))


def with_fault_place(rows: QuerySet[Any]) -> QuerySet[Fault]:
    """Faults with their lift and place (one query)."""
    return cast("QuerySet[Fault]", rows.select_related(f"lift__{_PLACE}").defer(f"lift__{_PLACE}__geometry"))


def open_faults(seer: Seer) -> QuerySet[Fault]:
    """Faults still open, most urgent first, each with its lift and stairwell (one query)."""
    rows: Any = faults(seer)
    return cast("QuerySet[Fault]", rows.open().order_by("priority", "opened_at"))


def by_urgency(rows: QuerySet[Fault]) -> QuerySet[Fault]:
    """The open ones first, the most urgent on top; then those that are mended, the newest first."""
    grade = Case(When(closed_at__isnull=True, then=F("priority")), default=Value(9))
    return rows.annotate(grade=grade).order_by("grade", "-opened_at", "-pk")
