"""Lists of the lift programme, what waits, what is found, and the figures that the office sets."""

from datetime import date

import pytest
from django.urls import reverse

from programmes.lifts.row_of_houses import row  # noqa: F401 - a fixture
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Committee
from xiuhua.ground.ui import waiting
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.models import Centre
from xiuhua.programmes.lifts.rules.centres import CentreFacts


@pytest.fixture
def desk(coordinator, client_of):
    return client_of(coordinator)


@pytest.fixture
def head_desk(section_head, client_of):
    return client_of(section_head)


def page(desk, name: str, *args: object, **query: object) -> str:
    answer = desk.get(reverse(f"lifts:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_list_says_step_days_and_the_next_gate(desk, consulting, coordinator):
    told = page(desk, "list")
    for words in ("征询中", "1 征询", "第 5 条 居民说明会开过", "沈晓岚", "136"):
        assert words in told, words
    address = consulting.get_absolute_url()
    for found in (
        {"stage": "consult"},
        {"step": "consult"},
        {"suits": "yes"},
        {"stuck": "90"},
        {"coordinator": coordinator.pk},
        {"q": "枣阳路"},
    ):
        assert address in page(desk, "list", **found), found
    for missed in ({"stage": "running"}, {"step": "build"}, {"suits": "no"}, {"stuck": "180"}, {"q": "金沙江"}):
        assert address not in page(desk, "list", **missed), missed
    assert desk.get(reverse("lifts:list"), {"export": "xlsx"}).content[:2] == b"PK"


def test_what_is_late_or_stuck_waits_and_rises_by_itself(consulting, coordinator, section_head, elsewhere):
    kinds = {kind.key: rows.count() for kind, rows in waiting.kinds_for(coordinator)}
    assert (kinds["lifts.late"], kinds["lifts.stuck"]) == (1, 1)
    assert "lifts.risen" not in kinds
    assert {kind.key: rows.count() for kind, rows in waiting.kinds_for(section_head)}["lifts.risen"] == 1
    assert {kind.key: rows.count() for kind, rows in waiting.kinds_for(elsewhere)}["lifts.stuck"] == 0

    actions.pass_gate(actor=coordinator, dossier=consulting, rule="briefing", on=date(2023, 8, 1))
    kinds = {kind.key: rows.count() for kind, rows in waiting.kinds_for(coordinator)}
    assert (kinds["lifts.late"], kinds["lifts.stuck"]) == (0, 0)


def test_the_top_bar_finds_it_and_its_stairwell_leads_to_it(desk, consulting):
    found = desk.post(reverse("territory:search"), {"q": "枣阳路"}, follow=True).content.decode()
    assert consulting.get_absolute_url() in found
    assert "加梯档案" in found
    shown = desk.get(consulting.stairwell.get_absolute_url()).content.decode()
    assert consulting.get_absolute_url() in shown
    assert "居民说明会开过" in shown


def test_a_rule_that_the_office_takes_out_stands_in_nobodys_way(head_desk, desk, town, consulting):
    told = page(desk, "figures", town.pk)
    for words in ("五步", "十法", "24 条", "第 5 条「居民说明会开过」要不要过", "待街道核定"):
        assert words in told, words
    url = reverse("lifts:set_figure", args=[town.pk, "lifts.rules.briefing.used"])
    assert desk.get(url).status_code == 403
    head_desk.post(url, {"value": "False", "reason": "并到议事会里开"})
    consulting.refresh_from_db()
    assert "关口都过了" in desk.get(consulting.get_absolute_url()).content.decode()


def test_centres_open_and_close_and_everybody_reads_them(head_desk, desk, west):
    typed = {
        "path": west.path,
        "name": "西村加梯分中心",
        "address": "枣阳路 1 号",
        "phone": "021-52810000",
        "hours": "周一至周五",
        "opened_on": "2021-03-01",
    }
    assert desk.get(reverse("lifts:open_centre")).status_code == 403
    assert "还没有填电话" in head_desk.post(reverse("lifts:open_centre"), {**typed, "phone": ""}).content.decode()
    head_desk.post(reverse("lifts:open_centre"), typed)
    centre = Centre.objects.get()
    assert "021-52810000" in page(desk, "centre", centre.pk)
    head_desk.post(reverse("lifts:close_centre", args=[centre.pk]), {"closed_on": "2023-07-01"})
    assert "已撤并" in page(desk, "centres")


def test_who_carries_how_much_and_what_is_stuck(desk, consulting, town, staff, client_of):
    told = page(desk, "workload")
    for words in ("沈晓岚", "2023-03-20", "最多跟 25 个"):
        assert words in told, words
    leader = client_of(staff(Role.LEADER, at=town, name="钱国梁"))
    assert leader.get(reverse("lifts:workload")).status_code == 403


def test_a_stairwell_that_nobody_accompanies_is_counted_and_found(desk, consulting, coordinator):
    assert "还没有专员" not in page(desk, "workload")
    lead = consulting.team.get(user=coordinator)
    actions.leave_team(actor=coordinator, member=lead)
    told = page(desk, "workload")
    for words in ("还没有专员", "2023-03-20", "?coordinator=none&amp;"):
        assert words in told, words
    assert consulting.get_absolute_url() in page(desk, "list", coordinator="none")


def test_a_centre_is_the_only_one_at_its_place(section_head, west):
    facts = CentreFacts("西村加梯分中心", "枣阳路 1 号", "021-52810000", "周一至周五")
    actions.open_centre(actor=section_head, path=west.path, facts=facts, opened_on=date(2021, 3, 1))
    assert Entry.objects.filter(verb="lifts.open_centre").count() == 1


def test_the_list_opens_with_what_waits_longest_and_keeps_other_ways_behind_one_button(row, staff, client_of):  # noqa: F811
    coordinator = staff(Role.LIFT_COORDINATOR, at=Committee.objects.get(name="西村"), name="沈晓岚")
    address = [dossier.get_absolute_url() for dossier in row]
    for number, day in ((2, 10), (1, 20)):
        actions.begin_consulting(actor=coordinator, dossier=row[number], on=date(2023, 7, day))
    told = page(client_of(coordinator), "list")
    places = [told.index(f'href="{address[number]}"') for number in (2, 1, 0)]
    assert places == sorted(places)
    menu = told.partition("更多")[2].partition("</details>")[0]
    assert [words in menu for words in ("电梯清单", "专员手上的门洞", "成片")] == [True, True, False]
