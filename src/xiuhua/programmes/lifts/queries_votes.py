"""Reads about votes that the office's pages, the residents' pages and the API share.

For the residents' pages::

    votes_open_for(user)          votes in which this account can cast now, as owner or by mandate
    elector_of(user, vote)        the account's own elector in a vote, or None
    castables(user, vote)         everyone the account may cast for: elector, mandate or None, ballot or None
    participation(vote)           who has taken part so far: weights, gate, ids of electors; never what they chose
    result(vote)                  tally, thresholds as measures and whether it passed; None before the close
    line_for(vote, receipt)       the line of the sheet that a receipt stands on, however it was copied
    check(vote)                   whether box, record, sheet and result fit one another, with what does not
    mandates_of(user)             mandates by which the account acts for others today
    owners_of(user)               rows of owners that the account is (its own telephone, or linked to it)

``actions.cast_ballot(actor=user, vote=vote, elector=elector, choice="agree|against|abstain", by_mandate=mandate)``
gives ``Done(ballot, {"receipt": "7Q4M 2X9K 81TB", "commitment": …})``. A worry that is written beside a ballot would
give the choice away: take objections on a page of their own (``actions.note_objection``), never with the choice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from xiuhua.ground import standards
from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.clock import now
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.standards.lifts import VoteRule
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import Verdict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import box
from xiuhua.programmes.lifts.models import (
    Ballot,
    Dossier,
    Elector,
    Mandate,
    Mediation,
    Objection,
    Owner,
    SheetLine,
    Vote,
)
from xiuhua.programmes.lifts.reading import once
from xiuhua.programmes.lifts.rules import ballots, mandates
from xiuhua.programmes.lifts.rules import votes as rules
from xiuhua.programmes.lifts.rules.ballots import CastBallot
from xiuhua.programmes.lifts.rules.votes import NOTHING, Before, Measure, Tally, Thresholds, VotingFlat, Weight


@dataclass(frozen=True, slots=True)
class Castable:
    """An elector for whom somebody may cast, by which mandate if it is not their own, and the last ballot if any."""

    elector: Elector
    mandate: Mandate | None
    ballot: Ballot | None

    @property
    def owner_has_cast(self) -> bool:
        """Whether the ballot is the owner's own and the reader their proxy, who neither sees nor changes it."""
        return self.mandate is not None and self.ballot is not None and self.ballot.mandate_id != self.mandate.pk


@dataclass(frozen=True, slots=True)
class Participation:
    """Who has taken part in a vote so far; nothing here says what anybody chose."""

    part: Weight
    whole: Weight
    measures: list[Measure]
    voted: dict[int, str]
    """Channel of the last ballot by the elector's number."""

    @property
    def enough(self) -> bool:
        """Whether enough take part for the vote to count (够开票)."""
        return all(measure.reached for measure in self.measures)


@dataclass(frozen=True, slots=True)
class Result:
    """How a vote came out."""

    tally: Tally
    thresholds: Thresholds
    measures: list[Measure]
    passed: bool


def local_day(moment: datetime) -> date:
    """The day of a moment, where the office is."""
    return timezone.localtime(moment).date()


def closing_words(vote: Vote) -> str:
    """When a vote closes, as people say it: 3 月 2 日 18:00."""
    moment = timezone.localtime(vote.closes_at)
    return date_format(moment, _("n 月 j 日 H:i") if moment.year == today().year else _("Y 年 n 月 j 日 H:i"))


def rule_of(vote: Vote) -> VoteRule:
    """The rule of the day on which a vote was opened."""
    return standards.on(vote.opens_on, at=vote.territory_path).lifts.vote


def thresholds_of(vote: Vote) -> Thresholds:
    """What a vote takes, by the rule of its day."""
    return rules.thresholds_of(rule_of(vote))


def owners_of(user: User) -> QuerySet[Owner]:
    """Owners that an account is: those linked to it, and those of its own telephone, which it signs in by."""
    if user.kind != Kind.RESIDENT or not user.is_active:
        return Owner.objects.none()
    rows: QuerySet[Owner] = Owner.objects.filter(Q(user=user) | sealed_equals(Owner, "phone", user.phone))
    return rows


