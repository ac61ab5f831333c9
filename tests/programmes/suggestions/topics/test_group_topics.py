"""Grouping by night: what is found, what stays the same, what changes."""

from datetime import timedelta

from expectations import forbidden
from programmes.suggestions.conftest import NOON, SYSTEM
from programmes.suggestions.topics.conftest import BIKES, LIGHTS
from xiuhua.ground import clock
from xiuhua.ground.jobs.actions import enqueue
from xiuhua.ground.jobs.work import run_waiting
from xiuhua.ground.journal.models import Entry
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.models import Suggestion, Topic, TopicPart
from xiuhua.programmes.suggestions.topics.nightly import REGROUP, found_in


def test_two_matters_are_two_topics(topics, both, west, east, town):
    bikes, lamps = topics
    assert (bikes.count, lamps.count) == (3, 3)
    assert [row.pk for row in bikes.suggestions.order_by("pk")] == [row.pk for row in both[:3]]
    assert "单车" in bikes.name
    assert "路灯" in lamps.name
    assert (bikes.path, lamps.path) == (west.path, town.path)
    assert {part.path: part.count for part in lamps.parts.all()} == {west.path: 1, east.path: 2}
    assert bikes.category == "slow_mobility"


def test_what_is_said_this_week_alone_rises(topics):
    bikes, lamps = topics
    assert bikes.is_rising
    assert not lamps.is_rising
    assert bikes.weeks["2023-W31"] == 3


def test_a_topic_keeps_its_number_from_night_to_night(topics, hear, regroup):
    numbers = {topic.pk: topic.category for topic in topics}
    late = hear(BIKES[3])
    again = regroup()
    assert {topic.pk: topic.category for topic in again} == numbers
    late.refresh_from_db()
    assert late.topic.category == "slow_mobility"
    assert late.topic.count == 4


def test_claims_and_single_letters_make_no_topic(hear, regroup):
    for words in BIKES[:3]:
        hear(words, nature="claim")
    hear(LIGHTS[0])
    assert regroup() == []


def test_what_is_long_ago_is_not_grouped_and_an_old_topic_is_over(topics, regroup):
    with clock.stopped_at(NOON + timedelta(days=365)):
        assert regroup() == []
    assert Topic.objects.filter(is_current=False).count() == 2
    assert Suggestion.objects.filter(topic__isnull=False).count() == 6
    assert not TopicPart.objects.exists()


def test_it_is_on_record_once_a_committee(topics, town, west, east):
    told = Entry.objects.filter(verb="suggestions.group_topics")
    assert sorted(told.values_list("territory", flat=True)) == sorted([west.path, east.path])


def test_the_job_does_it(both, head, town):
    enqueue(actor=head, kind=REGROUP, path=town.path)
    enqueue(actor=SYSTEM, kind="suggestions.group")
    run_waiting()
    assert Topic.objects.current().count() == 2


def test_a_grid_worker_cannot(both, worker, stranger, town):
    found = found_in(town)
    for person in (worker, stranger):
        with forbidden():
            actions.group_topics(actor=person, subdistrict=town, found=found, since=both[0].submitted_at)
    with forbidden():
        enqueue(actor=worker, kind=REGROUP, path=town.path)


def test_names_of_people_never_name_a_topic(hear, regroup):
    for words in BIKES[:3]:
        hear(f"我叫王秀英，王秀英讲一句，王阿姨也讲：{words}")
    (topic,) = regroup()
    assert "王" not in "".join([topic.name, *topic.words])


def test_what_people_merged_stays_together(both, hear, head, regroup):
    other = hear("早上推车过不去，烦死了")
    actions.merge(actor=head, suggestion=other, into=both[0])
    regroup()
    other.refresh_from_db()
    both[0].refresh_from_db()
    assert other.topic_id == both[0].topic_id is not None


def test_a_place_alone_is_no_topic(hear, regroup):
    for words in ("长风公园的厕所没有纸。", "长风公园门票太贵。", "长风公园唱戏的人声音太大。", "长风公园能不能遛狗？"):
        hear(words)
    assert regroup() == []
