"""投票 on the phone: a code, a choice that nobody reads, a receipt; and the same with no account."""

from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from programmes.lifts.voting import AFTER, NOON, SYSTEM, all_vote, at, closed, elector, opened, phone_of
from xiuhua.ground.messages.models import Message
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.models import Ballot, Mandate, Owner
from xiuhua.programmes.lifts.rules.mandates import MandateTold

MINE = "15400000005"
"""Of the owner of 301."""


@pytest.fixture
def texts(settings, tmp_path):
    """The latest code that went out, and how many did."""
    settings.SMS = {**settings.SMS, "sender": "file", "outbox": tmp_path}

    def latest() -> str:
        newest = sorted(tmp_path.glob("*.txt"), key=lambda one: one.stat().st_mtime_ns)[-1]
        return newest.read_text("utf-8").split("验证码 ")[1][:6]

    latest.folder = tmp_path
    return latest


@pytest.fixture
def vote(brought_to, coordinator):
    return opened(coordinator, brought_to("designing"))


@pytest.fixture
def owner(town, client_of):
    return client_of(phone_of(town, MINE))


def cast(browser: Client, vote, texts, choice: str, room: str = "301"):
    """Choose, type the code that comes, and follow to the receipt."""
    url, told = f"/lift/vote/{vote.pk}/", {"choice": choice, "elector": elector(vote, room).pk}
    asked = browser.post(url, told)
    if asked.status_code == 302:
        return browser.get(asked.url)
    assert "再发一次" in asked.content.decode()
    answer = browser.post(url, {**told, "code": texts()})
    assert answer.status_code == 302, answer.content.decode()
    assert choice not in answer.url
    return browser.get(answer.url)


def test_an_owner_votes_changes_it_and_checks_it_by_the_receipt(owner, vote, texts, coordinator, client_of):
    paper = owner.get(f"/lift/vote/{vote.pk}/").content.decode()
    assert "房主 业主05，52.36 平方米，算 1 人" in paper
    assert "checked" not in paper.split('name="elector"')[1]
    ballot = paper.split("<main")[1].split("</main>")[0]
    assert "data-xh-cast" in ballot
    assert "ph-2nd" not in ballot, "large type leaves out what decides"

    first = cast(owner, vote, texts, "against").content.decode()
    assert "票投好了" in first
    assert "有回执号就查得到您投了什么。收好，不要给人看" in first
    assert "12 户里 1 户投了" in first
    assert not any(f">{word}<" in first for word in ("同意", "不同意", "弃权"))
    second = cast(owner, vote, texts, "agree").content.decode()
    number = second.split('class="k-code">')[1][:14]
    assert number not in first
    assert len(list(texts.folder.glob("*.txt"))) == 1
    assert_written_nowhere(["against", "agree"])

    with at(AFTER):
        late = owner.post(f"/lift/vote/{vote.pk}/", {"choice": "abstain"}).content.decode()
        assert "表决已于 8 月 13 日 18:00 截止，不能再投票" in late
    assert Ballot.objects.count() == 2
    closed(coordinator, vote)
    with at(AFTER):
        result = f"/lift/vote/{vote.pk}/result/"
        assert result in owner.get("/phone/").content.decode()
        assert "表决没有通过" in Message.objects.get().text
        assert "表决没有通过" in owner.get(result).content.decode()
        assert "计的是「同意」" in owner.post(result, {"receipt": number.lower()}).content.decode()
        assert owner.post(result, {"receipt": "0000 0000 0000"}).status_code == 422
        assert client_of(phone_of(vote.dossier, "15400000777")).get(result).status_code == 404


def assert_written_nowhere(choices: list[str]) -> None:
    """No session and no plain column of a ballot or an entry holds what was chosen."""
    told = [str(one.get_decoded()) for one in Session.objects.all()]
    with connection.cursor() as cursor:
        for table in ("lifts_ballot", "journal_entry", "journal_answer"):
            cursor.execute(f"SELECT * FROM {table}")
            told += [str(row) for row in cursor.fetchall()]
    assert not [text for text in told for choice in choices if f"'{choice}'" in text or f'"{choice}"' in text]


def test_wrong_codes_seal_nothing(owner, vote, texts):
    told = {"choice": "agree", "elector": elector(vote, "301").pk}
    assert "maybe" not in owner.post(f"/lift/vote/{vote.pk}/", {**told, "choice": "maybe"}).content.decode()
    owner.post(f"/lift/vote/{vote.pk}/", told)
    wrong = "000000" if texts() != "000000" else "000001"

    answer = owner.post(f"/lift/vote/{vote.pk}/", {**told, "code": wrong})
    assert answer.status_code == 422
    assert "验证码不对" in answer.content.decode()
    assert not Ballot.objects.exists()


def test_with_the_owners_telephone_nobody_needs_an_account(client, vote, texts):
    url = f"/lift/vote/{vote.pk}/"
    door = client.get(url).content.decode()
    assert vote.dossier.address not in door

    client.post(url, {"phone": "15400000999"})
    client.post(url, {"phone": "15400000999", "code": texts()})
    assert "不是这次表决里登记的房主" in client.get(url).content.decode()

    client.post(url, {"phone": MINE})
    assert client.post(url, {"phone": MINE, "code": texts()}).url == url
    assert "业主05" in client.get(url).content.decode()
    assert "回执号" in cast(client, vote, texts, "agree").content.decode()
    assert Ballot.objects.get().by == "system:lift_vote"
    assert client.get(f"/lift/vote/{vote.pk}/result/").status_code == 302


