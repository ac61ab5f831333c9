"""A small town whose people say things, and an office that answers."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from xiuhua.ground.journal.actors import System, Visitor
from xiuhua.ground.scope.roles import Role
from xiuhua.programmes.projects import actions as projects
from xiuhua.programmes.projects.models import Project
from xiuhua.programmes.projects.rules import ProjectFacts
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.actions.assigning import Unit
from xiuhua.programmes.suggestions.heard import Circumstances, Heard, Sorted
from xiuhua.programmes.suggestions.models import Nature, Source, Suggestion

NOON = datetime(2023, 8, 3, 4, 0, tzinfo=UTC)
SYSTEM, VISITOR = System("test"), Visitor()
WORDS = "路口三个坡口每天早上都被共享单车占满，我叫王秀英，推着母亲只能走机动车道，电话 13812342046。"
MASKED = "路口三个坡口每天早上都被共享单车占满，我叫王**，推着母亲只能走机动车道，电话 138****2046。"
REPLY = "王女士您好，坡口前八月十日已经画好禁停线，装了三根矮柱，请您看看。"
SERVICES = Unit(section="services")


@pytest.fixture
def head(town, staff):
    """The head of the section that sees to suggestions."""
    return staff(Role.SECTION_HEAD, at=town, name="陆文清")


@pytest.fixture
def colleague(town, staff):
    """Another section head."""
    return staff(Role.SECTION_HEAD, at=town, name="周立群")


@pytest.fixture
def worker(west, staff):
    """A grid worker of the western committee."""
    return staff(Role.GRID_WORKER, at=west, name="傅晓")


@pytest.fixture
def stranger(east, staff):
    """The head of the eastern committee."""
    return staff(Role.COMMITTEE_HEAD, at=east, name="钱进")


@pytest.fixture
def say(town, west) -> Callable[..., Suggestion]:
    """Say something about the western committee: ``say(words=…, phone=…, nature=…, actor=…)``."""

    def send(
        actor: Any = VISITOR, nature: str = "suggestion", sender: str = "", at_event: bool = False, **said: Any
    ) -> Suggestion:
        heard = Heard(**{"words": WORDS, "source": Source.PHONE} | said)
        found = Sorted(
            path=west.path,
            place="云岭东路近枣阳路",
            title="坡口被共享单车占满",
            masked_words=MASKED,
            nature=Nature(nature),
            nature_sure=0.93,
            category="slow_mobility",
            category_sure=0.88,
        )
        circumstances = Circumstances(found, sender=sender, at_event=at_event)
        return actions.receive(actor=actor, subdistrict=town, heard=heard, circumstances=circumstances).subject

    return send


@pytest.fixture
def said(say) -> Suggestion:
    """A suggestion of somebody who wants a text message."""
    return say(name="王女士", phone="13812342046", wants_reply=True)


@pytest.fixture
def in_hand(said, head) -> Suggestion:
    """The same, in the hand of a section."""
    return actions.accept(actor=head, suggestion=said, unit=SERVICES).subject


@pytest.fixture
def answered(in_hand, head) -> Suggestion:
    """The same, answered."""
    return actions.answer(actor=head, suggestion=in_hand, words=REPLY).subject


@pytest.fixture
def project(town, head) -> Project:
    """A project under way that suggestions can be adopted into."""
    facts = ProjectFacts(
        name="云岭东路慢行改造",
        action="slow",
        path=town.path,
        place="云岭东路",
        owner_section="management",
        starts_on=date(2023, 8, 3),
        ends_on=date(2023, 12, 20),
        summary="补平坡口，装矮柱，划出单车停放区。",
    )
    return projects.propose_project(actor=head, subdistrict=town, facts=facts).subject
