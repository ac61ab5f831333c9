"""What suggestions tell on a project's page: whose idea it was (采纳的建议)."""

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.ui.objects import Part, Related
from xiuhua.ground.ui.phone import Cell
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.projects.models import Project
from xiuhua.programmes.suggestions import queries
from xiuhua.programmes.suggestions.models import Source, Suggestion

FEW = 8


def adopted(request: HttpRequest, project: Project) -> Related | None:
    """Suggestions that it took up, for the office: those that the reader may see."""
    rows = queries.listed(actor_of(request)).filter(project=project)
    count = rows.count()
    if not count:
        return None
    columns = [
        Column("title", _("建议"), lambda row: row.title, link=Suggestion.get_absolute_url),
        Column("source", _("来源"), lambda row: str(Source(row.source).label)),
        Column("place", _("地点"), lambda row: row.place),
        Column("state", _("状态"), lambda row: row.state_title, kind="chip"),
    ]
    return Related(
        _("采纳的建议"),
        columns,
        rows[:FEW],
        note=_("%(count)s 件") % {"count": count},
        more=(_("全部"), f"{reverse('suggestions:all')}?state=adopted"),
    )


def published(_request: HttpRequest, project: Project) -> Part | None:
    """The same for everybody: what stands on the public board."""
    rows = queries.published(None).filter(project=project)[:FEW]
    cells = [
        Cell(
            row.public_title,
            row.public_place,
            reverse("say:published", args=[row.subdistrict, row.number]),
            "i-message-2",
        )
        for row in rows
    ]
    return Part(_("你说"), "suggestions/own/said.html", {"cells": cells}) if cells else None
