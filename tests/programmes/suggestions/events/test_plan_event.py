"""Planning an event, letting people register, calling it off."""

from datetime import time, timedelta

from expectations import forbidden, refused, verbs_of
from programmes.suggestions.conftest import NOON, VISITOR
from xiuhua.ground.bookings import actions as bookings
from xiuhua.ground.bookings.models import Booking, Session
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.events import queries
from xiuhua.programmes.suggestions.models import Event
from xiuhua.programmes.suggestions.rules.events import ItemFacts

LATER = {"starts_at": NOON + timedelta(days=2), "ends_at": NOON + timedelta(days=2, hours=3)}


def test_people_register_by_a_session_of_its_own(worker, facts):
    event = actions.plan_event(actor=worker, facts=facts(**LATER)).subject
    assert not Event.objects.announced().exists()
    actions.open_registration(actor=worker, event=event, capacity=40)
    session = queries.session_of(event)
    assert (session.capacity, session.starts_at, session.place) == (40, event.starts_at, "西村活动室")
    bookings.book(actor=VISITOR, session=session, name="王女士", phone="13812342046", people=2)
    assert queries.people_counts(event)["registered"] == 2
    assert Event.objects.announced().get().state == "open"
    assert verbs_of(event) == ["suggestions.plan_event", "suggestions.open_registration"]


def test_another_time_moves_the_session_too(worker, facts):
    event = actions.plan_event(actor=worker, facts=facts(**LATER)).subject
    actions.open_registration(actor=worker, event=event, capacity=40)
    later = {name: moment + timedelta(hours=1) for name, moment in LATER.items()}
    actions.edit_event(actor=worker, event=event, facts=facts(**later))
    assert Session.objects.of(event).get().starts_at == later["starts_at"]


def test_called_off_who_registered_loses_nothing_silently(worker, facts):
    event = actions.plan_event(actor=worker, facts=facts(**LATER)).subject
    actions.open_registration(actor=worker, event=event, capacity=40)
    bookings.book(actor=VISITOR, session=queries.session_of(event), name="王女士", phone="13812342046")
    with refused("还没有写为什么取消"):
        actions.call_off_event(actor=worker, event=event, reason=" ")
    actions.call_off_event(actor=worker, event=event, reason="台风")
    assert Booking.objects.get().state == "cancelled"
    with refused("已取消"):
        actions.hold_event(actor=worker, event=event)


def test_every_reason_at_once(worker, facts):
    wrong = facts(title="", place="", ends_at=NOON - timedelta(hours=2), topics=["一"] * 6, lon=10.0, lat=10.0)
    for words in ("名称还没有写好", "地点还没有写好", "结束比开始早", "1 到 5 个话题", "不在本街道"):
        with refused(words):
            actions.plan_event(actor=worker, facts=wrong)


def test_a_column_in_which_notes_hang_stays(worker, event, facts, put_up):
    put_up(topic=2)
    with refused("第 3 个话题下面还有便签"):
        actions.edit_event(actor=worker, event=event, facts=facts(topics=["坐", "走"]))
    actions.edit_event(actor=worker, event=event, facts=facts(topics=["坐", "走", "玩", "吃"]))


def test_the_next_committee_cannot(stranger, event, facts):
    with forbidden():
        actions.plan_event(actor=stranger, facts=facts())
    with forbidden():
        actions.edit_event(actor=stranger, event=event, facts=facts())


def test_a_programme_stands_in_the_order_of_the_day(worker, event):
    items = [ItemFacts(time(10), "分组讨论"), ItemFacts(time(9, 30), "开场", "社区规划师")]
    actions.set_programme(actor=worker, event=event, items=items)
    actions.set_programme(actor=worker, event=event, items=items)
    assert [item.title for item in event.programme.all()] == ["开场", "分组讨论"]
