"""What people ask about their own data: filed, answered within the term, refused with a reason, handed over."""

import io
from datetime import date, timedelta

import openpyxl
import pytest

from expectations import forbidden, refused, verbs_of
from ground.privacy.conftest import TODAY, WANG
from xiuhua.ground.journal.actions import idempotency_key
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.privacy import copies, queries
from xiuhua.ground.privacy.actions import answer_access, answer_request, file_request, record_consent, refuse_request
from xiuhua.ground.privacy.models import DataRequest
from xiuhua.ground.territory.actions import open_household_file

ASKED = {"channel": "counter", "asked_on": TODAY}


@pytest.fixture
def asked(officer, wang):
    return lambda kind="access", **more: (
        file_request(actor=officer, resident=wang, kind=kind, **{**ASKED, "words": "电话换了", **more}).subject
    )


def test_a_request_gets_its_term_from_the_book(asked, wang):
    request = asked(asked_on=date(2023, 8, 1))
    assert (request.state, request.due_on) == ("open", date(2023, 8, 16))
    assert request.tone(date(2023, 8, 16)) == "soon"
    assert request.tone(date(2023, 8, 17)) == "over"
    assert verbs_of(request) == ["privacy.file_request"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"asked_on": TODAY + timedelta(days=1)}, "今天之后"),
        ({"asked_by": "relative"}, "没有写提出人姓名"),
        ({"kind": "correct", "words": ""}, "没有写请求内容"),
    ],
)
def test_a_request_says_who_asks_for_what(asked, change, said):
    with refused(said):
        asked(**change)


def test_only_the_privacy_officer_of_the_place_files_and_answers(asked, worker, elsewhere, auditor, wang):
    request = asked()
    for actor in (worker, elsewhere, auditor):
        with forbidden():
            file_request(actor=actor, resident=wang, kind="access", **ASKED)
        with forbidden():
            answer_access(actor=actor, request=request, form="page")


def test_what_waits_is_not_filed_again(asked):
    asked("erase")
    with refused("同样的请求已经提过，还在办；请等到 2023-08-18"):
        asked("erase")
    assert asked("correct") != asked("correct")


def test_an_answer_closes_it_once(asked, officer):
    request = asked("explain", words="为什么留我的电话")
    with refused("写得太少"):
        answer_request(actor=officer, request=request, words=" 好 ")
    answer_request(actor=officer, request=request, words="依据居委会工作条例第二十四条为老服务")
    request.refresh_from_db()
    assert (request.state, request.answer) == ("answered", "依据居委会工作条例第二十四条为老服务")
    for act in (answer_request, refuse_request):
        with refused("已经办结"):
            act(actor=officer, request=request, words="再答一次试试")


def test_a_refusal_gives_its_reason(asked, officer):
    request = asked("erase")
    with refused("拒绝的要说明理由"):
        refuse_request(actor=officer, request=request, words="")
    refuse_request(actor=officer, request=request, words="社会救助期间依法留存")
    request.refresh_from_db()
    assert (request.state, request.answer) == ("refused", "社会救助期间依法留存")
    with refused("不是查阅"):
        answer_access(actor=officer, request=request, form="page")


def test_each_copy_is_on_record_and_the_first_answers(asked, officer):
    request = asked()
    answer_access(actor=officer, request=request, form="page")
    answer_access(actor=officer, request=request, form="xlsx")
    request.refresh_from_db()
    assert request.state == "answered"
    assert verbs_of(request) == ["privacy.file_request", *2 * ["privacy.answer_access"]]
    assert Entry.objects.latest("id").facts["purpose"] == "person_asks"


def test_no_copy_of_a_refused_request(asked, officer):
    request = asked()
    refuse_request(actor=officer, request=request, words="不是本人也没有授权")
    with refused("已经拒绝"):
        answer_access(actor=officer, request=request, form="page")


def test_the_copy_holds_everything_and_who_opened_the_file(asked, officer, worker, wang):
    record_consent(actor=worker, resident=wang, purpose="health_notes", given_on=TODAY, evidence="phone")
    open_household_file(actor=worker, household=wang.household, purpose="visit_due")
    request = asked()
    book = openpyxl.load_workbook(io.BytesIO(copies.as_workbook(request, officer).content))
    rows = [tuple(row) for row in book.active.iter_rows(min_row=2, values_only=True)]
    said = "\n".join(" ".join(str(cell) for cell in row) for row in rows)
    for value in (WANG, "13812345678", "310107194103070022", "枣阳路", "记录健康状况", "电话换了"):
        assert value in said
    opened = [row for row in rows if row[1] == "打开一户一档"]
    assert len(opened) == 1
    assert "傅建华" in opened[0][3]
    assert "西村 微网格长" in opened[0][3]
    assert "到期走访" in opened[0][3]


def test_sent_twice_it_is_one_request(officer, wang):
    with idempotency_key("r1"):
        one = file_request(actor=officer, resident=wang, kind="access", **ASKED).subject
        other = file_request(actor=officer, resident=wang, kind="access", **ASKED).subject
    assert one == other
    assert DataRequest.objects.count() == 1


def test_requests_are_seen_by_the_officer_of_the_place(asked, officer, elsewhere):
    request = asked()
    assert list(queries.requests_for(officer)) == [request]
    assert list(queries.requests_for(elsewhere)) == []
