from datetime import date

import pytest

from programmes.lifts.money_cases import JUNE, adopted
from xiuhua.ground.scope.roles import Role
from xiuhua.programmes.lifts import actions, queries_shares
from xiuhua.programmes.lifts.models import Flat, Payment
from xiuhua.programmes.lifts.screens import share_papers


@pytest.fixture
def designing(brought_to):
    return brought_to("designing")


@pytest.fixture
def flat(designing, coordinator):
    """602 in a scheme in force."""
    adopted(designing, coordinator)
    return Flat.objects.get(dossier=designing, room="602")


@pytest.fixture
def client(coordinator, client_of):
    return client_of(coordinator)


def test_signing_and_paying_by_the_forms(flat, client, designing):
    here = f"/lifts/dossiers/{designing.pk}/money/"
    client.post(f"{here}sign/", {"flat": flat.pk, "on": "2023-06-01"})
    client.post(f"{here}pay/", {"flat": flat.pk, "amount_fen": "22873.21", "on": "2023-06-02", "way": "bank"})
    text = client.get(here).content.decode()
    assert "1／10 户" in text
    assert "53,370.85" in text

    answer = client.post(f"{here}pay/", {"flat": flat.pk, "amount_fen": "60000", "on": "2023-06-02", "way": "bank"})
    assert answer.status_code == 422
    assert "这一户只差 53370.85 元，多收了 6629.15 元" in answer.content.decode()
    assert Payment.objects.count() == 1
    for amount, says in (
        ("999999999", "多收了 999946628.15 元"),
        ("0", "请填大于 0 的数"),
        ("1.005", "小数最多两位"),
        ("9999999999999999", "这个数太大了"),
        ("许多", "这里填数字"),
    ):
        answer = client.post(f"{here}pay/", {"flat": flat.pk, "amount_fen": amount, "on": "2023-06-02", "way": "bank"})
        assert says in answer.content.decode(), amount


def test_a_limit_that_cannot_be_leaves_the_form_and_not_the_number(flat, client, designing):
    here = f"/lifts/dossiers/{designing.pk}/shares/limit/"
    answer = client.post(here, {"flat": flat.pk, "amount": "-4321"})
    assert answer.status_code == 422
    assert "请填 0 或更大的整数" in answer.content.decode()
    assert "4321" not in answer.content.decode()
    assert client.post(here, {"flat": flat.pk, "amount": "4321"}).status_code == 302


def test_instalments_by_the_form(flat, client, designing):
    told = {"words_1": "签约后", "percent_1": "60", "due_1": "2023-07-01", "words_2": "验收后", "percent_2": "40"}
    client.post(f"/lifts/dossiers/{designing.pk}/money/instalments/", told)
    plan = queries_shares.plan_of(queries_shares.adopted_scheme(designing))
    assert [(part.percent, part.due_on) for part in plan] == [(60, date(2023, 7, 1)), (40, None)]


def test_what_is_printed_and_exported(flat, client, designing, coordinator):
    row = actions.note_payment(actor=coordinator, flat=flat, amount_fen=100, on=JUNE).subject
    here = f"/lifts/dossiers/{designing.pk}/"
    printed = [
        f"{here}agreements.pdf",
        f"{here}flats/{flat.pk}/agreement.pdf",
        f"{here}flats/{flat.pk}/fund.pdf",
        f"/lifts/payments/{row.pk}/receipt.pdf",
    ]
    assert all(client.get(address).content.startswith(b"%PDF") for address in printed)
    assert client.get(f"{here}money/balances/?export=xlsx").content.startswith(b"PK")


def test_who_pays_nothing_is_not_asked_to_pay(flat, designing, monkeypatch):
    told = []
    monkeypatch.setattr(share_papers, "typeset", lambda _template, data: told.append(data) or b"")
    share_papers.agreements_pdf(designing, queries_shares.adopted_scheme(designing))
    top, *_others, ground = told[0]["sheets"]
    assert (len(top["parts"]["rows"]), len(ground["parts"]["rows"])) == (3, 0)
    assert "按上面的数出资" in top["agreed"]["lines"][0]
    assert "不用付钱" in ground["agreed"]["lines"][0]


def test_nothing_to_print_before_a_scheme_is_settled(designing, client):
    assert client.get(f"/lifts/dossiers/{designing.pk}/agreements.pdf").status_code == 404
    assert "还没有定稿的分摊方案" in client.get(f"/lifts/dossiers/{designing.pk}/money/").content.decode()


def test_a_program_reads_schemes_and_balances(flat, client, designing, town, staff, client_of):
    """Floors for everyone who sees lifts; flats and balances for whoever sees owners."""
    here = f"/api/v1/lifts/dossiers/{designing.pk}"
    assert [row["state"] for row in client.get(f"{here}/schemes").json()] == ["adopted"]
    top = client.get(f"{here}/schemes/1").json()["floors"][0]
    assert [room["amount_fen"] for room in top["rooms"]] == [6_455_594, 7_624_406]
    assert client.get(f"{here}/balances").json()[1]["left_fen"] == 7_624_406

    leader = client_of(staff(Role.LEADER, at=town, name="领导"))
    assert leader.get(f"{here}/schemes/1").json()["floors"][0]["rooms"] == []
    assert leader.get(f"{here}/balances").status_code == 403
