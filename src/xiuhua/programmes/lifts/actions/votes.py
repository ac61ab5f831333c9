"""Votes are opened, cast in, closed, cancelled; those from before the system are put down from paper."""

from datetime import date, datetime, time

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from xiuhua.ground import standards
from xiuhua.ground.accounts.models import User
from xiuhua.ground.clock import now
from xiuhua.ground.files import keeping
from xiuhua.ground.files.prepared import Prepared
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.standards.workdays import SHANGHAI
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import Reason, Refused, refuse_unless
from xiuhua.ground.words import gettext
from xiuhua.programmes.lifts import box, permits, permits_votes, queries_votes
from xiuhua.programmes.lifts.actions.held import held, progressed
from xiuhua.programmes.lifts.actions.papers import put_away
from xiuhua.programmes.lifts.actions.shares import put_to_vote
from xiuhua.programmes.lifts.models import Ballot, Dossier, Elector, Mandate, Paper, Scheme, SheetLine, Vote
from xiuhua.programmes.lifts.rules import ballots, mandates
from xiuhua.programmes.lifts.rules import votes as rules
from xiuhua.programmes.lifts.rules.votes import Opening, Tally, Weight
from xiuhua.programmes.lifts.telling import tell_of_proxy, tell_of_result

ON_PAPER_AT = time(18, 0)
"""When a vote on paper is taken to have closed, where the record says the day only."""


@action("lifts.open_vote", says=_("发起表决"), permits=permits.may_work)
def open_vote(
    *,
    actor: Actor,
    dossier: Dossier,
    question: str,
    opens_on: date,
    closes_at: datetime,
    scheme: Scheme | None = None,
) -> Done[Vote]:
    """Open a vote of a stairwell (发起表决); who votes, with which area, is fixed as it stands now.

    Raises
    ------
    Refused
        The stairwell is at another step, areas are missing, it is open for too few or too many days, or another vote
        cannot follow yet.
    """
    dossier = held(dossier)
    figures = standards.on(opens_on, at=dossier.path).lifts.vote
    opening = Opening(question, opens_on, queries_votes.local_day(closes_at), still_to_come=closes_at > now())
    refuse_unless(rules.dossier_can_vote(dossier.state))
    refuse_unless(
        rules.vote_can_open(
            opening,
            moved_on=dossier.moved_on,
            today=today(),
            least_days=int(figures.least_days.number),
            most_days=int(figures.most_days.number),
        )
    )
    refuse_unless(
        rules.another_vote_can_follow(
            queries_votes.before_another(dossier, scheme.pk if scheme else None),
            opens_on,
            most=int(figures.most_votes.number),
            again_days=int(figures.again_days.number),
        )
    )
    flats = queries_votes.voting_flats(dossier)
    refuse_unless(rules.flats_can_vote(flats))
    heads = rules.heads_of(flats)
    weight = int(figures.heads_a_unit.number)
    whole = Weight(sum(head.area_dm2 for head in heads), weight * len(heads))
    vote = _begun(actor, dossier, question, opens_on, closes_at, scheme, whole)
    for head in heads:
        _put_down(vote, head, weight)
    progressed(dossier, opens_on)
    dossier.save(update_fields=["progressed_on"])
    return Done(vote, {"on": opens_on, "closes_at": closes_at, "number": vote.number, "electors": len(heads)})


@action("lifts.cast_ballot", says=_("投票"), permits=permits_votes.may_cast, audience=Audience.OFFICE)
def cast_ballot(
    *,
    actor: Actor,
    vote: Vote,
    elector: Elector,
    choice: str,
    by_mandate: Mandate | None = None,
) -> Done[Ballot]:
    """Cast a ballot on the phone (投票), or another in its place; the last before the close counts.

    Raises
    ------
    Refused
        The vote is over, the telephone has cast for somebody else, the mandate does not cover it, or the owner has
        cast a ballot of their own.
    """
    vote = _taking(vote)
    phone = _phone_of(actor, elector, by_mandate)
    _refuse_unless_castable(vote, elector, choice, by_mandate, phone)
    return _cast(actor, vote, elector, choice, Ballot.Channel.PHONE, phone, by_mandate)


@action("lifts.cast_paper_ballot", says=_("登记纸质票"), permits=permits_votes.may_run_vote, audience=Audience.OFFICE)
def cast_paper_ballot(
    *,
    actor: Actor,
    vote: Vote,
    elector: Elector,
    choice: str,
    photo: Prepared | None,
    by_mandate: Mandate | None = None,
) -> Done[Ballot]:
    """Put a ballot on paper into the box (登记纸质票), with its photograph, which nobody is shown again.

    Raises
    ------
    Refused
        The vote is over, there is no photograph, or the household has cast on the phone, which only they may change.
    """
    vote = _taking(vote)
    last = vote.ballots.filter(elector=elector).order_by("-number").first()
    refuse_unless(ballots.paper_can_be_taken(has_photo=photo is not None, last_channel=last.channel if last else ""))
    _refuse_unless_castable(vote, elector, choice, by_mandate, "")
    done = _cast(actor, vote, elector, choice, Ballot.Channel.PAPER, "", by_mandate)
    if photo is not None:
        keeping.keep(photo, subject=done.subject)
    return done


