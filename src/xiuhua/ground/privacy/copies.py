"""The copy that a person is handed (副本): everything that is kept of them, as a page or a workbook (PIPL 45)."""

import io
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.privacy.holdings import Kept, kept_of
from xiuhua.ground.privacy.lists import home_crumbs
from xiuhua.ground.privacy.models import DataRequest
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.ui.lists.column import Cell
from xiuhua.ground.ui.lists.workbook import XLSX, write_workbook
from xiuhua.ground.ui.objects import ObjectPage, Related
from xiuhua.ground.words import gettext as _


def copy_columns() -> list[Column[Kept]]:
    """Columns of the copy."""
    return [
        Column("what", _("内容"), lambda kept: kept.what),
        Column("value", _("值"), lambda kept: kept.value),
        Column("note", _("说明"), lambda kept: kept.note),
    ]


def as_page(http: HttpRequest, request: DataRequest, reader: Actor) -> HttpResponse:
    """The copy as a page to read together, and to print."""
    page = ObjectPage(
        title=_("个人信息副本"),
        subtitle=_("%(name)s，%(home)s。这一页就是系统里保存的全部内容。")
        % {"name": request.resident.name, "home": request.resident.household.address},
        crumbs=[*home_crumbs(), (_("请求"), request.get_absolute_url())],
        sections=[Related(title, copy_columns(), lines) for title, lines in kept_of(request.resident, reader)],
    )
    return page.respond(http)


def as_workbook(request: DataRequest, reader: Actor) -> HttpResponse:
    """The copy as a workbook, one line a thing."""
    file = io.BytesIO()
    write_workbook(file, _("个人信息副本"), [_("类别"), _("内容"), _("值"), _("说明")], _lines(request, reader))
    return HttpResponse(
        file.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="personal-data-{request.pk}.xlsx"'},
    )


def _lines(request: DataRequest, reader: Actor) -> Iterator[list[Cell]]:
    for title, lines in kept_of(request.resident, reader):
        for kept in lines:
            yield [title, kept.what, kept.value, kept.note]
