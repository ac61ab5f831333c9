"""The public page of a notice, which its printed code leads to: no name, no room; and where one speaks up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from xiuhua.ground.territory.days import today
from xiuhua.ground.ui import phone
from xiuhua.ground.ui.forms import refusals_on
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, notice_paper, permits_votes, words_build
from xiuhua.programmes.lifts.forms.contracting import ObjectionForm
from xiuhua.programmes.lifts.models import Notice
from xiuhua.programmes.lifts.rules import notices
from xiuhua.programmes.lifts.views.asked import actor_of

TITLE = gettext_lazy("加装电梯公示")


@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, code: str) -> HttpResponse:
    """What hangs at the stairwell, for everybody; whoever belongs to it objects here."""
    rows = Notice.objects.select_related("dossier__stairwell__building__committee__subdistrict", "subdistrict")
    row = get_object_or_404(rows.defer("dossier__stairwell__building__geometry"), code=code)
    request.subdistrict = row.subdistrict  # type: ignore[attr-defined]
    actor = actor_of(request)
    may_object = not _is_past(row) and permits_votes.belongs_to(actor, row.dossier)
    form = ObjectionForm(request.POST or None) if may_object else None
    if form is not None and form.is_valid():
        with refusals_on(form):
            actions.note_objection(actor=actor, dossier=row.dossier, raised_on=today(), **form.cleaned_data)
            messages.success(request, _("收到了，会书面答复您。"))
            return redirect(request.path)
    context = {
        "page": {"title": TITLE},
        "notice": row,
        "stage": row.dossier.stage_words,
        "facts": notice_paper.facts_of(row),
        "vote": notice_paper.vote_of(row.content.get("vote")),
        "floors": floors_of(row),
        "over": notices.is_over(row.until_on, today()),
        "left": (row.until_on - today()).days + 1,
        "form": form,
        "door": phone.door_of(request),
        "here": notice_paper.where_of(row.dossier.stairwell.building.committee),
        "say": reverse("say:form"),
    }
    return render(request, "lifts/own/notice.html", context, status=422 if form is not None and form.errors else 200)


def floors_of(row: Notice) -> list[dict[str, object]]:
    """What floors pay together, from the top down, with how much of the whole that is."""
    money = row.content.get("money")
    if not money:
        return []
    residents = money["total_fen"] - money["subsidy_fen"]
    sums = [(one["floor"], sum(room["fen"] for room in one["rooms"])) for one in money["floors"]]
    most = max((fen for _floor, fen in sums), default=0) or 1
    return [
        {
            "floor": floor,
            "share": fen / most,
            "percent": notice_paper.share_words(fen, residents),
            "yuan": words_build.yuan(fen),
        }
        for floor, fen in sums
    ]


def _is_past(row: Notice) -> bool:
    """Whether nobody can object here any more: it was taken down, or its days are over."""
    return row.taken_down_on is not None or notices.is_over(row.until_on, today())
