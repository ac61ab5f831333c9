"""Bindings: asked by who lives there, answered by a worker of the committee, and what a resident then sees."""

import pytest

from expectations import by_hand, forbidden, refused, verbs_of
from ground.territory.people import BOY, GRANNY, STRANGER
from xiuhua.ground.accounts.actions.residents import open_own
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.journal.values import opened_values
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.actions import (
    ask_binding,
    confirm_binding,
    end_binding,
    move_out,
    refuse_binding,
)
from xiuhua.ground.territory.models import Binding
from xiuhua.ground.territory.queries import lives_in

OWN_NUMBERS = (GRANNY.phone, GRANNY.id_number)


@pytest.fixture
def asked(town, dweller):
    return ask_binding(actor=dweller, stairwell=town.stairwell, room="501室", name="王秀英").subject


@pytest.fixture
def bound(town, worker, asked):
    return confirm_binding(actor=worker, binding=asked, household=town.household, resident=town.granny).subject


def test_who_lives_there_asks_and_a_worker_finds_the_household(town, dweller, asked):
    entry = Entry.objects.get(verb="territory.ask_binding")
    assert (asked.state, asked.household, asked.path) == ("asked", town.household, town.household.path)
    assert entry.territory == town.household.path
    assert opened_values(entry) == {"name": "王秀英", "room": "501"}
    assert entry.sealed.subject == dweller.reference
    assert not lives_in(dweller, town.household)


def test_a_worker_sees_whole_who_asks_and_that_is_on_record(asked, dweller, worker, client_of):
    desk = client_of(worker)
    address = asked.get_absolute_url()
    assert "王秀英" not in desk.get(address).content.decode()
    shown = desk.post(f"{address}applicant/").content.decode()
    assert "王秀英" in shown
    assert dweller.phone in shown
    assert "王秀英" not in desk.get(address).content.decode()
    assert verbs_of(asked) == ["territory.ask_binding", "territory.look_at_applicant"]
    refuse_binding(actor=worker, binding=asked, note="没有这一户")
    assert "王秀英" not in desk.post(f"{address}applicant/", follow=True).content.decode()


def test_a_room_where_nobody_is_on_record_is_asked_all_the_same(town, dweller):
    binding = ask_binding(actor=dweller, stairwell=town.stairwell, room="601", name="王秀英").subject
    assert (binding.household, binding.path) == (None, town.stairwell.path)


@pytest.mark.parametrize(
    ("room", "name", "words"), [("", "王秀英", "室号空着"), ("5" * 13, "王秀英", "太长"), ("501", " ", "姓名空着")]
)
def test_without_room_or_name_nothing_is_asked(town, dweller, room, name, words):
    with refused(words):
        ask_binding(actor=dweller, stairwell=town.stairwell, room=room, name=name)


def test_one_asks_once_at_a_time(town, dweller, asked):
    with refused("已经申请过"):
        ask_binding(actor=dweller, stairwell=town.stairwell, room="502", name="王秀英")
    end_binding(actor=dweller, binding=asked)
    assert ask_binding(actor=dweller, stairwell=town.stairwell, room="502", name="王秀英").subject.state == "asked"


def test_who_works_here_asks_for_no_binding(town, worker):
    with forbidden():
        ask_binding(actor=worker, stairwell=town.stairwell, room="501", name="王秀英")
    with forbidden():
        ask_binding(actor=Visitor(), stairwell=town.stairwell, room="501", name="王秀英")


def test_once_confirmed_they_live_there_and_everywhere_above(town, dweller, bound):
    assert verbs_of(bound) == ["territory.ask_binding", "territory.confirm_binding"]
    for node in (town.household, town.stairwell, town.house, town.west, town.subdistrict):
        assert lives_in(dweller, node)
    assert not lives_in(dweller, town.east)
    assert not lives_in(dweller, town.other_household)
    assert not lives_in(Visitor(), town.household)


def test_household_and_resident_must_belong_together(town, worker, asked):
    with refused("不在申请的门洞里"):
        confirm_binding(actor=worker, binding=asked, household=town.other_household)
    with refused("不住在这一户"):
        confirm_binding(actor=worker, binding=asked, household=town.household, resident=town.stranger)
    move_out(actor=worker, resident=town.granny, moved=asked.asked_on)
    with refused("不住在这一户"):
        confirm_binding(actor=worker, binding=asked, household=town.household, resident=town.granny)


def test_it_is_answered_once(town, worker, bound):
    with refused("已经办过"):
        confirm_binding(actor=worker, binding=bound, household=town.household)
    with refused("已经办过"):
        refuse_binding(actor=worker, binding=bound, note="不是")


