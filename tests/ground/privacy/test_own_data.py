"""我的信息: a resident sees what is kept, who opened their file, and asks for what the law gives; nobody else may."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from expectations import by_hand, forbidden, refused, verbs_of
from ground.privacy.conftest import CHILD, TODAY, WANG
from xiuhua.ground import clock
from xiuhua.ground.accounts.actions.residents import open_own
from xiuhua.ground.accounts.models import User
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.privacy.actions import (
    answer_access,
    answer_request,
    file_request,
    read_copy,
    record_consent,
    refuse_request,
    restrict_resident,
    withdraw_consent,
)
from xiuhua.ground.privacy.models import DataRequest
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.territory.actions import (
    ask_binding,
    confirm_binding,
    end_binding,
    open_household_file,
)

PHONE, NUMBER = "13812345678", "310107194103070022"
ONLINE = {"channel": "online", "asked_on": TODAY}


@pytest.fixture
def account(laid_out_here) -> User:
    """Someone who has shown that a telephone is theirs."""
    return open_own(actor=Visitor(), phone=PHONE).subject


@pytest.fixture
def bound(account, worker, wang) -> User:
    """The same, found by the committee's worker to be somebody on record."""
    binding = ask_binding(actor=account, stairwell=wang.household.stairwell, room="501", name=WANG).subject
    confirm_binding(actor=worker, binding=binding, household=wang.household, resident=wang)
    return account


@pytest.fixture
def phone(client_of, bound):
    return client_of(bound)


@pytest.fixture
def asked(bound, wang):
    return lambda kind="access", **more: (
        file_request(actor=bound, resident=wang, kind=kind, **{**ONLINE, "words": "电话换了", **more}).subject
    )


def at(name, *args):
    return reverse(f"my_data:{name}", args=args)


# Who may


def test_a_person_asks_for_themselves_and_for_nobody_else(asked, bound, child):
    request = asked()
    assert (request.channel, request.asked_by, request.due_on) == ("online", "self", TODAY + timedelta(days=15))
    assert verbs_of(request) == ["privacy.file_request"]
    with forbidden():
        file_request(actor=bound, resident=child, kind="access", **ONLINE)


@pytest.mark.parametrize("change", [{"channel": "counter"}, {"asked_by": "relative", "asker": "王小明"}])
def test_what_a_person_files_is_their_own_and_online(asked, change):
    with forbidden():
        asked(**change)


def test_an_account_that_is_bound_to_nobody_asks_for_nothing(account, client_of, wang):
    with forbidden():
        file_request(actor=account, resident=wang, kind="access", **ONLINE)
    for name in ("home", "kept", "seen", "requests", "consents"):
        page = client_of(account).get(at(name)).content.decode()
        assert "还不知道您是哪一位" in page
        assert WANG not in page
    assert "我的信息" not in client_of(account).get(reverse("accounts:mine")).content.decode()


def test_who_lives_there_no_more_sees_and_asks_nothing(bound, phone, asked):
    end_binding(actor=bound, binding=bound.bindings.get())
    with forbidden():
        asked()
    assert WANG not in phone.get(at("kept")).content.decode()


def test_staff_have_no_such_pages(client_of, officer):
    for name in ("home", "kept", "seen", "requests", "consents"):
        assert client_of(officer).get(at(name)).status_code == 403


def test_another_person_s_request_and_consent_are_not_found(phone, officer, worker, child):
    other = file_request(actor=officer, resident=child, kind="access", channel="phone", asked_on=TODAY).subject
    given = {"given_by": "guardian", "guardian": "李大明", "given_on": TODAY, "evidence": "phone"}
    consent = record_consent(actor=worker, resident=child, purpose="photographs", **given).subject
    for address in (at("copy", other.pk), at("withdraw", consent.pk)):
        assert phone.get(address).status_code == 404
        assert phone.post(address).status_code == 404
    consent.refresh_from_db()
    assert consent.in_force


# What they see