@action("lifts.close_vote", says=_("开票"), permits=permits_votes.may_run_vote)
def close_vote(*, actor: Actor, vote: Vote) -> Done[Vote]:
    """Count a vote whose time is over (开票), and publish its sheet; the key of its box is thrown away.

    Raises
    ------
    Refused
        It is not over yet, it has ended already, or the box does not hold what was put into it.
    """
    dossier = held(vote.dossier)
    vote = locked(vote)
    refuse_unless(
        rules.vote_can_close(
            is_open=vote.is_open, closes_at=vote.closes_at, at=now(), told=queries_votes.closing_words(vote)
        )
    )
    refuse_unless(queries_votes.box_is_whole(vote))
    lines = [box.opened(vote, ballot) for ballot in queries_votes.last_ballots(vote).values()]
    tally = ballots.recompute(ballots.Sheet(vote.name, vote.whole, lines))
    SheetLine.objects.bulk_create(
        SheetLine(
            vote=vote,
            receipt=line.receipt,
            key=line.key,
            area_dm2=line.weight.area_dm2,
            heads=line.weight.heads,
            choice=line.choice,
            nonce=line.nonce,
        )
        for line in sorted(lines, key=lambda line: line.receipt)
    )
    _counted(vote, tally)
    _ended(vote, actor, Vote.State.CLOSED)
    vote.save()
    closed_on = queries_votes.local_day(vote.closes_at)
    progressed(dossier, closed_on)
    dossier.save(update_fields=["progressed_on"])
    tell_of_result(vote)
    return Done(vote, {"on": closed_on, **_facts(vote), "chain": vote.chain_head, "ballots": vote.ballots_cast})


@action("lifts.cancel_vote", says=_("取消表决"), permits=permits_votes.may_run_vote)
def cancel_vote(*, actor: Actor, vote: Vote, reason: str) -> Done[Vote]:
    """Cancel a vote (取消表决), and say why; its ballots can be opened by nobody any more.

    Raises
    ------
    Refused
        It has ended already, its time is over, or no reason is given.
    """
    vote = locked(vote)
    refuse_unless(
        rules.vote_can_be_cancelled(
            reason,
            state=vote.state,
            over=vote.closes_at <= now(),
            told=queries_votes.closing_words(vote),
        )
    )
    vote.reason = reason.strip()
    _ended(vote, actor, Vote.State.CANCELLED)
    vote.save()
    return Done(vote, {"ballots": vote.ballots_cast}, sealed={"reason": vote.reason})


@action("lifts.record_past_vote", says=_("补录纸质表决"), permits=permits.may_work)
def record_past_vote(
    *,
    actor: Actor,
    dossier: Dossier,
    on: date,
    tally: Tally,
    question: str = "",
    scheme: Scheme | None = None,
    file: Prepared | None = None,
) -> Done[Vote]:
    """Put down a vote that was held on paper before the system (补录纸质表决), judged by the rule of its year.

    Raises
    ------
    Refused
        The sums cannot be, the day cannot be, or a vote is open now.
    """
    dossier = held(dossier)
    refuse_unless(rules.past_vote_can_be(on, begun_on=dossier.begun_on, today=today()))
    refuse_unless(rules.tally_is_sound(tally))
    refuse_unless(rules.none_is_open(open_now=dossier.votes.filter(state=Vote.State.OPEN).exists()))
    closes_at = datetime.combine(on, ON_PAPER_AT, SHANGHAI)
    question = question.strip() or gettext("同意装这部电梯吗？")
    vote = _begun(actor, dossier, question, on, closes_at, scheme, tally.whole, archived=True)
    _counted(vote, tally)
    _ended(vote, actor, Vote.State.CLOSED)
    vote.save()
    if file is not None:
        put_away(actor, dossier, Paper.Kind.BALLOT, gettext("表决存档 %(day)s") % {"day": on}, file, dated=on)
    progressed(dossier, on)
    dossier.save(update_fields=["progressed_on"])
    return Done(vote, {"on": on, **_facts(vote), "archived": True})


