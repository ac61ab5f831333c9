"""What a meeting looks at: shares worked out anew, as plain values that page and script draw alike."""

from collections.abc import Mapping, Sequence
from typing import Any

from xiuhua.ground.ui.templatetags.ui import source_mark
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import queries_shares
from xiuhua.programmes.lifts.forms.shares import Asked
from xiuhua.programmes.lifts.models import Dossier, Scheme
from xiuhua.programmes.lifts.queries_shares import FloorRow
from xiuhua.programmes.lifts.rules import shares as rules
from xiuhua.programmes.lifts.rules.shares import Choice, Home, ShareFigures
from xiuhua.programmes.lifts.share_words import exact_yuan, percent, yuan

WIDTH = 240
"""Width of a floor's bar at the end of the scale, in units of its drawing."""
HALF_OF_IT = 50
"""Percent at which the scale ends, where no floor bears more."""
RING = 6
"""Distance that the ring keeps from the ends, so that all of it is seen."""


def board_of(dossier: Dossier, homes: Sequence[Home], asked: Asked, *, rooms: bool) -> dict[str, Any]:
    """Everything that changes as people talk. Without `rooms`, what a floor bears and no household's share."""
    figures, choice = queries_shares.figures_of(dossier), asked.choice
    faults = [*asked.faults, *rules.choice_is_sound(homes, choice, figures).reasons]
    if choice.kind == Scheme.Kind.CONSENT and not faults:
        return {**_money(choice, asked), **_sealed_board(), "floors": _blank(homes, choice, rooms=rooms), "beside": []}
    amounts = dict.fromkeys((home.key for home in homes), 0) if faults else rules.work_out(homes, choice, figures)
    rows = queries_shares.floors_of(homes, amounts, choice, figures)
    before = _with_everybody(homes, choice, figures) if choice.left and not faults else {}
    return {
        **_money(choice, asked),
        "sound": not faults,
        "said": [str(fault) for fault in faults or rules.percents_are_whole(choice).reasons],
        "exact": not faults and rules.percents_are_whole(choice).decision,
        "explains": _explains(choice),
        "warnings": [] if faults else _warnings(dossier, homes, amounts, choice, figures),
        "floors": floors_shown(rows, before=before, rooms=rooms),
        "beside": [] if faults else _beside(dossier, homes, asked, figures, rooms=rooms),
    }


def floors_shown(
    rows: Sequence[FloorRow], *, before: Mapping[int, int] | None = None, rooms: bool
) -> list[dict[str, Any]]:
    """Floors as they are drawn: where bar, tick and ring stand, and what each says."""
    most = max([HALF_OF_IT, *(value or 0 for row in rows for value in _three(row))])
    return [_floor(row, WIDTH / most, before or {}, rooms=rooms) for row in rows]