def test_what_is_kept_is_shown_with_its_numbers_masked_and_only_theirs(phone):
    assert "看我的信息" in phone.get(reverse("accounts:mine")).content.decode()
    page = phone.get(at("kept")).content.decode()
    assert all(value in page for value in (WANG, mask_phone(PHONE), "枣阳路", "居委会为老服务与走访"))
    assert not [value for value in (PHONE, NUMBER, CHILD) if value in page]


def test_who_opened_the_file_is_told_by_role_and_purpose_not_by_name(phone, worker, wang):
    assert "还没有人打开过您的档案" in phone.get(at("seen")).content.decode()
    open_household_file(actor=worker, household=wang.household, purpose="visit_due", note="送药")
    page = phone.get(at("seen")).content.decode()
    assert all(words in page for words in ("西村 微网格长", "打开一户一档", "到期走访", "2023 年 8 月 3 日"))
    assert "傅建华" not in page
    assert "送药" not in page


def test_an_opening_at_which_they_stayed_masked_is_none_of_theirs(phone, officer, worker, wang):
    restrict_resident(actor=officer, resident=wang, reason="本人来信不愿再被走访")
    open_household_file(actor=worker, household=wang.household, purpose="visit_due")
    assert "还没有人打开过您的档案" in phone.get(at("seen")).content.decode()
    open_household_file(actor=worker, household=wang.household, purpose="emergency", note="楼道里跌倒")
    assert "应急处置" in phone.get(at("seen")).content.decode()


# What they ask


@pytest.mark.parametrize(
    ("kind", "words"),
    [("access", ""), ("correct", "电话换成了 13912345678"), ("limit", ""), ("erase", ""), ("explain", "为什么留电话")],
)
def test_each_request_is_one_question(phone, office, wang, kind, words):
    address = at("ask", kind)
    page = phone.get(address).content.decode()
    assert page.count("<form method") == 1
    assert ("textarea" in page) == bool(words)
    assert phone.post(address, {"words": words}, follow=True).redirect_chain[0][0] == at("requests")
    request = DataRequest.objects.get()
    assert (request.kind, request.words, request.channel, request.resident) == (kind, words, "online", wang)
    assert "在办，8 月 18 日以前答复" in phone.get(at("requests")).content.decode()
    assert "手机页面" in office.get(request.get_absolute_url()).content.decode()


def test_a_correction_says_what(phone):
    answer = phone.post(at("ask", "correct"), {"words": " "})
    assert answer.status_code == 422
    assert not DataRequest.objects.exists()


def test_what_waits_is_not_asked_twice(phone, asked):
    asked("erase")
    answer = phone.post(at("ask", "erase"))
    assert answer.status_code == 422
    assert "同样的请求已经提过，还在办" in answer.content.decode()
    asked("correct")
    assert asked("correct").is_open, "several things may be wrong"


def test_there_is_no_question_of_another_kind(phone):
    assert phone.get(at("ask", "sell")).status_code == 404
    assert phone.post(at("ask", "sell")).status_code == 404


def test_a_finger_that_trembles_asks_once(phone):
    for _press in range(2):
        phone.post(at("ask", "access"), {"once": "the-same-form"})
    assert DataRequest.objects.count() == 1


def test_answers_and_refusals_are_read_on_the_phone(phone, asked, officer):
    answer_request(actor=officer, request=asked("correct"), words="电话已经改好了")
    refuse_request(actor=officer, request=asked("erase"), words="社会救助期间依法留存")
    page = phone.get(at("requests")).content.decode()
    assert all(words in page for words in ("电话已经改好了", "没有同意", "社会救助期间依法留存", "人民法院"))


def test_a_term_that_is_over_is_said(phone, asked, noon):
    asked("explain")
    with clock.stopped_at(noon + timedelta(days=16)):
        assert "已经晚了" in phone.get(at("requests")).content.decode()


