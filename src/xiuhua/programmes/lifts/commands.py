"""``xiuhua lifts``: the figures of the lift programme for a period."""

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from xiuhua.ground.verdicts import Reason, Refused, refuse_unless
from xiuhua.ground.words import gettext as _

if TYPE_CHECKING:
    from xiuhua.programmes.lifts.reporting import Place, Report

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, help=_("加梯：一段时间的统计"))


@app.callback()
def lifts() -> None:
    """加梯：一段时间的统计。"""


@app.command("report", help=_("一段时间里签约、开工、完工了多少，现在在办多少；都从留痕里数"))
def report(
    first: Annotated[str, typer.Option("--from", metavar="YYYY-MM-DD", help=_("第一天；不写就从今年一月一日起"))] = "",
    last: Annotated[str, typer.Option("--to", metavar="YYYY-MM-DD", help=_("最后一天；不写就到今天"))] = "",
    place: Annotated[str, typer.Option("--at", metavar="PATH", help=_("区划代码；不写就是全街道"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=_("写成 JSON"))] = False,
) -> None:
    """一段时间里签约、开工、完工了多少，现在在办多少；都从留痕里数。"""
    from xiuhua.ground.journal.actors import System
    from xiuhua.ground.territory.days import today
    from xiuhua.programmes.lifts import reporting

    end = _day(last, "--to") if last else today()
    begin = _day(first, "--from") if first else end.replace(month=1, day=1)
    refuse_unless(reporting.period_is_sound(begin, end))
    found = reporting.report(System("command line"), _path(place), begin, end)
    if as_json:
        print(json.dumps(found.told(), ensure_ascii=False, indent=2))  # noqa: T201 - the command line's voice
    else:
        _draw(found)


def _day(words: str, option: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        said = _("「%(words)s」不是日期") % {"words": words[:20]}
        raise Refused(Reason(said, field=option, mend=_("写成 2023-06-30"))) from None


def _path(place: str) -> str:
    from xiuhua.ground.territory.queries import subdistricts

    if place.isdecimal() and len(place) >= 9:
        return place
    if place:
        raise Refused(Reason(_("「%(words)s」不是区划代码") % {"words": place[:20]}, field="--at"))
    found = subdistricts()
    if len(found) == 1:
        return found[0].path
    raise Refused(Reason(_("这里不止一个街道，或者还没有街道"), field="--at", mend=_("写上街道的区划代码")))


def _draw(found: "Report") -> None:
    """Tell it as a table: the whole first, then each committee where something was done."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    heads = (_("签约"), _("开工"), _("完工"), _("期末在办"), _("现在在办"), _("适合加梯"), _("占比"))
    table = Table(box=SIMPLE, pad_edge=False, title_justify="left")
    table.title = _("%(from)s 至 %(to)s") % {"from": found.first, "to": found.last}
    table.add_column(_("居委会"))
    for head in heads:
        table.add_column(head, justify="right")
    table.add_row(_("合计"), *_cells(found.whole), end_section=True)
    for one in found.committees:
        table.add_row(one.name, *_cells(one))
    console = Console(highlight=False, markup=False)
    console.print(table)
    console.print(_("加梯服务分中心 %(count)s 个") % {"count": found.sub_centres})


def _cells(place: "Place") -> list[str]:
    share = "—" if place.share is None else f"{100 * place.share:.1f}%"
    tally = place.tally
    counts = (tally.signed, tally.started, tally.completed, place.in_hand_then, place.in_hand, place.suitable)
    return [*map(str, counts), share]
