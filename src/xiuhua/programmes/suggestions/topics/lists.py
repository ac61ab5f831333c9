"""The list of topics (热点话题): a picture in each row; and the list that an export holds."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.territory.context import current_subdistrict
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import permits, screen, words
from xiuhua.programmes.suggestions.models import TopicPart
from xiuhua.programmes.suggestions.topics.seen import Seen, Viewer


def columns() -> list[Column[Seen]]:
    """Columns of topics."""
    return [
        Column(
            "name",
            _("话题"),
            lambda row: row.topic.name,
            link=lambda row: row.url,
            order_by="name",
            search=("name__icontains", "title__icontains"),
        ),
        Column("weeks", _("近半年"), lambda row: row.now, drawn=lambda row: row.spark),
        Column("count", _("件数"), lambda row: row.count, numeric=True, order_by="seen", link=lambda row: row.list_url),
        Column("now", _("本周"), lambda row: row.now, numeric=True),
        Column(
            "rising",
            _("升温"),
            lambda row: row.rising,
            kind="chip",
            tone=lambda _row: "soon",
            symbol=lambda row: "i-flame" if row.rising else "",
            order_by=("is_rising", "factor"),
        ),
        Column(
            "category",
            _("类别"),
            lambda row: row.category,
            kind="chip",
            tone=lambda row: row.tone,
            order_by=("category", "pk"),
        ),
        Column("where", _("哪里"), lambda row: row.where, link=lambda row: row.map_url, order_by="path"),
        Column(
            "last", _("最近一次"), lambda row: row.topic.last_at, shown=words.when, kind="moment", order_by="last_at"
        ),
    ]


def topics_page(request: HttpRequest, viewer: Viewer, shown: list[Seen]) -> ListPage[Any]:
    """The list, with its filters and its export; `shown` stand above it as pictures."""
    actor = actor_of(request)
    subdistrict = current_subdistrict(request)
    may_ask = subdistrict is not None and permits.may_ask_for_topics(actor, path=subdistrict.path)
    again = Act(_("重新归一归"), reverse("suggestions:regroup"), "i-refresh", post=True)
    return ListPage(
        title=_("热点话题"),
        subtitle=_("说同一件事的归在一起，每天夜里重新归一次。个人诉求不算在里面。"),
        columns=columns(),
        filters=[
            Choice(
                "rising",
                _("升温"),
                [("yes", _("正在升温"))],
                by=lambda rows, _value: rows.filter(is_rising=True),
            ),
            Choice(
                "category",
                _("类别"),
                [(key, one.name) for key, one in viewer.book.suggestions.categories.items()],
                "category",
            ),
            Choice("committee", _("居委会"), list(viewer.committees.items()), by=_about),
        ],
        filter_label=_("话题的名称"),
        loaded=viewer.see,
        template="suggestions/topics.html",
        extra={"shown": shown},
        crumbs=screen.crumbs(),
        acts=[Act(_("看板"), reverse("suggestions:board"), "i-chart-bar"), *([again] if may_ask else [])],
        empty=Empty(_("还没有话题"), _("同一件事有三个人说起，夜里归并以后就会到这里。")),
    )


def _about(rows: Any, path: str) -> Any:
    """Topics of which something is about a committee."""
    return rows.filter(pk__in=TopicPart.objects.filter(path=path).values("topic"))
