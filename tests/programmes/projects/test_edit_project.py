from datetime import date

from expectations import forbidden, refused
from programmes.projects.conftest import WORDS
from xiuhua.ground.journal.models import Entry
from xiuhua.programmes.projects.actions import edit_project, stop_project, unpublish_project


def test_what_changed_is_on_record_by_name(project, head, facts):
    edit_project(actor=head, project=project, facts=facts(budget_fen=150_000_00, public_words="新的介绍"))
    project.refresh_from_db()
    assert (project.budget_fen, project.public_words_by) == (150_000_00, head.reference)
    entry = Entry.objects.get(verb="projects.edit_project")
    assert sorted(entry.facts["fields"]) == ["budget_fen", "public_words"]


def test_who_leaves_the_public_words_alone_has_not_written_them(project, planner, head, facts):
    edit_project(actor=head, project=project, facts=facts(place="枣阳路西侧"))
    project.refresh_from_db()
    assert project.public_words_by == planner.reference


def test_what_everybody_reads_is_taken_down_before_it_is_changed(published, head, facts):
    with refused("已经公开，这一项不能直接改"):
        edit_project(actor=head, project=published, facts=facts(public_words="换一种说法"))
    edit_project(actor=head, project=published, facts=facts(ends_on=date(2024, 1, 31)))
    unpublish_project(actor=head, project=published, reason="介绍写错了路名")
    edit_project(actor=head, project=published, facts=facts(public_words="换一种说法"))
    published.refresh_from_db()
    assert published.public_words == "换一种说法"


def test_what_is_over_keeps_its_facts_and_may_be_told_of(project, planner, facts):
    stop_project(actor=planner, project=project, reason="道路要整体翻建")
    with refused("项目已经了结"):
        edit_project(actor=planner, project=project, facts=facts(budget_fen=1))
    edit_project(actor=planner, project=project, facts=facts(public_words=f"{WORDS}现已停办。"))


def test_faults_are_refused_as_when_proposed(project, planner, facts):
    with refused("预算不对"):
        edit_project(actor=planner, project=project, facts=facts(budget_fen=-5))


def test_a_committee_edits_its_own_and_does_not_take_it_elsewhere(project, west, east, secretary, head, facts):
    with forbidden():
        edit_project(actor=secretary, project=project, facts=facts(name="别的名字"))
    own = {"owner_section": "", "owner_committee": west.path}
    theirs = edit_project(actor=head, project=project, facts=facts(**own)).subject
    edit_project(actor=secretary, project=theirs, facts=facts(name="别的名字", **own))
    with forbidden():
        edit_project(actor=secretary, project=theirs, facts=facts(**{**own, "path": east.path}))


def test_a_leader_does_not_edit(project, leader, facts):
    with forbidden():
        edit_project(actor=leader, project=project, facts=facts())
