"""Pages of building and keeping a lift, walked through as a coordinator does."""

from datetime import date

import pytest
from django.urls import reverse

from programmes.lifts.building import SYSTEM
from programmes.lifts.test_choose_quote import QUOTES
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.sealing.letters import framed, public_key, sealed_to
from xiuhua.programmes.lifts.actions import write_diary
from xiuhua.programmes.lifts.models import Contractor, DiaryEntry, Fault, FeeLine, Notice, Quote, Unit
from xiuhua.programmes.lifts.own.diary import LETTER


@pytest.fixture
def desk(coordinator, client_of):
    return client_of(coordinator)


def sent(desk, address: str, **fields) -> str:
    """Post a form that is sound; gives the page one comes to."""
    answer = desk.post(address, fields, follow=True)
    assert answer.redirect_chain, answer.content.decode()[-3000:]
    return answer.content.decode()


def test_quotes_are_noted_compared_and_chosen(brought_to, desk, firm):
    here = f"/lifts/dossiers/{brought_to('designing').pk}"
    for name, (price, days, months) in QUOTES.items():
        told = {"contractor": firm(name).pk, "price_fen": f"{price / 100:.2f}", "days": days, "warranty_months": months}
        page = sent(desk, f"{here}/quotes/new/", quoted_on="2023-04-20", **told)
    for words in ("最便宜", "最快", "质保最长", "多 22,000 元", "选定这家"):
        assert words in page
    cheapest = Quote.objects.order_by("price_fen").first()
    page = sent(desk, f"/lifts/quotes/{cheapest.pk}/choose/", on="2023-04-21", because="最便宜，做过隔壁门洞")
    assert "最便宜，做过隔壁门洞" in page
    assert "申安机电" in desk.get(f"{here}/").content.decode()


def test_a_negative_price_is_refused_at_its_field(brought_to, desk, firm):
    here = f"/lifts/dossiers/{brought_to('designing').pk}/quotes/new/"
    told = {"contractor": firm("沪西").pk, "price_fen": "-5", "days": 90, "warranty_months": 24}
    answer = desk.post(here, {**told, "quoted_on": "2023-04-20"})
    assert answer.status_code == 422
    assert "金额不能是负数" in answer.content.decode()


def test_a_notice_is_posted_shown_and_taken_down(brought_to, desk):
    here = f"/lifts/dossiers/{brought_to('agreeing').pk}"
    page = sent(desk, f"{here}/notice/post/", posted_on="2023-07-28", place="门洞口", stops=6, load_kg=630)
    assert "还有 5 天" in page
    row = Notice.objects.get()
    assert f"/lift/notices/{row.code}/" in page
    assert desk.get(f"/lifts/notices/{row.pk}/code.svg")["Content-Type"] == "image/svg+xml"
    page = sent(desk, f"/lifts/notices/{row.pk}/take-down/", on="2023-07-30", because="三层面积写错")
    assert "三层面积写错" in page


def test_a_site_is_written_up_on_desk_and_phone(brought_to, desk, photo, client_of, stranger):
    dossier = brought_to("building")
    here = f"/lifts/dossiers/{dossier.pk}/diary"
    page = sent(desk, f"{here}/new/", kind="work", on="2023-07-10", words="基坑开挖 1.2 米", photos=[photo()])
    assert "基坑开挖 1.2 米" in page
    assert "第 10 天" in page
    page = sent(desk, "/lift/diary/", site=dossier.pk, kind="safety", on="2023-07-11", words="护栏松动，当场加固")
    assert "护栏松动" in page
    page = sent(desk, f"{here}/delay/", on="2023-07-12", until_on="2023-12-01", reason="燃气管改线晚了")
    assert "晚 33 天" in page
    assert DiaryEntry.objects.count() == 3
    assert StoredFile.objects.of(*DiaryEntry.objects.all()).count() == 1
    assert client_of(stranger).get("/lift/diary/").status_code == 302


def test_a_lift_is_kept_and_its_fault_seen_to(lift_in_service, desk, firm, section_head, client_of):
    here = f"/lifts/dossiers/{lift_in_service.dossier_id}/unit"
    keeper = firm("永安维保", "upkeep")
    money = {"price_fen": "3600", "household_fen": "25"}
    sent(desk, f"{here}/upkeep/", firm=keeper.pk, from_on="2023-08-01", until_on="2024-07-31", **money)
    sent(desk, f"{here}/service/", on="2023-08-02", found="门机皮带已调")
    page = sent(desk, f"{here}/inspection/", on="2023-08-02", passed="yes", number="TJ-88")
    for words in ("永安维保", "门机皮带已调", "TJ-88", "2024-08-02"):
        assert words in page
    sent(desk, f"{here}/fault/", what="trapped", words="", at="2023-08-03T11:00")
    fault = Fault.objects.get()
    assert "电梯故障，没修好" in desk.get("/waiting/").content.decode()
    sent(desk, f"/lifts/faults/{fault.pk}/answer/", arrived_at="2023-08-03T11:20")
    sent(desk, f"/lifts/faults/{fault.pk}/close/", closed_at="2023-08-03T11:50", cause="door", found="门锁触点换新")
    page = client_of(section_head).get("/lifts/faults/").content.decode()
    assert "20 分钟" in page
    assert "1／1 件准时" in page
    assert "永安维保" in desk.get(f"/lifts/dossiers/{lift_in_service.dossier_id}/").content.decode()


