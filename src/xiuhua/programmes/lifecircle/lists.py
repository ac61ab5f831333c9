"""The lists of the life circle: what each column shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from xiuhua.ground.standards import FacilityType
from xiuhua.ground.ui.lists import Column, Empty, ListPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifecircle.analysis import ISLAND, UNSNAPPED, Analysis
from xiuhua.programmes.lifecircle.hours import words_of
from xiuhua.programmes.lifecircle.models import Run
from xiuhua.programmes.lifecircle.names import people_name, persona_name, type_name
from xiuhua.programmes.lifecircle.panel import CommitteeFigures, LeftOut
from xiuhua.programmes.lifecircle.question import Question
from xiuhua.programmes.lifecircle.written import share

TEMPLATE = "lifecircle/list.html"


def left_out(run: Run, analysis: Analysis, types: Mapping[str, FacilityType], question: Question) -> ListPage[LeftOut]:
    """Buildings from which the type is too far."""
    who = _whom(analysis, question)
    query = query_of(question)
    return ListPage(
        title=_("够不到的楼栋"),
        subtitle=_in_words(run, types, question),
        template=TEMPLATE,
        extra=_around(run, question),
        filter_label=_("楼栋、居委会"),
        columns=[
            Column(
                "building",
                _("楼栋"),
                lambda row: row.label or _("没有名字的楼"),
                link=lambda row: f"{reverse('lifecircle:building', args=[run.pk, row.building])}?{query}",
            ),
            Column("committee", _("居委会"), lambda row: row.committee),
            Column("people", who, lambda row: round(row.people), unit=_("人"), numeric=True, shown=_thousands),
            Column(
                "minutes",
                _("最近的要走"),
                lambda row: None if row.seconds is None else round(row.seconds / 60, 1),
                unit=_("分钟"),
                numeric=True,
            ),
            Column(
                "metres",
                _("平路距离"),
                lambda row: None if row.metres is None else round(row.metres),
                unit=_("米"),
                numeric=True,
                shown=_thousands,
            ),
            Column("why", _("说明"), _why),
        ],
        empty=Empty(
            _("人人够得到"),
            _("这个人群在这么多分钟里都走得到，没有被落下的楼栋。"),
            f"{run.get_absolute_url()}?{query}",
            _("回到地图"),
        ),
    )


def committees(
    run: Run, analysis: Analysis, types: Mapping[str, FacilityType], question: Question
) -> ListPage[CommitteeFigures]:
    """Committees with who reaches the type, and their score."""
    query = query_of(question)
    return ListPage(
        title=_("各居委会够得到多少"),
        subtitle=_in_words(run, types, question),
        template=TEMPLATE,
        extra=_around(run, question),
        filter_label=_("居委会"),
        columns=[
            Column(
                "name",
                _("居委会"),
                lambda row: row.name,
                link=lambda row: f"{run.get_absolute_url()}?{query}&committee={row.committee or ''}",
            ),
            Column(
                "people",
                _whom(analysis, question),
                lambda row: round(row.reached.people),
                unit=_("人"),
                numeric=True,
                shown=_thousands,
            ),
            Column(
                "covered",
                _("够得到"),
                lambda row: _whole(row.reached.covered),
                unit=_("人"),
                numeric=True,
                shown=_thousands,
            ),
            Column(
                "out", _("够不到"), lambda row: _whole(row.reached.out), unit=_("人"), numeric=True, shown=_thousands
            ),
            Column("share", _("够得到"), lambda row: _percent(row.share), unit="%", numeric=True),
            Column("score", _("得分"), lambda row: _percent(row.score), unit=_("满分 100"), numeric=True),
        ],
        empty=Empty(_("这次分析里没有居委会")),
    )


def runs(rows: list[Run]) -> ListPage[Run]:
    """Analyses made so far."""
    return ListPage(
        title=_("做过的分析"),
        subtitle=_("每次分析都原样存着，可以拿两次来比：换个钟点，或路网、设施变了以后。"),
        template="lifecircle/runs.html",
        extra={"runs": rows},
        columns=[
            Column(
                "hour",
                _("钟点"),
                lambda run: run.hour,
                shown=words_of,
                export_shown=True,
                link=lambda run: run.get_absolute_url(),
            ),
            Column("area", _("范围"), lambda run: run.area_name or _("全街道")),
            Column("buildings", _("楼栋"), lambda run: run.buildings, unit=_("栋"), numeric=True, shown=_thousands),
            Column(
                "residents", _("居民"), lambda run: round(run.residents), numeric=True, shown=_thousands, unit=_("人")
            ),
            Column("score", _("老人得分"), lambda run: _percent(run.score), unit=_("满分 100"), numeric=True),
            Column("made_at", _("何时算的"), lambda run: run.made_at, shown=_moment),
        ],
        empty=Empty(_("还没有做过分析"), "", reverse("lifecircle:home"), _("去做第一次")),
    )


def query_of(question: Question) -> str:
    """The question as it stands in an address."""
    return f"persona={question.persona}&type={question.facility_type}&minutes={question.minutes}"


def _around(run: Run, question: Question) -> dict[str, Any]:
    return {"run": run, "question": question, "back": f"{run.get_absolute_url()}?{query_of(question)}"}


def _in_words(run: Run, types: Mapping[str, FacilityType], question: Question) -> str:
    return _("%(hour)s，%(persona)s走 %(minutes)s 分钟到%(type)s") % {
        "hour": words_of(run.hour),
        "persona": persona_name(question.persona),
        "minutes": question.minutes,
        "type": type_name(types[question.facility_type]),
    }


def _whom(analysis: Analysis, question: Question) -> str:
    walker = analysis.personas[analysis.place_of(question.persona)]
    return people_name(walker, frozenset(analysis.town.origins.weights))


def _why(row: LeftOut) -> str:
    if row.state in (ISLAND, UNSNAPPED):
        return _("所在的路段和主路网不通") if row.state == ISLAND else _("门口没有接上路网")
    return _("最近的在 15 分钟以外") if row.seconds is None else ""


def _thousands(number: float) -> str:
    return f"{number:,}"


def _whole(people: float | None) -> int | None:
    return None if people is None else round(people)


def _percent(value: float | None) -> float | None:
    return None if value is None else float(share(value))


def _moment(value: Any) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
