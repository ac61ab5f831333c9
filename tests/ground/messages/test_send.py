from datetime import timedelta

import pytest
from django.db import connection, transaction

from expectations import forbidden, refused, verbs_of
from ground.messages.conftest import PHONE
from xiuhua.ground import clock
from xiuhua.ground.jobs import work
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.messages import actions, queries, sending
from xiuhua.ground.messages.models import Message
from xiuhua.ground.messages.sms import NotSent
from xiuhua.ground.scope.roles import Role


def hourly(at):
    with clock.stopped_at(at):
        work.run_periodic("messages.send_waiting", at.isoformat())
        work.run_waiting()


def test_a_text_message_goes_out_when_the_action_is_over(send, gateway, household):
    message = send(values={"place": "枣阳路"})
    assert (message.state, gateway.asked) == ("waiting", 0)
    work.run_waiting()
    message.refresh_from_db()
    sms = gateway.taken[message.request_id]
    assert (sms.phone, sms.text, sms.template) == (PHONE, "您反映的路灯已经修好", "test.mended")
    assert sms.values == {"place": "枣阳路"}
    assert (message.state, message.attempts, message.path) == ("sent", 1, household.path)
    assert message.sent_at is not None
    assert list(queries.about(household)) == [message]


def test_where_the_action_rolls_back_nobody_is_told(send, gateway):
    with transaction.atomic():
        send()
        transaction.set_rollback(True)
    work.run_waiting()
    assert gateway.asked == Message.objects.count() == Job.objects.filter(kind=sending.KIND).count() == 0


def test_neither_telephone_nor_words_lie_open(send):
    message = send()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_message")
        assert all(PHONE not in str(value) and "路灯" not in str(value) for value in cursor.fetchone())
    assert message.to == "138****5678"


def test_a_worker_that_dies_after_sending_sends_under_the_same_number(send, gateway, monkeypatch):
    message = send()
    job = Job.objects.get(kind=sending.KIND)

    def dies(**_told):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(actions, "note_sent", dies)
        with pytest.raises(KeyboardInterrupt):
            work.run(job.pk)
    Job.objects.update(state="waiting", heartbeat=None)
    work.run(job.pk)
    message.refresh_from_db()
    assert (gateway.asked, len(gateway.taken), message.state) == (2, 1, "sent")


def test_the_same_job_twice_sends_once(send, gateway):
    send()
    job = Job.objects.get(kind=sending.KIND)
    for _ in range(2):
        work.run(job.pk)
        Job.objects.update(state="waiting", heartbeat=None)
    assert gateway.asked == 1


def test_by_night_it_waits_for_the_morning_unless_it_is_urgent(send, gateway, noon):
    night = noon + timedelta(hours=10)  # 22:00
    with clock.stopped_at(night):
        quiet, urgent = send(), send(urgent=True)
        work.run_waiting()
    assert list(gateway.taken) == [urgent.request_id]
    hourly(night + timedelta(hours=9, minutes=40))
    assert len(gateway.taken) == 1
    hourly(night + timedelta(hours=10))
    assert quiet.request_id in gateway.taken


def test_a_gateway_that_stumbles_is_asked_again_later(send, gateway, noon):
    gateway.stumbles = NotSent("the gateway answered 503")
    message = send()
    work.run_waiting()
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("waiting", 1)
    assert message.why == "短信网关不通，过一会儿再试（the gateway answered 503）"
    hourly(noon + timedelta(minutes=10))
    assert gateway.asked == 1
    gateway.stumbles = None
    hourly(noon + timedelta(minutes=20))
    message.refresh_from_db()
    assert (message.state, message.why) == ("sent", "")


def test_what_failed_waits_for_whoever_knows_people_there(send, gateway, noon, worker, staff):
    gateway.stumbles = NotSent("the gateway answered 503")
    message = send()
    work.run_waiting()
    for turn in range(1, 4):
        hourly(noon + timedelta(minutes=20 * turn))
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("failed", 4)
    assert list(queries.failed(worker)) == [message]
    assert not queries.failed(staff(Role.GRID_WORKER, at="310107014002")).exists()
    assert not queries.failed(staff(Role.SYSTEM_ADMIN, at="310107014")).exists()


def test_a_number_that_the_gateway_refuses_is_not_tried_again_by_itself(send, gateway, worker):
    gateway.stumbles = NotSent("the gateway answered 400", again=False)
    message = send()
    work.run_waiting()
    message.refresh_from_db()
    assert (message.state, message.why.split("（")[0]) == ("failed", "短信网关不收这条，请核对号码")

    gateway.stumbles = None
    actions.send_again(actor=worker, message=message)
    work.run_waiting()
    message.refresh_from_db()
    assert message.state == "sent"
    assert list(gateway.taken) == [message.request_id]
    with refused("不用再发"):
        actions.send_again(actor=worker, message=message)


def test_told_by_telephone_instead(send, gateway, worker, staff):
    gateway.stumbles = NotSent("no", again=False)
    message = send()
    work.run_waiting()
    with refused("还没有写怎么告知的"):
        actions.settle(actor=worker, message=message, note="")
    with forbidden():
        actions.settle(actor=staff(Role.GRID_WORKER, at="310107014002"), message=message, note="x")
    actions.settle(actor=worker, message=message, note="打了电话")
    assert not queries.failed(worker).exists()
    assert "messages.settle" in verbs_of(message)
    with refused("另行告知"):
        actions.send_again(actor=worker, message=message)


def test_a_message_to_an_account_is_there_at_once_and_read_when_looked_at(send, gateway, resident, client_of):
    message = send(to_user=resident, link="/my/household/")
    assert (message.state, queries.unread(resident)) == ("sent", 1)
    browser = client_of(resident)
    assert "1 条没看" in browser.get("/phone/").content.decode()
    page = browser.get("/phone/messages/").content.decode()
    assert "您反映的路灯已经修好" in page
    message.refresh_from_db()
    assert (message.state, queries.unread(resident), gateway.asked) == ("read", 0, 0)
    assert verbs_of(message) == ["messages.read"]
    browser.get("/phone/messages/")
    assert verbs_of(message) == ["messages.read"]


def test_nobody_reads_for_somebody_else(send, resident, worker):
    message = send(to_user=resident)
    with forbidden():
        actions.read_messages(actor=worker, messages=[message])


@pytest.mark.parametrize("told", [{"to_phone": ""}, {"to_phone": "abc"}])
def test_a_message_goes_to_somebody(send, told):
    with pytest.raises(ValueError, match="telephone or to an account"):
        send(**told)


def test_forgotten_messages_tell_nobody_anything(send, gateway, django_assert_num_queries):
    from expectations import by_hand

    message = send()
    with by_hand():
        sending.forget(message)
    work.run_waiting()
    message.refresh_from_db()
    assert (message.phone, message.text, message.phone_index, gateway.asked) == ("", "", "", 0)
