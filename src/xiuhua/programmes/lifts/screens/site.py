"""The construction diary (施工日志) day by day, with photographs; when the site will be finished, how it slipped."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.objects import Fact, Facts, Gate, Next, Part, Section
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import gates, permits, queries_build, words, words_build
from xiuhua.programmes.lifts.models import DiaryEntry, Dossier
from xiuhua.programmes.lifts.rules.site import ON_SITE
from xiuhua.programmes.lifts.screens import gates as gate_words
from xiuhua.programmes.lifts.screens.sections import section, styled_by, tab

LATEST = 3
"""Entries that the overview shows."""

SYMBOLS = {"work": "i-crane", "inspection": "i-clipboard-check", "safety": "i-shield-lock", "delay": "i-hourglass"}

styled_by("lifts/build.css")


@dataclass(frozen=True, slots=True)
class DrawnEntry:
    """An entry with its photographs."""

    entry: DiaryEntry
    words: str
    photos: list[StoredFile] = field(default_factory=list)

    @property
    def symbol(self) -> str:
        return SYMBOLS[self.entry.kind]

    @property
    def delayed(self) -> str:
        """From which day to which a delay puts the site off."""
        delay = getattr(self.entry, "delay", None)
        if delay is None:
            return ""
        told = {"from": words.on_day(delay.planned_on), "until": words.on_day(delay.until_on)}
        days = (delay.until_on - delay.planned_on).days
        return _("完工从 %(from)s 改到 %(until)s，晚 %(days)s 天") % {**told, "days": days}


@dataclass(frozen=True, slots=True)
class DrawnDay:
    """A day of the diary, and the how manyeth of the site it is."""

    day: date
    number: int
    entries: list[DrawnEntry]


def drawn_days(dossier: Dossier, rows: list[DiaryEntry], *, sees_owners: bool) -> list[DrawnDay]:
    """Entries under their days, newest first (one query for all photographs)."""
    told = queries_build.diary_words(dossier, sees_owners=sees_owners)
    photos: dict[str, list[StoredFile]] = {}
    for one in StoredFile.objects.of(*rows).photos():
        photos.setdefault(one.subject_id, []).append(one)
    began = dossier.started_on
    return [
        DrawnDay(
            day,
            (day - began).days + 1 if began else 0,
            [DrawnEntry(row, told(row), photos.get(str(row.pk), [])) for row in entries],
        )
        for day, entries in groupby(rows, key=lambda row: row.on)
    ]


def diary(request: HttpRequest, dossier: Dossier) -> Part:
    """The whole diary."""
    rows = queries_build.diary_of(dossier)
    works = _works(request, dossier)
    days = drawn_days(dossier, rows, sees_owners=works)
    context = {"days": days, "began": dossier.started_on, "removable": works}
    return Part(_("施工日志"), "lifts/build/diary.html", context)


def aside_of(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """How long it has taken, when it will be finished, and what has to be inspected."""
    return [*_terms(dossier), *_inspections(dossier, sees_owners=_works(request, dossier))]


def acts_of(request: HttpRequest, dossier: Dossier) -> list[Act]:
    """Write it up; put it off."""
    if not _works(request, dossier) or dossier.started_on is None:
        return []
    write = Act(_("写日志"), reverse("lifts:write_diary", args=[dossier.pk]), "i-pencil", primary=True)
    if dossier.state not in ON_SITE:
        return [write]
    on_phone = f"{reverse('own_lift:diary')}?at={dossier.pk}"
    return [
        Act(_("在工地上写"), on_phone, "i-device-mobile"),
        Act(_("记延期"), reverse("lifts:note_delay", args=[dossier.pk]), "i-hourglass"),
        write,
    ]


@tab(gettext_lazy("施工日志"), "lifts:diary", order=60)
def diary_note(request: HttpRequest, dossier: Dossier) -> str:
    """How many entries there are."""
    count = dossier.diary.count()
    return str(count) if count else ""


@section(order=20)
def latest(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """The last days of the site, on the overview, while there is one."""
    if dossier.state not in ON_SITE:
        return []
    rows = queries_build.diary_of(dossier)[:LATEST]
    context = {
        "days": drawn_days(dossier, rows, sees_owners=_works(request, dossier)),
        "began": dossier.started_on,
        "url": reverse("lifts:diary", args=[dossier.pk]),
    }
    return [Part(_("施工日志"), "lifts/build/diary.html", context)]


def _works(request: HttpRequest, dossier: Dossier) -> bool:
    actor = actor_of(request)
    return permits.may_work(actor, dossier=dossier)


def _terms(dossier: Dossier) -> list[Section]:
    planned = queries_build.planned_finish_of(dossier)
    if dossier.started_on is None or planned is None:
        return []
    ended = dossier.finished_on
    days = ((ended or today()) - dossier.started_on).days + 1
    quote = queries_build.chosen_quote(dossier)
    slipped = _slipped(dossier, planned)
    facts = [
        Fact(_("开工"), dossier.started_on),
        Fact(_("竣工"), ended) if ended else Fact(_("计划完工"), planned, note=words_build.due_words(planned, today())),
        Fact(_("已经"), _("%(days)s 天") % {"days": days}),
        Fact(_("延期"), _("%(days)s 天") % {"days": slipped} if slipped else _("没有")),
    ]
    if quote:
        facts.append(Fact(_("施工单位"), quote.contractor.name, link=quote.contractor.get_absolute_url()))
    return [Facts(_("工期"), facts)]


def _slipped(dossier: Dossier, planned: date) -> int:
    """Days by which all delays together put it off."""
    first = (
        DiaryEntry.objects.filter(dossier=dossier, delay__isnull=False)
        .order_by("delay__until_on")
        .values_list("delay__planned_on", flat=True)
        .first()
    )
    return (planned - first).days if first else 0


def _inspections(dossier: Dossier, *, sees_owners: bool) -> list[Section]:
    found = gates.gates_before("finish", dossier) if dossier.state in ON_SITE else []
    drawn = [
        Gate(gate.name, gate_words.STATES[gate.standing], gate_words.note_of(gate, sees_owners=sees_owners))
        for gate in found
    ]
    return [Next(_("竣工以前的关口"), gates=drawn)] if drawn else []
