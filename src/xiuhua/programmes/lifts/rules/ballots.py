"""Ballots that lie sealed (封存的票): what binds them, how they are chained, and how anybody counts them again.

A commitment is ``SHA-256(vote, elector key, choice, nonce)``, each part with its length before it: whoever knows it can
neither tell the choice (the nonce is 128 random bits) nor find another choice that fits. The receipt is its first sixty
bits in Crockford's base 32. Every ballot is linked to the one before it, so that one that is changed, taken away or put
in breaks the chain.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xiuhua.ground.verdicts import Reason, Refused, Verdict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.rules.votes import NOTHING, Tally, Weight

AGREE, AGAINST, ABSTAIN = "agree", "against", "abstain"
CHOICES = (AGREE, AGAINST, ABSTAIN)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U to be mistaken for something else."""

START = "0" * 64
"""What the first ballot of a vote is linked to."""


def commitment_of(vote: str, key: str, choice: str, nonce: str) -> str:
    """What binds a ballot to a choice and tells nobody which, in hexadecimal."""
    digest = hashlib.sha256()
    for part in (vote, key, choice, nonce):
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(4, "big") + encoded)
    return digest.hexdigest()


def receipt_of(commitment: str) -> str:
    """The receipt of a ballot: twelve letters in three groups, as ``7Q4M 2X9K 81TB``."""
    bits = int(commitment[:15], 16)
    letters = "".join(ALPHABET[bits >> shift & 31] for shift in range(55, -5, -5))
    return f"{letters[:4]} {letters[4:8]} {letters[8:]}"


def as_receipt(said: str) -> str:
    """A receipt as somebody has copied it: small letters, other gaps, O for 0, I and L for 1."""
    letters = [sign for sign in said.upper().translate(_MISREAD) if sign in ALPHABET]
    return " ".join("".join(letters[place : place + 4]) for place in range(0, len(letters), 4))


