from datetime import date

from expectations import forbidden, refused
from programmes.projects.conftest import TODAY
from xiuhua.programmes.projects.actions import start_project


def test_work_begins_on_a_day_that_has_been(approved, planner):
    start_project(actor=planner, project=approved, started_on=TODAY)
    approved.refresh_from_db()
    assert (approved.state, approved.started_on) == ("under_way", TODAY)


def test_what_nobody_has_decided_on_does_not_begin(project, planner):
    with refused("现在是「拟办」，不能开工；现在能做的：立项、停办"):
        start_project(actor=planner, project=project, started_on=TODAY)


def test_work_does_not_begin_tomorrow(approved, planner):
    with refused("日期在今天以后"):
        start_project(actor=planner, project=approved, started_on=date(2023, 8, 4))


def test_a_leader_does_not_begin_it(approved, leader):
    with forbidden():
        start_project(actor=leader, project=approved, started_on=TODAY)
