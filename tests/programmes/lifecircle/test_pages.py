"""The pages of the life circle, as a browser without scripts meets them."""

import io
import json
from html import unescape

import pytest
from django.utils import translation
from openpyxl import load_workbook
from shapely import box

from programmes.lifecircle.town import MORNING, NIGHT, placed
from xiuhua.ground.journal.actors import System
from xiuhua.programmes.lifecircle import panel, queries
from xiuhua.programmes.lifecircle.actions import run_analysis
from xiuhua.programmes.lifecircle.models import Run
from xiuhua.programmes.lifecircle.question import Question

HTMX = {"HX-Request": "true", "HX-Target": "lc-panel"}


def words_of(response) -> str:
    return unescape(response.content.decode())


def test_home_goes_to_the_newest_run_and_keeps_the_question(client, morning, night):
    response = client.get("/lifecircle/?persona=child&minutes=5")
    assert response.url == f"/lifecircle/runs/{morning.pk}/?persona=child&minutes=5"


def test_home_prefers_the_whole_subdistrict_to_a_later_part_of_it(client, morning, subdistrict):
    part = placed(box(200, -50, 1100, 200))
    run_analysis(actor=System("test"), subdistrict=subdistrict, area=part)
    assert client.get("/lifecircle/").url == f"/lifecircle/runs/{morning.pk}/"


def test_home_without_a_run_makes_the_first_one_by_a_button(client, subdistrict):
    page = words_of(client.get("/lifecircle/"))
    assert "还没有做过分析" in page
    response = client.post("/lifecircle/runs/new/", {"day": "1", "hour": "10", "where": "whole", "datum": "wgs84"})
    run = Run.objects.get()
    assert (response.url, run.hour, run.area) == (f"/lifecircle/runs/{run.pk}/", MORNING, None)


def test_home_without_a_subdistrict_names_the_command(client, db):
    page = words_of(client.get("/lifecircle/"))
    assert "还没有街道" in page
    assert "xiuhua demo" in page


def test_run_says_how_many_cannot_and_where(client, morning):
    page = words_of(client.get(morning.get_absolute_url()))
    assert "老人 · 日间照料 · 15 分钟" in page
    assert "71.4" in page
    assert "7 位 60 岁以上居民里，<b>2 位</b>走 15 分钟到不了，最多的在东村，2 位。" in page
    assert "金沙新村 20 号" in page
    assert "所在的路段和主路网不通" in page
    assert "待核" in page


def test_run_gives_no_share_of_a_type_that_is_not_on_record(client, morning, subdistrict):
    page = words_of(client.get(f"{morning.get_absolute_url()}?type=sports_hall"))
    assert "册上没有登记体育馆或全民健身中心" in page
    assert "0.0%" not in page.split("生活圈得分")[0]
    assert client.get(f"/lifecircle/runs/{morning.pk}/committees/?type=sports_hall").status_code == 200
    row = next(row for row in subdistrict_buildings(subdistrict) if row.key == "e1")
    building = words_of(client.get(f"/lifecircle/runs/{morning.pk}/buildings/{row.pk}/?type=sports_hall"))
    assert "册上没有登记" in building


def test_run_answers_htmx_with_the_panel_alone(client, morning):
    response = client.get(f"{morning.get_absolute_url()}?persona=child&type=market&minutes=5", headers=HTMX)
    panel = words_of(response)
    assert "<html" not in panel
    assert 'data-persona="child" data-type="market"' in panel
    assert "HX-Request" in response.headers["Vary"]


def test_run_asks_few_questions_of_the_database(client, morning, django_assert_max_num_queries):
    client.get(morning.get_absolute_url())
    with django_assert_max_num_queries(14):
        client.get(morning.get_absolute_url())


@pytest.mark.parametrize("address", ["persona=x", "type=x", "minutes=7", "minutes=", "compare=999999"])
def test_run_says_what_it_did_not_understand(client, morning, address):
    response = client.get(f"{morning.get_absolute_url()}?{address}")
    assert response.status_code == 200
    assert "lc-notice" in words_of(response)


@pytest.mark.parametrize(
    "address", ["committee=999", "committee=%00", "sort=;", "show=x", "compare=abc", "type=a&type=b"]
)
def test_run_bears_an_odd_address(client, morning, address):
    assert client.get(f"{morning.get_absolute_url()}?{address}").status_code == 200


@pytest.mark.parametrize("address", ["runs/999999/", "runs/999999/reach.json", "runs/99999999999999999999/"])
def test_run_that_is_not_there_is_a_404(client, morning, address):
    assert client.get(f"/lifecircle/{address}").status_code == 404


def test_committee_is_picked_by_the_address(client, morning, subdistrict):
    east = subdistrict.committees.get(name="东村")
    page = words_of(client.get(f"{morning.get_absolute_url()}?committee={east.pk}"))
    assert "东村够不到的楼栋" in page
    assert 'class="is-picked"' in page


def test_comparison_tells_what_a_locked_gate_costs(client, morning, night):
    page = words_of(client.get(f"{night.get_absolute_url()}?compare={morning.pk}"))
    assert "从周二 10:00 到周二 22:00" in page
    assert "−3" in page
    assert "71.4% → 28.6%" in page
    assert "周二 10:00 锁着 0 处，周二 22:00 锁着 1 处" in page


