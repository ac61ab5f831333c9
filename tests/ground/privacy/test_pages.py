"""The privacy officer's pages, and those on which a worker takes a consent: they work, and say what is refused."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from expectations import by_hand, forbidden, verbs_of
from ground.privacy.conftest import TODAY, WANG
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.privacy.actions import (
    file_request,
    record_assessment,
    record_consent,
    set_basis,
    set_hold,
    withdraw_consent,
)
from xiuhua.ground.privacy.models import Consent, DataRequest, ImpactAssessment, LegalHold
from xiuhua.ground.privacy.sections import for_resident

LISTS = ("home", "consents", "requests", "to_erase", "holds", "assessments")
DAY = TODAY.isoformat()


def texts(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def at(name, *args):
    return reverse(f"privacy:{name}", args=args)


@pytest.fixture
def consent(worker, wang):
    return record_consent(
        actor=worker, resident=wang, purpose="keep_file", given_on=TODAY, evidence="paper", evidence_number="同 14"
    ).subject


@pytest.fixture
def request_to_see(officer, wang):
    return file_request(actor=officer, resident=wang, kind="access", channel="counter", asked_on=TODAY).subject


@pytest.fixture
def hold(officer, wang):
    return set_hold(actor=officer, resident=wang, reason="区法院民初 12 号案", until=TODAY).subject


TOLD = {
    "title": "建立一户一档",
    "trigger": "sensitive",
    "purpose": "记录走访和健康",
    "necessity": "为老服务必需",
    "risks": "泄露会被骗子利用",
    "measures": "封存、遮盖、留痕",
    "decision": "measures",
    "decided_on": TODAY,
}


@pytest.fixture
def assessment(officer):
    return record_assessment(actor=officer, path="310107014", **TOLD).subject


# Every list


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_list_says_what_to_do_next(office, name):
    page = office.get(at(name))
    assert page.status_code == 200
    assert "没有" in texts(page)


@pytest.mark.parametrize("name", LISTS)
def test_names_are_masked_and_others_see_nothing(
    office, client_of, elsewhere, worker, auditor, name, consent, request_to_see, hold, assessment
):
    page = texts(office.get(at(name)))
    assert WANG not in page
    for stranger in (worker, auditor):
        assert client_of(stranger).get(at(name)).status_code == 403
    other = texts(client_of(elsewhere).get(at(name)))
    assert "王**" not in other
    assert "建立一户一档" not in other


@pytest.mark.parametrize("name", LISTS)
def test_a_visitor_signs_in_first(client, office, name):
    assert client.get(at(name)).status_code == 302


@pytest.mark.parametrize("name", [name for name in LISTS if name != "home"])
def test_a_list_goes_out_masked_and_on_record(office, officer, name, consent, request_to_see, hold, assessment):
    answer = office.get(at(name), {"export": "xlsx"})
    cells = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert WANG not in str(cells)
    entry = Entry.objects.get(verb="privacy.export_list")
    assert (entry.facts["list"], entry.facts["rows"]) == (name, len(cells) - 1)
    assert (entry.actor, entry.territory) == (officer.reference, "310107014")


@pytest.mark.parametrize(("name", "asked"), [("consents", {"state": "off"}), ("requests", {"state": "refused"})])
def test_filters_narrow(office, name, asked, consent, request_to_see):
    assert "王**" in texts(office.get(at(name)))
    assert "王**" not in texts(office.get(at(name), asked))


# One person


def test_home_shows_what_waits_and_what_keeping_rests_on(office, officer, wang, consent, request_to_see, hold):
    set_basis(actor=officer, resident=wang, basis="consent")
    withdraw_consent(actor=officer, consent=consent)
    page = texts(office.get(at("home")))
    for words in ("查阅、复制", "2023-08-18", "只存不用", "上海市居民委员会工作条例 第二十四条", "待街道核定"):
        assert words in page


def test_a_person_is_found_by_whole_values_sent_by_post(office, wang, child):
    assert office.post(at("find"), {"person": "13812345678"}).url == at("person", wang.pk)
    assert "没有这位居民" in texts(office.post(at("find"), {"person": "王秀"}))
    with by_hand():
        child.name = WANG
        child.save(update_fields=["name", "name_index"])
    assert "有几位" in texts(office.post(at("find"), {"person": WANG}))


def test_a_persons_page_leads_to_who_opened_their_file(office, wang, consent, request_to_see, hold):
    answer = office.get(at("person", wang.pk))
    page = texts(answer)
    assert f"?about=territory.resident:{wang.pk}&amp;opened=1" in answer.content.decode()
    for words in ("138****5678", "建立和保存个人档案", "查阅、复制", "暂停删除到 2023-08-03"):
        assert words in page
    assert WANG not in page


def test_pages_of_people_elsewhere_are_not_there(client_of, elsewhere, wang, consent, request_to_see, hold, assessment):
    other = client_of(elsewhere)
    for address in [
        *(at(name, wang.pk) for name in ("person", "basis", "new_consent", "new_request", "new_hold", "erase")),
        *(at(name, consent.pk) for name in ("consent", "withdraw_consent")),
        *(at(name, request_to_see.pk) for name in ("request", "answer", "refuse", "copy")),
        *(at(name, hold.pk) for name in ("hold", "lift_hold")),
        *(at(name, assessment.pk) for name in ("assessment", "remove_assessment")),
    ]:
        assert other.get(address).status_code == 404, address
        assert other.post(address, {}).status_code in {404, 405}, address


def test_a_worker_sees_basis_and_consents_on_a_residents_page(worker, auditor, officer, wang, consent):
    facts, related = for_resident(wang, worker)
    assert next(fact.value for fact in facts.facts) == "居委会为老服务与走访"
    assert [str(act.title) for act in facts.acts] == ["登记同意"]
    assert len(list(related.rows)) == 1
    assert [str(act.title) for act in for_resident(wang, officer)[0].acts] == ["登记同意", "个人信息"]
    assert for_resident(wang, auditor)[0].acts == []


def test_a_refused_attempt_is_marked_on_the_timeline(office, worker, wang):
    with forbidden():
        set_hold(actor=worker, resident=wang, reason="区法院民初 12 号案", until=TODAY)
    assert "被拒" in texts(office.get(at("person", wang.pk)))


# Consents

CONSENT = {"purpose": "photographs", "given_on": DAY, "given_by": "self", "evidence": "phone"}


def test_a_worker_records_and_withdraws_on_screen(client_of, worker, wang):
    phone = client_of(worker)
    assert "自愿" in texts(phone.get(at("new_consent", wang.pk)))
    answer = phone.post(at("new_consent", wang.pk), CONSENT)
    row = Consent.objects.get()
    assert answer.url == at("consent", row.pk)
    assert "撤回同意" in texts(phone.get(answer.url))
    assert "不用说理由" in texts(phone.get(at("withdraw_consent", row.pk)))
    phone.post(at("withdraw_consent", row.pk))
    row.refresh_from_db()
    assert not row.in_force
    assert "已撤回" in texts(phone.get(answer.url))


def test_a_consent_is_refused_at_its_field(client_of, worker, child):
    page = client_of(worker).post(at("new_consent", child.pk), CONSENT)
    assert page.status_code == 422
    assert "未满 14 周岁" in texts(page)
    assert not Consent.objects.exists()


def test_withdrawing_the_last_basis_says_what_follows(client_of, worker, officer, wang, consent):
    set_basis(actor=officer, resident=wang, basis="consent")
    page = client_of(worker).post(at("withdraw_consent", consent.pk), follow=True)
    assert "已列入待删除" in texts(page)


def test_withdrawn_twice_says_so(client_of, worker, consent):
    phone = client_of(worker)
    phone.post(at("withdraw_consent", consent.pk))
    assert "已经撤回过了" in texts(phone.post(at("withdraw_consent", consent.pk), follow=True))


def test_the_basis_is_changed_on_screen(office, wang, consent):
    assert "第二十四条" in texts(office.get(at("basis", wang.pk)))
    assert office.post(at("basis", wang.pk), {"basis": "consent"}).status_code == 302
    wang.refresh_from_db()
    assert wang.basis == "consent"
    assert office.post(at("basis", wang.pk), {"basis": "consent"}).status_code == 422


# Requests

REQUEST = {
    "kind": "correct",
    "asked_on": DAY,
    "channel": "phone",
    "asked_by": "self",
    "words": "电话换了",
    "checked": "on",
}


def test_a_request_is_filed_answered_and_refused_on_screen(office, wang):
    office.post(at("new_request", wang.pk), REQUEST)
    row = DataRequest.objects.get()
    page = texts(office.get(at("request", row.pk)))
    for words in ("电话换了", "2023年8月18日", "请居委会在居民页上改", "待街道核定"):
        assert words in page
    assert office.post(at("answer", row.pk), {"answer": "好"}).status_code == 422
    office.post(at("answer", row.pk), {"answer": "电话已经改好"})
    assert "电话已经改好" in texts(office.get(at("request", row.pk)))
    office.post(at("new_request", wang.pk), REQUEST)
    other = DataRequest.objects.latest("id")
    assert "第五十条" in texts(office.get(at("refuse", other.pk)))
    office.post(at("refuse", other.pk), {"answer": "无法核实新号码"})
    other.refresh_from_db()
    assert other.state == "refused"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"checked": ""}, "还没有选"),
        ({"asked_on": (TODAY + timedelta(days=1)).isoformat()}, "今天之后"),
        ({"asked_on": "昨天"}, "日期"),
        ({"asked_by": "guardian"}, "没有写提出人姓名"),
        ({"kind": "everything"}, ""),
    ],
)
def test_a_request_is_refused_at_its_field(office, wang, change, said):
    page = office.post(at("new_request", wang.pk), {**REQUEST, **change})
    assert page.status_code == 422
    assert said in texts(page)
    assert not DataRequest.objects.exists()


def test_the_copy_is_handed_over_as_page_and_as_workbook(office, request_to_see):
    assert "不遮盖" in texts(office.get(at("copy", request_to_see.pk)))
    page = texts(office.post(at("copy", request_to_see.pk), {"form": "page"}))
    assert WANG in page
    assert "310107194103070022" in page
    answer = office.post(at("copy", request_to_see.pk), {"form": "xlsx"})
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert "no-store" in answer["Cache-Control"]
    assert verbs_of(request_to_see).count("privacy.answer_access") == 2


def test_looking_at_the_copys_page_hands_nothing_over(office, request_to_see):
    assert WANG not in texts(office.get(at("copy", request_to_see.pk)))
    assert office.post(at("copy", request_to_see.pk), {"form": "fax"}).status_code == 422
    assert "privacy.answer_access" not in verbs_of(request_to_see)


# Forgetting


def test_erasing_asks_once_more_and_says_what_stands_against_it(office, wang):
    assert "恢复不了" in texts(office.get(at("erase", wang.pk)))
    page = office.post(at("erase", wang.pk), {"ground": "consent_withdrawn", "sure": "on"})
    assert page.status_code == 422
    assert "不靠同意" in texts(page)
    assert office.post(at("erase", wang.pk), {"ground": "purpose_over"}).status_code == 422
    assert office.post(at("erase", wang.pk), {"ground": "purpose_over", "sure": "on"}).url == at("home")
    assert office.get(at("person", wang.pk)).status_code == 404


def test_a_hold_is_set_and_lifted_on_screen(office, wang):
    assert office.post(at("new_hold", wang.pk), {"reason": "案", "until": DAY}).status_code == 422
    answer = office.post(at("new_hold", wang.pk), {"reason": "区法院民初 12 号案", "until": DAY})
    row = LegalHold.objects.get()
    assert "区法院民初 12 号案" in texts(office.get(answer.url))
    assert "区法院" in texts(office.post(at("erase", wang.pk), {"ground": "purpose_over", "sure": "on"}))
    assert office.get(at("lift_hold", row.pk)).status_code == 200
    office.post(at("lift_hold", row.pk))
    assert "已解除或到期" in texts(office.get(answer.url))
    assert "已经解除" in texts(office.post(at("lift_hold", row.pk), follow=True))


def test_what_is_left_of_an_erased_person_on_these_pages(office, wang, request_to_see, hold, consent):
    office.post(at("lift_hold", hold.pk))
    office.post(at("erase", wang.pk), {"ground": "purpose_over", "sure": "on"})
    for address in (at("request", request_to_see.pk), at("hold", hold.pk)):
        page = texts(office.get(address))
        assert "已删除" in page
        assert "501" not in page
    assert office.get(at("consent", consent.pk)).status_code == 404
    assert office.post(at("copy", request_to_see.pk), {"form": "page"}).status_code == 422


# Impact assessments


def test_an_assessment_is_recorded_on_screen_and_kept_for_three_years(office):
    form = {**TOLD, "decided_on": DAY, "path": "310107014"}
    assert office.post(at("new_assessment"), {**form, "risks": "无"}).status_code == 422
    answer = office.post(at("new_assessment"), form)
    row = ImpactAssessment.objects.get()
    assert row.keep_until.isoformat() == "2026-08-03"
    page = texts(office.get(answer.url))
    for words in ("泄露会被骗子利用", "2026-08-03", "保存到", "第五十六条", "已核对"):
        assert words in page


def test_an_assessment_is_not_removed_before_its_time(office, assessment):
    page = office.post(at("remove_assessment", assessment.pk), follow=True)
    assert "至少保存 3 年" in texts(page)
    with by_hand(), pytest.raises(TypeError, match="kept until"):
        assessment.delete()
    assert ImpactAssessment.objects.exists()


def test_an_assessment_is_removed_after_its_time(office, assessment):
    with by_hand():
        ImpactAssessment.objects.update(decided_on="2019-01-01", keep_until="2022-01-01")
    assert office.get(at("remove_assessment", assessment.pk)).status_code == 200
    assert office.post(at("remove_assessment", assessment.pk)).url == at("assessments")
    assert not ImpactAssessment.objects.exists()
    assert Entry.objects.filter(verb="privacy.remove_assessment", subject_id=str(assessment.pk)).exists()


def test_an_assessment_elsewhere_is_nobodys(client_of, elsewhere, east):
    form = {**TOLD, "decided_on": DAY, "path": "310107014"}
    assert client_of(elsewhere).post(at("new_assessment"), form).status_code == 422
    assert client_of(elsewhere).post(at("new_assessment"), {**form, "path": east.path}).status_code == 302


# Navigation and jobs


def test_the_navigation_shows_each_what_they_may_open(office, client_of, auditor, worker):
    def links(browser):
        page = browser.get("/jobs/").content.decode()
        return ('href="/record/"' in page, 'href="/privacy/"' in page)

    assert links(office) == (True, True)
    assert links(client_of(auditor)) == (True, False)
    assert links(client_of(worker)) == (False, False)


def test_the_nightly_job_stands_in_the_timetable():
    from xiuhua.ground.jobs.registry import kind_named

    assert kind_named("privacy.shred_expired").cron == "20 3 * * *"


def test_a_list_takes_as_many_queries_for_one_row_as_for_many(office, officer, wang, request_to_see):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    office.get(at("requests"))
    with CaptureQueriesContext(connection) as few:
        office.get(at("requests"))
    for _number in range(12):
        file_request(
            actor=officer, resident=wang, kind="explain", channel="counter", asked_on=TODAY, words="为什么留电话"
        )
    with CaptureQueriesContext(connection) as many:
        office.get(at("requests"))
    assert len(many) == len(few)
