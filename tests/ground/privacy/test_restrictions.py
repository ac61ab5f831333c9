"""Kept and not used (只存不用): masked and marked in lists, opened for what the law leaves, all of it on record."""

import pytest
from django.urls import reverse

from expectations import forbidden, refused, verbs_of
from ground.privacy.conftest import TODAY, WANG
from xiuhua.ground.journal.models import Entry, Outcome
from xiuhua.ground.privacy.actions import (
    erase_resident,
    file_request,
    lift_restriction,
    record_consent,
    restrict_resident,
    set_hold,
    withdraw_consent,
)
from xiuhua.ground.privacy.queries import kept_only_among
from xiuhua.ground.privacy.rules import Ground
from xiuhua.ground.territory.actions import open_household_file

PHONE, CHILD = "13812345678", "李小明"
ASKS = "本人来信不愿再被走访"
CASE = "民政局低保复核"


@pytest.fixture
def restricted(officer, wang):
    return restrict_resident(actor=officer, resident=wang, reason=ASKS).subject


@pytest.fixture
def desk(client_of, worker):
    return client_of(worker)


def opens(desk, thing, purpose, note=""):
    kind = "residents" if thing._meta.model_name == "resident" else "households"
    return desk.post(f"/territory/{kind}/{thing.pk}/open/", {"purpose": purpose, "note": note})


def test_it_is_asked_set_once_and_lifted(officer, wang):
    asked = file_request(actor=officer, resident=wang, kind="limit", channel="letter", asked_on=TODAY).subject
    restriction = restrict_resident(actor=officer, resident=wang, reason=ASKS).subject
    asked.refresh_from_db()
    assert asked.state == "answered"
    assert kept_only_among([wang.pk]) == {wang.pk}
    with refused("已经是只存不用"):
        restrict_resident(actor=officer, resident=wang, reason=ASKS)
    lift_restriction(actor=officer, restriction=restriction)
    assert kept_only_among([wang.pk]) == set()
    with refused("已经解除"):
        lift_restriction(actor=officer, restriction=restriction)
    assert verbs_of(restriction) == ["privacy.restrict_resident", *2 * ["privacy.lift_restriction"]]


def test_it_says_why(officer, wang):
    with refused("写得太少"):
        restrict_resident(actor=officer, resident=wang, reason=" 无 ")


def test_only_the_privacy_officer_of_the_place_restricts(restricted, worker, elsewhere, auditor, child):
    for actor in (worker, elsewhere, auditor):
        with forbidden():
            restrict_resident(actor=actor, resident=child, reason=ASKS)
        with forbidden():
            lift_restriction(actor=actor, restriction=restricted)


def test_whom_nothing_carries_any_more_is_kept_only_too(worker, wang, rests_on, officer):
    given = {"purpose": "keep_file", "given_on": TODAY, "evidence": "phone"}
    consent = record_consent(actor=worker, resident=wang, **given).subject
    rests_on(wang, "consent")
    assert kept_only_among([wang.pk]) == set()
    withdraw_consent(actor=worker, consent=consent)
    assert kept_only_among([wang.pk]) == {wang.pk}
    set_hold(actor=officer, resident=wang, reason="区法院案件", until=TODAY)
    with refused("只存不用，不能为「到期走访」打开"):
        open_household_file(actor=worker, household=wang.household, whose=wang, purpose="visit_due")


def test_their_page_opens_for_what_the_law_leaves_and_nothing_else(restricted, desk, wang):
    for purpose in ("visit_due", "resident_calls", "phone_care", "correct_data"):
        answer = opens(desk, wang, purpose)
        assert answer.status_code == 422
        assert "只存不用，不能为" in answer.content.decode()
        assert "只能为这些打开：应急处置、依申请查阅、履行法定职责" in answer.content.decode()
    tried = Entry.objects.filter(verb="territory.open_household_file")
    assert {(entry.outcome, entry.facts["why"]) for entry in tried} == {(Outcome.REFUSED, "rule")}
    assert WANG not in desk.get(wang.get_absolute_url()).content.decode()
    assert "没有写清楚是哪一件" in opens(desk, wang, "legal_duty").content.decode()
    opens(desk, wang, "legal_duty", CASE)
    assert PHONE in desk.get(wang.get_absolute_url()).content.decode()
    entry = Entry.objects.filter(outcome=Outcome.DONE).get(verb="territory.open_household_file")
    assert entry.facts == {"purpose": "legal_duty", "residents": 2, "kept_only": [wang.pk]}


