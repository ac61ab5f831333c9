"""Milestones: added, reached, moved with a reason; what was said first stays."""

from datetime import date

import pytest

from expectations import forbidden, refused, verbs_of
from programmes.projects.conftest import TODAY
from xiuhua.ground.journal.models import Entry
from xiuhua.programmes.projects.actions import (
    add_milestone,
    finish_project,
    move_milestone,
    reach_milestone,
    start_project,
)


def test_a_milestone_remembers_what_was_said_first(milestone, planner):
    move_milestone(actor=planner, milestone=milestone, due_on=date(2023, 9, 15), reason="台风，停工两周")
    move_milestone(actor=planner, milestone=milestone, due_on=date(2023, 9, 20), reason="等石材")
    milestone.refresh_from_db()
    assert (milestone.first_due_on, milestone.due_on) == (date(2023, 8, 31), date(2023, 9, 20))
    assert [(slip.days, slip.reason) for slip in milestone.slips.all()] == [(15, "台风，停工两周"), (5, "等石材")]
    assert verbs_of(milestone) == ["projects.add_milestone", "projects.move_milestone", "projects.move_milestone"]


def test_reaching_it_says_by_how_much_it_slipped(milestone, planner):
    start_project(actor=planner, project=milestone.project, started_on=date(2023, 6, 1))
    move_milestone(actor=planner, milestone=milestone, due_on=date(2023, 8, 1), reason="提前")
    reach_milestone(actor=planner, milestone=milestone, done_on=TODAY)
    entry = Entry.objects.get(verb="projects.reach_milestone")
    assert (entry.facts["slipped_days"], entry.facts["on"]) == (0, "2023-08-03")
    with refused("已经完成"):
        reach_milestone(actor=planner, milestone=milestone, done_on=TODAY)
    with refused("已经完成"):
        move_milestone(actor=planner, milestone=milestone, due_on=date(2023, 9, 9), reason="再说")


def test_only_what_is_being_built_reaches_anything(milestone, planner):
    with refused("项目不在建"):
        reach_milestone(actor=planner, milestone=milestone, done_on=TODAY)


@pytest.mark.parametrize(("day", "said"), [(date(2023, 8, 4), "日期在今天以后"), (date(2023, 5, 1), "还早")])
def test_it_is_reached_on_a_day_between_start_and_today(under_way, planner, day, said):
    step = add_milestone(actor=planner, project=under_way, title="验收", due_on=date(2023, 9, 1)).subject
    with refused(said):
        reach_milestone(actor=planner, milestone=step, done_on=day)


@pytest.mark.parametrize(
    ("title", "day", "said"),
    [
        ("", date(2023, 9, 1), "还没有填节点名称"),
        ("人行道铺装", date(2023, 9, 1), "已经有同名的节点"),
        ("验收", date(2024, 1, 1), "节点不在计划的起止日期"),
        ("招标", date(2023, 4, 30), "节点不在计划的起止日期"),
    ],
)
def test_a_milestone_has_a_title_of_its_own_and_a_day_within_the_plan(milestone, planner, title, day, said):
    with refused(said):
        add_milestone(actor=planner, project=milestone.project, title=title, due_on=day)


def test_what_is_over_takes_no_more(under_way, planner):
    finish_project(actor=planner, project=under_way, finished_on=TODAY)
    with refused("不能再加节点"):
        add_milestone(actor=planner, project=under_way, title="验收", due_on=TODAY)


def test_a_move_needs_another_day_and_a_reason(milestone, planner):
    with refused("日期没有变"):
        move_milestone(actor=planner, milestone=milestone, due_on=milestone.due_on, reason="没事")
    with refused("还没有写原因"):
        move_milestone(actor=planner, milestone=milestone, due_on=date(2023, 9, 1), reason=" ")


def test_others_leave_the_milestones_alone(milestone, secretary, leader):
    for actor in (secretary, leader):
        with forbidden():
            add_milestone(actor=actor, project=milestone.project, title="验收", due_on=TODAY)
        with forbidden():
            reach_milestone(actor=actor, milestone=milestone, done_on=TODAY)
        with forbidden():
            move_milestone(actor=actor, milestone=milestone, due_on=TODAY, reason="改")