def test_a_refusal_says_why_and_seals_it(town, worker, dweller, asked):
    with refused("没有写原因"):
        refuse_binding(actor=worker, binding=asked, note=" ")
    binding = refuse_binding(actor=worker, binding=asked, note="住的是 502").subject
    entry = Entry.objects.filter(verb="territory.refuse_binding").last()
    assert (binding.state, binding.note, binding.decided_by) == ("refused", "住的是 502", worker.reference)
    assert opened_values(entry) == {"note": "住的是 502"}
    assert not lives_in(dweller, town.household)


@pytest.mark.parametrize("role", [Role.SECTION_HEAD, Role.LIFT_COORDINATOR, Role.PRIVACY_OFFICER, Role.SYSTEM_ADMIN])
def test_only_workers_of_the_committee_answer(town, staff, asked, role):
    other = staff(role, at=town.subdistrict)
    with forbidden():
        confirm_binding(actor=other, binding=asked, household=town.household)
    with forbidden():
        refuse_binding(actor=other, binding=asked, note="不是")


def test_a_worker_of_another_committee_neither_answers_nor_ends(town, staff, asked):
    other = staff(Role.COMMITTEE_HEAD, at=town.east)
    with forbidden():
        confirm_binding(actor=other, binding=asked, household=town.household)
    with forbidden():
        end_binding(actor=other, binding=asked)


def test_a_resident_ends_their_own_and_nobody_else_s(town, dweller, bound):
    stranger = open_own(actor=Visitor(), phone="15487654321").subject
    with forbidden():
        end_binding(actor=stranger, binding=bound)
    assert end_binding(actor=dweller, binding=bound).subject.state == "ended"
    assert not lives_in(dweller, town.household)
    with refused("已经结束"):
        end_binding(actor=dweller, binding=bound)


def test_who_moves_out_is_bound_no_more(town, worker, dweller, bound):
    done = move_out(actor=worker, resident=town.granny, moved=bound.asked_on)
    bound.refresh_from_db()
    assert done.facts == {"bindings_ended": 1}
    assert (bound.state, lives_in(dweller, town.household)) == ("ended", False)


def test_waiting_bindings_are_listed_and_counted_for_who_answers_them(town, desk, staff, client_of, asked):
    page = desk.get("/territory/bindings/").content.decode()
    assert all(words in page for words in ("王**", "154****5678", "等居委会确认", "住户绑定<span>1</span>"))
    assert GRANNY.name not in page
    other = client_of(staff(Role.GRID_WORKER, at=town.east)).get("/territory/bindings/").content.decode()
    assert "王**" not in other
    head = client_of(staff(Role.SECTION_HEAD, at=town.subdistrict)).get("/territory/bindings/").content.decode()
    assert "住户绑定<span>" not in head


def test_a_binding_is_held_against_what_is_on_record_without_showing_it(town, desk, asked):
    page = desk.get(f"/territory/bindings/{asked.pk}/").content.decode()
    assert page.count('<li class="is-ok">') == 3
    assert GRANNY.name not in page
    with by_hand():
        asked.name = "王小英"
        asked.save()
    page = desk.get(f"/territory/bindings/{asked.pk}/").content.decode()
    assert (page.count('<li class="is-ok">'), page.count('<li class="is-bad">')) == (1, 1)


def test_a_worker_confirms_on_screen(town, desk, asked):
    form = f"/territory/bindings/{asked.pk}/confirm/"
    page = desk.get(form).content.decode()
    assert f'value="{town.granny.pk}" id="id_resident_1" checked' in page
    assert GRANNY.name not in page
    assert BOY.name not in page
    sent = {"household": town.household.pk, "resident": town.granny.pk}
    assert desk.post(form, {**sent, "household": town.other_household.pk}).status_code == 422
    assert desk.post(form, sent).headers["Location"] == f"/territory/bindings/{asked.pk}/"
    assert "结束绑定" in desk.get(f"/territory/bindings/{asked.pk}/").content.decode()
    assert desk.post(form, sent).status_code == 422


def test_a_worker_refuses_and_ends_on_screen(town, desk, worker, asked):
    address = f"/territory/bindings/{asked.pk}"
    assert desk.post(f"{address}/refuse/", {"note": ""}).status_code == 422
    assert desk.post(f"{address}/refuse/", {"note": "住的是 502"}).headers["Location"] == "/territory/bindings/"
    assert desk.post(f"{address}/end/").status_code == 422


@pytest.mark.parametrize("verb", ["", "confirm/", "refuse/", "end/"])
def test_a_guessed_binding_of_another_committee_is_no_page(town, staff, client_of, asked, verb):
    other = client_of(staff(Role.COMMITTEE_HEAD, at=town.east))
    assert other.get(f"/territory/bindings/{asked.pk}/{verb}").status_code == 404
    if verb:
        assert other.post(f"/territory/bindings/{asked.pk}/{verb}", {"note": "x"}).status_code == 404


