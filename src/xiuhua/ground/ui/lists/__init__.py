"""The one list page (列表页): a programme declares columns, and gets sorting, filtering, pages and an Excel export.

Over a queryset the database sorts, filters, counts and cuts the pages: two queries, however many rows there are::

    residents = ListPage(
        title=_("居民"),
        columns=[
            Column("name", _("姓名"), lambda row: row.name, mask=mask_name, search="name__startswith"),
            Column("home", _("住址"), lambda row: row.household.address, order_by="path", link=address_of),
            Column("level", _("颜色"), choice_words("level", Level), kind="chip", tone=lambda row: row.tone),
        ],
        filters=[Choice("committee", _("居委会"), committees_of(actor), lookup="household__committee")],
        search=by_name_or_phone,                       # (queryset, words) -> queryset, where lookups do not do
        exported=lambda request, count: journal_export(request.actor, count),
        empty=Empty(_("还没有居民名册"), _("先导入一份。"), reverse("rosters:home"), _("去导入")),
    )
    return residents.respond(request, Resident.objects.visible_to(request.actor).select_related("household"))

Over plain rows, which something computed, the same page works in memory.
"""

from xiuhua.ground.ui.lists.body import Head
from xiuhua.ground.ui.lists.column import Cell, Column, choice_words
from xiuhua.ground.ui.lists.controls import Choice, Period
from xiuhua.ground.ui.lists.page import Empty, ListPage
from xiuhua.ground.ui.lists.query import any_of
from xiuhua.ground.ui.lists.workbook import write_workbook

__all__ = [
    "Cell",
    "Choice",
    "Column",
    "Empty",
    "Head",
    "ListPage",
    "Period",
    "any_of",
    "choice_words",
    "write_workbook",
]
