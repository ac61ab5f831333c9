from expectations import forbidden, refused, verbs_of
from xiuhua.programmes.projects.actions import approve_project, propose_project


def test_somebody_else_decides(project, leader, noon):
    approve_project(actor=leader, project=project)
    project.refresh_from_db()
    assert (project.state, project.approved_at) == ("approved", noon)
    assert verbs_of(project)[-1] == "projects.approve_project"


def test_nobody_decides_on_their_own_project(town, head, facts):
    own = propose_project(actor=head, subdistrict=town, facts=facts()).subject
    with refused("自己提的项目不能自己批"):
        approve_project(actor=head, project=own)
    own.refresh_from_db()
    assert own.state == "proposed"


def test_what_is_decided_on_is_not_decided_on_again(approved, leader):
    with refused("现在是「已立项」，不能立项；现在能做的：开工、停办"):
        approve_project(actor=leader, project=approved)


def test_planners_and_committees_do_not_decide(project, planner, secretary):
    for actor in (planner, secretary):
        with forbidden():
            approve_project(actor=actor, project=project)