def test_who_sees_but_does_not_answer_gets_no_form(town, staff, client_of, asked):
    officer = client_of(staff(Role.PRIVACY_OFFICER, at=town.subdistrict))
    assert "确认绑定" not in officer.get(f"/territory/bindings/{asked.pk}/").content.decode()
    assert officer.get(f"/territory/bindings/{asked.pk}/confirm/").status_code == 403
    assert officer.get(f"/territory/bindings/{asked.pk}/end/").status_code == 403


def test_a_resident_answers_one_question_a_page(town, dweller, client_of):
    phone = client_of(dweller)
    assert "告诉居委会我住哪里" in phone.get("/my/").content.decode()
    assert "西村" in phone.get("/my/household/ask/").content.decode()
    assert (
        phone.post("/my/household/ask/", {"committee": town.west.path}).headers["Location"] == "/my/household/ask/door/"
    )
    doors = phone.get("/my/household/ask/door/").content.decode()
    assert ("枣阳路 1 号1 号" in doors, "枣阳路 9 号" in doors) == (True, False)
    assert phone.post("/my/household/ask/door/", {"stairwell": town.other_stairwell.pk}).status_code == 422
    assert phone.post("/my/household/ask/door/", {"stairwell": town.stairwell.pk}).status_code == 302
    assert phone.post("/my/household/ask/room/", {"room": "501"}).status_code == 302
    assert phone.post("/my/household/ask/name/", {"name": ""}).status_code == 422
    assert phone.post("/my/household/ask/name/", {"name": "王秀英"}).headers["Location"] == "/my/household/"
    assert "枣阳路 1 号1 号501室" in phone.get("/my/household/").content.decode()
    assert Binding.objects.get().household == town.household


@pytest.mark.parametrize("step", ["door", "room", "name"])
def test_the_questions_begin_at_the_beginning(town, dweller, client_of, step):
    assert client_of(dweller).get(f"/my/household/ask/{step}/").headers["Location"] == "/my/household/ask/"


def test_a_resident_sees_their_own_name_and_the_rest_masked(town, dweller, client_of, asked, worker):
    phone = client_of(dweller)
    waiting = phone.get("/my/household/").content.decode()
    assert not [secret for secret in (GRANNY.id_number, GRANNY.phone, BOY.name) if secret in waiting]
    confirm_binding(actor=worker, binding=asked, household=town.household, resident=town.granny)
    page = phone.get("/my/household/").content.decode()
    assert all(value in page for value in (GRANNY.name, mask_phone(GRANNY.phone), "王**"))
    assert not [secret for secret in (*OWN_NUMBERS, BOY.name, BOY.id_number, STRANGER.name) if secret in page]


def test_what_does_not_fit_is_said_in_words_before_it_is_confirmed(town, dweller, worker, client_of):
    row = ask_binding(actor=dweller, stairwell=town.stairwell, room="501", name="李四光").subject
    desk = client_of(worker)
    page = desk.get(row.get_absolute_url()).content.decode()
    assert "这一室有登记的住户" in page
    assert "姓名对不上" in page
    assert "手机对不上" in page
    assert "注意：姓名对不上，手机对不上。" in desk.get(f"{row.get_absolute_url()}confirm/").content.decode()


def test_bound_without_being_on_record_shows_no_one_in_full(town, dweller, client_of, asked, worker):
    confirm_binding(actor=worker, binding=asked, household=town.household)
    page = client_of(dweller).get("/my/household/").content.decode()
    assert "档案里还没有您" in page
    assert not [secret for secret in (GRANNY.name, GRANNY.id_number, GRANNY.phone, BOY.name) if secret in page]


def test_a_refused_resident_reads_why_and_asks_again(town, dweller, client_of, asked, worker):
    refuse_binding(actor=worker, binding=asked, note="住的是 502")
    page = client_of(dweller).get("/my/household/").content.decode()
    assert ("住的是 502" in page, "重新写" in page) == (True, True)


def test_a_resident_takes_it_back(town, dweller, client_of, asked):
    phone = client_of(dweller)
    assert "真的要结束吗" in phone.get("/my/household/end/").content.decode()
    phone.post("/my/household/end/")
    assert "还不知道您住在哪一户" in phone.get("/my/household/").content.decode()
    assert phone.post("/my/household/end/").status_code == 302


def test_residents_pages_are_not_for_staff_nor_staff_s_for_residents(town, desk, dweller, client_of, bound):
    for address in ("/my/household/", "/my/household/ask/"):
        assert desk.get(address).status_code == 403
    phone = client_of(dweller)
    for row in (town.household, town.granny, town.stairwell, town.house, bound):
        assert phone.get(row.get_absolute_url()).status_code == 403
