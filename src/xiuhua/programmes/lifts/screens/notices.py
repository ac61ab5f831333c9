"""A stairwell's notice (公示): how many of its days are over, where it hangs, its code; and those taken down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.ui.objects import Gate, Next, Part, Related, Section
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import gates, permits, queries_build, words
from xiuhua.programmes.lifts.models import Dossier, Notice
from xiuhua.programmes.lifts.rules import notices
from xiuhua.programmes.lifts.screens import gates as gate_words
from xiuhua.programmes.lifts.screens.sections import aside, deed, primary


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """A day of a notice: over, today's, or ahead."""

    day: date
    state: str


def sections_of(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """The notice that hangs, and those before it."""
    row = queries_build.notice_of(dossier)
    gone = [one for one in queries_build.notices_of(dossier) if row is None or one.pk != row.pk]
    told: list[Section] = [_hanging(request, dossier, row)]
    if gone:
        told.append(Related(_("以前的公示"), _gone_columns(), gone))
    return told


def days_of(notice: Notice, day: date) -> list[NoticeDay]:
    """The days that count, from the one after it was posted."""
    count = (notice.until_on - notice.posted_on).days
    days = [notice.posted_on + timedelta(days=number) for number in range(1, count + 1)]
    return [NoticeDay(one, "over" if one < day else "now" if one == day else "ahead") for one in days]


def _hanging(request: HttpRequest, dossier: Dossier, row: Notice | None) -> Part:
    may_work = _works(request, dossier)
    context = {
        "notice": row,
        "dossier": dossier,
        "days": days_of(row, today()) if row else [],
        "over": bool(row and notices.is_over(row.until_on, today())),
        "left": (row.until_on - today()).days + 1 if row else 0,
        "photos": list(StoredFile.objects.of(row).photos()) if row else [],
        "may_work": may_work,
        "may_take_down": may_work and row is not None and not notices.is_over(row.until_on, today()),
        "public": request.build_absolute_uri(reverse("own_lift:notice", args=[row.code])) if row else "",
        "figure": words.book(dossier.path).notice.days,
    }
    return Part(_("公示"), "lifts/build/notice.html", context)


def acts_of(request: HttpRequest, dossier: Dossier) -> list[Act]:
    """Post it; print it."""
    if not _works(request, dossier):
        return []
    row = queries_build.notice_of(dossier)
    if row is not None:
        return [_print(row), Act(_("传张贴照片"), reverse("lifts:notice_photos", args=[row.pk]), "i-photo-plus")]
    if dossier.state != "agreeing":
        return []
    return [Act(_("贴公示"), reverse("lifts:post_notice", args=[dossier.pk]), "i-speakerphone", primary=True)]


@aside(order=30)
def authorities(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """What authorities have to say before it is built, and since when they have been asked."""
    if dossier.state != "signed":
        return []
    rows = [gate for gate in gates.gates_before("build", dossier) if gate.evidence in notices.PERMITTED]
    works = _works(request, dossier)
    asked = queries_build.permits_of(dossier)
    drawn = [
        Gate(
            gate.name,
            "ok" if not gate.is_open else "warn" if gate.key in asked else "wait",
            gate_words.note_of(gate, sees_owners=works) if gate.words or not gate.is_open else _("还没送审"),
            reverse("lifts:note_permit", args=[dossier.pk, gate.key]) if works and gate.is_open else "",
        )
        for gate in rows
    ]
    return [Next(_("送审"), gates=drawn, note=_("点一条，记哪天送的"))] if drawn else []


@aside(order=20)
def hanging(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """How many days of the notice are left, while it hangs."""
    row = queries_build.notice_of(dossier) if dossier.state == "agreeing" else None
    if row is None:
        return []
    over = notices.is_over(row.until_on, today())
    left = (row.until_on - today()).days + 1
    note = _("公示期满") if over else _("还有 %(left)s 天") % {"left": left}
    gate = Gate(row.number, "ok" if over else "wait", row.place, reverse("lifts:notice", args=[dossier.pk]))
    return [Next(_("公示"), gates=[gate], note=note)]


@deed(order=20)
def print_notice(request: HttpRequest, dossier: Dossier) -> Act | None:
    """The paper to be hung up, while it hangs."""
    if dossier.state not in ("agreeing", "signed") or not _works(request, dossier):
        return None
    row = queries_build.notice_of(dossier)
    return _print(row) if row else None


@primary(order=40)
def post(request: HttpRequest, dossier: Dossier) -> Act | None:
    """Nothing is signed before a notice has hung."""
    if dossier.state != "agreeing" or not _works(request, dossier):
        return None
    if queries_build.notice_of(dossier) is not None:
        return None
    return Act(_("贴公示"), reverse("lifts:post_notice", args=[dossier.pk]), "i-speakerphone", primary=True)


def _works(request: HttpRequest, dossier: Dossier) -> bool:
    actor = actor_of(request)
    return permits.may_work(actor, dossier=dossier)


def _print(row: Notice) -> Act:
    return Act(_("打印公示"), reverse("lifts:notice_pdf", args=[row.pk]), "i-printer")


def _gone_columns() -> Sequence[Column[Notice]]:
    return [
        Column("number", _("文号"), lambda row: row.number),
        Column("posted_on", _("张贴"), lambda row: row.posted_on),
        Column("taken_down_on", _("撤下"), lambda row: row.taken_down_on),
        Column("because", _("为什么撤下"), lambda row: row.taken_down_because),
    ]