def test_a_leader_reads_neither_a_room_of_the_diary_nor_what_was_said_of_a_fault(
    lift_in_service, desk, staff, town, client_of
):
    leader = client_of(staff(Role.LEADER, at=town, name="钱国梁"))
    dossier = lift_in_service.dossier
    write_diary(
        actor=SYSTEM, dossier=dossier, kind="work", on=date(2023, 7, 10), words="102室窗前留 1.2 米，602 已告知"
    )
    sent(desk, f"/lifts/dossiers/{dossier.pk}/unit/fault/", what="stopped", words="轮椅出不去", at="2023-08-03T11:00")
    fault = Fault.objects.get()
    diary, faults = f"/lifts/dossiers/{dossier.pk}/diary/", f"/lifts/faults/{fault.pk}/"
    assert "102室窗前" in desk.get(diary).content.decode()
    assert "轮椅出不去" in desk.get(faults).content.decode()
    for address in (diary, reverse("api:list_diary", args=[dossier.pk])):
        assert "某室窗前留 1.2 米，某室 已告知" in leader.get(address).content.decode()
    for address in (faults, reverse("api:list_faults")):
        assert "轮椅出不去" not in leader.get(address).content.decode()


def test_an_account_is_kept_and_a_line_struck(lift_in_service, desk):
    here = f"/lifts/dossiers/{lift_in_service.dossier_id}/fees/"
    sent(desk, f"{here}new/", kind="households", on="2023-08-01", amount_fen="3000", words="")
    page = sent(desk, f"{here}new/", kind="power", on="2023-08-02", amount_fen="212.60", words="7 月电费")
    assert "2,787.40" in page
    line = FeeLine.objects.get(kind="power")
    page = sent(desk, f"/lifts/fees/{line.pk}/take-back/", reason="记错门洞")
    assert "记错门洞" in page
    assert desk.get(f"{here}?export=xlsx").status_code == 200


def test_the_list_of_firms_is_kept_by_the_section(town, section_head, client_of):
    desk = client_of(section_head)
    said = {"kind": "upkeep", "name": "永安维保", "phone": "021-00000000", "licence": "", "entered_on": "2023-01-05"}
    page = sent(desk, "/lifts/contractors/new/", **said)
    assert "永安维保" in page
    row = Contractor.objects.get()
    sent(desk, f"/lifts/contractors/{row.pk}/drop/", on="2023-08-01", reason="两次失约")
    assert "永安维保" in desk.get("/lifts/contractors/?list=off").content.decode()


def test_a_lift_is_registered_on_its_page(brought_to, desk):
    here = f"/lifts/dossiers/{brought_to('finishing').pk}/unit/"
    assert "还没有登记电梯" in desk.get(here).content.decode()
    said = {
        "registration": "梯11沪B00417(23)",
        "brand": "通力 3000S",
        "maker_number": "KN-1",
        "load_kg": 630,
        "stops": 6,
    }
    assert "通力 3000S" in sent(desk, f"{here}register/", on="2023-07-25", **said)
    assert Unit.objects.get().inspect_by == date(2024, 7, 25)


def test_a_day_written_without_signal_comes_in_once(brought_to, desk, coordinator):
    dossier = brought_to("building")
    head = {
        "v": 1,
        "files": [],
        "kind": LETTER,
        "key": "a-letter-1",
        "owner": coordinator.reference,
        "fields": {
            "site": [str(dossier.pk)],
            "kind": ["work"],
            "on": ["2023-07-10"],
            "words": ["钢结构井道装到第四层"],
        },
    }
    letter = sealed_to(public_key(), framed(head))

    def post():
        return desk.post(
            f"/outbox/{LETTER}/", letter, "application/octet-stream", headers={"Idempotency-Key": "a-letter-1"}
        )

    first, again = post(), post()
    assert (first.status_code, first.json()["url"]) == (200, f"/lifts/dossiers/{dossier.pk}/diary/")
    assert again.json() == first.json()
    assert DiaryEntry.objects.get().words == "钢结构井道装到第四层"
