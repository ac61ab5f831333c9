"""The ballot box (票箱): ballots sealed under a key that each vote draws for itself, and opened once it is counted.

The key lies sealed with the vote and is thrown away when the vote is closed or cancelled: ballots that were changed
before the close, and all of a cancelled vote, can then be opened by nobody any more.
"""

import base64
import os
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from xiuhua.ground.journal.models import Answer, Entry, Outcome
from xiuhua.ground.sealing.seal import bound_to, broken
from xiuhua.programmes.lifts.models import Ballot, Vote
from xiuhua.programmes.lifts.rules import ballots as rules
from xiuhua.programmes.lifts.rules.ballots import CastBallot, Line, Sheet
from xiuhua.programmes.lifts.rules.votes import Weight

CASTS = ("lifts.cast_ballot", "lifts.cast_paper_ballot")
_NONCE = 12
_CHOICE = 8
"""Letters that every choice is filled up to, so that no ballot is longer than another."""


@dataclass(frozen=True, slots=True)
class SealedBallot:
    """A ballot as it goes into the box."""

    sealed: str
    commitment: str


def fresh_key() -> str:
    """A key for the box of a vote: 256 random bits."""
    return secrets.token_hex(32)


def fresh_name() -> str:
    """What an elector is called on the published sheet: twelve letters by lot."""
    return "".join(secrets.choice(rules.ALPHABET) for _letter in range(12))


def sealed(vote: Vote, key: str, number: int, choice: str) -> SealedBallot:
    """Seal a choice into the box of a vote, bound to its elector and its place."""
    nonce, salt = secrets.token_hex(16), os.urandom(_NONCE)
    words = f"{choice:<{_CHOICE}}{nonce}".encode()
    token = salt + _cipher(vote).encrypt(salt, words, bound_to(_place(vote, key, number)))
    return SealedBallot(base64.urlsafe_b64encode(token).decode(), rules.commitment_of(vote.name, key, choice, nonce))


def opened(vote: Vote, ballot: Ballot) -> Line:
    """Open a ballot that is to be counted.

    Raises
    ------
    Broken
        It was changed, or moved from its place.
    """
    elector = ballot.elector
    place = _place(vote, elector.key, ballot.number)
    try:
        token = base64.urlsafe_b64decode(ballot.sealed)
        words = _cipher(vote).decrypt(token[:_NONCE], token[_NONCE:], bound_to(place)).decode()
    except (InvalidTag, ValueError):
        raise broken(place) from None
    choice, nonce = words[:_CHOICE].strip(), words[_CHOICE:]
    if rules.commitment_of(vote.name, elector.key, choice, nonce) != ballot.commitment:
        raise broken(place)
    receipt = rules.receipt_of(ballot.commitment)
    return Line(receipt, elector.key, Weight(elector.area_dm2, elector.heads), choice, nonce)


def ballots_in(vote: Vote) -> list[CastBallot]:
    """Ballots of a vote in the order in which they were cast (one query)."""
    rows = vote.ballots.order_by("number", "pk").values_list("number", "elector__key", "commitment", "link")
    return [CastBallot(*row) for row in rows]


def recorded_for(vote: Vote) -> list[str]:
    """Commitments of the ballots that the journal has on record for a vote, in order (one query)."""
    entries = Entry.objects.filter(verb__in=CASTS, territory=vote.territory_path, outcome=Outcome.DONE)
    rows = entries.filter(facts__vote=vote.pk).order_by("id").values_list("facts", flat=True)
    return [str(facts["commitment"]) for facts in rows]


def forget_requests(vote: Vote) -> None:
    """Throw away what tells a repeated request of this vote again: its digest is of a choice among three.

    Whoever has the key ring could try them out, also for ballots that nothing else opens any more.
    """
    numbers = [str(number) for number in vote.ballots.values_list("pk", flat=True)]
    Answer.objects.filter(verb__in=CASTS, subject_type=Ballot._meta.label_lower, subject_id__in=numbers).delete()


def sheet_of(vote: Vote) -> Sheet:
    """The published sheet of a vote as anybody recomputes it (one query)."""
    rows = vote.sheet.order_by("receipt")
    lines = [Line(row.receipt, row.key, Weight(row.area_dm2, row.heads), row.choice, row.nonce) for row in rows]
    return Sheet(vote.name, vote.whole, lines)


def _cipher(vote: Vote) -> AESGCM:
    return AESGCM(bytes.fromhex(vote.key))


def _place(vote: Vote, key: str, number: int) -> tuple[str, str, str, str]:
    return "lifts_ballot", vote.name, key, str(number)
