"""Adopting into a project, or saying why not."""

from datetime import date

from expectations import forbidden, refused
from programmes.suggestions.conftest import REPLY
from xiuhua.ground.jobs.work import run_waiting
from xiuhua.programmes.projects import actions as projects
from xiuhua.programmes.suggestions import actions

ADOPTED = "王女士您好，坡口的建议放进了「云岭东路慢行改造」，年底前装好矮柱。"


def test_it_goes_into_a_project_and_the_person_is_told(in_hand, head, project):
    done = actions.adopt(actor=head, suggestion=in_hand, project=project, words=ADOPTED).subject
    assert (done.state, done.project, done.due_on) == ("adopted", project, None)
    assert done.replies.get().kind == "adopted"


def test_a_stopped_project_adopts_nothing(in_hand, head, project):
    projects.stop_project(actor=head, project=project, reason="资金没有落实，明年再议。")
    project.refresh_from_db()
    with refused("这个项目已经停了"):
        actions.adopt(actor=head, suggestion=in_hand, project=project, words=ADOPTED)


def test_what_nobody_took_up_is_not_adopted(said, head, project):
    with refused("现在是「待受理」，不能采纳"):
        actions.adopt(actor=head, suggestion=said, project=project, words=ADOPTED)


def test_a_grid_worker_does_not_adopt(in_hand, worker, project):
    with forbidden():
        actions.adopt(actor=worker, suggestion=in_hand, project=project, words=ADOPTED)


def test_why_not_is_said(in_hand, head):
    done = actions.decline(actor=head, suggestion=in_hand, words="这段路明年大修，坡口一起做。").subject
    assert done.state == "declined"
    assert done.replies.get().words.startswith("这段路")


def test_without_a_reason_it_is_not_declined(in_hand, head):
    with refused("答复还没有写"):
        actions.decline(actor=head, suggestion=in_hand, words="不行")


def test_when_the_project_moves_the_person_hears_of_it(in_hand, head, colleague, project):
    actions.adopt(actor=head, suggestion=in_hand, project=project, words=ADOPTED)
    projects.approve_project(actor=colleague, project=project)
    projects.start_project(actor=head, project=project, started_on=date(2023, 8, 3))
    run_waiting()
    assert [reply.kind for reply in in_hand.replies.all()] == ["adopted", "progress"]
    assert "「云岭东路慢行改造」已经开工" in in_hand.replies.last().words


def test_an_answer_can_still_become_an_adoption(answered, head, project):
    assert actions.adopt(actor=head, suggestion=answered, project=project, words=REPLY).subject.state == "adopted"
