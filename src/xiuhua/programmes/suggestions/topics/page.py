"""The page of one topic."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.objects import Chip, Fact, ObjectPage, Part, Related
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.projects import permits as projects
from xiuhua.programmes.suggestions import lists, permits, queries, screen, words
from xiuhua.programmes.suggestions.boards import Bar
from xiuhua.programmes.suggestions.inbox import LIGHT
from xiuhua.programmes.suggestions.models import Topic
from xiuhua.programmes.suggestions.proposals import ACTIONS
from xiuhua.programmes.suggestions.topics import pictures
from xiuhua.programmes.suggestions.topics.seen import Seen, Viewer, list_of
from xiuhua.programmes.suggestions.topics.together import to_merge

SHOWN = 20
WIDE, HIGH, BELOW = 26, 120, 24
"""Of the chart, in units: width of a week, height of its columns, room for the days below."""
COLUMNS = ("title", "number", "state", "committee", "submitted", "due_on")


def topic_page(request: HttpRequest, topic: Topic) -> ObjectPage:
    """A topic: how much week by week, who spoke of it where, what they said."""
    actor = actor_of(request)
    viewer = Viewer(actor, topic.subdistrict)
    seen = viewer.see([topic])[0]
    rows = queries.listed(actor).filter(topic=topic).defer(*LIGHT).order_by("-submitted_at", "-pk")[:SHOWN]
    columns = [column for column in lists.columns(viewer.committees) if column.key in COLUMNS]
    merges = to_merge(topic, actor)
    return ObjectPage(
        title=topic.name,
        subtitle=_("最像的一件：「%(title)s」") % {"title": topic.title} if topic.title else "",
        subject=topic if topic.is_named else None,
        crumbs=[*screen.crumbs(), (_("热点话题"), reverse("suggestions:topics"))],
        chips=_chips(seen),
        acts=_acts(actor, seen),
        sections=[
            Related(
                _("都说了什么"),
                columns,
                list(rows),
                empty=_("现在没有建议归在这个话题里。"),
                more=(_("全部 %(count)s 件") % {"count": seen.count}, seen.list_url) if seen.count > SHOWN else None,
            )
        ],
        aside=[
            *(
                [Part(_("是同一件吗"), "suggestions/parts/topic_merge.html", {"rows": merges, "topic": topic})]
                if merges
                else []
            ),
            Part(_("在哪里说的"), "suggestions/parts/topic_places.html", {"bars": _bars(seen)}),
        ],
        facts=_facts(seen),
        facts_title=_("这个话题"),
        map_url=seen.map_url,
        template="suggestions/topic.html",
        extra={"chart": _chart(seen)},
    )


def _chips(seen: Seen) -> list[Chip]:
    return [
        *([Chip(seen.rising, "soon", "i-flame")] if seen.rising else []),
        Chip(seen.category, seen.tone),
        *([Chip(_("已经没人说了"), "outline")] if not seen.topic.is_current else []),
    ]


def _facts(seen: Seen) -> list[Fact]:
    topic = seen.topic
    heads = [Fact(_("多少人说过"), topic.people)] if seen.count == topic.count else []
    return [
        Fact(_("件数"), seen.count, link=seen.list_url),
        *heads,
        Fact(_("第一次说起"), words.when(topic.first_at)),
        Fact(_("最近一次"), words.when(topic.last_at)),
        Fact(_("常说的词"), _("、").join(topic.words)),
        Fact(_("归并时间"), words.when(topic.grouped_at), note=_("名称由人定") if topic.is_named else ""),
    ]


def _acts(actor: Actor, seen: Seen) -> list[Act]:
    topic = seen.topic
    acts = [Act(_("看清单"), seen.list_url, "i-list")]
    if permits.may_rename_topic(actor, topic=topic):
        acts.append(Act(_("改名"), reverse("suggestions:rename_topic", args=[topic.pk]), "i-edit"))
    if projects.may_propose_at_all(actor):
        asked = {"name": topic.name, "action": ACTIONS.get(topic.category, ""), "path": topic.path}
        acts.append(Act(_("提成项目"), f"{reverse('projects:propose')}?{urlencode(asked)}", "i-clipboard-list"))
    return acts


def _bars(seen: Seen) -> list[Bar]:
    most = max((one.count for one in seen.places), default=1)
    return [Bar(one.name, str(one.count), one.count / most, _about(seen, one.path)) for one in seen.places]


def _about(seen: Seen, path: str) -> str:
    return list_of(seen.topic.pk, **({"committee": path} if path in seen.committees else {}))


def _chart(seen: Seen) -> dict[str, Any]:
    """Its weeks as columns, each leading to the list of that week."""

    def url(begins: date) -> str:
        return list_of(seen.topic.pk, submitted_from=begins, submitted_to=begins + timedelta(days=6))

    columns = pictures.chart(seen.weeks, seen.mondays, wide=WIDE, high=HIGH)
    return {
        "columns": [(column, url(column.begins)) for column in columns],
        "width": WIDE * len(columns),
        "height": HIGH + BELOW,
        "base": HIGH,
    }