def _begun(
    actor: Actor,
    dossier: Dossier,
    question: str,
    opens_on: date,
    closes_at: datetime,
    scheme: Scheme | None,
    whole: Weight,
    *,
    archived: bool = False,
) -> Vote:
    if scheme is not None and scheme.dossier_id != dossier.pk:
        raise Refused(Reason(gettext("这一稿方案是别的门洞的"), field="scheme"))
    if scheme is not None:
        put_to_vote(scheme)
    last = Vote.objects.filter(dossier=dossier, attempt=dossier.attempt).aggregate(last=Max("number"))["last"]
    vote: Vote = Vote.objects.create(
        dossier=dossier,
        attempt=dossier.attempt,
        number=(last or 0) + 1,
        question=question.strip(),
        scheme=scheme,
        opens_on=opens_on,
        closes_at=closes_at,
        archived=archived,
        key="" if archived else box.fresh_key(),
        chain_head="" if archived else ballots.START,
        all_area_dm2=whole.area_dm2,
        all_heads=whole.heads,
        opened_by=actor.reference,
        opened_at=now(),
    )
    return vote


def _put_down(vote: Vote, head: rules.Head, weight: int) -> None:
    elector = Elector.objects.create(
        vote=vote,
        key=box.fresh_name(),
        owner_id=head.speaker or None,
        rooms=gettext("、").join(head.rooms),
        area_dm2=head.area_dm2,
        heads=weight,
    )
    elector.flats.set(head.flats)


def _phone_of(actor: Actor, elector: Elector, mandate: Mandate | None) -> str:
    """The telephone that a ballot is cast by: the account's, else the owner's or proxy's, shown to be theirs."""
    if isinstance(actor, User):
        return actor.phone
    if mandate is not None:
        return mandate.phone
    return elector.owner.phone if elector.owner else ""


def _taking(vote: Vote) -> Vote:
    """The vote, held against other ballots and its counting, if it still takes any."""
    vote = locked(vote)
    refuse_unless(
        rules.vote_is_open(state=vote.state, closes_at=vote.closes_at, at=now(), told=queries_votes.closing_words(vote))
    )
    return vote


def _refuse_unless_castable(vote: Vote, elector: Elector, choice: str, mandate: Mandate | None, phone: str) -> None:
    if mandate is not None:
        refuse_unless(
            mandates.mandate_covers(
                mandates.VOTE,
                covers=mandate.covers,
                in_force=mandate.in_force(today()),
                same_owner=mandate.owner_id == elector.owner_id,
            )
        )
    refuse_unless(
        ballots.ballot_can_be_cast(
            choice,
            of_this_vote=elector.vote_id == vote.pk,
            has_owner=elector.owner_id is not None,
            cast_by_same_phone=queries_votes.rooms_cast_by(vote, phone, but=elector),
            mandate=mandate is not None,
            owner_has_cast=vote.ballots.filter(elector=elector, mandate__isnull=True).exists(),
            cast_so_far=vote.ballots.filter(elector=elector).count(),
            most=int(queries_votes.rule_of(vote).most_ballots.number),
        )
    )


def _cast(
    actor: Actor, vote: Vote, elector: Elector, choice: str, channel: str, phone: str, mandate: Mandate | None
) -> Done[Ballot]:
    """Seal a ballot, link it to the one before it, and put it into the box."""
    number = vote.ballots_cast + 1
    paper = box.sealed(vote, elector.key, number, choice)
    vote.chain_head = ballots.link_of(vote.chain_head, number, elector.key, paper.commitment)
    vote.ballots_cast = number
    vote.save(update_fields=["chain_head", "ballots_cast"])
    ballot = Ballot.objects.create(
        vote=vote,
        elector=elector,
        number=number,
        commitment=paper.commitment,
        link=vote.chain_head,
        sealed=paper.sealed,
        channel=channel,
        phone=phone,
        mandate=mandate,
        by=actor.reference,
        at=now(),
    )
    receipt = ballots.receipt_of(paper.commitment)
    if mandate is not None:
        tell_of_proxy(elector, mandate)
    return Done(ballot, {"vote": vote.pk, "commitment": paper.commitment, "receipt": receipt})


def _counted(vote: Vote, tally: Tally) -> None:
    thresholds = rules.thresholds_of(queries_votes.rule_of(vote))
    vote.part_area_dm2, vote.part_heads = tally.part.area_dm2, tally.part.heads
    vote.agree_area_dm2, vote.agree_heads = tally.agree.area_dm2, tally.agree.heads
    vote.against_area_dm2, vote.against_heads = tally.against.area_dm2, tally.against.heads
    vote.passed = rules.outcome(tally, thresholds).decision


def _ended(vote: Vote, actor: Actor, state: str) -> None:
    """End a vote: from here on nothing opens its ballots, and nothing lets one try out what they were."""
    box.forget_requests(vote)
    vote.state, vote.key = state, ""
    vote.ended_by, vote.ended_at = actor.reference, now()


def _facts(vote: Vote) -> dict[str, object]:
    """What indicators count: how often stairwells vote, and how often they agree."""
    return {
        "number": vote.number,
        "passed": vote.passed,
        "part_heads": vote.part_heads,
        "agree_heads": vote.agree_heads,
        "all_heads": vote.all_heads,
    }
