from datetime import date

from expectations import forbidden, refused
from programmes.projects.conftest import TODAY
from xiuhua.ground.journal.models import Audience, Entry
from xiuhua.programmes.projects.actions import add_milestone, finish_project, publish_project, reach_milestone


def test_it_is_finished_when_every_milestone_is_reached(under_way, planner):
    step = add_milestone(actor=planner, project=under_way, title="验收", due_on=date(2023, 8, 1)).subject
    with refused("还有节点没有完成：验收"):
        finish_project(actor=planner, project=under_way, finished_on=TODAY)
    reach_milestone(actor=planner, milestone=step, done_on=TODAY)
    finish_project(actor=planner, project=under_way, finished_on=TODAY)
    under_way.refresh_from_db()
    assert (under_way.state, under_way.finished_on) == ("done", TODAY)


def test_everybody_hears_of_it_where_everybody_reads_of_the_project(under_way, planner, head):
    publish_project(actor=head, project=under_way)
    finish_project(actor=planner, project=under_way, finished_on=TODAY)
    told = dict(Entry.objects.filter(verb__startswith="projects.").values_list("verb", "audience"))
    assert told["projects.start_project"] == Audience.STAFF
    assert told["projects.finish_project"] == Audience.PUBLIC


def test_it_does_not_end_before_it_began_nor_tomorrow(under_way, planner):
    with refused("日期比开工（2023-05-08）还早"):
        finish_project(actor=planner, project=under_way, finished_on=date(2023, 5, 1))
    with refused("日期在今天以后"):
        finish_project(actor=planner, project=under_way, finished_on=date(2023, 9, 1))


def test_what_has_not_begun_is_not_finished(approved, planner):
    with refused("现在是「已立项」，不能完成"):
        finish_project(actor=planner, project=approved, finished_on=TODAY)


def test_a_committee_does_not_finish_a_sections_project(under_way, secretary):
    with forbidden():
        finish_project(actor=secretary, project=under_way, finished_on=TODAY)
