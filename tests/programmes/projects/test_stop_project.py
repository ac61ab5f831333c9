from expectations import forbidden, refused
from programmes.projects.conftest import TODAY
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.journal.values import opened_values
from xiuhua.programmes.projects.actions import finish_project, stop_project

WHY = "道路明年整体翻建，先不做"


def test_it_is_given_up_for_a_reason_that_stays_sealed_on_record(under_way, planner):
    stop_project(actor=planner, project=under_way, reason=f" {WHY} ")
    under_way.refresh_from_db()
    assert (under_way.state, under_way.stopped_on, under_way.stopped_because) == ("stopped", TODAY, WHY)
    entry = Entry.objects.get(verb="projects.stop_project")
    assert WHY not in str(entry.facts)
    assert opened_values(entry) == {"reason": WHY}


def test_without_a_reason_it_goes_on(project, planner):
    with refused("还没有写原因"):
        stop_project(actor=planner, project=project, reason="  ")


def test_what_is_done_is_not_given_up(under_way, planner):
    finish_project(actor=planner, project=under_way, finished_on=TODAY)
    with refused("现在是「已完成」，不能停办"):
        stop_project(actor=planner, project=under_way, reason=WHY)


def test_a_leader_does_not_stop_it(project, leader):
    with forbidden():
        stop_project(actor=leader, project=project, reason=WHY)
