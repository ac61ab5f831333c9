"""What everybody reads about projects, without signing in."""

from datetime import date

from django.urls import reverse

from xiuhua.ground.ui.objects import Part
from xiuhua.programmes.projects import sections
from xiuhua.programmes.projects.actions import add_milestone, reach_milestone, stop_project, unpublish_project


def test_everybody_reads_how_far_a_public_project_is(published, planner, client):
    step = add_milestone(actor=planner, project=published, title="人行道铺装", due_on=date(2023, 8, 31)).subject
    add_milestone(actor=planner, project=published, title="装路灯", due_on=date(2023, 9, 30))
    reach_milestone(actor=planner, milestone=step, done_on=date(2023, 8, 1))
    listed = client.get(reverse("public_projects:list")).content.decode()
    assert "枣阳路东侧，1/2 步" in listed
    told = client.get(reverse("public_projects:project", args=[published.pk])).content.decode()
    for words in ("把人行道补平", "2 步里走了 1 步", "2023-08-01 完成", "装路灯", "管理办", "慢行友好"):
        assert words in told
    assert client.get(reverse("public_projects:list"), {"action": "culture"}).content.decode().count("枣阳路") == 0


def test_what_is_meant_for_the_office_stays_there(published, planner, client):
    stop_project(actor=planner, project=published, reason="沈阿姨不同意挪树")
    told = client.get(reverse("public_projects:project", args=[published.pk])).content.decode()
    assert "已停办" in told
    assert "沈阿姨" not in told
    assert "挪走两处占道报刊亭" not in told
    assert "128,000" not in told


def test_what_is_not_public_is_not_there(under_way, client):
    assert client.get(reverse("public_projects:project", args=[under_way.pk])).status_code == 404
    assert "还没有公开的项目" in client.get(reverse("public_projects:list")).content.decode()


def test_what_was_taken_down_is_not_there_any_more(published, head, client):
    unpublish_project(actor=head, project=published, reason="路名写错")
    assert client.get(reverse("public_projects:project", args=[published.pk])).status_code == 404


def test_other_programmes_tell_everybody_too(published, client, monkeypatch):
    monkeypatch.setattr(sections, "_public_tellers", [])
    sections.register_public(
        lambda _request, _one: Part("您说，我们做", "projects/parts/words.html", {"words": "铺平"})
    )
    assert "您说，我们做" in client.get(reverse("public_projects:project", args=[published.pk])).content.decode()
