"""Faults of a lift: who reports them, how urgent they are, who came when, and what they were."""

from datetime import datetime, timedelta

import pytest

from expectations import forbidden, refused, verbs_of
from programmes.lifts.building import NOON
from xiuhua.ground.journal.actions import idempotency_key
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.messages.models import Message
from xiuhua.programmes.lifts.actions import answer_fault, close_fault, report_fault
from xiuhua.programmes.lifts.models import Fault
from xiuhua.programmes.lifts.rules.faults import FaultFacts, Priority

MINUTE = timedelta(minutes=1)


def test_trapped_resident_is_answered_now(lift_in_service, resident):
    fault = report_fault(actor=resident, lift=lift_in_service, facts=FaultFacts(trapped=True), at=NOON).subject
    fault.refresh_from_db()
    assert fault.priority == Priority.NOW
    assert fault.due_at == NOON + 30 * MINUTE
    assert verbs_of(fault) == ["lifts.report_fault"]


def test_the_coordinator_is_called_at_once_where_somebody_is_inside(lift_in_service, resident, coordinator):
    report_fault(actor=resident, lift=lift_in_service, facts=FaultFacts(stopped=True), at=NOON)
    assert not Message.objects.exists()
    report_fault(actor=resident, lift=lift_in_service, facts=FaultFacts(trapped=True), at=NOON)
    message = Message.objects.get()
    assert message.user == coordinator
    assert "有人被困，12:30 前要有人到场" in message.text


def test_lift_that_stands_still_is_seen_to_today(lift_in_service, coordinator):
    done = report_fault(actor=coordinator, lift=lift_in_service, facts=FaultFacts(stopped=True), at=NOON)
    assert (done.subject.priority, done.subject.due_at) == (Priority.TODAY, NOON + timedelta(hours=4))


def test_lift_under_construction_refuses(lift_in_construction, resident):
    with refused("电梯尚未交付使用"):
        report_fault(actor=resident, lift=lift_in_construction, facts=FaultFacts(stopped=True), at=NOON)


def test_resident_of_another_stairwell_cannot(lift_in_service, stranger, elsewhere):
    for actor in (stranger, elsewhere):
        with forbidden():
            report_fault(actor=actor, lift=lift_in_service, facts=FaultFacts(stopped=True), at=NOON)


def test_sent_twice_by_a_phone_is_one_fault(lift_in_service, resident):
    with idempotency_key("a1"):
        first = report_fault(actor=resident, lift=lift_in_service, facts=FaultFacts(trapped=True), at=NOON)
        again = report_fault(actor=resident, lift=lift_in_service, facts=FaultFacts(trapped=True), at=NOON)
    assert first.subject == again.subject


def test_same_fault_is_open_once_and_a_worse_one_is_another(lift_in_service, resident):
    report_fault(actor=resident, lift=lift_in_service, facts=FaultFacts(stopped=True), at=NOON)
    for again in (FaultFacts(stopped=True), FaultFacts(words="关门时有异响")):
        with refused("已经报过"):
            report_fault(actor=resident, lift=lift_in_service, facts=again, at=NOON)
    report_fault(actor=resident, lift=lift_in_service, facts=FaultFacts(trapped=True), at=NOON)
    assert [row.priority for row in Fault.objects.open().order_by("priority")] == [Priority.NOW, Priority.TODAY]


def test_nothing_said_and_a_moment_to_come_are_refused(lift_in_service, resident):
    with refused("还没有说怎么了"):
        report_fault(actor=resident, lift=lift_in_service, facts=FaultFacts(words=" "), at=NOON)
    with refused("时间在现在以后"):
        report_fault(actor=resident, lift=lift_in_service, facts=FaultFacts(trapped=True), at=NOON + MINUTE)


def test_what_was_said_is_not_on_record_in_clear(lift_in_service, resident):
    words = "三楼李阿婆说关门有异响"
    fault = report_fault(actor=resident, lift=lift_in_service, facts=FaultFacts(words=words), at=NOON).subject
    assert words not in str(Entry.objects.get(verb="lifts.report_fault").facts)
    assert Fault.objects.get(pk=fault.pk).words == words


def test_nobody_was_trapped_before_the_lift_was_handed_over(lift_in_service, coordinator):
    at = datetime.fromisoformat("1990-01-01T08:00:00+08:00")
    with refused("时间比交付使用（2023-08-01）还早"):
        report_fault(actor=coordinator, lift=lift_in_service, facts=FaultFacts(trapped=True), at=at)


@pytest.fixture
def fault(lift_in_service, resident):
    at = NOON - 60 * MINUTE
    return report_fault(actor=resident, lift=lift_in_service, facts=FaultFacts(trapped=True), at=at).subject


def test_answered_and_closed(fault, coordinator):
    answer_fault(actor=coordinator, fault=fault, arrived_at=NOON - 35 * MINUTE)
    close_fault(actor=coordinator, fault=fault, closed_at=NOON, cause="door", found="门锁触点换新")
    fault.refresh_from_db()
    assert (fault.response, fault.cause, fault.state_words) == (25 * MINUTE, "door", "已修好")
    assert Entry.objects.get(verb="lifts.answer_fault").facts["late"] is False
    assert not Fault.objects.open().exists()


def test_not_answered_in_time_it_is_overdue(fault, coordinator):
    assert list(Fault.objects.overdue(NOON)) == [fault]
    answer_fault(actor=coordinator, fault=fault, arrived_at=NOON)
    assert not Fault.objects.overdue(NOON).exists()
    assert Entry.objects.get(verb="lifts.answer_fault").facts["late"] is True


def test_not_closed_before_somebody_came_nor_without_cause_nor_by_neighbours(fault, coordinator, resident):
    with refused("还没有记到场"):
        close_fault(actor=coordinator, fault=fault, closed_at=NOON, cause="door")
    with refused("时间比上一步还早"):
        answer_fault(actor=coordinator, fault=fault, arrived_at=NOON - 61 * MINUTE)
    with forbidden():
        answer_fault(actor=resident, fault=fault, arrived_at=NOON)
    answer_fault(actor=coordinator, fault=fault, arrived_at=NOON - 40 * MINUTE)
    with refused("到场已经记过了"):
        answer_fault(actor=coordinator, fault=fault, arrived_at=NOON)
    with refused("还没有选原因"):
        close_fault(actor=coordinator, fault=fault, closed_at=NOON, cause="")
