"""The list of all suggestions (清单): what each column shows, and by what it is narrowed."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from shapely import Point

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.layers.registry import Feature
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage, Period
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import permits, screen, words
from xiuhua.programmes.suggestions.flow import SuggestionFlow
from xiuhua.programmes.suggestions.models import Nature, Source, Suggestion, Topic

ICONS = {
    "slow_mobility": "i-walk",
    "elderly": "i-heart",
    "children": "i-school",
    "blue_green": "i-trees",
    "culture": "i-books",
    "housing": "i-home",
    "lifts": "i-elevator",
    "order": "i-building-store",
    "traffic": "i-bus",
    "environment": "i-trees",
    "urban_construction": "i-crane",
    "education_sport": "i-books",
    "health": "i-heart-handshake",
}
"""Symbol of a category on the map; a point for others."""
MOST_TOPICS = 30
"""Topics that the list can be narrowed to by choice; others by their own page."""
NO_BREAK = "\u2011"
"""A hyphen at which no line ends."""


def columns(committees: Any) -> list[Column[Suggestion]]:
    """Columns of suggestions."""
    book = words.book()
    return [
        Column(
            "title",
            _("建议"),
            lambda row: row.title,
            link=lambda row: row.get_absolute_url(),
            order_by="title",
            search=("title__icontains", "masked_words__icontains", "place__icontains", "number__icontains"),
        ),
        Column(
            "number",
            _("编号"),
            lambda row: row.number,
            shown=lambda text: text.replace("-", NO_BREAK),
            order_by="number",
        ),
        Column(
            "category",
            _("类别"),
            lambda row: book.suggestions.category_name(row.category),
            kind="chip",
            tone=lambda row: words.category_tone(row, book),
            order_by=("category", "pk"),
        ),
        Column(
            "state",
            _("状态"),
            lambda row: row.state_title,
            kind="chip",
            tone=lambda row: words.TONES.get(row.state, ""),
            order_by=("state", "pk"),
        ),
        Column(
            "source",
            _("来源"),
            lambda row: row.get_source_display(),
            kind="mark",
            symbol=lambda row: row.source_icon,
            order_by=("source", "pk"),
        ),
        Column(
            "committee", _("居委会"), lambda row: committees.get(committee_of(row.path)) or _("全街道"), order_by="path"
        ),
        Column("unit", _("主办"), lambda row: words.unit_of(row, committees, book)),
        Column(
            "submitted",
            _("收到"),
            lambda row: row.submitted_at,
            shown=words.when,
            kind="moment",
            order_by="submitted_at",
        ),
        Column(
            "due_on",
            _("期限"),
            lambda row: row.due_on if row.is_owed else None,
            shown=words.until,
            kind="chip",
            tone=words.due_tone,
            order_by=("due_on", "pk"),
        ),
        Column("project", _("项目"), lambda row: row.project.name if row.project else "", order_by="project__name"),
        Column("rating", _("满意度"), lambda row: row.rating, unit=_("星"), numeric=True, order_by="rating"),
    ]


def everything_page(request: HttpRequest) -> ListPage[Suggestion]:
    """The list, with its filters, its export and its map."""
    actor = actor_of(request)
    committees, book, day = committee_names(actor), words.book(), today()
    enters = actor.holds(*permits.HEARS)
    return ListPage(
        title=_("建议清单"),
        subtitle=_("收到的每一件，办到哪一步。个人信息已遮住。"),
        columns=columns(committees),
        filters=[
            Choice("state", _("状态"), SuggestionFlow.choices(), lookup="state"),
            Choice("source", _("来源"), Source.choices, lookup="source"),
            Choice("nature", _("性质"), Nature.choices, lookup="nature"),
            Choice(
                "category", _("类别"), [(key, one.name) for key, one in book.suggestions.categories.items()], "category"
            ),
            Choice("committee", _("居委会"), list(committees.items()), by=lambda rows, path: rows.under(path)),
            Choice(
                "section",
                _("主办科室"),
                [(key, one.name) for key, one in book.offices.sections.items()],
                lookup="section",
            ),
            Choice("unit", _("主办居委会"), list(committees.items()), lookup="unit_path"),
            Choice(
                "stand",
                _("进展"),
                [("overdue", _("逾期")), ("late", _("答复晚了")), ("taken", _("已受理")), ("adopted", _("已采纳"))],
                by=lambda rows, value: standing(rows, value, day),
            ),
            Choice("topic", _("话题"), _topics(actor, request.GET.get("topic", "")), lookup="topic"),
            Choice("rating", _("满意度"), [(str(n), _("%(n)s 星") % {"n": n}) for n in range(5, 0, -1)], "rating"),
            Period("submitted", _("收到"), "submitted_at"),
        ],
        filter_label=_("标题、内容、地点、编号"),
        map_url=lambda asked: f"{reverse('suggestions:map')}?{asked.GET.urlencode()}",
        crumbs=screen.crumbs(),
        acts=[
            Act(_("看板"), reverse("suggestions:board"), "i-chart-bar"),
            Act(_("热点话题"), reverse("suggestions:topics"), "i-flame"),
            *([Act(_("代登记"), reverse("suggestions:new"), "i-edit", primary=True)] if enters else []),
        ],
        empty=Empty(
            _("还没有建议"),
            _("居民在手机上提的、电话里说的、信里写的，都会到这里。"),
            reverse("suggestions:new") if enters else "",
            _("代登记一件"),
        ),
    )


def _topics(actor: Actor, asked: str) -> list[tuple[str, str]]:
    """Topics to choose from: the largest that are spoken of, and the one that is asked for (one query)."""
    rows = Topic.objects.visible_to(actor)
    named = Q(pk=int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else Q(pk__in=[])
    largest = rows.current().order_by("-count", "pk").values("pk")[:MOST_TOPICS]
    found = rows.filter(named | Q(pk__in=largest))
    return [(str(pk), name) for pk, name in found.order_by("-count", "pk").values_list("pk", "name")]


def standing(rows: Any, value: str, day: Any) -> Any:
    """Rows that stand so: overdue, answered too late, taken up, adopted."""
    if value == "overdue":
        return rows.overdue(day)
    if value == "late":
        return rows.filter(answered_at__date__gt=F("reply_due_on"))
    if value == "taken":
        return rows.filter(nature=Nature.SUGGESTION, accepted_at__isnull=False).exclude(state="merged")
    return rows.filter(adopted_at__isnull=False)


def features_of(rows: Iterable[Suggestion]) -> Iterator[Feature]:
    """Suggestions that have a point, as the map marks them: by the symbol of their category, by their state."""
    book = words.book().suggestions
    for row in rows:
        if row.lon is None or row.lat is None:
            continue
        told = {
            "name": row.title,
            "icon": ICONS.get(row.category, "i-message-2"),
            "type": row.state,
            "type_name": f"{row.state_title} · {book.category_name(row.category)}",
            "place": row.place,
            "url": row.get_absolute_url(),
        }
        yield Feature(row.pk, Point(row.lon, row.lat), told)
