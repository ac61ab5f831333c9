"""Notices: numbered, counted in days, taken down early with a reason; and permits that are waited for."""

from datetime import date, datetime

import pytest

from expectations import forbidden, refused
from xiuhua.ground import clock
from xiuhua.programmes.lifts import gates
from xiuhua.programmes.lifts.actions import note_permit, pass_gate, post_notice, take_down_notice
from xiuhua.programmes.lifts.rules.moves import Standing

POSTED = date(2023, 7, 20)


@pytest.fixture
def agreeing(brought_to):
    return brought_to("agreeing")


@pytest.fixture
def notice(agreeing, coordinator):
    return post_notice(actor=coordinator, dossier=agreeing, posted_on=POSTED, place="门洞口、小区公告栏").subject


def on_day(day: str):
    return clock.stopped_at(datetime.fromisoformat(f"{day}T09:00:00+08:00"))


def test_it_hangs_ten_days_from_the_day_after_and_then_passes(agreeing, notice):
    assert (notice.number, notice.until_on) == ("试街加梯〔2023〕第 1 号", date(2023, 7, 30))
    assert (notice.content["house"]["area_dm2"], notice.content["house"]["homes"]) == (68520, 12)
    with on_day("2023-07-30"):
        gate = gates.gate_named("notice", agreeing)
        assert (gate.is_open, gate.words) == (True, "7 月 20 日贴出，还有 1 天")
    with on_day("2023-07-31"):
        gate = gates.gate_named("notice", agreeing)
        assert (gate.standing, gate.words) == (Standing.PASSED, "7 月 20 日至7 月 30 日")


def test_taken_down_early_it_counts_from_the_beginning_with_a_number_of_its_own(agreeing, notice, coordinator):
    with on_day("2023-07-25"):
        with refused("还没有写为什么撤下"):
            take_down_notice(actor=coordinator, notice=notice, on=date(2023, 7, 25), because="")
        take_down_notice(actor=coordinator, notice=notice, on=date(2023, 7, 25), because="三层面积写错")
        assert gates.gate_named("notice", agreeing).is_open
        again = post_notice(actor=coordinator, dossier=agreeing, posted_on=date(2023, 7, 25), place="门洞口").subject
    assert (again.serial, again.until_on) == (2, date(2023, 8, 4))
    assert gates.gate_named("notice", agreeing).is_open


def test_what_has_hung_its_days_is_not_taken_down(notice, coordinator):
    with refused("公示期已经满了"):
        take_down_notice(actor=coordinator, notice=notice, on=date(2023, 8, 1), because="贴错")


def test_one_hangs_at_a_time_somewhere_in_its_step(agreeing, notice, coordinator, elsewhere):
    with refused("已经有一张公示贴着"):
        post_notice(actor=coordinator, dossier=agreeing, posted_on=POSTED, place="门洞口")
    with forbidden():
        post_notice(actor=elsewhere, dossier=agreeing, posted_on=POSTED, place="门洞口")


@pytest.mark.parametrize(
    ("posted_on", "place", "words"),
    [
        (POSTED, " ", "还没有填贴在哪里"),
        (date(2023, 8, 4), "门洞口", "日期在今天以后"),
        (date(2023, 5, 1), "门洞口", "还早"),
    ],
)
def test_what_cannot_be_is_refused(agreeing, coordinator, posted_on, place, words):
    with refused(words):
        post_notice(actor=coordinator, dossier=agreeing, posted_on=posted_on, place=place)


def test_before_the_vote_nothing_is_posted(consulting, coordinator):
    with refused("还没有到公示这一步"):
        post_notice(actor=coordinator, dossier=consulting, posted_on=POSTED, place="门洞口")


def test_a_permit_that_is_applied_for_is_waited_for_until_its_gate_is_passed(brought_to, coordinator):
    dossier = brought_to("signed")
    applied = date(2023, 7, 24)
    note_permit(
        actor=coordinator, dossier=dossier, rule="planning", applied_on=applied, authority="区规划资源局", receipt="9"
    )
    assert gates.gate_named("planning", dossier).words == "7 月 24 日送区规划资源局，等了 8 个工作日"
    with refused("这一条不用送审"):
        note_permit(actor=coordinator, dossier=dossier, rule="vote", applied_on=applied, authority="区规划资源局")

    pass_gate(actor=coordinator, dossier=dossier, rule="planning", on=date(2023, 8, 2), number="沪规普建〔2023〕88 号")
    assert gates.gate_named("planning", dossier).words == "沪规普建〔2023〕88 号"
    with refused("已经过了"):
        note_permit(actor=coordinator, dossier=dossier, rule="planning", applied_on=applied, authority="局")
