"""The public page of a notice, which its printed code leads to: no name, no room; and where one speaks up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui import phone
from xiuhua.programmes.lifts import notice_paper, permits_votes, words_build
from xiuhua.programmes.lifts.models import Notice
from xiuhua.programmes.lifts.rules import notices

TITLE = gettext_lazy("加装电梯公示")


@require_safe
def notice(request: HttpRequest, code: str) -> HttpResponse:
    """What hangs at the stairwell, for everybody; whoever belongs to it goes on to object."""
    rows = Notice.objects.select_related("dossier__stairwell__building__committee__subdistrict", "subdistrict")
    row = get_object_or_404(rows.defer("dossier__stairwell__building__geometry"), code=code)
    request.subdistrict = row.subdistrict  # type: ignore[attr-defined]
    hangs = row.taken_down_on is None and not notices.is_over(row.until_on, today())
    context = {
        "page": {"title": TITLE},
        "notice": row,
        "state": row.dossier.state_words,
        "facts": notice_paper.facts_of(row),
        "vote": notice_paper.vote_of(row.content.get("vote")),
        "floors": floors_of(row),
        "hangs": hangs,
        "left": (row.until_on - today()).days + 1,
        "may_object": hangs and permits_votes.belongs_to(actor_of(request), row.dossier),
        "object": reverse("own_lift:object", args=[row.dossier_id]),
        "door": phone.door_of(request),
        "here": notice_paper.where_of(row.dossier.stairwell.building.committee),
    }
    return render(request, "lifts/own/notice.html", context)


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