def test_the_question_offers_only_what_the_law_leaves(restricted, desk, wang):
    page = desk.get(f"/territory/residents/{wang.pk}/open/").content.decode()
    assert "只存不用：本人要求限制使用" in page
    assert 'value="legal_duty"' in page
    assert 'value="visit_due"' not in page


def test_others_of_the_household_are_opened_while_they_stay_masked(restricted, desk, wang):
    household = wang.household
    assert opens(desk, household, "visit_due").status_code == 302
    page = desk.get(household.get_absolute_url()).content.decode()
    assert CHILD in page
    assert WANG not in page
    assert "王**（只存不用）" in page
    assert WANG not in desk.get(wang.get_absolute_url()).content.decode()
    entry = Entry.objects.get(verb="territory.open_household_file")
    assert entry.facts == {"purpose": "visit_due", "residents": 2, "masked": [wang.pk]}


def test_a_household_of_none_but_them_stays_closed(restricted, officer, desk, wang, child):
    restrict_resident(actor=officer, resident=child, reason="父母来信要求")
    answer = opens(desk, wang.household, "visit_due")
    assert answer.status_code == 422
    assert "只存不用，不能为「到期走访」打开" in answer.content.decode()


def test_what_stands_open_is_masked_the_moment_they_ask(desk, officer, wang):
    opens(desk, wang.household, "visit_due")
    assert WANG in desk.get(wang.get_absolute_url()).content.decode()
    restrict_resident(actor=officer, resident=wang, reason=ASKS)
    for page in (wang, wang.household):
        assert WANG not in desk.get(page.get_absolute_url()).content.decode()
    form = f"/territory/residents/{wang.pk}/correct/"
    assert desk.get(form).headers["Location"] == f"/territory/residents/{wang.pk}/open/?then=correct"


def test_lists_and_searches_mark_them(restricted, desk, wang):
    assert "王**（只存不用）" in desk.get("/territory/residents/").content.decode()
    assert "只存不用" in desk.get(wang.get_absolute_url()).content.decode()


def test_the_api_opens_the_others_only(restricted, desk, wang, child):
    address = f"/api/v1/households/{wang.household_id}/open"
    answer = desk.post(address, {"purpose": "visit_due"}, content_type="application/json").json()
    assert [one["id"] for one in answer["residents"]] == [child.pk]
    assert answer["kept_only"] == [wang.pk]
    answer = desk.post(address, {"purpose": "emergency", "note": CASE}, content_type="application/json").json()
    assert answer["kept_only"] == []
    told = desk.get(f"/api/v1/residents/{wang.pk}").json()
    assert (told["kept_only"], told["name"]) == (True, "王**")


def test_the_officer_sets_and_lifts_it_on_screen(office, officer, wang):
    new = reverse("privacy:new_restriction", args=[wang.pk])
    asked = file_request(actor=officer, resident=wang, kind="limit", channel="letter", asked_on=TODAY).subject
    assert new in office.get(asked.get_absolute_url()).content.decode()
    assert office.post(new, {"reason": "无"}).status_code == 422
    page = office.get(office.post(new, {"reason": ASKS}).headers["Location"]).content.decode()
    assert all(words in page for words in (ASKS, "生效", "解除"))
    assert "王**" in office.get(reverse("privacy:restrictions")).content.decode()
    assert "只存不用" in office.get(reverse("privacy:person", args=[wang.pk])).content.decode()
    lift = reverse("privacy:lift_restriction", args=[wang.restrictions.get().pk])
    assert "本人同意重新使用才解除" in office.get(lift).content.decode()
    office.post(lift)
    assert not wang.restrictions.get().stands


def test_erasing_forgets_why(restricted, officer, wang):
    erase_resident(actor=officer, resident=wang, ground=Ground.PURPOSE_OVER)
    restricted.refresh_from_db()
    assert restricted.reason == ""
    with refused("已经删除"):
        restrict_resident(actor=officer, resident=wang, reason=ASKS)
    assert kept_only_among([wang.pk]) == set()
