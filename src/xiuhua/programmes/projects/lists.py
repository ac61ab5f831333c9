"""The list of projects: what each column shows, and by what it is narrowed."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.acts import Act, Crumbs
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.projects import permits, words
from xiuhua.programmes.projects.flow import ProjectFlow
from xiuhua.programmes.projects.models import Milestone, Project


def crumbs() -> Crumbs:
    """The way to every page of this programme."""
    return [(_("项目清单"), reverse("projects:list"))]


def project_columns(committees: Any, day: date) -> list[Column[Project]]:
    """Columns of projects, also for cards on other pages."""
    book = words.book()
    return [
        Column(
            "name",
            _("项目"),
            lambda row: row.name,
            link=lambda row: row.get_absolute_url(),
            order_by="name",
            search=("name__icontains", "place__icontains", "number"),
        ),
        Column("number", _("编号"), lambda row: row.number, order_by="number"),
        Column(
            "action",
            _("行动"),
            lambda row: book.projects.action_name(row.action),
            kind="chip",
            tone=lambda row: book.projects.actions[row.action].tone if row.action in book.projects.actions else "",
            order_by=("action", "number"),
        ),
        Column(
            "state",
            _("状态"),
            lambda row: row.state_words,
            kind="chip",
            tone=lambda row: row.tone,
            order_by=("state", "number"),
        ),
        Column(
            "committee", _("在哪里"), lambda row: committees.get(committee_of(row.path)) or _("全街道"), order_by="path"
        ),
        Column("owner", _("牵头"), words.owner_of),
        Column(
            "budget",
            _("预算"),
            lambda row: row.budget_fen / 100 if row.budget_fen is not None else None,
            unit=_("元"),
            numeric=True,
            shown=lambda amount: f"{amount:,.2f}".removesuffix(".00"),
            order_by="budget_fen",
        ),
        Column("progress", _("节点"), words.progress_words, order_by="reached_count"),
        Column(
            "next_due", _("下一个节点"), lambda row: row.next_due_on if row.is_open else None, order_by="next_due_on"
        ),
        Column("ends_on", _("计划完成"), lambda row: row.ends_on, order_by="ends_on"),
        Column(
            "late",
            _("进度"),
            lambda row: _late_words(row, day),
            kind="chip",
            tone=lambda row: "over" if _is_late(row, day) else "",
        ),
    ]


def projects_page(request: HttpRequest) -> ListPage[Project]:
    """The list, with its filters, its export and its map."""
    actor = actor_of(request)
    committees, book = committee_names(actor), words.book()
    day = today()
    return ListPage(
        title=_("项目清单"),
        subtitle=_("做什么、在哪里、谁牵头、花多少、做到哪一步。"),
        columns=project_columns(committees, day),
        filters=[
            Choice("state", _("状态"), ProjectFlow.choices(), lookup="state"),
            Choice("action", _("行动"), [(key, one.name) for key, one in book.projects.actions.items()], "action"),
            Choice("committee", _("居委会"), list(committees.items()), by=lambda rows, path: rows.under(path)),
            Choice(
                "owner",
                _("牵头科室"),
                [(key, one.name) for key, one in book.offices.sections.items()],
                lookup="owner_section",
            ),
            Choice("late", _("进度"), [("late", _("有节点逾期"))], by=lambda rows, _value: rows.late_on(day)),
        ],
        filter_label=_("项目、地点、编号"),
        map_url=lambda asked: f"{reverse('projects:map')}?{asked.GET.urlencode()}",
        acts=[Act(_("提出项目"), reverse("projects:propose"), "i-plus", primary=True)]
        if permits.may_propose_at_all(actor)
        else [],
        empty=Empty(
            _("还没有项目"),
            _("提出第一个项目，立项以后就能排节点、记进度。"),
            reverse("projects:propose") if permits.may_propose_at_all(actor) else "",
            _("提出项目"),
        ),
    )


def milestone_columns(day: date, *, may_edit: bool) -> list[Column[Milestone]]:
    """Columns of a project's milestones; for who carries it with what can be done to each."""
    columns: list[Column[Milestone]] = [
        Column("title", _("节点"), lambda row: row.title),
        Column("due_on", _("应完成"), lambda row: row.due_on),
        Column("first_due_on", _("最初定的"), lambda row: row.first_due_on),
        Column("done_on", _("实际完成"), lambda row: row.done_on),
        Column(
            "standing",
            _("状态"),
            lambda row: words.standing_words(row, day),
            kind="chip",
            tone=lambda row: words.STANDING_TONES[words.standing_of(row, day)],
        ),
        Column("slip", _("移期"), lambda row: "；".join(f"{slip.due_on}：{slip.reason}" for slip in row.slips.all())),
    ]
    if may_edit:
        columns += [_deed("reach", _("记完成"), "projects:reach"), _deed("move", _("改期"), "projects:move")]
    return columns


def _deed(key: str, title: str, url_name: str) -> Column[Milestone]:
    return Column(
        key,
        title,
        lambda row: "" if row.done_on else title,
        link=lambda row: "" if row.done_on else reverse(url_name, args=[row.pk]),
    )


def _is_late(row: Any, day: date) -> bool:
    return bool(row.is_open and row.next_due_on and row.next_due_on < day)


def _late_words(row: Any, day: date) -> str:
    return _("逾期 %(days)s 天") % {"days": (day - row.next_due_on).days} if _is_late(row, day) else ""
