"""What stands beside the map about one stairwell (门洞侧栏): how far it is, why it is stuck, what is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property

from xiuhua.ground import standards
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.journal.timeline import TimelineItem
from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.names import committee_name
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.objects import Step
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import gates, permits, queries, queries_dossiers, queries_votes
from xiuhua.programmes.lifts.layers import UNSUITABLE, mark_of
from xiuhua.programmes.lifts.models import Dossier, Flat, TeamMember, Vote
from xiuhua.programmes.lifts.rules import moves
from xiuhua.programmes.lifts.rules.moves import GateFacts
from xiuhua.programmes.lifts.screens import sections

BEFORE_SIGNING = ("consulting", "designing", "agreeing")
"""States in which those who are against can still be talked to."""


@dataclass(frozen=True, slots=True)
class Companions:
    """Those of the team who do the same: their names, or only how many, and a number to call where one may."""

    part: str
    names: str
    phone: str = ""
    call: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """One of the two ways in which those who take part are counted, and the gate that it has to reach."""

    name: str
    figure: str
    rest: str
    share: float
    gate: float
    label: str


@dataclass(frozen=True, slots=True)
class VoteTold:
    """A vote that runs: by when, and who has taken part, by area and by heads."""

    closes: str
    measures: list[Taken]
    note: str


class Panel:
    """One stairwell beside the map."""

    def __init__(self, request: HttpRequest, dossier: Dossier) -> None:
        self.request, self.dossier, self.day = request, dossier, today()
        self.actor = actor_of(request)
        self.mark = mark_of(dossier)
        self.stuck_days = moves.stuck_days(dossier.facts(), self.day)

    @property
    def stage(self) -> str:
        """What its mark is called."""
        return _("不具备条件") if self.mark == UNSUITABLE else self.dossier.stage_words

    @property
    def is_stuck(self) -> bool:
        """Whether it has not moved for longer than it should."""
        return self.stuck_days >= standards.on(self.day, at=self.dossier.path).lifts.pace.stuck_days.number

    @property
    def where(self) -> str:
        """Committee, micro-grid, year, storeys and households, in a line."""
        stairwell, building = self.dossier.stairwell, self.dossier.stairwell.building
        households = stairwell.levels * stairwell.households_per_floor
        told = [
            committee_name(building.committee),
            building.micro_grid.name if building.micro_grid else "",
            _("%(year)s 年") % {"year": building.year_built} if building.year_built else "",
            _("%(levels)s 层 %(households)s 户") % {"levels": stairwell.levels, "households": households},
        ]
        return " · ".join(filter(None, told))

    @property
    def steps(self) -> list[Step]:
        """The five steps, and how far it is."""
        book = standards.on(self.day, at=self.dossier.path).lifts
        keys = list(book.steps)
        now = len(keys) if self.mark == "running" else keys.index(self.dossier.step) if self.dossier.step else -1
        return [
            Step(step.short_zh, "done" if place < now else "now" if place == now else "later")
            for place, step in enumerate(book.steps.values())
        ]

    @property
    def sees_owners(self) -> bool:
        """Whether the reader may see names and rooms here."""
        return any(within(self.dossier.path, top) for top in self.actor.sees(Sight.OWNERS))

    @property
    def may_work(self) -> bool:
        """Whether the reader carries this stairwell."""
        return permits.may_work(self.actor, dossier=self.dossier)

    @property
    def why(self) -> str:
        """Why it is stuck, in the words of those who carry it; for those who may read them."""
        return self.dossier.snag if self.sees_owners else ""

    @cached_property
    def open_gates(self) -> list[GateFacts]:
        """Gates that are in the way of the next move."""
        if self.mark in (UNSUITABLE, "waiting"):
            return []
        return [gate for gate in gates.next_gates(self.dossier) if gate.is_open]

    @property
    def team(self) -> list[Companions]:
        """Who accompanies it; names of others than coordinators, and telephones, only to those who may see owners."""
        by_part: dict[str, list[TeamMember]] = {}
        for member in queries.team_of(self.dossier):
            by_part.setdefault(member.part, []).append(member)
        return [self._companions(part, members) for part, members in by_part.items()]

    @cached_property
    def log(self) -> tuple[int, list[TimelineItem]]:
        """How much is on record, and the last of it."""
        count = queries_dossiers.on_record(self.dossier, self.actor).count()
        return count, queries_dossiers.happened_to(self.dossier, self.actor, latest=1)

    @cached_property
    def vote(self) -> VoteTold | None:
        """Who has taken part in the vote that runs; what was chosen is sealed."""
        vote = self.dossier.votes.open().first()
        return _told_of(vote) if vote else None

    @property
    def primary(self) -> Act | None:
        """The one thing to do now."""
        if not self.may_work or self.mark == UNSUITABLE:
            return None
        return self._visit or sections.primary_of(self.request, self.dossier)

    @property
    def _visit(self) -> Act | None:
        """Of a stairwell that is stuck before it has signed: to see those at home who are against."""
        if not (self.is_stuck and self.sees_owners and self.dossier.state in BEFORE_SIGNING):
            return None
        flat = self.dossier.flats.filter(stance=Flat.Stance.AGAINST).order_by("room").first()
        if flat is None:
            return None
        url = reverse("lifts:note_contact", args=[self.dossier.pk], query={"flat": flat.pk})
        return Act(_("约 %(room)s 室上门") % {"room": flat.room}, url, "i-door", primary=True)

    @property
    def since(self) -> date | None:
        """On which day it came to where it is."""
        return self.dossier.moved_on

    def _companions(self, part: str, members: Sequence[TeamMember]) -> Companions:
        title = str(TeamMember.Part(part).label)
        if not self.sees_owners and part != TeamMember.Part.COORDINATOR:
            return Companions(title, _("%(count)s 位") % {"count": len(members)})
        names = _("、").join(f"{one.trade} {one.name}".strip() for one in members)
        phone = next((one.phone for one in members if one.phone), "") if self.sees_owners else ""
        return Companions(title, names, phone, members[0].name)

    @property
    def note_url(self) -> str:
        """Where those who carry it put down a talk or a visit."""
        return reverse("lifts:note_contact", args=[self.dossier.pk]) if self.may_work else ""

    @property
    def log_url(self) -> str:
        """Where all of it stands."""
        return reverse("lifts:log", args=[self.dossier.pk])


def _told_of(vote: Vote) -> VoteTold:
    found = queries_votes.participation(vote)
    measures = [
        Taken(
            name=_("参与面积") if one.unit == "area" else _("参与户数"),
            figure=one.percent if one.unit == "area" else str(one.got),
            rest="" if one.unit == "area" else _("／%(all)s 户") % {"all": one.of},
            share=one.got / one.of if one.of else 0.0,
            gate=float(one.gate),
            label=_("已参与 %(percent)s，须过 %(gate)s") % {"percent": one.percent, "gate": one.gate},
        )
        for one in found.measures
    ]
    enough = _("已够开票") if found.enough else _("还不够开票")
    return VoteTold(
        closes=_("%(moment)s 截止") % {"moment": date_format(timezone.localtime(vote.closes_at), _("n 月 j 日 H:i"))},
        measures=measures,
        note=_("竖线是门槛。%(enough)s；赞成多少封存到截止后公布。") % {"enough": enough},
    )
