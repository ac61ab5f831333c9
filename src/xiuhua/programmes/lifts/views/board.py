"""The board of the lift programme (加梯看板): pictures of what the record says, and the same as a file."""

from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import every_refusal
from xiuhua.ground.ui.lists import Column, Empty, ListPage
from xiuhua.ground.ui.objects import ObjectPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import reporting
from xiuhua.programmes.lifts.reporting import Place
from xiuhua.programmes.lifts.screens.board import Board, cells_of, heads
from xiuhua.programmes.lifts.views.asked import crumbs
from xiuhua.programmes.lifts.views.map import subdistrict_of

NO_DAY = {"invalid": _lazy("没有这一天，请写成 2023-06-30 这样")}
"""What is said of a day that there is not."""


class PeriodForm(forms.Form):
    """Which period is asked for: this year so far where nothing is."""

    first = forms.DateField(label=_lazy("从"), required=False, error_messages=NO_DAY)
    last = forms.DateField(label=_lazy("到"), required=False, error_messages=NO_DAY)

    def told(self) -> tuple[date, date]:
        """First and last day; this year so far where what was asked for is refused, which stands in the errors."""
        this_year = today().replace(month=1, day=1), today()
        if not self.is_valid():
            return this_year
        last = self.cleaned_data["last"] or today()
        first = self.cleaned_data["first"] or last.replace(month=1, day=1)
        verdict = reporting.period_is_sound(first, last)
        for reason in verdict.reasons:
            self.add_error(None, str(reason))
        return (first, last) if verdict.decision else this_year


@require_safe
@sight_required(Sight.LIFTS)
def board(request: HttpRequest) -> HttpResponse:
    """Months, committees, steps, votes and money of a period; with ``?export=xlsx`` the committees as a file."""
    form = PeriodForm(request.GET)
    first, last = form.told()
    found = reporting.report(actor_of(request), subdistrict_of(request).path, first, last)
    refused = every_refusal(form)
    if request.GET.get("export") == "xlsx" and not refused:
        return _as_file(request, found.committees, first, last)
    asked = f"first={first}&last={last}"
    return ObjectPage(
        title=_("加梯看板"),
        subtitle=_("都从留痕里数，和签约、开工、交付的登记一笔一笔对得上。"),
        crumbs=crumbs(),
        acts=[Act(_("导出 Excel"), f"{reverse('lifts:board')}?{asked}&export=xlsx", "i-download", download=True)],
        template="lifts/map/board.html",
        extra={"board": Board(found), "first": first, "last": last, "refused": refused},
    ).respond(request, status=422 if refused else 200)


def _as_file(request: HttpRequest, places: list[Place], first: date, last: date) -> HttpResponse:
    columns: list[Column[Place]] = [Column("name", _("居委会"), lambda row: row.name)]
    for place, head in enumerate(heads()):
        columns.append(Column(f"c{place}", head, lambda row, place=place: cells_of(row)[place]))  # type: ignore[misc]
    title = _("加梯统计 %(from)s 至 %(to)s") % {"from": first, "to": last}
    return ListPage(title=title, columns=columns, empty=Empty(_("还没有加梯档案"))).respond(request, places)
