"""The record's pages: who opened whose file, when and why, in two steps; sealed values for a purpose only."""

import io
import re
from urllib.parse import unquote

import openpyxl
import pytest
from django.urls import reverse

from expectations import by_hand, forbidden, refused, verbs_of
from ground.privacy.conftest import SYSTEM, TODAY, WANG
from xiuhua.ground.journal import oversight
from xiuhua.ground.journal.models import Audience, Entry
from xiuhua.ground.journal.values import shred
from xiuhua.ground.privacy.actions import erase_resident, record_consent, set_hold
from xiuhua.ground.privacy.rules import Ground
from xiuhua.ground.standards import on
from xiuhua.ground.territory.actions import open_household_file

LIST, WHOSE = "/record/", "/record/whose/"


@pytest.fixture
def opened(worker, wang):
    """A worker has opened the household's file, and tried in vain to hold somebody."""
    entry = open_household_file(actor=worker, household=wang.household, purpose="visit_due", note="送药上门")
    with forbidden():
        set_hold(actor=worker, resident=wang, reason="区法院案件", until=TODAY)
    return entry


def texts(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def rows_of(response):
    body = response.content.decode().split("<tbody", 1)
    return re.findall(r'<tr role="row">(.*?)</tr>', body[1], re.S) if len(body) > 1 else []


def test_who_opened_whose_file_when_and_why_in_two_steps(office, opened, wang):
    found = office.post(WHOSE, {"person": "138 1234 5678"})
    assert found.status_code == 302
    assert found.url == f"{LIST}?about=territory.resident:{wang.pk}"
    page = office.get(found.url, {"about": f"territory.resident:{wang.pk}", "opened": "1"})
    (row,) = rows_of(page)
    told = re.sub(r"<[^>]+>", " ", row)
    for word in ("2023-08-03 12:00", "傅建华", "西村 微网格长", "打开一户一档", "到期走访", "办成", "西村"):
        assert word in told


@pytest.mark.parametrize("person", [WANG, "310107194103070022", "１３８１２３４５６７８"])
def test_a_person_is_found_by_whole_name_telephone_or_number_only(office, opened, person):
    assert office.post(WHOSE, {"person": person}).status_code == 302


@pytest.mark.parametrize("person", ["王秀", "1381234567", "310107", "%"])
def test_a_part_of_it_finds_nobody(office, opened, person):
    page = office.post(WHOSE, {"person": person})
    assert page.status_code == 422
    assert "没有这位居民" in texts(page)


def test_people_of_the_same_name_are_told_apart_by_masked_names(office, opened, child):
    with by_hand():
        child.name = WANG
        child.save(update_fields=["name", "name_index"])
    page = office.post(WHOSE, {"person": WANG})
    assert page.status_code == 200
    assert "有几位" in texts(page)
    assert page.content.decode().count("?about=territory.resident:") == 2


def test_neither_name_nor_number_stands_in_an_address(office, opened):
    assert f'method="post" action="{WHOSE}"' in office.get(LIST).content.decode()


def test_refused_attempts_are_marked(office, opened):
    page = office.get(LIST, {"outcome": "refused"})
    (row,) = rows_of(page)
    assert "被拒" in row
    assert "没有这个权限" in row
    assert "暂停删除" in row


@pytest.mark.parametrize(
    ("asked", "verbs"),
    [
        ({"verb": "territory.open_household_file"}, ["打开一户一档"]),
        ({"opened": "1"}, ["打开一户一档"]),
        ({"at_from": "2023-08-04"}, []),
        ({"at_from": "2023-08-03", "verb": "territory.open_household_file"}, ["打开一户一档"]),
    ],
)
def test_the_list_is_narrowed(office, opened, asked, verbs):
    rows = rows_of(office.get(LIST, asked))
    assert sorted(verb for verb in verbs) == sorted(
        verb for row in rows for verb in ("打开一户一档", "暂停删除") if verb in row
    )
    assert len(rows) == len(verbs)


@pytest.mark.parametrize(("words", "found"), [("傅建", 2), ("nobody", 0)])
def test_whose_acts_they_are_is_asked_by_post(office, opened, words, found):
    address = office.post(LIST, {"q": words, "outcome": ""}).headers["Location"]
    assert words not in unquote(address)
    assert len(rows_of(office.get(address))) == found


@pytest.mark.parametrize("role", ["officer", "auditor"])
def test_each_row_leads_only_where_its_reader_may_go(request, client_of, opened, worker, wang, role):
    reader = client_of(request.getfixturevalue(role))
    links = set()
    for page in (
        LIST,
        *(reverse("journal:entry", args=[number]) for number in Entry.objects.values_list("pk", flat=True)),
    ):
        main = reader.get(page).content.decode().partition("<main")[2]
        pages = r'href="(/(?!static/)[^"]*)"'
        links |= {link for link in re.findall(pages, main) if "export" not in link}
    assert not [link for link in links if reader.get(link.replace("&amp;", "&")).status_code != 200]
    staffed = reverse("accounts:person", args=[worker.pk]) in links
    assert staffed is (role == "auditor"), "who watches accounts is led to them, others read the name"
    assert (wang.household.get_absolute_url() in links) is (role == "officer")


def test_the_role_is_the_one_held_then(office, opened, worker, west):
    from xiuhua.ground.accounts import actions as accounts

    accounts.take_role(actor=SYSTEM, grant=worker.role_grants.get())
    (row,) = rows_of(office.get(LIST, {"opened": "1"}))
    assert "微网格长" not in row, "taken at the very moment of the entry's clock"
    with by_hand():
        from datetime import timedelta

        grant = worker.role_grants.get()
        grant.ended_at += timedelta(hours=1)
        grant.save(update_fields=["ended_at"])
    (row,) = rows_of(office.get(LIST, {"opened": "1"}))
    assert "西村 微网格长" in row


def test_what_belongs_to_no_place_is_listed_and_opens_for_the_whole_subdistrict(client, office, client_of, elsewhere):
    client.post("/sign-in/", {"number": "nobody-has-this", "password": "wrong-9-stitches"})
    tried = Entry.objects.get(territory="")
    address = reverse("journal:entry", args=[tried.pk])
    assert address in office.get(LIST).content.decode()
    assert office.get(address).status_code == 200
    assert client_of(elsewhere).get(address).status_code == 404


def test_an_officer_of_another_committee_sees_nothing_of_it(client_of, elsewhere, opened, wang):
    other = client_of(elsewhere)
    assert not [row for row in rows_of(other.get(LIST)) if "打开一户一档" in row]
    assert other.post(WHOSE, {"person": WANG}).status_code == 422
    entry = Entry.objects.get(verb="territory.open_household_file")
    assert other.get(reverse("journal:entry", args=[entry.pk])).status_code == 404
    assert other.get(reverse("journal:open_sealed", args=[entry.pk])).status_code == 404


def test_a_worker_has_no_record(client_of, worker, opened):
    for address in (LIST, WHOSE):
        assert client_of(worker).get(address).status_code == 403


def test_a_visitor_signs_in_first(client, opened):
    assert client.get(LIST).status_code == 302


@pytest.mark.parametrize("about", ["territory.resident", "a:b:c", "x:" + "9" * 50, ":1;drop"])
def test_an_address_that_names_nothing(office, opened, about):
    assert office.get(LIST, {"about": about}).status_code == 404


def test_the_list_goes_out_as_a_workbook_and_that_is_on_record(office, opened):
    answer = office.get(LIST, {"opened": "1", "export": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0] == ("时间", "办理人", "角色", "动作", "对象", "事由", "结果", "地方")
    assert rows[1][1:4] == ("傅建华", "西村 微网格长", "打开一户一档")
    entry = Entry.objects.get(verb=oversight.EXPORT)
    assert entry.facts == {"rows": 1, "filters": ["opened"]}
    assert entry.territory == "310107014"


def test_a_page_of_the_record_takes_as_many_queries_for_three_entries_as_for_thirty(office, opened, worker, wang):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    office.get(LIST)
    with CaptureQueriesContext(connection) as few:
        office.get(LIST)
    for _number in range(27):
        open_household_file(actor=worker, household=wang.household, purpose="visit_due")
    with CaptureQueriesContext(connection) as many:
        office.get(LIST)
    assert len(many) == len(few)


# One entry


@pytest.fixture
def entry(opened):
    return Entry.objects.get(verb="territory.open_household_file")


@pytest.fixture
def sealed_url(entry):
    return reverse("journal:open_sealed", args=[entry.pk])


WHY = {"purpose": "complaint", "words": "核查 8 月 2 日的投诉"}


def test_an_entry_tells_all_but_what_is_sealed(office, entry):
    page = texts(office.get(reverse("journal:entry", args=[entry.pk])))
    assert "封存着个人信息" in page
    assert "送药上门" not in page
    for word in ("territory.open_household_file", "到期走访", "监督人员与本人", "西村"):
        assert word in page


def test_sealed_values_are_shown_once_for_a_purpose_and_that_is_on_record(office, officer, entry, sealed_url):
    page = office.post(sealed_url, WHY)
    assert "送药上门" in texts(page)
    assert "送药上门" not in texts(office.get(reverse("journal:entry", args=[entry.pk])))
    assert verbs_of(entry) == [oversight.OPEN]
    mine = Entry.objects.get(verb=oversight.OPEN)
    assert (mine.actor, mine.facts["purpose"], mine.territory) == (officer.reference, "complaint", entry.territory)
    assert "投诉" not in str(mine.facts)


def test_who_opened_sealed_values_of_somebody_is_found_by_that_person(office, wang, sealed_url):
    office.post(sealed_url, WHY)
    rows = rows_of(office.get(LIST, {"about": f"territory.resident:{wang.pk}", "opened": "1"}))
    assert ["查看封存内容" in row for row in rows] == [True, False]


@pytest.mark.parametrize("change", [{"purpose": ""}, {"purpose": "curiosity"}, {"words": ""}, {"words": "看看"}])
def test_without_a_purpose_nothing_is_shown(office, sealed_url, change):
    page = office.post(sealed_url, {**WHY, **change})
    assert page.status_code == 422
    assert "送药上门" not in texts(page)


def test_the_audit_administrator_sees_that_and_not_what(client_of, auditor, entry, sealed_url):
    audit = client_of(auditor)
    page = texts(audit.get(reverse("journal:entry", args=[entry.pk])))
    assert "只有个人信息保护负责人" in page
    assert audit.get(sealed_url).status_code == 403
    assert audit.post(sealed_url, WHY).status_code == 403
    with forbidden():
        oversight.open_sealed(actor=auditor, entry=entry, book=on(TODAY), **WHY)
    assert audit.post(WHOSE, {"person": WANG}).status_code == 302


def test_what_was_shredded_says_so(office, officer, entry, sealed_url):
    shred(entry.sealed.subject)
    assert "已经粉碎" in texts(office.post(sealed_url, WHY))


def test_an_entry_without_sealed_values_says_so(office, worker, wang):
    consent = record_consent(actor=worker, resident=wang, purpose="photographs", given_on=TODAY, evidence="phone")
    entry = Entry.objects.get(subject_type="privacy.consent", subject_id=str(consent.subject.pk))
    assert "没有封存的个人信息" in texts(office.get(reverse("journal:entry", args=[entry.pk])))


def test_an_erased_person_is_in_no_list_export_or_entry(office, officer, worker, wang, entry, sealed_url):
    record_consent(actor=worker, resident=wang, purpose="photographs", given_on=TODAY, evidence="phone")
    erase_resident(actor=officer, resident=wang, ground=Ground.PURPOSE_OVER)
    for address in (
        LIST,
        *(reverse(f"privacy:{name}") for name in ("home", "consents", "requests", "to_erase", "holds")),
    ):
        page = texts(office.get(address))
        exported = office.get(address, {"export": "xlsx"}).content
        for secret in (WANG, "13812345678", "310107194103070022"):
            assert secret not in page
            assert secret.encode() not in exported
    assert office.post(WHOSE, {"person": WANG}).status_code == 422
    assert "已经粉碎" in texts(office.post(sealed_url, WHY)), "why the household's file was opened named them"


# Is it whole?


def test_the_page_says_when_it_was_verified_last(office, officer, opened):
    assert "还没有验过" in texts(office.get(LIST))
    from xiuhua.ground.journal.verify import Fault, Verified

    oversight.note_verification(actor=officer, path="310107014", found=Verified(7, 1, ()))
    page = texts(office.get(LIST))
    assert "完整" in page
    assert "由顾敏验过" in page
    broken = Verified(7, 1, (Fault("310107014", 3, "内容被改过"),))
    oversight.note_verification(actor=officer, path="310107014", found=broken)
    page = texts(office.get(LIST))
    assert "1 处有出入" in page
    entry = Entry.objects.filter(verb=oversight.VERIFY).latest("id")
    assert "310107014 第 3 条：内容被改过" in texts(office.get(reverse("journal:entry", args=[entry.pk])))


def test_verifying_is_asked_for_as_a_job(office, officer, auditor, client_of):
    from xiuhua.ground.jobs.models import Job

    answer = office.post(reverse("privacy:verify_record"))
    job = Job.objects.get()
    assert answer.url == job.get_absolute_url()
    assert (job.kind, job.path) == ("privacy.verify_record", "310107014")
    assert client_of(auditor).post(reverse("privacy:verify_record")).status_code == 302


def test_a_worker_does_not_verify(client_of, worker):
    assert client_of(worker).post(reverse("privacy:verify_record")).status_code == 403


def test_nobody_notes_a_verification_elsewhere(elsewhere, opened):
    from xiuhua.ground.journal.verify import Verified

    with forbidden():
        oversight.note_verification(actor=elsewhere, path="310107014", found=Verified(1, 1, ()))


# How long values stay


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        ("2026-01-01", 36, 2023),
        ("2025-12-31", 36, 2022),
        ("2026-11-25", 6, 2026),
        ("2026-06-30", 6, 2025),
        ("2026-07-01", 6, 2026),
        ("2026-02-28", 14, 2024),
        ("2026-03-01", 14, 2025),
    ],
)
def test_a_year_goes_when_its_last_day_is_over_by_so_many_months(day, months, first):
    from datetime import date

    from xiuhua.ground.journal.rules import first_year_kept

    assert first_year_kept(date.fromisoformat(day), months) == first