def mandates_of(user: User) -> QuerySet[Mandate]:
    """Mandates by which an account acts for others today."""
    if user.kind != Kind.RESIDENT or not user.is_active:
        return Mandate.objects.none()
    rows: QuerySet[Mandate] = Mandate.objects.in_force(today())
    return rows.filter(Q(user=user) | sealed_equals(Mandate, "phone", user.phone)).select_related("owner")


def votes_open_for(user: User) -> QuerySet[Vote]:
    """Votes in which an account can cast now, as an owner or by mandate, the next to close first."""
    holders = [row.owner_id for row in mandates_of(user) if mandates.VOTE in row.covers]
    own = Q(electors__owner__in=owners_of(user)) | Q(electors__owner__in=holders)
    rows: QuerySet[Vote] = Vote.objects.open().filter(own).distinct()
    return rows.select_related("dossier__stairwell__building").order_by("closes_at", "pk")


def elector_of(user: User, vote: Vote) -> Elector | None:
    """The account's own elector in a vote; where one telephone is two owners', the first (see `castables`)."""
    found: Elector | None = vote.electors.filter(owner__in=owners_of(user)).order_by("pk").first()
    return found


def castables(user: User, vote: Vote) -> list[Castable]:
    """Electors for whom an account may cast in a vote: its own, then those by mandate, each with its last ballot."""
    by_owner = {row.owner_id: row for row in mandates_of(user) if mandates.VOTE in row.covers}
    own = set(owners_of(user).values_list("pk", flat=True))
    rows = vote.electors.filter(owner__in=[*own, *by_owner]).select_related("owner").order_by("pk")
    last = last_ballots(vote)
    found = [Castable(row, None if row.owner_id in own else by_owner[row.owner_id], last.get(row.pk)) for row in rows]
    return sorted(found, key=lambda one: one.mandate is not None)


def last_ballots(vote: Vote) -> dict[int, Ballot]:
    """The ballot that counts of each elector who has taken part, by the elector's number."""
    newest = vote.ballots.values("elector").annotate(last=Max("number")).values("last")
    return {row.elector_id: row for row in vote.ballots.filter(number__in=newest).select_related("elector")}


def rooms_cast_by(vote: Vote, phone: str, *, but: Elector) -> list[str]:
    """Rooms of other electors for whom a telephone has cast in a vote without a mandate."""
    rows = vote.ballots.filter(sealed_equals(Ballot, "phone", phone), mandate__isnull=True).exclude(elector=but)
    return sorted(set(rows.values_list("elector__rooms", flat=True))) if phone else []


def participation(vote: Vote) -> Participation:
    """Who has taken part in a vote so far (参与情况)."""
    last = last_ballots(vote)
    part = sum((Weight(row.elector.area_dm2, row.elector.heads) for row in last.values()), NOTHING)
    thresholds = thresholds_of(vote)
    told = rules.measures(Tally(vote.whole, part, NOTHING), thresholds)
    return Participation(
        part,
        vote.whole,
        [measure for measure in told if measure.key == "take_part"],
        {pk: row.channel for pk, row in last.items()},
    )


def result(vote: Vote) -> Result | None:
    """How a vote came out; None before it is closed."""
    tally = vote.tally
    if tally is None:
        return None
    thresholds = thresholds_of(vote)
    return Result(tally, thresholds, rules.measures(tally, thresholds), bool(vote.passed))


def check(vote: Vote) -> Verdict[bool]:
    """Whether a closed vote still is what was cast: box, chain, record, sheet and result against one another (核对)."""
    tally = vote.tally
    if tally is None or vote.archived:
        return Verdict(True)
    held = box.ballots_in(vote)
    return _both(box_is_whole(vote, held), ballots.sheet_is_true(box.sheet_of(vote), held, tally))


