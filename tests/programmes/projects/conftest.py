from collections.abc import Callable
from datetime import date

import pytest

from xiuhua.ground.journal.actors import System
from xiuhua.ground.scope.roles import Role
from xiuhua.programmes.projects import actions
from xiuhua.programmes.projects.models import Milestone, Project
from xiuhua.programmes.projects.rules import ProjectFacts

SYSTEM = System("test")
TODAY = date(2023, 8, 3)
WORDS = "把人行道补平，装三盏路灯，年底前完工。"


@pytest.fixture
def planner(town, staff):
    return staff(Role.COMMUNITY_PLANNER, at=town, name="顾明远")


@pytest.fixture
def head(town, staff):
    """A section head of the subdistrict."""
    return staff(Role.SECTION_HEAD, at=town, name="周立群")


@pytest.fixture
def leader(town, staff):
    return staff(Role.LEADER, at=town, name="潘文静")


@pytest.fixture
def secretary(west, staff):
    """The head of the western committee."""
    return staff(Role.COMMITTEE_HEAD, at=west, name="沈慧芳")


@pytest.fixture
def facts(west) -> Callable[..., ProjectFacts]:
    """What is said of a project in the west: ``facts(budget_fen=-1)``."""

    def said(**changes: object) -> ProjectFacts:
        told = {
            "name": "枣阳路慢行改造",
            "action": "slow",
            "path": west.path,
            "place": "枣阳路东侧",
            "summary": "人行道补平，装路灯，挪走两处占道报刊亭。",
            "owner_section": "management",
            "lon": 121.404,
            "lat": 31.231,
            "budget_fen": 128_000_00,
            "starts_on": date(2023, 5, 1),
            "ends_on": date(2023, 12, 31),
            "public_words": WORDS,
        }
        return ProjectFacts(**{**told, **changes})

    return said


@pytest.fixture
def project(town, planner, facts) -> Project:
    """Proposed by the planner."""
    return actions.propose_project(actor=planner, subdistrict=town, facts=facts()).subject


@pytest.fixture
def approved(project, leader) -> Project:
    return actions.approve_project(actor=leader, project=project).subject


@pytest.fixture
def milestone(approved, planner) -> Milestone:
    """Due on the last of August."""
    return actions.add_milestone(actor=planner, project=approved, title="人行道铺装", due_on=date(2023, 8, 31)).subject


@pytest.fixture
def under_way(approved, planner) -> Project:
    """Begun on 8 May."""
    return actions.start_project(actor=planner, project=approved, started_on=date(2023, 5, 8)).subject


@pytest.fixture
def published(under_way, head) -> Project:
    return actions.publish_project(actor=head, project=under_way).subject
