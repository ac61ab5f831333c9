"""The pages of votes, objections and mandates through the browser's door."""

import contextlib
import csv
import io
import re
from pathlib import Path

import pytest
from django.urls import reverse

from expectations import by_hand
from programmes.lifts.conftest import PAPER
from programmes.lifts.voting import AFTER, PHOTO, SYSTEM, all_vote, at, closed, elector, opened
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.scope.roles import Role
from xiuhua.programmes.lifts import actions, queries_votes
from xiuhua.programmes.lifts.models import Mandate, Vote
from xiuhua.programmes.lifts.rules import ballots
from xiuhua.programmes.lifts.rules.mandates import MandateTold
from xiuhua.programmes.lifts.rules.votes import Weight

TEN = {f"{floor}0{side}": "agree" for floor in range(2, 7) for side in (1, 2)}
CHOSEN = re.compile(r">\s*(?:同意|不同意|弃权)\s*<")


@pytest.fixture
def dossier(brought_to):
    return brought_to("designing")


@pytest.fixture
def desk(coordinator, client_of):
    return client_of(coordinator)


@pytest.fixture
def leader(town, staff, client_of):
    return client_of(staff(Role.LEADER, at=town, name="钱国梁"))


def page(desk, name: str, *args: object, status: int = 200, **query: str) -> str:
    answer = desk.get(reverse(f"lifts:{name}", args=args), query)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def posted(desk, page_name: str, /, *args: object, **body: object):
    return desk.post(reverse(f"lifts:{page_name}", args=args), body)


def test_a_vote_is_opened_by_form_and_watched_without_a_choice(desk, leader, dossier, coordinator):
    told = page(desk, "votes", dossier.pk)
    assert "还没有表决" in told
    assert "发起表决" in told
    typed = {
        "question": "同意装这部电梯吗？",
        "opens_on": "2023-08-03",
        "closes_on": "2023-08-05",
        "closes_at": "18:00",
    }
    overview = page(desk, "dossier", dossier.pk)
    assert "登记设计方案定稿" in overview
    assert "发起表决" not in overview
    panel = page(desk, "map_panel", dossier.pk)
    assert "约 102 室上门" in panel
    assert f"/contacts/add/?flat={dossier.flats.get(room='102').pk}" in panel
    answer = posted(desk, "open_vote", dossier.pk, **typed)
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "还没过：第 6 条「设计方案定稿」、第 7 条" in told
    typed["anyway"] = "on"
    for day, says in (("2023-08-05", "表决至少开 7 天"), ("2033-08-05", "表决最多开 60 天")):
        answer = posted(desk, "open_vote", dossier.pk, **typed | {"closes_on": day})
        assert answer.status_code == 422
        assert [says in words for words in answer.context["form"].errors["closes_on"]] == [True]
    assert posted(desk, "open_vote", dossier.pk, **typed | {"closes_on": "2023-08-13"}).status_code == 302

    vote = Vote.objects.get()
    all_vote(vote, {"101": "agree", "102": "against"})
    actions.cast_paper_ballot(actor=coordinator, vote=vote, elector=elector(vote, "201"), choice="abstain", photo=PHOTO)
    told = page(desk, "votes", dossier.pk)
    for words in ("8 月 13 日 18:00 截止，还有 10 天", "纸质 1 票、手机 2 票", "166.56／685.20 平方米", "还不够开票"):
        assert words in told, words
    assert told.count("已投，手机") == 2
    assert "还有 9 户没投" in told
    assert "15400000004" not in told
    shown = posted(desk, "elector_phone", vote.pk, elector(vote, "202").pk).content.decode()
    assert re.findall(r"154000000\d\d", shown) == ["15400000004"]
    assert Entry.objects.filter(verb="lifts.open_owner").count() == 1
    plain = page(leader, "votes", dossier.pk)
    assert "166.56／685.20" in plain
    assert "业主01" not in plain
    assert "谁来投" not in plain


