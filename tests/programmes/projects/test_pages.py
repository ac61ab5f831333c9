"""Pages of the project list through the browser's door."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.ui.objects import Part
from xiuhua.programmes.projects import sections
from xiuhua.programmes.projects.actions import move_milestone
from xiuhua.programmes.projects.models import Project


@pytest.fixture
def desk(planner, client_of):
    return client_of(planner)


def page(desk, name: str, *args: object, **query: str) -> str:
    return desk.get(reverse(f"projects:{name}", args=args), query).content.decode()


def typed(facts, **changes: object) -> dict[str, str]:
    said = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    said |= {"budget_fen": "128000.00", **changes}
    return {name: "" if value is None else str(value) for name, value in said.items()}


def test_the_list_says_how_far_each_is(desk, milestone, under_way):
    told = page(desk, "list")
    for words in ("枣阳路慢行改造", "慢行友好", "在建", "管理办", "128,000", "0/1", "2023-08-31"):
        assert words in told
    assert "枣阳路慢行改造" not in page(desk, "list", state="done")
    assert "枣阳路慢行改造" in page(desk, "list", state="under_way", action="slow", owner="management")
    assert "枣阳路慢行改造" not in page(desk, "list", late="late")
    assert desk.get(reverse("projects:list"), {"export": "xlsx"}).content[:2] == b"PK"


def test_the_navigation_counts_those_under_way(desk, under_way):
    told = page(desk, "list")
    assert "项目清单" in told
    assert Project.objects.filter(state="under_way").count() == 1


def test_a_project_is_proposed_by_form(desk, town, facts):
    answer = desk.post(reverse("projects:propose"), typed(facts()))
    project = Project.objects.get()
    assert answer.url == project.get_absolute_url()
    assert project.facts() == facts()


def test_a_fault_stands_at_its_field_and_what_was_typed_stays(desk, town, facts):
    answer = desk.post(reverse("projects:propose"), typed(facts(), lon="100", name="写了一半"))
    assert answer.status_code == 422
    assert "这个点不在本街道" in answer.content.decode()
    assert "写了一半" in answer.content.decode()


def test_the_page_of_a_project_draws_its_thread_and_its_slips(desk, milestone, under_way, planner):
    move_milestone(actor=planner, milestone=milestone, due_on=date(2023, 9, 15), reason="台风停工")
    told = page(desk, "project", under_way.pk)
    for words in ("人行道铺装", "比最初晚 15 天", "台风停工", "记完成", "节点改期", "待核", "平面图"):
        assert words in told


def test_it_walks_from_idea_to_end_by_its_buttons(project, desk, client_of, leader):
    decider = client_of(leader)
    decider.post(reverse("projects:approve", args=[project.pk]))
    desk.post(reverse("projects:add_milestone", args=[project.pk]), {"title": "验收", "due_on": "2023-08-01"})
    desk.post(reverse("projects:start", args=[project.pk]), {"started_on": "2023-05-08"})
    step = project.milestones.get()
    early = desk.post(reverse("projects:finish", args=[project.pk]), {"finished_on": "2023-08-02"})
    assert "还有节点没有完成：验收" in early.content.decode()
    desk.post(reverse("projects:move", args=[step.pk]), {"due_on": "2023-08-02", "reason": "下雨"})
    desk.post(reverse("projects:reach", args=[step.pk]), {"done_on": "2023-08-02"})
    desk.post(reverse("projects:finish", args=[project.pk]), {"finished_on": "2023-08-02"})
    decider.post(reverse("projects:publish", args=[project.pk]))
    project.refresh_from_db()
    assert (project.state, project.public) == ("done", True)
    decider.post(reverse("projects:unpublish", args=[project.pk]), {"reason": "照片要换"})
    project.refresh_from_db()
    assert not project.public


def test_it_is_stopped_with_a_reason_and_edited_by_form(project, desk, facts):
    desk.post(reverse("projects:edit", args=[project.pk]), typed(facts(), name="换了名字"))
    assert desk.post(reverse("projects:stop", args=[project.pk]), {"reason": ""}).status_code == 422
    desk.post(reverse("projects:stop", args=[project.pk]), {"reason": "整体翻建"})
    project.refresh_from_db()
    assert (project.name, project.state, project.stopped_because) == ("换了名字", "stopped", "整体翻建")


def test_what_follows_is_offered_to_those_who_may(project, approved, desk, client_of, leader, secretary):
    told = client_of(leader).get(project.get_absolute_url()).content.decode()
    assert reverse("projects:publish", args=[project.pk]) in told
    assert reverse("projects:edit", args=[project.pk]) not in told
    assert reverse("projects:start", args=[project.pk]) in page(desk, "project", project.pk)
    assert (
        reverse("projects:start", args=[project.pk])
        not in client_of(secretary).get(project.get_absolute_url()).content.decode()
    )


def test_the_map_shows_what_the_list_found(desk, under_way):
    assert "121.404" in page(desk, "map")
    assert "121.404" not in page(desk, "map", state="done")
    layer = desk.get(reverse("layers:geojson", args=[under_way.subdistrict.path, "project"])).json()
    assert [one["properties"]["icon"] for one in layer["features"]] == ["i-walk"]


def test_photographs_are_kept_inside_until_somebody_lets_everybody_see_them(published, desk, client_of, head, photo):
    given = {"photos": photo, "title": "铺装前的人行道"}
    desk.post(reverse("projects:add_photos", args=[published.pk]), given)
    kept = StoredFile.objects.of(published).get()
    assert kept.public_at is None
    assert "铺装前的人行道" in page(desk, "project", published.pk)
    client_of(head).post(reverse("projects:publish_photos", args=[published.pk]))
    kept.refresh_from_db()
    assert kept.public_at is not None


@pytest.fixture
def photo() -> SimpleUploadedFile:
    from io import BytesIO

    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (80, 60), "#d8e3c8").save(made, "JPEG")
    return SimpleUploadedFile("路.jpg", made.getvalue(), content_type="image/jpeg")


def test_what_waits_is_told_to_those_who_carry_it(project, milestone, under_way, desk, client_of, head, leader):
    waits = reverse("waiting")
    assert "项目，等立项" not in desk.get(waits).content.decode()
    move = {"due_on": "2023-08-05", "reason": "提前"}
    desk.post(reverse("projects:move", args=[milestone.pk]), move)
    told = desk.get(waits).content.decode()
    assert "人行道铺装" in told
    assert "快到了" in told


def test_a_proposal_waits_for_others_than_whoever_made_it(project, client_of, leader):
    assert "枣阳路慢行改造" in client_of(leader).get(reverse("waiting")).content.decode()


def test_other_programmes_add_their_cards(project, desk, monkeypatch):
    monkeypatch.setattr(sections, "_tellers", [])
    sections.register(lambda _request, one: Part("来自居民的建议", "projects/parts/words.html", {"words": one.number}))
    sections.register(lambda _request, _one: None)
    assert "来自居民的建议" in page(desk, "project", project.pk)
