"""Who may do what with projects."""

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.projects.models import Milestone, Project
from xiuhua.programmes.projects.rules import ProjectFacts

LEADS = (Role.SECTION_HEAD, Role.COMMUNITY_PLANNER)
"""Who carries projects, wherever they lie in their territory."""

DECIDES = (Role.SECTION_HEAD, Role.LEADER)
"""Who approves a project, and who releases what everybody reads about it."""


def may_propose(actor: Actor, *, subdistrict: Subdistrict, facts: ProjectFacts, **_: object) -> bool:
    """Section heads and planners, where it lies; the head of a committee, for what their committee does at home."""
    return within(facts.path, subdistrict.path) and _may_carry(actor, facts)


def may_propose_at_all(actor: Actor) -> bool:
    """Whether somebody may put anything on the list."""
    return actor.holds(*LEADS, Role.COMMITTEE_HEAD)


def may_edit(actor: Actor, *, project: Project, facts: ProjectFacts | None = None, **_: object) -> bool:
    """Whoever carries it; who moves it elsewhere must carry it there too."""
    return _may_carry(actor, project.facts()) and (facts is None or _may_carry(actor, facts))


def may_edit_milestone(actor: Actor, *, milestone: Milestone, **_: object) -> bool:
    """Whoever carries the project."""
    return may_edit(actor, project=milestone.project)


def may_decide(actor: Actor, *, project: Project, **_: object) -> bool:
    """Section heads and leaders of the place."""
    return actor.holds(*DECIDES, at=project.path)


def _may_carry(actor: Actor, facts: ProjectFacts) -> bool:
    if actor.holds(*LEADS, at=facts.path):
        return True
    committee = facts.owner_committee
    return bool(committee) and within(facts.path, committee) and actor.holds(Role.COMMITTEE_HEAD, at=committee)
