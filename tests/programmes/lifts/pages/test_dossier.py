"""The pages of a dossier through the browser's door."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from expectations import by_hand
from programmes.lifts.conftest import AREAS
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.scope.roles import Role
from xiuhua.programmes.lifts import actions, gates
from xiuhua.programmes.lifts.models import Flat, Owner
from xiuhua.programmes.lifts.rules.facts import Measures
from xiuhua.programmes.lifts.screens.overview import floors_of

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)


@pytest.fixture
def desk(coordinator, client_of):
    return client_of(coordinator)


@pytest.fixture
def leader(town, staff, client_of):
    return client_of(staff(Role.LEADER, at=town, name="钱国梁"))


def page(desk, dossier, name: str = "dossier", *more: object, **query: str) -> str:
    answer = desk.get(reverse(f"lifts:{name}", args=[dossier.pk, *more]), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_overview_says_where_it_stands_and_what_is_next(desk, consulting):
    told = page(desk, consulting)
    for words in (
        "征询中",
        "6 层 12 户",
        "陪伴小组：沈晓岚",
        "第 156 天，还差 1 个关口",
        "第 1 步的关口",
        "5 个过了 4 个",
        "11／12 户愿意",
        "登记居民说明会开过",
        "136 天没有进展",
    ):
        assert words in told, words
    assert told.count("btn btn-primary") == 1


def test_the_overview_reads_nothing_twice(desk, brought_to, django_assert_max_num_queries):
    url = brought_to("signed").get_absolute_url()
    desk.get(url)
    with django_assert_max_num_queries(39) as asked:
        assert desk.get(url).status_code == 200
    told = [query["sql"] for query in asked.captured_queries]
    assert [sql for sql in set(told) if told.count(sql) > 1] == []


def test_a_leader_reads_no_name_and_no_familys_wish(leader, consulting, coordinator):
    actions.note_snag(actor=coordinator, dossier=consulting, words="102 室怕挡光")
    told = page(leader, consulting)
    assert "第 1 步的关口" in told
    assert "沈晓岚、邻居 3 位" in told
    for words in ("不愿意", "怕挡光", "老周", "3******", "这个门洞", "btn-primary"):
        assert words not in told, words
    assert "老周" not in page(leader, consulting, "team")
    for name in ("flats", "contacts", "note_snag"):
        assert leader.get(reverse(f"lifts:{name}", args=[consulting.pk])).status_code == 403


def test_what_lacks_and_why_it_was_waived_names_rooms_only_for_those_who_carry_it(
    leader, desk, consulting, section_head
):
    with by_hand():
        consulting.flats.filter(room="102").update(area_dm2=None, area_source="")
    actions.waive_gate(actor=section_head, dossier=consulting, rule="briefing", reason="只剩 102 室没到")
    asked = reverse("api:list_gates", args=[consulting.pk])
    for told in (page(desk, consulting, "gates"), desk.get(asked).content.decode()):
        assert "缺面积：102" in told
        assert "只剩 102 室没到" in told
    for told in (page(leader, consulting), page(leader, consulting, "gates"), leader.get(asked).content.decode()):
        assert "缺面积：1 户" in told
        assert "102" not in told


def test_a_gate_is_passed_and_the_move_made(desk, consulting):
    desk.post(reverse("lifts:pass_gate", args=[consulting.pk, "briefing"]), {"on": "2023-03-25"})
    assert "关口都过了" in page(desk, consulting)

    desk.post(reverse("lifts:move", args=[consulting.pk]), {"on": "2023-04-11"})
    consulting.refresh_from_db()
    assert (consulting.state, consulting.designed_on) == ("designing", date(2023, 4, 11))
    told = page(desk, consulting)
    assert "3 月 1 日至 4 月 11 日" in told
    assert "设计单位，应在 5 月 11 日前" in told


def test_a_document_gate_takes_the_scan_which_is_put_away(desk, brought_to):
    dossier = brought_to("designing")
    url = reverse("lifts:pass_gate", args=[dossier.pk, "drawing"])
    assert "还没有附上文件" in desk.post(url, {"on": "2023-05-01"}).content.decode()

    scan = SimpleUploadedFile("设计图.pdf", PDF, "application/pdf")
    answer = desk.post(url, {"on": "2023-05-01", "file": scan})
    assert answer.status_code == 302, answer.content.decode()
    assert not gates.gate_named("drawing", dossier).is_open
    assert "设计方案定稿" in page(desk, dossier, "papers")


def test_a_section_head_waives_and_it_is_seen_why(client_of, section_head, desk, consulting):
    url = reverse("lifts:waive_gate", args=[consulting.pk, "briefing"])
    assert desk.get(url).status_code == 403
    client_of(section_head).post(url, {"reason": "逐户谈过"})
    told = page(desk, consulting, "gates")
    assert "豁免：逐户谈过" in told
    assert [f"第 {number} 条<" in told for number in (0, 1, 24, 25)] == [False, True, True, False]


def test_what_was_done_before_the_system_says_so_in_place_of_what_is_not_on_record(dossier, town, staff, client_of):
    centre = staff(Role.LIFT_COORDINATOR, at=town, name="何立新")
    actions.take_over(
        actor=centre, dossier=dossier, history=[("begin", date(2021, 3, 1)), ("design", date(2021, 4, 1))]
    )
    told = page(client_of(centre), dossier)
    for words in ("系统以前办的，纸质档案在中心", "系统以前办的，测量记录在纸质档案里"):
        assert words in told, words
    assert "还没有存文件" not in told
    assert "门洞前深度" not in told


def test_where_a_lift_does_not_suit_no_draft_is_asked_for(desk, dossier, coordinator):
    narrow = Measures(front_m=0.5, spacing_m=5.0, fire_lane_m=4.0, pipes_can_move=True, structure_sound=True)
    actions.measure_stairwell(actor=coordinator, dossier=dossier, measures=narrow, measured_on=date(2023, 8, 1))
    assert "存为第 1 稿" not in page(desk, dossier, "shares")
    assert "还缺面积" not in page(desk, dossier, "flats")


@pytest.mark.django_db
def test_the_drawing_keeps_a_door_above_the_one_below_and_says_what_is_missing():
    rooms = [Flat(pk=int(room), room=room, floor=int(room[0])) for room in ("603", "602", "601", "503", "502", "403")]
    top, fifth, fourth, *_below = floors_of(6, rooms)
    assert [[one.flat and one.flat.room for one in (*floor.left, *floor.right)] for floor in (top, fifth, fourth)] == [
        ["601", "602", "603"],
        [None, "502", "503"],
        [None, None, "403"],
    ]
    assert (fifth.left[0].room, top.shape, fifth.shape) == ("501", "is-2-1", "is-2-1")


def test_it_is_set_aside_with_a_reason(desk, consulting):
    url = reverse("lifts:set_aside", args=[consulting.pk])
    assert "还没有写原因" in desk.post(url, {"on": "2023-06-01", "reason": ""}).content.decode()
    desk.post(url, {"on": "2023-06-01", "reason": "两户出国"})
    consulting.refresh_from_db()
    assert consulting.state == "waiting"


def test_areas_are_checked_against_the_registers_sum(desk, consulting):
    url = reverse("lifts:areas", args=[consulting.pk])
    typed = {f"flat_{flat.pk}": f"{AREAS[flat.room] / 100:.2f}" for flat in consulting.flats.all()}
    wrong = desk.post(url, {**typed, "source": "register", "total": "680.00"})
    assert "各户面积加起来是 685.20 平方米，合计写的是 680.00，差 5.20" in wrong.content.decode()
    assert desk.post(url, {**typed, "source": "register", "total": "685.20"}).status_code == 302


def test_a_telephone_is_masked_until_asked_for_and_that_is_on_record(desk, consulting):
    owner = Owner.objects.filter(dossier=consulting).first()
    assert owner.phone not in page(desk, consulting, "flats")
    shown = desk.post(reverse("lifts:open_owner", args=[consulting.pk, owner.pk])).content.decode()
    assert owner.phone in shown
    assert Entry.objects.filter(verb="lifts.open_owner").count() == 1


def test_wishes_are_put_down_for_all_on_one_page(desk, consulting):
    answers = {f"flat_{flat.pk}": flat.stance for flat in consulting.flats.all()}
    flat = consulting.flats.get(room="102")
    desk.post(
        reverse("lifts:stances", args=[consulting.pk]), {**answers, f"flat_{flat.pk}": "unsure", "on": "2023-07-01"}
    )
    flat.refresh_from_db()
    assert (flat.stance, flat.stance_on) == ("unsure", date(2023, 7, 1))
    assert consulting.flats.get(room="101").stance_on == date(2023, 3, 20)


def test_two_own_a_flat_and_one_speaks(desk, consulting):
    flat = consulting.flats.get(room="201")
    url = reverse("lifts:add_owner", args=[consulting.pk, flat.pk])
    assert "已经有人行使表决权" in desk.post(url, {"name": "许二", "speaks": "on"}).content.decode()
    desk.post(url, {"name": "许二"})
    assert "不行使表决权" in page(desk, consulting, "flats")


def test_a_talk_and_a_paper_are_put_away(desk, consulting):
    said = {"kind": "call", "on": "2023-07-30", "words": "答应周五前回话", "flat": ""}
    desk.post(reverse("lifts:note_contact", args=[consulting.pk]), said)
    assert "答应周五前回话" in page(desk, consulting, "contacts")
    for _version in (1, 2):
        scan = SimpleUploadedFile("a.pdf", PDF, "application/pdf")
        typed = {"kind": "utility", "title": "燃气回函", "dated": "2023-07-30", "file": scan, "for_residents": "on"}
        desk.post(reverse("lifts:add_paper", args=[consulting.pk]), typed)
    told = page(desk, consulting, "papers")
    for words in ("燃气回函", "第 2 版", "以前的 1 版", "居民可看"):
        assert words in told


def test_it_is_measured_and_every_reason_against_it_is_named(desk, dossier):
    typed = {"measured_on": "2023-07-01", "front_m": "2.0", "spacing_m": "5", "fire_lane_m": "4.5"}
    desk.post(reverse("lifts:measure", args=[dossier.pk]), typed)
    told = page(desk, dossier)
    for words in ("不具备条件", "门洞前深度 2 米，不到 2.4 米", "加梯后和对面楼的间距 5 米，不到 6 米"):
        assert words in told, words


def test_the_team_names_who_is_lacking(desk, consulting, dossier, coordinator):
    told = page(desk, consulting, "team")
    assert "沈晓岚" in told
    assert "齐了" in told
    member = consulting.team.get(part="coordinator")
    desk.post(reverse("lifts:leave_team", args=[member.pk]))
    assert "还缺专员" in page(desk, consulting, "team")
    joined = {"part": "coordinator", "user": str(coordinator.pk), "since": "2023-08-01"}
    desk.post(reverse("lifts:join_team", args=[consulting.pk]), joined)
    assert "齐了" in page(desk, consulting, "team")


def test_the_log_has_every_act(desk, consulting):
    told = page(desk, consulting, "log")
    for words in ("开始征询", "登记专有面积", "登记意愿", "加入陪伴小组"):
        assert words in told