def test_what_was_sealed_too_long_ago_is_shredded(entry, officer):
    from datetime import date

    from xiuhua.ground.journal.values import opened_values

    def book(_path):
        return on(TODAY)

    assert oversight.shred_expired(actor=SYSTEM, today=date(2026, 12, 31), book_at=book).facts["keys"] == 0
    assert opened_values(entry) is not None
    done = oversight.shred_expired(actor=SYSTEM, today=date(2027, 1, 1), book_at=book)
    assert done.facts["keys"] >= 1
    assert opened_values(entry) is None
    assert Entry.objects.filter(verb=oversight.SHRED).latest("id").chain == "310107014"


def test_each_subdistrict_keeps_its_own_for_as_long_as_it_says(entry):
    from datetime import date

    from xiuhua.ground.journal.record import Happening, put_on_record
    from xiuhua.ground.journal.values import opened_values

    what = Happening("test.abroad", SYSTEM, None, "310107015", Audience.OFFICE, sealed={"words": "旧"}, about="x:1")
    with by_hand():
        (abroad,) = put_on_record(what)

    def book(path):
        return on(TODAY, {"trust.journal.months": 12 if path == "310107015" else 36})

    done = oversight.shred_expired(actor=SYSTEM, today=date(2025, 1, 1), book_at=book)
    assert (done.facts["keys"], opened_values(abroad)) == (1, None)
    assert opened_values(entry) is not None
    told = Entry.objects.filter(verb=oversight.SHRED).values_list("chain", "facts")
    assert dict(told) == {
        "310107014": {"keys": 0, "before": 2022},
        "310107015": {"keys": 1, "before": 2024},
    }


def test_less_than_the_laws_six_months_is_refused_with_its_clause(entry):
    from datetime import date

    def book(_path):
        return on(TODAY, {"trust.journal.months": 5})

    with refused("少于 6 个月（《网络安全法》第二十三条，转引）"):
        oversight.shred_expired(actor=SYSTEM, today=date(2030, 1, 1), book_at=book)


def test_nobody_but_the_system_ends_the_retention(officer, entry):
    from datetime import date

    with forbidden():
        oversight.shred_expired(actor=officer, today=date(2030, 1, 1), book_at=lambda _path: on(TODAY))