def test_no_page_export_or_log_of_an_open_vote_shows_a_choice(desk, dossier, client_of, section_head, town, staff):
    vote = opened(SYSTEM, dossier)
    all_vote(vote, {"101": "agree", "102": "against", "201": "abstain"})
    watcher = client_of(staff(Role.AUDIT_ADMIN, at=town, name="审计"))
    readers = {"votes": desk, "dossier": client_of(section_head)}
    for name, reader in readers.items():
        assert not CHOSEN.search(page(reader, name, dossier.pk)), name
    assert desk.get(reverse("lifts:vote_sheet", args=[vote.pk])).status_code == 404
    assert desk.get(reverse("lifts:vote_sheet_csv", args=[vote.pk])).status_code == 404
    assert desk.get(f"/api/v1/lifts/votes/{vote.pk}/sheet").status_code == 404
    (told,) = desk.get(f"/api/v1/lifts/dossiers/{dossier.pk}/votes").json()
    assert (told["part"]["heads"], told["agree"], told["against"], told["passed"]) == (3, None, None, None)
    told = watcher.get(reverse("journal:record")).content.decode()
    assert "投票" in told
    assert not CHOSEN.search(told)
    for entry in Entry.objects.filter(verb="lifts.cast_ballot"):
        assert set(entry.facts) == {"vote", "commitment", "receipt"}


def test_paper_is_sealed_by_form_and_its_photograph_shown_to_nobody(desk, dossier, section_head, client_of):
    vote = opened(SYSTEM, dossier)
    mine = elector(vote, "301")
    assert "业主05，52.36 平方米，算 1 人。" in page(desk, "paper_ballot", vote.pk, mine.pk)
    answer = posted(desk, "paper_ballot", vote.pk, mine.pk, choice="agree")
    assert "还没有附上选票照片" in answer.content.decode()
    actions.cast_paper_ballot(actor=SYSTEM, vote=vote, elector=mine, choice="agree", photo=PHOTO)
    (photo,) = StoredFile.objects.filter(subject_type="lifts.ballot")
    for client in (desk, client_of(section_head)):
        assert client.get(photo.get_absolute_url()).status_code == 404


def test_the_result_is_shown_and_anybody_counts_it_again(desk, leader, dossier, coordinator):
    vote = opened(coordinator, dossier)
    all_vote(vote, {"102": "against", **TEN})
    closed(coordinator, vote)
    with at(AFTER):
        told = page(desk, "votes", dossier.pk)
        for words in ("表决结果：通过", "632.84／685.20 平方米", "11／12 户", "90.23%", "票箱一张不少、一张没改"):
            assert words in told, words
        assert "门槛四分之三，达到" in told
        sheet = page(desk, "vote_sheet", vote.pk)
        receipt = vote.sheet.get(choice="against").receipt
        assert "业主" not in sheet
        assert "邻居按面积认得出" in sheet
        assert "参与的" not in sheet
        late = desk.get(reverse("lifts:paper_ballot", args=[vote.pk, elector(vote, "101").pk]), follow=True)
        assert "表决已经结束，不能再登记纸质票" in late.content.decode()
        assert receipt in sheet
        found = page(desk, "vote_sheet", vote.pk, q=receipt.lower().replace(" ", ""))
        assert "不同意" in found
        assert vote.sheet.filter(choice="agree")[0].receipt not in found
        assert queries_votes.line_for(vote, receipt.lower()).choice == "against"
        text = desk.get(reverse("lifts:vote_sheet_csv", args=[vote.pk])).content.decode()
        assert desk.get(reverse("lifts:vote_sheet", args=[vote.pk]), {"export": "xlsx"}).content[:2] == b"PK"
        assert leader.get(reverse("lifts:vote_sheet", args=[vote.pk])).status_code == 403
        told = desk.get(f"/api/v1/lifts/votes/{vote.pk}/sheet").json()
        assert (len(told["lines"]), told["households"]) == (11, 11)
        (one,) = desk.get(f"/api/v1/lifts/dossiers/{dossier.pk}/votes").json()
        assert (one["agree"], one["passed"], one["fits"]) == ({"area_dm2": 57100, "heads": 10}, True, True)
    assert _counted_as_the_docs_say(text) == "taking part 632.84 11\nagreeing 571.0 10\n"
    lines = [
        ballots.Line(
            row["receipt"], row["key"], Weight(int(row["area_dm2"]), int(row["heads"])), row["choice"], row["nonce"]
        )
        for row in csv.DictReader(io.StringIO(text))
    ]
    tally = ballots.recompute(ballots.Sheet(f"xiuhua-vote-{vote.pk}", Weight(68520, 12), lines))
    assert (tally.agree, tally.part) == (Weight(57100, 10), Weight(63284, 11))


