"""Faults across the subdistrict: how soon somebody came, by grade, and one fault by its moments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from xiuhua.ground.clock import now
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.standards import Figure
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.objects import Chip, Fact, ObjectPage, Step
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import permits_build, words, words_build
from xiuhua.programmes.lifts.models import Fault
from xiuhua.programmes.lifts.rules.faults import Priority
from xiuhua.programmes.lifts.views.asked import crumbs

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Responses:
    """How soon somebody came to the faults of a grade in a year: how many, the middle one, how many in time."""

    title: str
    count: int
    middle: str
    in_time: int
    share: float
    figure: Figure

    @property
    def told(self) -> str:
        return _("%(kept)s／%(all)s 件准时") % {"kept": self.in_time, "all": self.count}


def responses(rows: Any, path: str) -> list[Responses]:
    """Response times of the last year by grade (one query)."""
    figures = words.book(path).fault
    by_grade = {
        Priority.NOW: figures.arrive_within_minutes,
        Priority.TODAY: figures.stopped_within_hours,
        Priority.WEEK: figures.noise_within_days,
    }
    since = now() - YEAR
    found: dict[int, list[tuple[timedelta, bool]]] = {grade: [] for grade in by_grade}
    told = rows.filter(arrived_at__isnull=False, opened_at__gte=since).order_by()
    for grade, opened, due, arrived in told.values_list("priority", "opened_at", "due_at", "arrived_at"):
        found[grade].append((arrived - opened, arrived <= due))
    return [_grade(grade, found[grade], figure) for grade, figure in by_grade.items()]


def _grade(grade: Priority, found: Sequence[tuple[timedelta, bool]], figure: Figure) -> Responses:
    kept = sum(in_time for _span, in_time in found)
    middle = timedelta(seconds=median(span.total_seconds() for span, _kept in found)) if found else None
    return Responses(
        title=str(grade.label),
        count=len(found),
        middle=words_build.span_words(middle),
        in_time=kept,
        share=kept / len(found) if found else 0.0,
        figure=figure,
    )


def fault_page(request: HttpRequest, fault: Fault) -> ObjectPage:
    """One fault: reported, answered, mended."""
    actor = actor_of(request)
    dossier = fault.lift.dossier
    may = permits_build.may_see_to_fault(actor, fault=fault)
    grade = Priority(fault.priority)
    late = (fault.arrived_at or now()) > fault.due_at
    return ObjectPage(
        title=words_build.what_words(fault),
        subtitle=dossier.address,
        subject=fault,
        crumbs=[
            *crumbs(dossier),
            (_("电梯"), reverse("lifts:unit", args=[dossier.pk])),
            (_("故障"), reverse("lifts:faults")),
        ],
        chips=[
            Chip(str(grade.label), words_build.TONES[grade]),
            Chip(fault.state_words, "good" if fault.closed_at else ""),
            *([Chip(_("超时"), "over")] if late and fault.closed_at is None else []),
        ],
        acts=_acts(fault) if may else [],
        steps=_steps(fault),
        facts=[
            Fact(_("报修"), _moment(fault.opened_at)),
            Fact(_("应到场"), _moment(fault.due_at)),
            Fact(_("多久到场"), words_build.span_words(fault.response)),
            Fact(_("原因"), fault.get_cause_display() if fault.cause else ""),
            *([Fact(_("说了什么"), fault.words)] if fault.words and may else []),
            *([Fact(_("怎么修的"), fault.found)] if fault.found and may else []),
        ],
    )


def _steps(fault: Fault) -> list[Step]:
    came, mended = fault.arrived_at is not None, fault.closed_at is not None
    return [
        Step(_("报修"), "done", _moment(fault.opened_at)),
        Step(
            _("到场"),
            "done" if came else "now",
            _moment(fault.arrived_at) if came else _("应在 %(at)s 前") % {"at": _moment(fault.due_at)},
        ),
        Step(_("修好"), "done" if mended else "now" if came else "later", _moment(fault.closed_at) if mended else ""),
    ]


def _acts(fault: Fault) -> list[Act]:
    if fault.closed_at is not None:
        return []
    if fault.arrived_at is None:
        return [Act(_("记到场"), reverse("lifts:answer_fault", args=[fault.pk]), "i-user-check", primary=True)]
    return [Act(_("记修好"), reverse("lifts:close_fault", args=[fault.pk]), "i-circle-check", primary=True)]


def _moment(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
