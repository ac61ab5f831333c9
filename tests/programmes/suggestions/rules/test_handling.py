"""What may be done with a suggestion in hand."""

from datetime import date

import pytest

from xiuhua.ground.standards import on
from xiuhua.programmes.suggestions import rules
from xiuhua.programmes.suggestions.rules import handling

BOOK = on(date(2023, 8, 3)).suggestions
DRAFT = str(BOOK.templates["answer_done"].text.value)


def why(verdict):
    return "；".join(map(str, verdict.reasons))


def test_a_reply_of_ones_own_can_be_sent():
    words = "王女士您好，云岭东路的坡口八月十日已经画好禁停线。请您看看。"
    assert rules.reply_can_be_sent(words, DRAFT).decision


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "答复还没有写"),
        ("好的", "答复还没有写"),
        (DRAFT, "底稿里的「称呼」还没有写"),
        ("贾先生您好", "除了称呼和问候"),
        ("尊敬的贾先生：您好！", "除了称呼和问候"),
        ("居民朋友，下午好！谢谢您的来信。", "除了称呼和问候"),
        ("……………………", "除了称呼和问候"),
    ],
)
def test_a_draft_left_as_it_was_cannot(words, said):
    verdict = rules.reply_can_be_sent(words, DRAFT)
    assert not verdict.decision
    assert said in why(verdict)


def test_a_draft_with_its_gaps_cut_out_cannot():
    cut = handling.GAP.sub("", DRAFT)
    assert "一模一样" in why(rules.reply_can_be_sent(cut, DRAFT))


def test_exactly_one_takes_it_in_hand():
    sections = {"services"}
    assert rules.handed_to("services", "", sections, unit_is_known=False).decision
    assert rules.handed_to("", "310107014001", sections, unit_is_known=True).decision
    assert not rules.handed_to("", "", sections, unit_is_known=False).decision
    assert not rules.handed_to("services", "310107014001", sections, unit_is_known=True).decision
    assert not rules.handed_to("nobody", "", sections, unit_is_known=False).decision
    assert not rules.handed_to("", "310107014999", sections, unit_is_known=False).decision


def test_a_claim_is_not_taken_up_here():
    assert rules.can_be_accepted("suggestion").decision
    assert "转信访" in why(rules.can_be_accepted("claim"))


def test_a_road_is_for_things_of_its_nature():
    roads = {key: road.nature for key, road in BOOK.roads.items()}
    assert rules.can_be_passed_on("claim", "petition", roads).decision
    assert rules.can_be_passed_on("suggestion", "hotline", roads).decision
    assert not rules.can_be_passed_on("suggestion", "petition", roads).decision
    assert not rules.can_be_passed_on("claim", "nowhere", roads).decision


@pytest.mark.parametrize("amiss", ["same", "other_is_merged", "has_merged", "same_subdistrict"])
def test_merging_makes_no_chains(amiss):
    facts = {"same": False, "other_is_merged": False, "has_merged": False, "same_subdistrict": True}
    assert rules.can_be_merged(**facts).decision
    assert not rules.can_be_merged(**facts | {amiss: not facts[amiss]}).decision


def test_more_time_is_had_once():
    assert rules.can_be_extended("claim", is_complex=False, extended=False).decision
    assert not rules.can_be_extended("claim", is_complex=False, extended=True).decision
    assert rules.can_be_extended("suggestion", is_complex=False, extended=False).decision
    assert not rules.can_be_extended("suggestion", is_complex=True, extended=True).decision


def test_a_claim_is_adopted_by_no_project_and_a_stopped_project_adopts_nothing():
    assert rules.can_be_adopted(nature="suggestion", project_stands=True).decision
    assert not rules.can_be_adopted(nature="claim", project_stands=True).decision
    assert not rules.can_be_adopted(nature="suggestion", project_stands=False).decision


def test_stars_are_given_after_the_answer():
    assert rules.can_be_rated(told=True, stars=5).decision
    assert not rules.can_be_rated(told=False, stars=5).decision
    assert not rules.can_be_rated(told=True, stars=0).decision


def test_it_is_taken_up_again_once_in_time_and_for_a_reason():
    facts = {
        "reopened": False,
        "told_on": date(2023, 8, 3),
        "today": date(2023, 9, 2),
        "term": BOOK.terms.reopen,
        "words": "坡口还是被占着",
    }
    assert rules.can_be_reopened(**facts).decision
    assert "已经重新办过" in why(rules.can_be_reopened(**facts | {"reopened": True}))
    assert "过了 30 天" in why(rules.can_be_reopened(**facts | {"today": date(2023, 9, 3)}))
    assert "原因" in why(rules.can_be_reopened(**facts | {"words": "不行"}))


def test_the_board_takes_words_without_personal_data_from_two_people():
    assert rules.can_be_drafted("坡口被占", "路口三个坡口被占", [], nature="suggestion").decision
    assert not rules.can_be_drafted("坡口被占", "找王秀英", [("words", "王秀英")], nature="suggestion").decision
    assert not rules.can_be_drafted("", "", [], nature="suggestion").decision
    assert not rules.can_be_drafted("欠薪", "欠我三个月", [], nature="claim").decision
    assert rules.can_be_published(is_drafted=True, drafted_by="user:1", checked_by="user:2").decision
    assert not rules.can_be_published(is_drafted=True, drafted_by="user:1", checked_by="user:1").decision
    assert not rules.can_be_published(is_drafted=False, drafted_by="", checked_by="user:2").decision