def box_is_whole(vote: Vote, held: Sequence[CastBallot] | None = None) -> Verdict[bool]:
    """Whether the box of a vote holds what was put into it: its chain is whole, and the journal says the same."""
    held = box.ballots_in(vote) if held is None else held
    return _both(
        ballots.chain_is_whole(held, head=vote.chain_head, count=vote.ballots_cast),
        ballots.record_agrees(held, box.recorded_for(vote)),
    )


def _both(first: Verdict[bool], second: Verdict[bool]) -> Verdict[bool]:
    return Verdict(first.decision and second.decision, *first.reasons, *second.reasons)


def households_taking_part(vote: Vote) -> int:
    """How many took part in a vote; which ones is not told beside the sheet, whose areas could then name them."""
    return int(vote.electors.filter(ballots__isnull=False).distinct().count())


@once
def newest_vote(dossier: Dossier) -> Vote | None:
    """The newest vote of this attempt that was not cancelled."""
    found: Vote | None = votes_of(dossier).filter(attempt=dossier.attempt).exclude(state="cancelled").first()
    return found


def votes_of(dossier: Dossier) -> QuerySet[Vote]:
    """Votes of a stairwell, the newest first."""
    rows: QuerySet[Vote] = Vote.objects.filter(dossier=dossier).select_related("dossier", "scheme")
    return rows.order_by("-closes_at", "-pk")


def closed_vote(dossier: Dossier) -> Vote | None:
    """The newest vote of this attempt that was counted."""
    found: Vote | None = votes_of(dossier).filter(attempt=dossier.attempt, state="closed").first()
    return found


def before_another(dossier: Dossier, scheme_id: int | None) -> Before:
    """What rules ask about the votes so far before another is opened."""
    rows = list(votes_of(dossier).filter(attempt=dossier.attempt).exclude(state="cancelled"))
    counted = [row for row in rows if row.state == "closed"]
    last = counted[0] if counted else None
    mediations = Mediation.objects.filter(dossier=dossier, attempt=dossier.attempt)
    return Before(
        counted=len(counted),
        open_now=len(rows) > len(counted),
        passed=bool(last and last.passed),
        new_scheme=bool(last and scheme_id and scheme_id != last.scheme_id),
        closed_on=local_day(last.closes_at) if last else None,
        mediated_on=mediations.aggregate(last=Max("on"))["last"],
    )


def voting_flats(dossier: Dossier) -> list[VotingFlat]:
    """Flats of a stairwell as electors are made of them (two queries)."""
    rows = dossier.flats.prefetch_related("ownerships").order_by("room")
    return [_voting_flat(flat.pk, flat.room, flat.area_dm2, list(flat.ownerships.all())) for flat in rows]


def _voting_flat(key: int, room: str, area_dm2: int | None, ownerships: Iterable[object]) -> VotingFlat:
    rows = [(row.owner_id, row.speaks) for row in ownerships]  # type: ignore[attr-defined]
    speaker = next((owner for owner, speaks in rows if speaks), 0)
    return VotingFlat(key, room, area_dm2, speaker, len(rows))


def unanswered_objections(dossier: Dossier) -> QuerySet[Objection]:
    """Objections of this attempt without a written answer."""
    rows: QuerySet[Objection] = Objection.objects.unanswered().filter(dossier=dossier, attempt=dossier.attempt)
    return rows


def objections_of(dossier: Dossier, seer: Seer) -> QuerySet[Objection]:
    """Objections of a stairwell that this reader may read."""
    rows: QuerySet[Objection] = Objection.objects.visible_to(seer).filter(dossier=dossier)
    return rows.select_related("flat").order_by("-raised_on", "-pk")


def is_running(vote: Vote) -> bool:
    """Whether ballots are still taken: it is open, and its time is not over."""
    return vote.is_open and vote.closes_at > now()


def line_for(vote: Vote, said: str) -> SheetLine | None:
    """The line of the published sheet that a receipt stands on, however it was copied; None where there is none."""
    found: SheetLine | None = vote.sheet.filter(receipt=ballots.as_receipt(said)).first()
    return found
