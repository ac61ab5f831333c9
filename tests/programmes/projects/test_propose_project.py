import pytest

from expectations import forbidden, refused, verbs_of
from programmes.projects.conftest import SYSTEM
from xiuhua.ground.journal.actions import idempotency_key
from xiuhua.ground.scope.roles import Role
from xiuhua.programmes.projects.actions import propose_project
from xiuhua.programmes.projects.models import Project


def test_a_project_goes_on_the_list_with_the_years_next_number(town, planner, facts, project):
    project.refresh_from_db()
    assert (project.number, project.state, project.proposed_by) == ("2023-001", "proposed", planner.reference)
    assert (project.public, project.public_words_by) == (False, planner.reference)
    assert project.facts() == facts()
    assert verbs_of(project) == ["projects.propose_project"]
    again = propose_project(actor=planner, subdistrict=town, facts=facts(name="枣阳路口袋公园"))
    assert again.subject.number == "2023-002"


def test_what_is_for_the_whole_subdistrict_hangs_there(town, head, facts):
    project = propose_project(actor=head, subdistrict=town, facts=facts(path=town.path)).subject
    assert project.path == town.path


def test_a_committee_proposes_what_it_does_at_home(town, west, secretary, facts):
    own = facts(owner_section="", owner_committee=west.path)
    assert propose_project(actor=secretary, subdistrict=town, facts=own).subject.owner_committee == west


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "  "}, "还没有填项目名称"),
        ({"place": ""}, "还没有填地点"),
        ({"summary": ""}, "还没有填做什么"),
        ({"action": "heroic"}, "没有这项行动"),
        ({"owner_section": "moon"}, "没有这个科室"),
        ({"owner_section": ""}, "还没有定谁牵头"),
        ({"owner_committee": "310107099001"}, "这个居委会不在本街道"),
        ({"budget_fen": -1}, "预算不对"),
        ({"starts_on": None, "ends_on": None, "lat": None}, "位置只有一半"),
        ({"lon": 100.0}, "这个点不在本街道"),
        ({"starts_on": None, "budget_fen": 10**13}, "预算不对"),
    ],
)
def test_what_does_not_hang_together_is_refused(town, planner, facts, changes, said):
    with refused(said):
        propose_project(actor=planner, subdistrict=town, facts=facts(**changes))
    assert not Project.objects.exists()


def test_an_end_before_the_start_is_refused(town, planner, facts):
    with refused("完成比开工还早"):
        propose_project(
            actor=planner, subdistrict=town, facts=facts(starts_on=facts().ends_on, ends_on=facts().starts_on)
        )


def test_a_committee_does_not_propose_next_door_nor_for_a_section(town, east, secretary, facts):
    for other in (facts(), facts(path=east.path, owner_section="", owner_committee=east.path)):
        with forbidden():
            propose_project(actor=secretary, subdistrict=town, facts=other)


@pytest.mark.parametrize("role", [Role.GRID_WORKER, Role.LEADER, Role.CENTRE_STAFF])
def test_who_does_not_carry_projects_proposes_none(town, staff, facts, role):
    with forbidden():
        propose_project(actor=staff(role, at=town), subdistrict=town, facts=facts())


def test_sent_twice_it_is_one_project(town, planner, facts):
    with idempotency_key("a1"):
        first = propose_project(actor=planner, subdistrict=town, facts=facts())
        again = propose_project(actor=planner, subdistrict=town, facts=facts())
    assert first.subject == again.subject
    assert Project.objects.count() == 1


def test_the_system_proposes_too(town, facts):
    assert propose_project(actor=SYSTEM, subdistrict=town, facts=facts()).subject.proposed_by == "system:test"
