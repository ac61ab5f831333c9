"""What tests of votes share: the hour, a vote that is open, voters on their phones, and how a whole house votes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from expectations import by_hand
from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.clock import stopped_at
from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.journal.actors import System
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.models import Elector, Vote

SYSTEM = System("test")
NOON = datetime(2023, 8, 3, 4, 0, tzinfo=UTC)
CLOSES = datetime(2023, 8, 13, 10, 0, tzinfo=UTC)
"""13 August, six in the evening in Shanghai."""

AFTER = CLOSES + timedelta(minutes=1)
PHOTO = Prepared(Sort.PHOTO, b"\xff\xd8\xff\xe0 a ballot", "image/jpeg", "ballot.jpg", width=10, height=10)


def opened(actor, dossier, **changes) -> Vote:
    told = {"question": "同意装这部电梯吗？", "opens_on": date(2023, 8, 3), "closes_at": CLOSES} | changes
    return actions.open_vote(actor=actor, dossier=dossier, **told).subject


def elector(vote: Vote, room: str) -> Elector:
    return vote.electors.get(rooms__contains=room)


def phone_of(place, number: str) -> User:
    """A resident's account, by the telephone that they sign in with."""
    with by_hand():
        return User.objects.create(
            username=f"r{number}", name="住户", kind=Kind.RESIDENT, home=place.path, phone=number, made_at=NOON
        )


def all_vote(vote: Vote, choices: Mapping[str, str]) -> None:
    for room, choice in choices.items():
        actions.cast_ballot(actor=SYSTEM, vote=vote, elector=elector(vote, room), choice=choice)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with stopped_at(moment):
        yield


def closed(actor, vote: Vote) -> Vote:
    with at(AFTER):
        actions.close_vote(actor=actor, vote=vote)
    vote.refresh_from_db()
    return vote