def _counted_as_the_docs_say(sheet: str) -> str:
    """What the few lines in the docs print that anybody counts a sheet again with."""
    page = (Path(__file__).parents[4] / "docs/lift-votes.md").read_text("utf-8")
    program = page.partition("```python\n")[2].partition("```")[0]
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(program, {"open": lambda *_given, **_more: io.StringIO(sheet)})
    return said.getvalue()


def test_a_page_says_that_a_vote_was_tampered_with(desk, dossier, coordinator):
    vote = opened(coordinator, dossier)
    all_vote(vote, TEN)
    closed(coordinator, vote)
    with by_hand():
        vote.ballots.get(number=3).delete()
    with at(AFTER):
        told = page(desk, "votes", dossier.pk)
    assert "对不上，不要用这个结果" in told
    assert "第 3 张票不见了" in told


def test_a_vote_is_counted_by_hand_when_its_time_is_over(desk, dossier, coordinator, client_of):
    vote = opened(coordinator, dossier)
    all_vote(vote, TEN)
    posted(desk, "close_vote", vote.pk)
    assert Vote.objects.get().is_open
    with at(AFTER):
        desk = client_of(coordinator)
        assert "开票" in page(desk, "votes", dossier.pk)
        posted(desk, "close_vote", vote.pk)
    assert Vote.objects.get().passed


def test_a_vote_is_cancelled_and_put_down_from_paper(desk, dossier, coordinator):
    vote = opened(coordinator, dossier)
    posted(desk, "cancel_vote", vote.pk, reason="面积登记有误")
    told = page(desk, "votes", dossier.pk)
    assert "表决已取消" in told
    assert "面积登记有误" in told
    typed = {"on": "2023-05-01", "all_area": "685.20", "all_heads": "12", "part_area": "623.36", "part_heads": "11"}
    typed |= {"agree_area": "561.52", "agree_heads": "10", "against_area": "61.84", "against_heads": "1"}
    assert posted(desk, "past_vote", dossier.pk, **typed).status_code == 302
    told = page(desk, "votes", dossier.pk)
    for words in ("纸质存档", "90.08%", "561.52／623.36 平方米", "10／11 户"):
        assert words in told, words


def test_a_mandate_is_given_and_ended_by_form(desk, dossier):
    owner = dossier.flats.get(room="101").owners.get()
    typed = {"owner": owner.pk, "name": "小陈", "phone": "15400000055", "relation": "女儿", "covers": ["vote", "see"]}
    typed |= {"given_on": "2023-08-01", "until": "2023-12-31"}
    assert "还没有附上委托书" in posted(desk, "give_mandate", dossier.pk, **typed).content.decode()
    day = dossier.begun_on
    given = MandateTold("小陈", "15400000055", ["vote"], day, day.replace(year=2024), "女儿")
    actions.give_mandate(actor=SYSTEM, dossier=dossier, owner=owner, told=given, file=PAPER)
    assert "小陈（女儿）" in page(desk, "votes", dossier.pk)
    mandate = Mandate.objects.get()
    assert "以后不能再办" in page(desk, "end_mandate", mandate.pk)
    posted(desk, "end_mandate", mandate.pk)
    assert "已撤销" in page(desk, "votes", dossier.pk)


def test_objections_are_answered_and_mediation_put_on_record(desk, leader, dossier):
    typed = {"words": "连廊挡了我家厨房的光", "raised_on": "2023-07-20", "flat": dossier.flats.get(room="102").pk}
    assert posted(desk, "note_objection", dossier.pk, **typed).status_code == 302
    told = page(desk, "objections", dossier.pk)
    assert "逾期，原定 2023-07-27" in told
    assert "连廊挡了" in told
    assert "加梯异议，答复逾期" in desk.get(reverse("waiting")).content.decode()
    assert leader.get(reverse("lifts:objections", args=[dossier.pk])).status_code == 403

    objection = dossier.objections.get()
    answer = posted(desk, "answer_objection", objection.pk, answer=" ", answered_on="2023-08-03")
    assert answer.status_code == 422
    posted(desk, "answer_objection", objection.pk, answer="改用玻璃连廊", answered_on="2023-08-03")
    typed = {
        "on": "2023-08-02",
        "mediator": "老许",
        "households": "3",
        "outcome": "agreed",
        "words": "二层同意玻璃连廊",
    }
    posted(desk, "note_mediation", dossier.pk, **typed)
    told = page(desk, "objections", dossier.pk)
    for words in ("2023-08-03 答复", "改用玻璃连廊", "老许", "谈成", "二层同意玻璃连廊"):
        assert words in told, words
