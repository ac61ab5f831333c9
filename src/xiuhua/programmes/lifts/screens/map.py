"""The five-colour map (五色加梯地图) put together for a reader: six figures, their second lines, and what is stuck."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from xiuhua.ground import standards
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.unchanged import until_recorded
from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.words import current_language
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import gates, queries
from xiuhua.programmes.lifts.flow import IN_HAND, Stage
from xiuhua.programmes.lifts.layers import UNSUITABLE, mark_of
from xiuhua.programmes.lifts.models import Dossier, GatePass
from xiuhua.programmes.lifts.rules import moves

MARKS = (*Stage.values, UNSUITABLE)
"""The six marks in the order of the figures."""
FROM_THE_END = ("running", "building", "signed", "consult", "waiting")
"""The five in the order of the bar: what is won comes first."""
IN_LEGEND = (*FROM_THE_END, UNSUITABLE)
"""All six in the order of the legend."""
SHOWN_STUCK = 5
"""Of the stairwells that are stuck, how many are shown at once."""
MOST_STUCK = 60


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the six figures: its mark, how many, and a line on how they stand."""

    mark: str
    name: str
    count: int
    note: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bar, in percent of its width."""

    mark: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Stuck:
    """A stairwell that is stuck: since how many days, and why."""

    dossier: Dossier
    days: int
    why: str


class LiftMap:
    """Everything around the map, for one reader and one subdistrict."""

    def __init__(self, actor: Actor, path: str, day: date) -> None:
        self.actor, self.path, self.day = actor, path, day
        rows: QuerySet[Dossier] = queries.dossiers(actor).under(path)  # type: ignore[attr-defined]
        self.rows = list(rows.defer("snag"))
        self.by_mark: dict[str, list[Dossier]] = {mark: [] for mark in MARKS}
        for row in self.rows:
            self.by_mark[mark_of(row)].append(row)

    @property
    def suitable(self) -> int:
        """How many stairwells a lift suits."""
        return sum(row.stairwell.lift_suitable is True for row in self.rows)

    @property
    def in_hand(self) -> int:
        """How many are signed, being built or running."""
        return sum(len(self.by_mark[stage]) for stage in IN_HAND)

    @property
    def sentence(self) -> str:
        """The line under the title."""
        return sentence(self.suitable, self.in_hand)

    def tiles(self) -> list[Tile]:
        """The six figures."""
        notes = self._notes()
        return [Tile(mark, name_of(mark), len(self.by_mark[mark]), notes[mark]) for mark in MARKS]

    def bar(self) -> list[Part]:
        """The five stages as one bar."""
        return bar_of({mark: len(self.by_mark[mark]) for mark in FROM_THE_END})

    def years(self) -> list[int]:
        """Decades in which the houses were built."""
        built = (row.stairwell.building.year_built for row in self.rows)
        return sorted({year // 10 * 10 for year in built if year})

    def stuck(self) -> list[Stuck]:
        """What is stuck, the longest first; why stands there for those who may read it, else the gate that is open."""
        days = int(standards.on(self.day, at=self.path).lifts.pace.stuck_days.number)
        found = sorted(self.rows, key=lambda row: (-moves.stuck_days(row.facts(), self.day), row.path))
        late = [row for row in found if moves.stuck_days(row.facts(), self.day) >= days][:MOST_STUCK]
        snags, missing = self._snags(late), self._open_gates(late)
        return [
            Stuck(row, moves.stuck_days(row.facts(), self.day), snags.get(row.pk) or missing[row.pk]) for row in late
        ]

    def _snags(self, rows: Sequence[Dossier]) -> dict[int, str]:
        """Why some are stuck, in the words of those who carry them; nobody else reads these."""
        tops = self.actor.sees(Sight.OWNERS)
        open_to = [row.pk for row in rows if any(within(row.path, top) for top in tops)]
        return {row.pk: row.snag for row in Dossier.objects.filter(pk__in=open_to).only("pk", "snag")}

    def _open_gates(self, rows: Sequence[Dossier]) -> Mapping[int, str]:
        """The first open gate of some, by dossier; kept until something is put on record, since each asks a little."""
        key = ("lift gates", self.path, self.day, current_language(), tuple(row.pk for row in rows))
        return until_recorded(key, [self.path], lambda: {row.pk: open_gate(row) for row in rows}, worth=bool)

    def _notes(self) -> Mapping[str, str]:
        unjudged = sum(row.stairwell.lift_suitable is None for row in self.by_mark["waiting"])
        begun = [(self.day - row.begun_on).days for row in self.by_mark["consult"] if row.begun_on]
        built = [(self.day - row.started_on).days for row in self.by_mark["building"] if row.started_on]
        this_month = self.day.replace(day=1)
        fresh = sum(row.completed_on is not None and row.completed_on >= this_month for row in self.by_mark["running"])
        reasons = Counter(row.stairwell.unsuitable_because.partition("，")[0] for row in self.by_mark[UNSUITABLE])
        return {
            "waiting": _("%(count)s 个待初评") % {"count": unjudged} if unjudged else _("可以去敲门"),
            "consult": _("平均 %(days)s 天") % {"days": round(sum(begun) / len(begun))} if begun else "—",
            "signed": _("待审批 %(count)s") % {"count": self._unpermitted()},
            "building": _("最长 %(days)s 天") % {"days": max(built)} if built else "—",
            "running": _("本月新增 %(count)s") % {"count": fresh},
            UNSUITABLE: reasons.most_common(1)[0][0] if reasons else "—",
        }

    def _unpermitted(self) -> int:
        """How many signed ones still wait for a permit (one query)."""
        rules = standards.on(self.day, at=self.path).lifts.rules_before("build")
        wanted = {rule.key for rule in rules if rule.evidence == "permit"}
        signed = {row.pk: row.attempt for row in self.by_mark["signed"]}
        passes = GatePass.objects.filter(dossier__in=signed, rule__in=wanted, taken_back_at__isnull=True)
        held = Counter(pk for pk, attempt in passes.values_list("dossier", "attempt") if attempt == signed[pk])
        return sum(held[pk] < len(wanted) for pk in signed)


def name_of(mark: str) -> str:
    """What a mark is called."""
    return _("不具备条件") if mark == UNSUITABLE else str(Stage(mark).label)


def sentence(suitable: int, in_hand: int) -> str:
    """How far the programme has come, in a line."""
    share = f"{100 * in_hand / suitable:.1f}%" if suitable else "—"
    told = {"suitable": suitable, "in_hand": in_hand, "share": share}
    return _("%(suitable)s 个适合加梯的门洞，已签约、施工和运行共 %(in_hand)s 个，占 %(share)s") % told


def bar_of(counts: Mapping[str, int]) -> list[Part]:
    """Shares of the five stages as parts of a bar, with a hair between them."""
    whole, x, parts = sum(counts.get(mark, 0) for mark in FROM_THE_END), 0.0, []
    for mark in FROM_THE_END:
        width = 100 * counts.get(mark, 0) / whole if whole else 0.0
        if width:
            parts.append(Part(mark, round(x, 3), round(max(width - 0.16, 0.1), 3)))
        x += width
    return parts


def open_gate(dossier: Dossier) -> str:
    """The first gate that stands in the way, by its name."""
    gate = next((gate for gate in gates.next_gates(dossier) if gate.is_open), None)
    return _("缺第 %(number)s 条「%(name)s」") % {"number": gate.number, "name": gate.name} if gate else _("没有进展")
