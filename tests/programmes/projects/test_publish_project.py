from expectations import forbidden, refused, verbs_of
from xiuhua.programmes.projects.actions import edit_project, publish_project, unpublish_project
from xiuhua.programmes.projects.queries import public_projects


def test_a_second_person_lets_everybody_read(approved, head, noon):
    assert not public_projects()
    publish_project(actor=head, project=approved)
    approved.refresh_from_db()
    assert approved.published_at == noon
    assert list(public_projects()) == [approved]


def test_whoever_wrote_the_words_does_not_release_them(approved, head, leader, facts):
    edit_project(actor=head, project=approved, facts=facts(public_words="我写的介绍"))
    with refused("对外介绍是你自己写的"):
        publish_project(actor=head, project=approved)
    publish_project(actor=leader, project=approved)


def test_what_is_only_proposed_stays_inside(project, head):
    with refused("还没有立项，不能公开"):
        publish_project(actor=head, project=project)


def test_without_words_for_everybody_there_is_nothing_to_read(approved, planner, head, facts):
    edit_project(actor=planner, project=approved, facts=facts(public_words=""))
    with refused("还没有写对外介绍"):
        publish_project(actor=head, project=approved)


def test_it_is_taken_down_for_a_reason_and_comes_back(published, head):
    with refused("这个项目已经公开"):
        publish_project(actor=head, project=published)
    with refused("还没有写原因"):
        unpublish_project(actor=head, project=published, reason="")
    unpublish_project(actor=head, project=published, reason="路名写错")
    assert not public_projects()
    with refused("这个项目没有公开"):
        unpublish_project(actor=head, project=published, reason="路名写错")
    publish_project(actor=head, project=published)
    assert verbs_of(published)[-2:] == ["projects.unpublish_project", "projects.publish_project"]


def test_planners_release_nothing(approved, published, planner):
    with forbidden():
        publish_project(actor=planner, project=approved)
    with forbidden():
        unpublish_project(actor=planner, project=published, reason="不好")
