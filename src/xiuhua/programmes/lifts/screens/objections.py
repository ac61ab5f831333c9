"""What a reader sees of objections (异议) and mediation (调解)."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.ui.objects import Related
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import queries_votes
from xiuhua.programmes.lifts.models import Dossier, Mediation, Objection
from xiuhua.programmes.lifts.screens.sections import tab
from xiuhua.programmes.lifts.screens.votes import documents_of


def objections_section(rows: list[Objection], *, works: bool) -> Related:
    """Objections with their terms and answers."""
    columns: list[Column[Objection]] = [
        Column("words", _("异议内容"), lambda row: row.words),
        Column("flat", _("哪一户"), lambda row: row.flat.room if row.flat else ""),
        Column("raised", _("提出"), lambda row: row.raised_on),
        Column("state", _("状态"), _state, kind="chip", tone=_tone),
        Column("answer", _("书面答复"), lambda row: row.answer),
    ]
    if works:
        columns.append(
            Column(
                "do",
                _("办理"),
                lambda row: "" if row.answered_on else _("书面答复"),
                link=lambda row: "" if row.answered_on else reverse("lifts:answer_objection", args=[row.pk]),
            )
        )
    return Related(_("异议"), columns, rows, empty=_("没有人提过异议。公示期里提的，都登记在这里。"))


def _state(row: Objection) -> str:
    if row.answered_on:
        return _("%(day)s 答复") % {"day": row.answered_on}
    if row.due_on < today():
        return _("逾期，原定 %(day)s") % {"day": row.due_on}
    return _("%(day)s 前答复") % {"day": row.due_on}


def _tone(row: Objection) -> str:
    if row.answered_on:
        return "good"
    return "over" if row.due_on < today() else "soon"


def mediations_section(dossier: Dossier) -> Related:
    """Mediations with what came of them; the scanned record behind its day."""
    rows = list(dossier.mediations.order_by("-on", "-pk"))
    papers = documents_of(rows)
    columns: list[Column[Mediation]] = [
        Column("on", _("日期"), lambda row: row.on, link=lambda row: papers.get(str(row.pk), "")),
        Column("mediator", _("主持人"), lambda row: row.mediator),
        Column("households", _("到场"), lambda row: row.households, unit=_("户"), numeric=True),
        Column(
            "outcome",
            _("结果"),
            lambda row: str(row.get_outcome_display()),
            kind="chip",
            tone=lambda row: {"agreed": "good", "partly": "soon"}.get(row.outcome, ""),
        ),
        Column("words", _("记录"), lambda row: row.words),
    ]
    return Related(_("调解"), columns, rows, empty=_("还没有调解过。表决没通过的，调解以后可以再表决。"))


@tab(gettext_lazy("异议"), "lifts:objections", order=25)
def objections_note(_request: HttpRequest, dossier: Dossier) -> str:
    """How many wait for an answer."""
    waiting = queries_votes.unanswered_objections(dossier).count()
    return _("%(count)s 件待答复") % {"count": waiting} if waiting else ""
