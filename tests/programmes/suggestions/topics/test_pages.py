"""Pages of topics for the office, and what everybody reads."""

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from expectations import by_hand
from programmes.suggestions.topics.conftest import BIKES
from xiuhua.ground.jobs.work import run_waiting
from xiuhua.programmes.suggestions.models import Suggestion, Topic

URL = "/suggestions/topics/"


@pytest.fixture
def desk(head, client_of):
    return client_of(head)


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_topics_have_a_picture_a_count_and_where(topics, desk):
    told = text_of(desk, URL)
    assert told.count('class="c-spark"') == 3  # a card of the rising one, and two rows
    assert "新话题，升温" in told
    assert "近 26 周 3 件，本周 3 件" in told
    assert "东村 2、西村 1" in told
    assert f"/suggestions/all/?topic={topics[0].pk}" in told
    assert f"/suggestions/map/?topic={topics[0].pk}" in told
    assert "重新归一归" in told


def test_they_are_narrowed_and_exported(topics, desk, east):
    assert text_of(desk, f"{URL}?rising=yes").count('role="rowheader"') == 1
    assert text_of(desk, f"{URL}?committee={east.path}").count('role="rowheader"') == 1
    assert text_of(desk, f"{URL}?category=blue_green").count('role="rowheader"') == 1
    assert text_of(desk, f"{URL}?rising=maybe").count('role="rowheader"') == 0
    sheet = load_workbook(io.BytesIO(desk.get(URL, {"export": "xlsx"}).content)).active
    assert [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)] == [3, 3]


def test_a_committee_sees_and_counts_its_own(topics, stranger, client_of):
    told = text_of(client_of(stranger), URL)
    assert told.count('role="rowheader"') == 1
    assert "近 26 周 2 件，本周 0 件" in told
    assert "重新归一归" not in told
    assert client_of(stranger).get(topics[0].get_absolute_url()).status_code == 404
    assert "西村" not in text_of(client_of(stranger), topics[1].get_absolute_url())


def test_the_list_the_map_and_the_boards_know_topics(topics, desk):
    lamps = topics[1]
    assert text_of(desk, f"/suggestions/all/?topic={lamps.pk}").count('role="rowheader"') == 3
    assert text_of(desk, "/suggestions/all/?topic=9999999999999999999").count('role="rowheader"') == 0
    assert desk.get(f"/suggestions/map/?topic={lamps.pk}").status_code == 200
    assert lamps.name in text_of(desk, "/suggestions/board/")


def test_the_page_of_a_topic(topics, both, desk):
    told = text_of(desk, topics[0].get_absolute_url())
    assert both[0].get_absolute_url() in told
    assert "这几件说的是同一件，合并？" in told
    assert "提成项目" in told
    assert "起的一周：3 件" in told


def test_what_is_one_and_the_same_is_merged(topics, both, desk):
    first, second, third = both[:3]
    url = f"{topics[0].get_absolute_url()}merge/"
    desk.post(url, {"alike": [first.pk]})
    assert not Suggestion.objects.filter(state="merged").exists()
    desk.post(url, {"alike": [first.pk, second.pk, both[3].pk, "x"], "once": "once-and-only"})
    assert set(Suggestion.objects.filter(merged_into=first).values_list("pk", flat=True)) == {second.pk}
    third.refresh_from_db()
    assert third.state == "received"


def test_a_name_that_people_gave_stays(topics, desk, hear, regroup):
    url = f"{topics[0].get_absolute_url()}rename/"
    for wrong in ("", "王秀英电话13812342046", "长" * 31):
        assert desk.post(url, {"name": wrong}).status_code == 422
    assert desk.post(url, {"name": "菜场坡口的单车"}).status_code == 302
    hear(BIKES[3])
    assert regroup()[0].name == "菜场坡口的单车"


def test_grouping_is_asked_for(both, desk, town):
    assert desk.post(f"{URL}regroup/").status_code == 302
    run_waiting()
    assert Topic.objects.current().count() == 2


def test_a_project_is_proposed_from_it(topics, desk):
    told = text_of(desk, f"/project-list/new/?name={topics[0].name}&action=slow")
    assert f'value="{topics[0].name}"' in told


def test_everybody_reads_of_what_three_people_said_in_public(topics, both, regroup):
    def published(*rows: Suggestion) -> str:
        numbers = [row.pk for row in rows]
        with by_hand():
            Suggestion.objects.filter(pk__in=numbers).update(
                public_state="published", public_words="坡口停满共享单车", published_at="2023-08-03T12:00+08:00"
            )
        regroup()
        return Client().get("/say/board/").content.decode()

    assert "大家最近说得多的" not in published(*both[:2])
    told = published(*both[:3])
    assert "大家最近说得多的" in told
    assert "3 人说过" in told
    assert "共享单车" in told
    assert "菜场" not in told.split("大家最近说得多的")[1].split("</section>")[0]


def test_the_same_telephone_is_one_person(hear, regroup):
    for words in BIKES[:3]:
        hear(words, phone="13812342046")
    (topic,) = regroup()
    assert (topic.count, topic.people) == (3, 1)
