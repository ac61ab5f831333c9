"""The printed notice: one page, in our own look, with the code of its public page; what it says of money and votes."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations import by_hand
from ground.documents.reading import text_of
from programmes.lifts.test_post_notice import on_day
from xiuhua.ground.scope.roles import Role
from xiuhua.programmes.lifts import notice_paper
from xiuhua.programmes.lifts.actions import post_notice
from xiuhua.programmes.lifts.house_drawing import house_svg, stops_y

VOTE = {
    "on": "2023-06-20",
    "of_those": True,
    "part": {"area_dm2": 62336, "of_area_dm2": 68520, "heads": 11, "of_heads": 12, "gate": "2/3"},
    "agree": {"area_dm2": 56152, "of_area_dm2": 62336, "heads": 10, "of_heads": 11, "gate": "3/4"},
    "law": ["《中华人民共和国民法典》（2021-01-01 起施行）", "第二百七十八条第二款"],
}
SHARES = {
    6: (6455594, 7624406),
    5: (5245170, 6194830),
    4: (4034746, 4765254),
    3: (2824322, 3335678),
    2: (1613898, 1906102),
    1: (0, 0),
}
MONEY = {
    "number": 3,
    "total_fen": 720_000_00,
    "subsidy_fen": 280_000_00,
    "floors": [
        {"floor": floor, "rooms": [{"room": f"{floor}0{side}", "fen": fen} for side, fen in enumerate(pair, 1)]}
        for floor, pair in SHARES.items()
    ],
}


@pytest.fixture
def notice(brought_to, coordinator):
    dossier = brought_to("agreeing")
    row = post_notice(
        actor=coordinator, dossier=dossier, posted_on=date(2023, 6, 21), place="门洞口", load_kg=630
    ).subject
    with by_hand():
        row.content = {**row.content, "vote": VOTE, "money": MONEY}
        row.save(update_fields=["content"])
    return row


def test_it_says_what_was_decided_and_who_pays_what_on_one_page(notice, coordinator, client_of):
    answer = client_of(coordinator).get(f"/lifts/notices/{notice.pk}/notice.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.count(b"<</Type/Page/") == 1
    told = text_of(answer.content)
    for words in ("试街加梯〔2023〕第 1 号", "90.97%", "10／11 户", "140,800.00", "64,555.94", "满 10 天"):
        assert words.replace(" ", "") in told


def test_figures_are_those_of_the_identity():
    money = notice_paper.money_of(MONEY)
    assert money["heads"] == ["楼层", "比例", "01 室（元）", "02 室（元）", "每层合计（元）"]
    assert money["rows"][0] == ["6 层", "32%", "64,555.94", "76,244.06", "140,800.00"]
    assert (money["residents"], money["more"]) == ("440,000", "1 层不出资。")
    vote = notice_paper.vote_of(VOTE)
    assert [(bar["label"], bar["shown"]) for bar in vote["bars"]][2:] == [
        ("同意面积（须过四分之三）", "90.08%"),
        ("同意人数（须过四分之三）", "10／11 户"),
    ]
    assert vote["note"].startswith("《中华人民共和国民法典》第二百七十八条第二款；")


def test_leaders_print_no_shares_of_households(notice, west, staff, client_of):
    leader = staff(Role.LEADER, at=west.subdistrict)
    assert client_of(leader).get(f"/lifts/notices/{notice.pk}/notice.pdf").status_code in (403, 404)


def test_everybody_reads_it_without_rooms_by_its_code(notice, client):
    page = client.get(f"/lift/notices/{notice.code}/").content.decode()
    assert "<dt>现在</dt><dd>公示与签约</dd>" in page
    assert "枣阳路 1 号" in page
    assert "140,800" in page
    assert "64,555.94" not in page
    assert "601" not in page
    assert client.get("/lift/notices/AAAAAAAAAAAA/").status_code == 404


def test_who_lives_there_goes_on_to_object_while_it_hangs(notice, resident, stranger, client_of):
    address, way = f"/lift/notices/{notice.code}/", f"/lift/{notice.dossier_id}/object/"
    with on_day("2023-06-25"):
        assert way in client_of(resident).get(address).content.decode()
        assert way not in client_of(stranger).get(address).content.decode()
    assert way not in client_of(resident).get(address).content.decode()


@given(levels=st.integers(2, 9), half=st.booleans())
def test_a_drawing_has_a_bridge_for_each_stop(levels, half):
    stops = stops_y(levels, half=half)
    assert len(stops) == (levels - 1 if half else levels)
    assert stops == sorted(set(stops))
    assert house_svg(levels, half=half).count(b"H112") == len(stops)


@given(fen=st.integers(0, 10**9), whole=st.integers(1, 10**9))
def test_a_share_in_words_is_near_the_share(fen, whole):
    told = notice_paper.share_words(fen, whole)
    assert abs(Fraction(told.removesuffix("%")) / 100 - Fraction(fen, whole)) <= Fraction(1, 10_000)
