"""我家电梯 on the phone: what each sees of it, and what they can do."""

from datetime import date

import pytest

from programmes.lifts.conftest import PAPER
from programmes.lifts.voting import SYSTEM, opened, phone_of
from xiuhua.ground.messages.models import Message
from xiuhua.programmes.lifts import actions, queries_own
from xiuhua.programmes.lifts.models import Fault, Limit, Objection, Paper, Question, Unit
from xiuhua.programmes.lifts.own import told_votes
from xiuhua.programmes.lifts.rules.centres import CentreFacts
from xiuhua.programmes.lifts.rules.facts import Measures
from xiuhua.programmes.lifts.rules.shares import Choice

TODAY = date(2023, 8, 3)


@pytest.fixture
def owner(town, client_of):
    """Of 301."""
    return client_of(phone_of(town, "15400000005"))


@pytest.fixture
def tenant(resident, client_of):
    """Lives in 501, owns nothing."""
    return client_of(resident)


def read(browser, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_an_owner_reads_the_own_share_and_a_neighbour_nothing_of_it(brought_to, coordinator, owner, tenant):
    dossier = brought_to("designing")
    choice = Choice(kind="shapley", total_fen=72_000_000, subsidy_fen=28_000_000)
    on = date(2023, 8, 1)
    scheme = actions.draft_scheme(actor=coordinator, dossier=dossier, choice=choice, on=on).subject
    assert "要出" not in read(owner, "/lift/")
    vote = opened(coordinator, dossier, scheme=scheme)
    line = scheme.lines.get(flat__room="301")
    amount = f"{line.amount_fen / 100:,.2f}"

    page = read(owner, "/lift/")
    assert amount in page
    assert "第 1 稿，表决通过才算数" in page
    assert amount in read(owner, f"/lift/vote/{vote.pk}/")
    why = read(owner, f"/lift/{dossier.pk}/share/")
    assert "一分不差" in why
    one = queries_own.castables_by_phone("15400000005", vote)[0]
    (*_said, last) = told_votes.paper_of(vote, one, explained=True)["how"]
    assert last in why, "whoever votes without an account reads it on the ballot"
    assert "待街道核定" in why
    for address in ("/lift/", f"/lift/{dossier.pk}/share/"):
        assert amount not in read(tenant, address)
    assert "分摊只给房主看" in read(tenant, f"/lift/{dossier.pk}/share/")
    assert "发起表决" in read(tenant, f"/lift/{dossier.pk}/story/")


def test_residents_read_the_papers_that_are_for_them(brought_to, coordinator, tenant, client_of, stranger):
    dossier = brought_to("designing")
    for kind, title, for_residents in (("drawing", "平面图", True), ("contract", "施工合同", False)):
        told = {"kind": kind, "title": title, "dated": TODAY, "for_residents": for_residents}
        actions.add_paper(actor=coordinator, dossier=dossier, file=PAPER, **told)
    told = read(tenant, f"/lift/{dossier.pk}/papers/")
    assert "平面图" in told
    assert "施工合同" not in told
    address = "/files/" + told.split("/files/")[1].split('"')[0]
    assert tenant.get(address).status_code == 200
    assert client_of(stranger).get(address).status_code == 404
    assert read(client_of(stranger), f"/lift/{dossier.pk}/papers/", 404)
    assert Paper.objects.filter(for_residents=False).count() == 1


def test_a_question_is_answered_in_the_account(consulting, tenant, coordinator, client_of, elsewhere):
    ask = f"/lift/{consulting.pk}/ask/"
    assert tenant.post(ask, {"words": " "}).status_code == 422
    assert tenant.post(ask, {"words": "会不会挡光？"}).status_code == 302
    row = Question.objects.get()
    desk = client_of(coordinator)
    assert "会不会挡光" in read(desk, f"/lifts/dossiers/{consulting.pk}/questions/")
    assert "会不会挡光" in read(desk, "/lifts/questions/?state=waiting")
    assert "加梯提问" in read(desk, "/waiting/")
    assert read(client_of(elsewhere), f"/lifts/questions/{row.pk}/", 404)
    assert desk.post(f"/lifts/questions/{row.pk}/", {"answer": ""}).status_code == 422
    assert desk.post(f"/lifts/questions/{row.pk}/", {"answer": "不挡，差两米"}).status_code == 302

    message = Message.objects.get()
    assert message.link == f"/lift/asked/{row.pk}/"
    assert "不挡，差两米" in read(tenant, message.link)
    assert "不挡，差两米" in read(tenant, ask)
    assert "不挡，差两米" in read(desk, f"/lifts/questions/{row.pk}/")


def test_where_nothing_has_begun_one_says_that_one_wishes_for_it(dossier, tenant, town, client, client_of, stranger):
    facts = CentreFacts("加梯中心", "支路 1 号", "021-1", "白天")
    actions.open_centre(actor=SYSTEM, path=town.path, facts=facts, opened_on=TODAY)
    page = read(tenant, "/lift/")
    assert "我想装" in page
    assert "tel:021-1" in page
    assert tenant.post("/lift/wish/", {"words": "我妈下不了楼"}).status_code == 302
    assert "您说过想装" in read(tenant, "/lift/")
    assert tenant.post("/lift/wish/", {"words": ""}).status_code == 422
    assert Question.objects.get().kind == "wish"

    narrow = Measures(front_m=1.0, structure_sound=True, pipes_can_move=True)
    actions.measure_stairwell(actor=SYSTEM, dossier=dossier, measures=narrow, measured_on=TODAY)
    assert "门洞前深度" in read(tenant, "/lift/")
    assert "xh-source" in read(tenant, "/lift/")
    assert "我想装" not in read(tenant, "/lift/")
    assert "绑定我家" in read(client_of(stranger), "/lift/")
    assert "用手机号登录" in read(client, "/lift/")


def test_a_limit_is_sealed_and_read_by_nobody(consulting, owner, tenant):
    page = f"/lift/{consulting.pk}/limit/"
    assert "谁也看不到" in read(owner, page)
    flat = consulting.flats.get(room="301")
    assert owner.post(page, {"flat": flat.pk, "amount": "-1"}).status_code == 422
    assert owner.post(page, {"flat": flat.pk, "amount": "30000"}).status_code == 302
    assert Limit.objects.get().amount_fen == "3000000"
    assert "30000" not in read(owner, page) + read(owner, "/lift/")
    assert owner.post(page, {"flat": consulting.flats.get(room="302").pk, "amount": "1"}).status_code == 404
    assert read(tenant, page, 404)


def test_who_lives_beside_a_lift_reports_it_and_sees_that_it_is_known(
    lift_in_service: Unit, tenant, client, client_of, stranger
):
    pk = lift_in_service.dossier_id
    page = read(tenant, f"/lift/{pk}/fault/")
    assert page.index("有人被困，先打电话") < page.index("电梯怎么了")
    assert tenant.post(f"/lift/{pk}/fault/", {"words": "响"}).status_code == 422
    assert tenant.post(f"/lift/{pk}/fault/", {"what": "stopped", "words": "停在 4 楼"}).status_code == 302
    assert Fault.objects.get().stopped
    home = read(tenant, "/lift/")
    assert "等人到场" in home
    assert "最晚" in home
    inside = read(client, f"/lift/{pk}/fault/")
    assert "tel:119" in inside
    assert "停在 4 楼" not in inside
    assert client_of(stranger).post(f"/lift/{pk}/fault/", {"what": "trapped"}).status_code == 404


def test_while_the_notice_hangs_one_objects_and_reads_the_answer(brought_to, coordinator, owner, tenant):
    dossier = brought_to("agreeing")
    assert read(owner, f"/lift/{dossier.pk}/object/", 404)
    actions.post_notice(actor=coordinator, dossier=dossier, place="12 号门口", posted_on=TODAY)
    assert "正在公示" in read(tenant, "/lift/")
    page = f"/lift/{dossier.pk}/object/"
    assert owner.post(page, {"words": ""}).status_code == 422
    assert owner.post(page, {"words": "连廊太近"}).status_code == 302
    row = Objection.objects.get()
    assert row.flat.room == "301"
    actions.answer_objection(actor=coordinator, objection=row, answer="往外移了一米", answered_on=TODAY)
    assert "往外移了一米" in read(owner, page)
    assert "往外移了一米" not in read(tenant, page)


def test_the_account_is_told_in_sum(lift_in_service: Unit, coordinator, tenant):
    dossier = lift_in_service.dossier
    assert "费用账" not in read(tenant, "/lift/")
    for kind, amount_fen in (("households", 300_000), ("power", 120_000)):
        actions.note_fee(actor=coordinator, dossier=dossier, kind=kind, on=TODAY, amount_fen=amount_fen)
    page = read(tenant, "/lift/")
    assert "1,800.00 元" in page
    assert "100.00 元" in page