def test_reach_gives_seconds_by_building_and_type(client, morning, subdistrict):
    found = json.loads(client.get(f"/lifecircle/runs/{morning.pk}/reach.json?persona=elder").content)
    names = dict(zip(found["buildings"], found["seconds"]["day_care"], strict=True))
    by_key = {row.key: names[row.pk] for row in subdistrict_buildings(subdistrict)}
    assert by_key["lone"] == by_key["far"] == by_key["e2"] == -1
    assert 0 < by_key["w1"] < 300 < by_key["e1"] < 600
    assert found["required"]["day_care"] == 5
    assert len(found["people"]) == len(found["buildings"])


def subdistrict_buildings(subdistrict):
    return [row for committee in subdistrict.committees.all() for row in committee.buildings.all()]


def test_reach_refuses_a_persona_that_is_not_there(client, morning):
    response = client.get(f"/lifecircle/runs/{morning.pk}/reach.json?persona=ghost")
    assert response.status_code == 400
    assert "没有「ghost」这种人群" in words_of(response)


def test_reach_is_not_sent_twice(client, morning):
    address = f"/lifecircle/runs/{morning.pk}/reach.json?persona=adult"
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_building_says_what_lacks_and_how_far(client, morning, subdistrict):
    row = next(row for row in subdistrict_buildings(subdistrict) if row.key == "e1")
    page = words_of(client.get(f"/lifecircle/runs/{morning.pk}/buildings/{row.pk}/?type=market"))
    assert "金沙新村 8 号" in page
    assert "菜市场或生鲜超市" in page
    assert "60 岁以上居民" in page
    assert "类应配设施缺" in page
    popup = words_of(client.get(f"/lifecircle/runs/{morning.pk}/buildings/{row.pk}/", headers={"HX-Request": "true"}))
    assert "<html" not in popup


def test_building_outside_the_area_says_so(client, subdistrict):
    west, east = subdistrict.committees.get(name="西村"), subdistrict.committees.get(name="东村")
    client.post(
        "/lifecircle/runs/new/",
        {"day": "1", "hour": "10", "where": "committee", "committee": str(west.pk), "datum": "wgs84"},
    )
    run = Run.objects.get()
    assert (run.area_name, run.buildings) == ("西村", 2)
    page = words_of(client.get(f"/lifecircle/runs/{run.pk}/buildings/{east.buildings.first().pk}/"))
    assert "不在这次分析的范围里" in page


def test_building_of_nowhere_is_a_404(client, morning):
    assert client.get(f"/lifecircle/runs/{morning.pk}/buildings/999999/").status_code == 404


def test_left_out_buildings_list_sorts_filters_and_exports(client, morning):
    address = f"/lifecircle/runs/{morning.pk}/left-out/?minutes=5"
    page = words_of(client.get(address))
    assert page.index("金沙新村 8 号") < page.index("苗圃 3 号")
    assert "苗圃 3 号" not in words_of(client.get(f"{address}&q=金沙"))
    sheet = load_workbook(io.BytesIO(client.get(f"{address}&export=xlsx&sort=building").content)).active
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == ["金沙新村 20 号", "金沙新村 8 号", "苗圃 3 号"]


def test_left_out_buildings_of_one_committee_are_its_own(client, morning, subdistrict):
    numbers = queries.committee_numbers(subdistrict)
    for name, number in numbers.items():
        address = f"/lifecircle/runs/{morning.pk}/left-out/?minutes=5&committee={number}&export=xlsx"
        sheet = load_workbook(io.BytesIO(client.get(address).content)).active
        outcome = panel.left_out_of(queries.analysis_of(morning), Question(minutes=5), name)
        assert sheet.max_row - 1 == len(outcome)


def test_committees_list_exports(client, morning):
    address = f"/lifecircle/runs/{morning.pk}/committees/"
    assert "各居委会够得到多少" in words_of(client.get(address))
    sheet = load_workbook(io.BytesIO(client.get(f"{address}?export=xlsx").content)).active
    assert [sheet.cell(2, column).value for column in (1, 2, 3, 4, 5)] == ["东村", 5, 3, 2, 60]


def test_runs_export_their_hour_in_words(client, morning, night):
    sheet = load_workbook(io.BytesIO(client.get("/lifecircle/runs/?export=xlsx").content)).active
    assert [sheet.cell(row, 1).value for row in (2, 3)] == ["周二 10:00", "周二 22:00"]


def test_runs_are_listed_and_two_are_compared(client, morning, night):
    page = words_of(client.get("/lifecircle/runs/"))
    assert "周二 22:00" in page
    response = client.get(f"/lifecircle/runs/?now={night.pk}&compare={morning.pk}")
    assert response.url == f"/lifecircle/runs/{night.pk}/?compare={morning.pk}"


def test_english_pages_have_no_chinese_sentence(client, morning):
    client.cookies["django_language"] = "en"
    with translation.override("zh-hans"):
        page = words_of(client.get(morning.get_absolute_url()))
    assert "cannot" in page
    assert "够不到" not in page


def test_night_run_is_of_its_hour(night):
    assert night.hour == NIGHT
