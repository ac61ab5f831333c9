"""The record as a list (留痕): by time, person, verb and outcome; what opened files; what concerns one person."""

from functools import cache
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from xiuhua.ground.clock import now
from xiuhua.ground.journal import known, oversight
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.journal.lines import Line, lines_of
from xiuhua.ground.journal.models import Chain, Entry, Outcome
from xiuhua.ground.journal.queries import record_for
from xiuhua.ground.journal.verbs import verbs
from xiuhua.ground.scope.paths import subdistrict_of
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import on
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage, Period, sought
from xiuhua.ground.words import gettext as _

TEMPLATE = "journal/record.html"


def record_page(reader: Actor, extra: dict[str, Any]) -> ListPage[Line]:
    """The list as one reader gets it."""
    return ListPage(
        title=_("留痕"),
        subtitle=_("谁、什么时候、为什么、对谁做了什么；被拒的尝试也在内。只能添加，不能修改或删除。"),
        columns=columns(),
        empty=Empty(_("还没有留痕"), _("办了第一件事，这里就有第一条。")),
        filter_label=_("办理人的姓名或工号"),
        filters=[
            Period("at", _("时间"), lookup="at"),
            Choice("verb", _("动作"), _verb_options, lookup="verb"),
            Choice("opened", _("范围"), [("1", _("只看打开档案"))], by=_opened, kind="segments", blank=_("全部动作")),
            Choice("outcome", _("结果"), Outcome.choices, lookup="outcome", kind="segments", blank=_("不限结果")),
        ],
        search=lambda rows, words: _by_people(rows, words, reader),
        private=True,
        loaded=lambda entries: lines_of(entries, reader),
        exported=_exported,
        template=TEMPLATE,
        extra=extra,
    )


def columns() -> list[Column[Line]]:
    """Columns of the list; the time leads to the entry."""
    return [
        Column(
            "at",
            _("时间"),
            lambda line: line.entry.at,
            link=lambda line: reverse("journal:entry", args=[line.entry.pk]),
            order_by="id",
        ),
        Column("who", _("办理人"), lambda line: line.who),
        Column("roles", _("角色"), lambda line: line.roles),
        Column("what", _("动作"), lambda line: line.what),
        Column("whose", _("对象"), lambda line: line.whose.text, link=lambda line: line.whose.url),
        Column("why", _("事由"), lambda line: line.why),
        Column(
            "outcome",
            _("结果"),
            lambda line: line.entry.get_outcome_display(),
            kind="chip",
            tone=lambda line: "over" if line.refused else "good",
        ),
        Column("place", _("地方"), lambda line: line.place),
    ]


def _verb_options() -> list[tuple[str, str]]:
    return _verbs_in(get_language() or "")


@cache
def _verbs_in(_language: str) -> list[tuple[str, str]]:
    """Verbs by their words, in the language that is spoken now: there are a hundred, and they do not change."""
    return sorted(((verb.name, str(verb.says)) for verb in verbs()), key=lambda pair: pair[1])


def _opened(rows: QuerySet[Entry], _value: str) -> QuerySet[Entry]:
    return rows.filter(verb__in=known.opening_verbs())


def _by_people(rows: QuerySet[Entry], words: list[str], reader: Actor) -> QuerySet[Entry]:
    for word in words:
        references = known.people_meant(word, reader)
        rows = rows.filter(Q(actor__in=references) | Q(behalf__in=references))
    return rows


def _exported(request: HttpRequest, count: int) -> None:
    actor = actor_of(request)
    filters = sought.filters_of(request)
    for top in actor.sees(Sight.RECORD):
        oversight.export_record(actor=actor, path=top, rows=count, filters=filters)


def state_of_chain(reader: Actor) -> dict[str, Any]:
    """How long the reader's chains are, when they were verified last and what was found, and till when values stay."""
    names = {subdistrict_of(top) for top in reader.sees(Sight.RECORD)}
    chains = list(Chain.objects.filter(name__in=names))
    last = record_for(reader).filter(verb=oversight.VERIFY, outcome=Outcome.DONE).first()
    kept = on(now().date(), at=min(names, default="")).trust.journal
    return {
        "entries": sum(chain.number for chain in chains),
        "last": lines_of([last], reader)[0] if last else None,
        "faults": last.facts.get("faults", 0) if last else 0,
        "months": kept.months,
        "least": kept.least_months,
        "law": _("《网络安全法》%(clause)s，%(sure)s")
        % {"clause": kept.least_months.clause, "sure": kept.least_months.status.label},
        "verify_url": reverse(known.where_verified()) if known.where_verified() else "",
    }