def test_who_keeps_the_register_reads_what_is_to_be_corrected_once_the_file_is_open(asked, client_of, worker, wang):
    asked("correct", words="电话换成了 13912345678")
    desk = client_of(worker)
    page = desk.get(wang.get_absolute_url()).content.decode()
    assert "本人要求更正" in page
    assert "13912345678" not in page
    desk.post(f"/territory/residents/{wang.pk}/open/", {"purpose": "correct_data"})
    assert "13912345678" in desk.get(wang.get_absolute_url()).content.decode()


# The copy


def test_the_copy_is_read_on_the_phone_once_the_officer_has_handed_it_over(phone, asked, office, worker, wang):
    open_household_file(actor=worker, household=wang.household, purpose="visit_due")
    request = asked()
    assert "还没有准备好" in phone.get(at("copy", request.pk)).content.decode()
    assert phone.post(at("copy", request.pk)).status_code == 422
    answer = office.post(reverse("privacy:copy", args=[request.pk]), {"form": "phone"}, follow=True)
    assert WANG not in answer.content.decode(), "the officer need not see it"
    assert at("copy", request.pk) in phone.get(at("requests")).content.decode()
    assert WANG not in phone.get(at("copy", request.pk)).content.decode(), "asked once more"
    page = phone.post(at("copy", request.pk), {"form": "page"}).content.decode()
    assert all(value in page for value in (WANG, PHONE, NUMBER, "西村 微网格长", "到期走访"))
    assert "傅建华" not in page
    assert verbs_of(request)[-2:] == ["privacy.answer_access", "privacy.read_copy"]


def test_the_copy_is_taken_away_as_a_workbook(phone, asked, officer):
    request = asked()
    answer_access(actor=officer, request=request, form="phone")
    answer = phone.post(at("copy", request.pk), {"form": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    said = " ".join(str(cell) for row in book.active.iter_rows(values_only=True) for cell in row)
    assert WANG in said
    assert "傅建华" not in said


def test_a_copy_is_read_for_thirty_days(phone, bound, asked, officer, noon):
    request = asked()
    answer_access(actor=officer, request=request, form="phone")
    with clock.stopped_at(noon + timedelta(days=30)):
        read_copy(actor=bound, request=request, form="page")
    with clock.stopped_at(noon + timedelta(days=31)):
        with refused("副本只能看 30 天"):
            read_copy(actor=bound, request=request, form="page")
        assert WANG not in phone.post(at("copy", request.pk)).content.decode()


def test_nobody_else_reads_it_there(asked, officer, worker):
    request = asked()
    answer_access(actor=officer, request=request, form="phone")
    for actor in (officer, worker):
        with forbidden():
            read_copy(actor=actor, request=request, form="page")


def test_a_copy_cannot_be_left_on_a_phone_that_nobody_has(officer, wang):
    request = file_request(actor=officer, resident=wang, kind="access", channel="counter", asked_on=TODAY).subject
    with refused("没有绑定的手机账号"):
        answer_access(actor=officer, request=request, form="phone")


# Consents


def test_a_consent_is_taken_back_without_a_reason(phone, bound, worker, wang):
    given = {"given_on": TODAY, "evidence": "phone"}
    consent = record_consent(actor=worker, resident=wang, purpose="photographs", **given).subject
    assert at("withdraw", consent.pk) in phone.get(at("consents")).content.decode()
    assert "不用说理由" in phone.get(at("withdraw", consent.pk)).content.decode()
    assert phone.post(at("withdraw", consent.pk)).headers["Location"] == at("consents")
    consent.refresh_from_db()
    assert not consent.in_force
    assert verbs_of(consent) == ["privacy.record_consent", "privacy.withdraw_consent"]
    assert "收回了" in phone.get(at("consents")).content.decode()
    with refused("已经撤回过了"):
        withdraw_consent(actor=bound, consent=consent)


def test_an_account_that_was_closed_does_nothing(bound, asked):
    with by_hand():
        User.objects.filter(pk=bound.pk).update(is_active=False)
    bound.is_active = False
    with forbidden():
        asked()