def doors_of(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Heads of the columns of rooms: 01 室, 02 室; by place where the numbers follow no pattern."""
    most = max((len(row["rooms"]) for row in rows), default=0)
    heads = []
    for at in range(most):
        ends = {
            room.removeprefix(str(row["floor"]))
            for row in rows
            if at < len(row["rooms"])
            for room in [row["rooms"][at]["room"]]
        }
        end = ends.pop() if len(ends) == 1 else ""
        heads.append(_("%(end)s 室") % {"end": end} if end else _("第 %(number)s 户") % {"number": at + 1})
    return heads


def squared(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Floors with as many empty cells as they have fewer rooms than the fullest."""
    most = max((len(row["rooms"]) for row in rows), default=0)
    return [row | {"gaps": range(most - len(row["rooms"]))} for row in rows]


def subsidy_words(dossier: Dossier) -> str:
    """What the subsidy is called, with the figures that it comes from."""
    money = queries_shares.book_of(dossier).money
    told = {"percent": f"{money.subsidy_percent.number:g}", "most": f"{money.subsidy_most_yuan.number / 10_000:g}"}
    return _("政府补贴（%(percent)s%%，封顶 %(most)s 万）") % told


def _floor(row: FloorRow, scale: float, before: Mapping[int, int], *, rooms: bool) -> dict[str, Any]:
    benefit = min(max((row.benefit_percent or 0) * scale, RING), WIDTH - RING)
    told = {"floor": row.floor, "percent": percent(row.percent)}
    said = _("%(floor)s 层：占 %(percent)s") % told
    if row.area_percent is not None:
        said += _("，按面积 %(percent)s") % {"percent": percent(row.area_percent)}
    if row.benefit_percent is not None:
        said += _("，按受益 %(percent)s") % {"percent": percent(row.benefit_percent)}
    return {
        "floor": row.floor,
        "percent": percent(row.percent),
        "amount": exact_yuan(row.amount_fen),
        "bar": round(row.percent * scale, 1),
        "area": None if row.area_percent is None else round(row.area_percent * scale, 1),
        "benefit": None if row.benefit_percent is None else round(benefit, 1),
        "said": said,
        "pays": row.amount_fen > 0,
        "payers": row.payers,
        "signed": row.signed,
        "rooms": [
            {
                "id": room.flat_id,
                "room": room.room,
                "amount": exact_yuan(room.amount_fen),
                "stays": room.takes_part,
                "more": _more(room.amount_fen - before[room.flat_id]) if room.takes_part and before else "",
            }
            for room in row.rooms
        ]
        if rooms
        else [],
    }


def _three(row: FloorRow) -> tuple[float | None, ...]:
    return row.percent, row.area_percent, row.benefit_percent


def _more(fen: int) -> str:
    if fen == 0:
        return ""
    words = _("多出 %(amount)s") if fen > 0 else _("少出 %(amount)s")
    return words % {"amount": yuan(abs(fen))}


def _money(choice: Choice, asked: Asked) -> dict[str, Any]:
    return {
        "kind": choice.kind,
        "total": yuan(choice.total_fen),
        "subsidy": yuan(choice.subsidy_fen),
        "residents": yuan(max(choice.residents_fen, 0)),
        "own_subsidy": asked.told_subsidy,
        "sum": _("合计 %(sum)s") % {"sum": percent(float(sum(choice.floors.values())))} if choice.floors else "",
    }


def _sealed_board() -> dict[str, Any]:
    said = _(
        "这种分法不当场试算：改着总价反复算，会把各户的心里价位套出来。存稿的时候算一次，只说有几户在自己的价位以内。"
    )
    return {"sound": True, "exact": True, "said": [said], "explains": "", "warnings": []}


def _blank(homes: Sequence[Home], choice: Choice, *, rooms: bool) -> list[dict[str, Any]]:
    rows = queries_shares.floors_of(homes, {home.key: 0 for home in homes}, choice, ShareFigures({}, {}))
    shown = floors_shown(rows, rooms=rooms)
    for row in shown:
        row["percent"] = row["amount"] = "—"
        for room in row["rooms"]:
            room["amount"] = "—"
    return shown


def _with_everybody(homes: Sequence[Home], choice: Choice, figures: ShareFigures) -> dict[int, int]:
    whole = Choice(choice.kind, choice.total_fen, choice.subsidy_fen, choice.floors, choice.within)
    if not rules.choice_is_sound(homes, whole, figures).decision:
        return {}
    return rules.work_out(homes, whole, figures)


def _warnings(
    dossier: Dossier, homes: Sequence[Home], amounts: Mapping[int, int], choice: Choice, figures: ShareFigures
) -> list[dict[str, str]]:
    """Floors outside the guidance, each with the interval and where it comes from."""
    table = queries_shares.guidance_of(dossier)
    outside = rules.outside_guidance(homes, amounts, choice, figures)
    if table is None or choice.left:
        return []
    told: dict[tuple[str, str], list[str]] = {}
    for floor in outside:
        figure = table.floors.get(floor) or next(iter(table.floors.values()))
        interval = f"{str(figure.value).replace('-', '–')}%" if floor in table.floors else "0"
        source = (f"{figure.told_source}，{figure.status.label}", source_mark(figure.status))
        told.setdefault(source, []).append(_("%(floor)s 层（%(interval)s）") % {"floor": floor, "interval": interval})
    return [
        {"text": _("不在指导区间里：%(floors)s") % {"floors": rules.listed(floors)}, "source": source, "mark": mark}
        for (source, mark), floors in told.items()
    ]


def _explains(choice: Choice) -> str:
    """The way in a sentence, as one says it at the table."""
    return {
        "guidance": _("照市里的指导区间，各层的比例由大家谈；一层不出资。"),
        "guangzhou": _("三层是 1，二层 0.5，往上每层加 0.3；一层不出资。外地做法，供比较。"),
        "dongpu": _("三层起系数 0.7，每层加 0.1，再乘面积；一、二层不出资。外地做法，供比较。"),
        "own": _("本门洞自己定每层的系数。"),
        "area": _("没有另外约定的，法律就按专有面积分，一层也要出（《民法典》第二百八十三条）。"),
        "equal": _("参加的每一户出一样多。"),
        "benefit": _("少爬几层就多出几份；一层不出资。"),
        "shapley": _("电梯多停一层要多花的钱，由这一层和以上的人家平分。供比较，不作规矩。"),
        "consent": "",
    }[choice.kind]


def _beside(
    dossier: Dossier, homes: Sequence[Home], asked: Asked, figures: ShareFigures, *, rooms: bool
) -> list[dict[str, Any]]:
    """Other schemes side by side: ways by the same money, or drafts with their own."""
    drafts = {str(scheme.number): scheme for scheme in queries_shares.schemes_of(dossier)}
    shown = []
    for key in asked.beside:
        if key in drafts:
            rows = queries_shares.floor_table(drafts[key])
            title = _("第 %(number)s 稿") % {"number": key}
        elif key in BESIDE_KINDS:
            other = Choice(key, asked.choice.total_fen, asked.choice.subsidy_fen, left=asked.choice.left)
            if not rules.choice_is_sound(homes, other, figures).decision:
                continue
            rows = queries_shares.floors_of(homes, rules.work_out(homes, other, figures), other, figures)
            title = str(Scheme.Kind(key).label)
        else:
            continue
        shown.append({"key": key, "title": title, "floors": floors_shown(rows, rooms=rooms)})
    return shown


BESIDE_KINDS = ("area", "equal", "benefit", "shapley", "guangzhou", "dongpu")
"""Ways that need no numbers of the meeting, so that they can stand beside any other."""