_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def link_of(before: str, number: int, key: str, commitment: str) -> str:
    """The link of a ballot: it holds the one before it, its number, its elector and its commitment."""
    return hashlib.sha256(f"{before}|{number}|{key}|{commitment}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CastBallot:
    """A ballot as it lies in the box: whose, and what it is bound to."""

    number: int
    key: str
    commitment: str
    link: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the published sheet."""

    receipt: str
    key: str
    weight: Weight
    choice: str
    nonce: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The published sheet (逐户核对): the vote's name, what everybody weighs, a line for each who took part."""

    vote: str
    whole: Weight
    lines: Sequence[Line]


def recompute(sheet: Sheet) -> Tally:
    """Count a published sheet again (重算): every receipt made anew from its line, then areas and heads summed.

    Raises
    ------
    Refused
        A line does not fit its receipt, or stands there twice.
    """
    faults = [reason for line in sheet.lines if (reason := _wrong_with(line, sheet.vote))]
    if len({line.key for line in sheet.lines}) < len(sheet.lines):
        faults.append(Reason(_("有一个票号出现了两次")))
    if faults:
        raise Refused(*faults)
    return Tally(
        whole=sheet.whole,
        part=_sum(line.weight for line in sheet.lines),
        agree=_sum(line.weight for line in sheet.lines if line.choice == AGREE),
        against=_sum(line.weight for line in sheet.lines if line.choice == AGAINST),
    )


def _wrong_with(line: Line, vote: str) -> Reason | None:
    if line.choice in CHOICES and receipt_of(commitment_of(vote, line.key, line.choice, line.nonce)) == line.receipt:
        return None
    return Reason(_("回执号 %(receipt)s 和这一行的内容对不上") % {"receipt": line.receipt})


def _sum(weights: Iterable[Weight]) -> Weight:
    return sum(weights, NOTHING)


def head_of(box: Sequence[CastBallot]) -> str:
    """The end of the chain; a box without ballots ends where chains start."""
    return box[-1].link if box else START


def chain_is_whole(box: Sequence[CastBallot], *, head: str, count: int) -> Verdict[bool]:
    """Whether nothing was changed, taken out of or put into a box: numbered without a gap, linked, as many as told."""
    before = START
    for place, ballot in enumerate(box, start=1):
        if ballot.number != place:
            return Verdict(False, Reason(_("第 %(number)s 张票不见了") % {"number": place}))
        if ballot.link != link_of(before, ballot.number, ballot.key, ballot.commitment):
            return Verdict(False, Reason(_("第 %(number)s 张票被改动过") % {"number": ballot.number}))
        before = ballot.link
    if before != head or len(box) != count:
        return Verdict(False, Reason(_("投过 %(count)s 张票，现在是 %(now)s 张") % {"count": count, "now": len(box)}))
    return Verdict(True)


def record_agrees(box: Sequence[CastBallot], recorded: Sequence[str]) -> Verdict[bool]:
    """Whether the box holds the very ballots that the journal has on record, in their order."""
    if [ballot.commitment for ballot in box] == list(recorded):
        return Verdict(True)
    return Verdict(False, Reason(_("票箱和留痕对不上：留痕里是 %(count)s 张票") % {"count": len(recorded)}))


def sheet_is_true(sheet: Sheet, box: Sequence[CastBallot], tally: Tally) -> Verdict[bool]:
    """Whether the published sheet is the last ballot of each elector, and the result what the sheet sums up to."""
    try:
        again = recompute(sheet)
    except Refused as refused:
        return Verdict(False, *refused.reasons)
    last = {ballot.key: ballot.commitment for ballot in box}
    told = {line.key: commitment_of(sheet.vote, line.key, line.choice, line.nonce) for line in sheet.lines}
    if told != last:
        return Verdict(False, Reason(_("核对表和票箱里的票对不上")))
    if again != tally:
        return Verdict(False, Reason(_("核对表加起来和公布的结果不一样")))
    return Verdict(True)


def ballot_can_be_cast(
    choice: str,
    *,
    of_this_vote: bool,
    has_owner: bool,
    cast_by_same_phone: Sequence[str],
    mandate: bool,
    owner_has_cast: bool,
    cast_so_far: int,
    most: int,
) -> Verdict[bool]:
    """Whether somebody may cast for an elector: a choice that there is, and one telephone for one elector.

    Parameters
    ----------
    cast_by_same_phone : sequence of str
        Rooms of other electors for whom the same telephone has cast in this vote.
    mandate : bool
        Whether it is cast by mandate; a proxy may cast for several.
    owner_has_cast : bool
        Whether the owner has cast a ballot of their own, which no proxy replaces.
    cast_so_far, most : int
        Ballots of this elector in this vote, and how many are taken: each stays in the box.
    """
    faults = []
    if choice not in CHOICES:
        faults.append(Reason(_("还没有选：同意、不同意，或者弃权"), field="choice"))
    if not of_this_vote:
        faults.append(Reason(_("这一户不在这次表决里"), field="elector"))
    if not has_owner:
        faults.append(
            Reason(_("这一户没有登记业主，没有人能替它投票"), field="elector", mend=_("它仍然算在全体面积和人数里"))
        )
    if cast_by_same_phone and not mandate:
        faults.append(
            Reason(
                _("这个手机号已经为 %(rooms)s 投过票，一个手机号只能投一户")
                % {"rooms": _("、").join(cast_by_same_phone)},
                mend=_("替别人投票，要先登记委托"),
            )
        )
    if mandate and owner_has_cast:
        faults.append(Reason(_("房主自己已经投过票，以房主的为准"), field="mandate", mend=_("要改的，请房主本人改")))
    if cast_so_far >= most:
        faults.append(
            Reason(
                _("这一户在这次表决里已经投过 %(count)s 张票，不能再改") % {"count": cast_so_far},
                mend=_("以最后一张为准"),
                cites="lifts.vote.most_ballots",
            )
        )
    return Verdict(not faults, *faults)


def paper_can_be_taken(*, has_photo: bool, last_channel: str) -> Verdict[bool]:
    """Whether a ballot on paper goes into the box: photographed, and not over one that was cast on the phone."""
    if last_channel == "phone":
        return Verdict(
            False, Reason(_("这一户已经在手机上投过票"), mend=_("要改的，请本人在手机上改；工作人员不能替人改"))
        )
    if not has_photo:
        return Verdict(False, Reason(_("还没有附上选票照片"), field="photo", mend=_("拍下签了字的纸质票")))
    return Verdict(True)
