from datetime import date

import pytest

from expectations import forbidden, refused
from programmes.lifts.voting import phone_of
from xiuhua.programmes.lifts import actions, gates, queries_votes
from xiuhua.programmes.lifts.models import Objection
from xiuhua.programmes.lifts.rules.moves import Standing


@pytest.fixture
def objection(brought_to, coordinator):
    """Raised on Wednesday 21 June; the next two days are the Dragon Boat holiday, and Sunday is worked."""
    dossier = brought_to("agreeing")
    flat = dossier.flats.get(room="102")
    told = {"words": "连廊挡了我家厨房的光", "raised_on": date(2023, 6, 21), "flat": flat}
    return actions.note_objection(actor=coordinator, dossier=dossier, **told).subject


def test_it_is_answered_within_working_days_of_chinas_calendar(objection, coordinator):
    assert objection.due_on == date(2023, 6, 29)
    assert list(Objection.objects.late(date(2023, 6, 30))) == [objection]
    gate = gates.gate_named("objections", objection.dossier)
    assert (gate.standing, gate.words) == (Standing.LATE, "1 件异议还没有书面答复")

    actions.answer_objection(
        actor=coordinator, objection=objection, answer="改用玻璃连廊，净距 2.4 米", answered_on=date(2023, 6, 28)
    )
    gate = gates.gate_named("objections", objection.dossier)
    assert (gate.standing, gate.words) == (Standing.PASSED, "1 件异议都答复了")
    assert not queries_votes.unanswered_objections(objection.dossier)


def test_an_owner_objects_on_the_phone_and_nobody_else(objection, town):
    told = {"dossier": objection.dossier, "words": "怕吵", "raised_on": date(2023, 8, 3)}
    neighbour = phone_of(town, "15400000004")
    actions.note_objection(actor=neighbour, **told)
    with refused("这件异议已经提过，正在等答复"):
        actions.note_objection(actor=neighbour, **told)
    with forbidden():
        actions.note_objection(actor=phone_of(town, "15499999999"), **told)


def test_it_is_answered_once_and_in_words(objection, coordinator, elsewhere):
    told = {"actor": coordinator, "objection": objection}
    with refused("这里还没有写"):
        actions.answer_objection(**told, answer="  ", answered_on=date(2023, 6, 28))
    with refused("答复日期比提出日期（2023-06-21）还早"):
        actions.answer_objection(**told, answer="改了", answered_on=date(2023, 6, 20))
    with forbidden():
        actions.answer_objection(actor=elsewhere, objection=objection, answer="改了", answered_on=date(2023, 6, 28))
    actions.answer_objection(**told, answer="改了", answered_on=date(2023, 6, 28))
    with refused("已经答复过"):
        actions.answer_objection(**told, answer="又改了", answered_on=date(2023, 6, 29))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"mediator": ""}, "还没有填主持人"),
        ({"words": " "}, "还没有写调解记录"),
        ({"outcome": "happy"}, "还没有选结果"),
        ({"households": 13}, "到场户数不对"),
        ({"on": date(2023, 8, 4)}, "日期在今天以后"),
    ],
)
def test_a_mediation_says_who_what_and_how_it_came_out(objection, coordinator, changes, says):
    told = {"on": date(2023, 8, 1), "mediator": "老许", "households": 3, "outcome": "partly", "words": "谈成一半"}
    with refused(says):
        actions.note_mediation(actor=coordinator, dossier=objection.dossier, **told | changes)
