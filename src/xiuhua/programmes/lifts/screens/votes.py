"""What a reader sees of votes (表决): meters with the gate line, who has voted, mandates, and how it came out.

Before the close nothing here knows what anybody chose. Names, rooms and telephones are for those who may see owners.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards.lifts import VoteRule
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.ui.objects import Part, Related, Section
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import gates, permits, queries_votes
from xiuhua.programmes.lifts.models import Ballot, Dossier, Elector, Mandate, Vote
from xiuhua.programmes.lifts.queries_votes import closing_words, local_day
from xiuhua.programmes.lifts.rules import mandates
from xiuhua.programmes.lifts.rules.moves import GateFacts
from xiuhua.programmes.lifts.rules.votes import Measure, Thresholds, words_of
from xiuhua.programmes.lifts.screens import gates as gate_words
from xiuhua.programmes.lifts.screens.sections import primary, section, tab
from xiuhua.programmes.lifts.words import on_day, square_metres


@dataclass(frozen=True, slots=True)
class Meter:
    """One comparison as it is drawn: a bar to a gate, with its figures in words."""

    title: str
    percent: str
    figures: str
    share: float
    gate: float
    reached: bool
    spoken: str


@dataclass(frozen=True, slots=True)
class Question:
    """What two meters answer: whether enough take part, whether enough agree."""

    title: str
    says: str
    meters: Sequence[Meter]


@dataclass(frozen=True, slots=True)
class ElectorRow:
    """One elector as the office sees it: that it has voted or not, never what."""

    elector: Elector
    name: str
    phone: str
    away: bool
    channel: str
    proxies: str
    paper_url: str
    shown: bool = False
    """Whether the telephone was asked for just now and stands there whole."""

    @property
    def voted(self) -> bool:
        """Whether there is a ballot of it in the box."""
        return bool(self.channel)


def sees_owners(actor: Actor, dossier: Dossier) -> bool:
    """Whether a reader may see names and rooms of a stairwell."""
    return any(within(dossier.path, top) for top in actor.sees(Sight.OWNERS))


def questions(measures: Sequence[Measure], thresholds: Thresholds) -> list[Question]:
    """Meters of a vote, two a question."""
    found = []
    for key in ("take_part", "agree"):
        own = [measure for measure in measures if measure.key == key]
        if own:
            title, says = _asked(key, own[0], thresholds)
            found.append(Question(title, says, [_meter(measure) for measure in own]))
    return found


def _asked(key: str, measure: Measure, thresholds: Thresholds) -> tuple[str, str]:
    share = {"share": words_of(measure.gate)}
    if key == "take_part":
        return _("够不够开票"), _("全体的%(share)s以上") % share
    whole = _("全体的%(share)s以上") if thresholds.of_all else _("参与者的%(share)s以上")
    return _("同不同意"), whole % share


def _meter(measure: Measure) -> Meter:
    title = {
        ("take_part", "area"): _("参与面积"),
        ("take_part", "heads"): _("参与人数"),
        ("agree", "area"): _("同意面积"),
        ("agree", "heads"): _("同意人数"),
    }[measure.key, measure.unit]
    if measure.unit == "area":
        told = {"got": square_metres(measure.got), "of": square_metres(measure.of)}
        figures = _("%(got)s／%(of)s 平方米") % told
    else:
        figures = _("%(got)s／%(of)s 户") % {"got": measure.got, "of": measure.of}
    how = _("达到") if measure.reached else _("没有达到")
    spoken = _("%(title)s %(percent)s，门槛%(gate)s，%(how)s") % {
        "title": title,
        "percent": measure.percent,
        "gate": words_of(measure.gate),
        "how": how,
    }
    share = measure.got / measure.of if measure.of else 0.0
    return Meter(title, measure.percent, figures, share, float(measure.gate), measure.reached, spoken)


def card(vote: Vote, *, more: tuple[str, str] | None = None) -> Part:
    """The card of one vote: participation while it is open, the result afterwards."""
    rule = queries_votes.rule_of(vote)
    context = _open(vote) if vote.is_open else _counted(vote)
    context |= {"vote": vote, "laws": laws(rule), "more": more, "closing": closing_words(vote)}
    return Part(context.pop("title"), "lifts/votes/card.html", context)


def laws(rule: VoteRule) -> list[Any]:
    """Figures of the rule book that a vote rests on."""
    return [rule.agree if not rule.take_part.is_law else rule.take_part, rule.heads_a_unit]


def _open(vote: Vote) -> dict[str, Any]:
    told = queries_votes.participation(vote)
    thresholds = queries_votes.thresholds_of(vote)
    over = vote.closes_at <= now()
    return {
        "title": _("正在表决：%(question)s") % {"question": vote.question},
        "note": _("已截止，等开票") if over else closing_note(vote),
        "questions": questions(told.measures, thresholds),
        "channels": _channels(told.voted),
        "verdict": "" if not told.measures else _("够开票") if told.enough else _("还不够开票"),
        "good": told.enough,
        "sealed": True,
    }


def _counted(vote: Vote) -> dict[str, Any]:
    found = queries_votes.result(vote)
    if found is None:
        return {"title": _("表决已取消"), "note": "", "questions": [], "cancelled": True}
    if vote.archived:
        note = _("%(day)s，纸质存档，按当年的规则判定") % {"day": on_day(local_day(vote.closes_at))}
    else:
        channels = _channels({pk: row.channel for pk, row in queries_votes.last_ballots(vote).items()})
        note = _("%(time)s 截止，%(channels)s") % {"time": closing_words(vote), "channels": channels}
    tally = found.tally
    return {
        "title": _("表决结果：通过") if found.passed else _("表决结果：没有通过"),
        "note": note,
        "questions": questions(found.measures, found.thresholds),
        "votes": _("同意 %(agree)s 户，不同意 %(against)s 户，弃权 %(abstain)s 户")
        % {"agree": tally.agree.heads, "against": tally.against.heads, "abstain": tally.abstain.heads},
        "good": found.passed,
        "no_objection": found.thresholds.no_objection,
    }


def _channels(voted: Mapping[int, str]) -> str:
    paper = sum(channel == Ballot.Channel.PAPER for channel in voted.values())
    if not voted:
        return _("还没有人投票")
    if not paper or paper == len(voted):
        told = _("手机 %(count)s 票") if not paper else _("纸质 %(count)s 票")
        return told % {"count": len(voted)}
    return _("纸质 %(paper)s 票、手机 %(phone)s 票") % {"paper": paper, "phone": len(voted) - paper}


def closing_note(vote: Vote) -> str:
    """When an open vote closes, and in how many days."""
    days = (local_day(vote.closes_at) - today()).days
    told = {"time": closing_words(vote), "days": days}
    return (_("%(time)s 截止，还有 %(days)s 天") if days else _("今天截止：%(time)s")) % told


# The electors, one by one.


def elector_rows(vote: Vote, *, works: bool, opened: Elector | None = None) -> list[ElectorRow]:
    """Electors of a vote, those who have not voted first; for those who may see owners (four queries)."""
    channels = {pk: row.channel for pk, row in queries_votes.last_ballots(vote).items()}
    holders = _holders(vote.dossier)
    takes = works and queries_votes.is_running(vote)
    found = []
    for row in vote.electors.select_related("owner").order_by("rooms"):
        channel, owner, shown = channels.get(row.pk, ""), row.owner, opened is not None and row.pk == opened.pk
        by_paper = takes and owner is not None and channel != Ballot.Channel.PHONE
        found.append(
            ElectorRow(
                elector=row,
                name=owner.name if owner else "",
                phone="" if owner is None else owner.phone if shown else mask_phone(owner.phone),
                away=bool(owner and owner.away),
                channel=str(Ballot.Channel(channel).label) if channel else "",
                proxies=holders.get(owner.pk, "") if owner else "",
                paper_url=reverse("lifts:paper_ballot", args=[vote.pk, row.pk]) if by_paper else "",
                shown=shown,
            )
        )
    return sorted(found, key=lambda row: row.voted)


def _holders(dossier: Dossier) -> dict[int, str]:
    rows = Mandate.objects.in_force(today()).filter(dossier=dossier).order_by("pk")
    return {row.owner_id: row.name for row in rows if mandates.VOTE in row.covers}


def electors_section(request: HttpRequest, vote: Vote, *, works: bool, opened: Elector | None = None) -> Related:
    """The electors with area, heads and whether they have voted; a telephone is asked for one at a time."""
    rows = elector_rows(vote, works=works, opened=opened)
    waiting = sum(not row.voted and bool(row.name) for row in rows)
    columns: list[Column[ElectorRow]] = [
        Column("rooms", _("房屋"), lambda row: row.elector.rooms),
        Column("owner", _("业主"), lambda row: row.name or _("没有登记，没人能投")),
        Column("area", _("面积"), lambda row: row.elector.area_dm2, unit=_("m²"), numeric=True, shown=square_metres),
    ]
    if any("、" in row.elector.rooms for row in rows):
        columns.append(Column("heads", _("算几人"), lambda row: row.elector.heads, numeric=True))
    columns.append(Column("state", _("投票"), _state, kind="chip", tone=lambda row: "good" if row.voted else "outline"))
    if any(row.proxies for row in rows):
        columns.append(Column("proxy", _("委托"), lambda row: row.proxies))
    if works and vote.is_open:
        columns += [
            Column("phone", _("电话"), lambda row: row.phone, drawn=lambda row: _phone(request, vote, row)),
            Column(
                "paper", _("纸质票"), lambda row: _("登记") if row.paper_url else "", link=lambda row: row.paper_url
            ),
        ]
    note = _("还有 %(count)s 户没投") % {"count": waiting}
    return Related(_("谁来投"), columns, rows, note=note if vote.is_open and waiting else "")


def _phone(request: HttpRequest, vote: Vote, row: ElectorRow) -> SafeString:
    context = {"row": row, "url": reverse("lifts:elector_phone", args=[vote.pk, row.elector.pk])}
    return SafeString(render_to_string("lifts/votes/phone.html", context, request))


def _state(row: ElectorRow) -> str:
    if not row.voted:
        return _("未投，不住这里") if row.away else _("未投")
    return _("已投，%(channel)s") % {"channel": row.channel}


def mandates_section(dossier: Dossier, *, works: bool) -> Related:
    """Who acts for whom, for what, until when."""
    rows = list(dossier.mandates.select_related("owner").order_by("ended_on", "-until", "-pk"))
    papers = documents_of(rows)
    columns: list[Column[Mandate]] = [
        Column("owner", _("业主"), lambda row: row.owner.name),
        Column("holder", _("受托人"), _holder),
        Column("covers", _("可以代办"), lambda row: covers_words(row.covers)),
        Column(
            "how",
            _("凭什么"),
            lambda row: _("委托书") if row.by_document else _("业主本人手机"),
            link=lambda row: papers.get(str(row.pk), ""),
        ),
        Column("until", _("到哪天止"), lambda row: row.until),
        Column("state", _("状态"), _mandate_state, kind="chip", tone=_mandate_tone),
    ]
    if works:
        columns.append(
            Column(
                "end",
                _("撤销"),
                lambda row: "" if row.ended_on else _("撤销"),
                link=lambda row: "" if row.ended_on else reverse("lifts:end_mandate", args=[row.pk]),
            )
        )
    more = (_("登记委托"), reverse("lifts:give_mandate", args=[dossier.pk])) if works else None
    return Related(_("委托"), columns, rows, empty=_("没有人委托别人投票或代办。"), more=more)


def documents_of(rows: Sequence[Any]) -> dict[str, str]:
    """Address of the scanned document of each row that has one, by its number (one query)."""
    return {file.subject_id: file.get_absolute_url() for file in StoredFile.objects.of(*rows)} if rows else {}


def _holder(row: Mandate) -> str:
    if not row.relation:
        return row.name
    return _("%(name)s（%(relation)s）") % {"name": row.name, "relation": row.relation}


def covers_words(covers: Sequence[str]) -> str:
    """What a mandate lets one do, in words."""
    told = {mandates.VOTE: _("投票"), mandates.SIGN: _("签协议"), mandates.SEE: _("查看和报修")}
    return _("、").join(told[deed] for deed in mandates.DEEDS if deed in covers)


def _mandate_state(row: Mandate) -> str:
    if row.ended_on:
        return _("已撤销")
    return _("有效") if row.in_force(today()) else _("已到期")


def _mandate_tone(row: Mandate) -> str:
    return "good" if row.in_force(today()) else ""


def history_section(votes: Sequence[Vote]) -> Related:
    """Earlier votes of the stairwell."""
    columns: list[Column[Vote]] = [
        Column("number", _("第几次"), lambda row: row.number, numeric=True),
        Column("question", _("表决事项"), lambda row: row.question),
        Column("day", _("截止"), lambda row: local_day(row.closes_at)),
        Column("state", _("结果"), vote_state, kind="chip", tone=lambda row: "good" if row.passed else ""),
        Column("heads", _("同意"), _heads),
    ]
    return Related(_("以前的表决"), columns, votes)


def vote_state(vote: Vote) -> str:
    """How a vote stands, in a word."""
    if vote.state != Vote.State.CLOSED:
        return str(Vote.State(vote.state).label)
    return _("通过") if vote.passed else _("没有通过")


def _heads(vote: Vote) -> str:
    if vote.agree_heads is None:
        return ""
    return _("%(got)s／%(of)s 户") % {"got": vote.agree_heads, "of": vote.part_heads}


# What the page of the dossier shows.


@section(order=20)
def vote_card(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """The newest vote of this attempt."""
    vote = queries_votes.newest_vote(dossier)
    if vote is None:
        return []
    more = (_("表决详情"), reverse("lifts:votes", args=[dossier.pk]))
    if vote.state == Vote.State.CLOSED and not vote.archived and sees_owners(actor_of(request), dossier):
        more = (_("逐户核对"), reverse("lifts:vote_sheet", args=[vote.pk]))
    return [card(vote, more=more)]


@tab(gettext_lazy("表决"), "lifts:votes", order=20)
def vote_note(_request: HttpRequest, dossier: Dossier) -> str:
    """How the newest vote stands."""
    vote = queries_votes.newest_vote(dossier)
    if vote is None:
        return ""
    if vote.is_open:
        return _("进行中")
    return _("已公布") if vote.passed else _("没有通过")


@primary(order=20)
def next_of_vote(request: HttpRequest, dossier: Dossier) -> Act | None:
    """What stands before the vote, then the vote itself; of shares their own room says what is to be done."""
    act = open_or_count(request, dossier)
    if act is None or act.post:
        return act
    before = gates_before_vote(dossier)
    others = [one for one in before if one.evidence != "shares"]
    if others:
        return gate_words.what_is_next(actor_of(request), dossier, others)
    return None if before else act


def gates_before_vote(dossier: Dossier) -> list[GateFacts]:
    """Gates that are open before the stairwell is asked: what it votes on is not settled yet."""
    return [one for one in gates.next_gates(dossier) if one.is_open and one.evidence != "vote"]


def open_or_count(request: HttpRequest, dossier: Dossier) -> Act | None:
    """Open the first vote, or count the one whose time is over."""
    if dossier.state != "designing" or not permits.may_work(actor_of(request), dossier=dossier):
        return None
    vote = queries_votes.newest_vote(dossier)
    if vote is not None and vote.is_open:
        if vote.closes_at > now():
            return None
        return Act(_("开票"), reverse("lifts:close_vote", args=[vote.pk]), "i-circle-check", primary=True, post=True)
    if vote is not None:
        return None
    return Act(_("发起表决"), reverse("lifts:open_vote", args=[dossier.pk]), "i-checklist", primary=True)