def test_a_tenant_is_told_kindly_who_votes(resident, vote, client_of):
    told = client_of(resident).get(f"/lift/vote/{vote.pk}/").content.decode()
    assert "租客和家人不能替房主投" in told
    assert "沈晓岚" in told
    assert "怎么算的" not in client_of(resident).get(f"/lift/{vote.dossier_id}/").content.decode()


def test_a_daughter_votes_for_her_father_until_he_takes_it_back(owner, vote, texts, town, client_of, coordinator):
    given = {
        "name": "小王",
        "phone": "15400000888",
        "relation": "女儿",
        "covers": ["vote", "see"],
        "until": "2024-08-01",
    }
    page = f"/lift/{vote.dossier_id}/mandates/"
    assert "委托 小王 替您投票" in owner.post(page, given).content.decode()
    assert not Mandate.objects.exists()
    assert owner.post(page, {**given, "code": texts()}).status_code == 302
    daughter = client_of(phone_of(town, "15400000888"))
    assert "代业主05投票" in daughter.get("/phone/").content.decode()
    assert "业主05</b> 办理" in daughter.get("/lift/").content.decode()
    assert "小王（代 业主05）" in cast(daughter, vote, texts, "agree").content.decode()
    assert "小王（代 业主05）" in owner.get(f"/lift/vote/{vote.pk}/receipt/").content.decode()
    told = Message.objects.all()
    assert [one.phone for one in told] == [MINE, MINE]
    assert "0888 刚替您给 301 室投了票" in told[0].text + told[1].text
    assert daughter.get(f"/lift/{vote.dossier_id}/limit/").status_code == 404

    assert "业主05（房主）" in cast(owner, vote, texts, "against").content.decode()
    assert daughter.get(f"/lift/vote/{vote.pk}/receipt/").status_code == 302
    assert "房主自己已经投过票，以房主的为准" in daughter.get(f"/lift/vote/{vote.pk}/").content.decode()

    mandate = Mandate.objects.get()
    assert client_of(phone_of(town, "15400000001")).post(f"/lift/mandates/{mandate.pk}/end/").status_code == 404
    assert owner.post(f"/lift/mandates/{mandate.pk}/end/").status_code == 302
    assert daughter.get(f"/lift/{vote.dossier_id}/").status_code == 404
    assert "业主05" not in daughter.get("/lift/").content.decode()


def test_a_neighbour_with_a_mandate_votes_for_two_homes(vote, texts, town, client_of):
    other = Owner.objects.get(ownerships__flat__room="302")
    told = MandateTold("业主05", MINE, ["vote"], NOON.date(), date(2024, 1, 1))
    actions.give_mandate(actor=phone_of(town, "15400000006"), dossier=vote.dossier, owner=other, told=told)
    browser = client_of(phone_of(town, MINE))
    assert "代业主06" in browser.get(f"/lift/vote/{vote.pk}/").content.decode()
    assert "票投好了" in cast(browser, vote, texts, "agree").content.decode()
    assert "代 业主06" in cast(browser, vote, texts, "against", "302").content.decode()
    all_vote(vote, {"401": "agree"})
    assert Ballot.objects.count() == 3


def test_a_ballot_for_somebody_else_lands_on_nobody(owner, vote, texts, town, client_of):
    """The page of a mandate that was taken back in the meantime, or a number that somebody has typed in."""
    told = MandateTold("业主05", MINE, ["vote"], NOON.date(), date(2024, 1, 1))
    other = Owner.objects.get(ownerships__flat__room="302")
    mandate = actions.give_mandate(actor=phone_of(town, "15400000006"), dossier=vote.dossier, owner=other, told=told)
    cast(owner, vote, texts, "agree")
    actions.end_mandate(actor=SYSTEM, mandate=mandate.subject)

    for room in ("302", "401"):
        told = {"choice": "against", "elector": elector(vote, room).pk}
        answer = owner.post(f"/lift/vote/{vote.pk}/", told)
        assert answer.status_code == 403
        assert "委托已收回" in answer.content.decode()
    assert Ballot.objects.count() == 1


def test_what_a_telephone_has_shown_ends_with_its_person(client, vote, texts, town):
    """On a browser that several people use."""
    url, neighbour = f"/lift/vote/{vote.pk}/", phone_of(town, "15400000888")
    leaving = {"301": lambda: client.post(f"{url}receipt/"), "302": lambda: client.force_login(neighbour)}
    for room, leave in leaving.items():
        one = elector(vote, room)
        client.post(url, {"phone": one.owner.phone})
        assert client.post(url, {"phone": one.owner.phone, "code": texts()}).status_code == 302
        assert one.owner.name in client.get(url).content.decode()
        leave()
        assert one.owner.name not in client.get(url).content.decode()
        assert client.post(url, {"choice": "agree", "elector": one.pk}).status_code == 403
    assert not Ballot.objects.exists()


def test_a_form_that_is_sent_again_is_the_same_ballot(owner, vote, texts):
    url, told = f"/lift/vote/{vote.pk}/", {"choice": "agree", "elector": elector(vote, "301").pk, "once": "a" * 24}
    code = owner.post(url, told).content.decode()
    assert code.count(told["once"]) == 2
    first = owner.post(url, {**told, "code": texts()}).url
    again = owner.post(url, {**told, "code": texts()})
    assert (again.status_code, again.url) == (302, first)
    assert Ballot.objects.count() == 1
