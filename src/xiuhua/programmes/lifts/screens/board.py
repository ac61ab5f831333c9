"""The board put together: bars of months, shares of committees, the funnel of steps, votes and money."""

from collections.abc import Sequence
from dataclasses import dataclass

from xiuhua.ground import standards
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.indicators import Month, Success
from xiuhua.programmes.lifts.reporting import Place, Report

HIGH, LOW, WIDE, LEFT, BAR = 190, 30, 88, 34, 22
"""Of the chart of months, in units: height, room below, width of a month, room for the scale, width of a bar."""
KINDS = (("signed", "signed"), ("started", "building"), ("completed", "running"))
"""What is counted, and the stage whose colour it has."""
FEN_A_WAN = 1_000_000


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a month."""

    stage: str
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """A month as drawn."""

    x: float
    middle: float
    label: str
    title: str
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the five as the funnel draws it: how many are in it, how many went through, how long it took them."""

    name: str
    inside: int
    through: int
    days: str
    expected: int
    share: float


class Board:
    """Everything on the board, for one report."""

    def __init__(self, report: Report) -> None:
        self.report = report

    @property
    def months(self) -> dict[str, object]:
        """The months as columns of three, with the scale at their side."""
        rows = self.report.months
        most = max([4, *(max(one.tally.signed, one.tally.started, one.tally.completed) for one in rows)])
        top = -(-most // 4) * 4
        return {
            "columns": [_column(place, one, top) for place, one in enumerate(rows)],
            "scale": [(round(HIGH - HIGH * part), round(top * part)) for part in (0, 0.5, 1)],
            "width": LEFT + WIDE * len(rows) + 4,
            "height": HIGH + LOW,
            "base": HIGH,
            "left": LEFT,
        }

    @property
    def places(self) -> Sequence[Place]:
        """Committees, those that have come farthest first."""
        return sorted(self.report.committees, key=lambda one: (-(one.share or 0), one.path))

    @property
    def steps(self) -> list[Step]:
        """The five steps."""
        book = standards.on(self.report.last, at=self.report.whole.path).lifts.steps
        most = max([1, *(one.inside for one in self.report.paces)])
        return [
            Step(
                name=book[one.step].name_zh if one.step in book else one.step,
                inside=one.inside,
                through=one.through,
                days="—" if one.median_days is None else f"{one.median_days:g}",
                expected=int(book[one.step].days.number),
                share=one.inside / most,
            )
            for one in self.report.paces
        ]

    @property
    def votes(self) -> list[tuple[str, Success, str]]:
        """First votes, and those held again."""
        names = {"first": _("第一次表决"), "again": _("再次表决")}
        return [(names[turn], one, percent(one.share)) for turn, one in self.report.votes.items()]

    @property
    def money(self) -> list[tuple[str, str]]:
        """Sums in ten thousand yuan."""
        told = self.report.money
        sums = ((_("总价"), told.total_fen), (_("政府补贴"), told.subsidy_fen), (_("居民出资"), told.residents_fen))
        return [(name, f"{fen / FEN_A_WAN:,.1f}") for name, fen in sums]

    @property
    def share(self) -> str:
        """Share of the suitable ones that are in hand."""
        return percent(self.report.whole.share)


def heads() -> list[str]:
    """Heads of the figures of a place."""
    return [_("签约"), _("开工"), _("完工"), _("在办"), _("适合加梯"), _("占比")]


def cells_of(place: Place) -> list[int | str]:
    """Figures of a place under these heads."""
    tally = place.tally
    return [tally.signed, tally.started, tally.completed, place.in_hand, place.suitable, percent(place.share)]


def percent(share: float | None) -> str:
    """A share in percent."""
    return "—" if share is None else f"{100 * share:.1f}%"


def _column(place: int, month: Month, top: int) -> Column:
    counts = [(stage, getattr(month.tally, name)) for name, stage in KINDS]
    x = LEFT + WIDE * place
    told = {"month": f"{month.begins:%Y-%m}", **dict(zip(("a", "b", "c"), (count for _, count in counts), strict=True))}
    bars = [
        Bar(stage, x + 8 + (BAR + 3) * at, HIGH - HIGH * count / top, HIGH * count / top)
        for at, (stage, count) in enumerate(counts)
    ]
    label = _("%(month)s 月") % {"month": month.begins.month}
    title = _("%(month)s：签约 %(a)s，开工 %(b)s，完工 %(c)s") % told
    return Column(x, x + WIDE / 2, label, title, bars)
