"""Registers kept on screen: people and homes corrected, people who come and go."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation

from expectations import by_hand, forbidden, refused, verbs_of
from ground.territory.people import GRANNY, STRANGER, id_number
from xiuhua.ground import clock
from xiuhua.ground.journal.lines import changes_in_words
from xiuhua.ground.journal.models import Audience, Entry
from xiuhua.ground.journal.values import opened_values
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.actions import (
    add_resident,
    bring_back,
    correct_building,
    correct_household,
    correct_resident,
    move_out,
)
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.territory.rules import BuildingFacts, HouseholdFacts, PersonTold
from xiuhua.ground.verdicts import Refused

TOLD = PersonTold(GRANNY.name, GRANNY.phone, GRANNY.id_number, GRANNY.birth_date, "f", "committee_service")
NEWCOMER = PersonTold("陈　建 国", "１５４ 0000 1111", id_number(date(1960, 2, 3), 5), None, "", "elder_care")
HOME = HouseholdFacts("501", 5, 52.0, "自有")
HOUSE = BuildingFacts("枣阳路 1 号", "residential", 6.0, 2400.0, "", 1984, "")


def test_a_resident_is_corrected_and_old_and_new_lie_sealed(town, worker):
    told = replace(TOLD, name="王秀瑛", phone="154-9999-0000")
    granny = correct_resident(actor=worker, resident=town.granny, told=told).subject
    granny.refresh_from_db()
    entry = Entry.objects.get(verb="territory.correct_resident")
    assert (granny.name, granny.phone, granny.id_number) == ("王秀瑛", "15499990000", GRANNY.id_number)
    assert (entry.facts, entry.audience) == ({"fields": ["name", "phone"]}, Audience.STAFF)
    assert opened_values(entry) == {"name": ["王秀英", "王秀瑛"], "phone": [GRANNY.phone, "15499990000"]}
    assert entry.sealed.subject == f"territory.resident:{granny.pk}"


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "改了姓名、电话"), ("en", "changed: Name, Telephone")])
def test_the_timeline_says_which_fields_in_the_reader_s_language(town, worker, desk, language, said):
    correct_resident(actor=worker, resident=town.granny, told=replace(TOLD, name="王秀瑛", phone="154-9999-0000"))
    with pytest.raises(Refused):
        correct_resident(actor=worker, resident=town.granny, told=replace(TOLD, name=" "))
    desk.cookies["django_language"] = language
    page = desk.get(town.granny.get_absolute_url()).content.decode()
    assert page.count(said) == 1
    assert "王秀瑛" not in page
    with translation.override(language):
        entries = Entry.objects.filter(verb="territory.correct_resident").order_by("id")
        assert [changes_in_words(entry) for entry in entries] == [said, ""]


def test_birth_and_sex_follow_from_the_identity_number(town, worker):
    told = replace(TOLD, id_number=id_number(date(1942, 7, 8), 3), birth_date=None, sex="")
    granny = correct_resident(actor=worker, resident=town.granny, told=told).subject
    assert (granny.birth_date, granny.birth_year, granny.sex) == (date(1942, 7, 8), 1942, "m")


def test_a_day_of_birth_that_nobody_knows_may_stay_unknown(town, worker):
    with by_hand():
        Resident.objects.filter(pk=town.granny.pk).update(birth_date=None)
    told = replace(TOLD, id_number="", birth_date=None, phone="")
    granny = correct_resident(actor=worker, resident=town.granny, told=told).subject
    assert (granny.birth_date, granny.birth_year, granny.phone) == (None, 1941, "")


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"name": " "}, "姓名空着", "name"),
        ({"name": "王" * 41}, "太长", "name"),
        ({"phone": "1541234567"}, "少了 1 位", "phone"),
        ({"phone": "没有电话"}, "有不该有的字", "phone"),
        ({"id_number": GRANNY.id_number[:-1] + "0"}, "校验码不对", "id_number"),
        ({"id_number": GRANNY.id_number[:-1]}, "少了 1 位", "id_number"),
        ({"birth_date": date(1941, 5, 7)}, "对不上", "birth_date"),
        ({"sex": "m"}, "对不上", "sex"),
        ({"id_number": "", "birth_date": date(2023, 8, 4)}, "不能晚于今天", "birth_date"),
        ({"id_number": "", "birth_date": date(1880, 1, 1)}, "130 年前", "birth_date"),
        ({"id_number": "", "sex": ""}, "没有性别", "sex"),
        ({"basis": "because"}, "处理依据", "basis"),
        ({"id_number": STRANGER.id_number, "birth_date": None, "sex": ""}, "登记在街道别处", "id_number"),
        ({}, "没有要改的", None),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(town, worker, changes, words, field):
    with pytest.raises(Refused, match=words) as caught:
        correct_resident(actor=worker, resident=town.granny, told=replace(TOLD, **changes))
    assert [reason.field for reason in caught.value.reasons] == [field]
    town.granny.refresh_from_db()
    assert town.granny.name == GRANNY.name


def test_all_that_is_wrong_is_said_at_once(town, worker):
    with pytest.raises(Refused) as caught:
        correct_resident(actor=worker, resident=town.granny, told=PersonTold(phone="1541234"))
    assert [reason.field for reason in caught.value.reasons] == ["phone", "name", "sex", "basis"]


@pytest.mark.parametrize("role", [Role.LIFT_COORDINATOR, Role.LEADER, Role.PRIVACY_OFFICER, Role.SYSTEM_ADMIN])
def test_who_keeps_no_registers_may_not(town, staff, role):
    other = staff(role, at=town.west)
    for act in _acts(town):
        with forbidden():
            act(other)


def test_a_worker_of_another_committee_may_not(town, staff):
    other = staff(Role.GRID_WORKER, at=town.east)
    for act in _acts(town):
        with forbidden():
            act(other)


def _acts(town):
    return [
        lambda actor: correct_resident(actor=actor, resident=town.granny, told=replace(TOLD, phone="")),
        lambda actor: add_resident(actor=actor, household=town.household, told=NEWCOMER),
        lambda actor: move_out(actor=actor, resident=town.granny, moved=date(2023, 8, 1)),
        lambda actor: bring_back(actor=actor, resident=town.granny),
        lambda actor: correct_household(actor=actor, household=town.household, facts=replace(HOME, room="502")),
        lambda actor: correct_building(actor=actor, building=town.house, facts=replace(HOUSE, levels=7)),
    ]


def test_somebody_is_put_on_record_as_read_from_what_was_typed(town, worker):
    newcomer = add_resident(actor=worker, household=town.household, told=NEWCOMER).subject
    newcomer.refresh_from_db()
    entry = Entry.objects.get(verb="territory.add_resident")
    assert (newcomer.name, newcomer.phone, newcomer.sex) == ("陈建国", "15400001111", "m")
    assert newcomer.path == f"{town.household.path}03"
    assert entry.facts == {"household": town.household.pk}
    assert opened_values(entry)["birth_date"] == "1960-02-03"


def test_somebody_new_must_be_told_with_birth_and_sex(town, worker):
    with pytest.raises(Refused, match=r"没有出生日期.*没有性别"):
        add_resident(actor=worker, household=town.household, told=replace(NEWCOMER, id_number=""))


def test_an_identity_number_stands_once_in_a_subdistrict(town, worker):
    with refused("登记在街道别处"):
        add_resident(actor=worker, household=town.household, told=replace(NEWCOMER, id_number=STRANGER.id_number))


def test_a_household_has_numbers_for_ninety_nine(town, worker):
    with by_hand():
        Resident.objects.filter(pk=town.boy.pk).update(path=f"{town.household.path}99")
    with refused("人数满了"):
        add_resident(actor=worker, household=town.household, told=NEWCOMER)


def test_who_moves_out_keeps_the_row_and_counts_no_more(town, worker):
    granny = move_out(actor=worker, resident=town.granny, moved=date(2023, 8, 1), note=" 去女儿家 ").subject
    granny.refresh_from_db()
    entry = Entry.objects.get(verb="territory.move_out")
    assert granny.left_on == date(2023, 8, 1)
    assert list(town.household.residents.here()) == [town.boy]
    assert opened_values(entry) == {"moved": "2023-08-01", "note": "去女儿家"}


@pytest.mark.parametrize(("moved", "words"), [(date(2023, 8, 4), "在今天以后"), (date(1940, 1, 1), "早于出生")])
def test_a_day_that_cannot_be_is_refused(town, worker, moved, words):
    with refused(words):
        move_out(actor=worker, resident=town.granny, moved=moved)


def test_today_is_the_office_s_own_day(town, worker, noon):
    with clock.stopped_at(noon + timedelta(hours=13)):  # past midnight in Shanghai, not yet in UTC
        assert move_out(actor=worker, resident=town.granny, moved=date(2023, 8, 4)).subject.left_at


def test_a_move_out_can_be_taken_back(town, worker):
    move_out(actor=worker, resident=town.granny, moved=date(2023, 8, 1))
    with refused("已经迁出"):
        move_out(actor=worker, resident=town.granny, moved=date(2023, 8, 1))
    with refused("先撤销迁出"):
        correct_resident(actor=worker, resident=town.granny, told=replace(TOLD, phone=""))
    assert bring_back(actor=worker, resident=town.granny).subject.left_at is None
    with refused("没有迁出"):
        bring_back(actor=worker, resident=town.granny)


def test_who_is_on_record_elsewhere_by_now_does_not_come_back(town, worker):
    move_out(actor=worker, resident=town.granny, moved=date(2023, 8, 1))
    with by_hand():
        town.stranger.id_number = GRANNY.id_number
        town.stranger.save()
    with refused("登记在街道别处"):
        bring_back(actor=worker, resident=town.granny)


def test_a_household_is_corrected(town, worker):
    facts = HouseholdFacts("502", 6, None, "租赁")
    household = correct_household(actor=worker, household=town.household, facts=facts).subject
    household.refresh_from_db()
    entry = Entry.objects.get(verb="territory.correct_household")
    assert (household.room, household.floor, household.living_area_m2, household.tenure) == ("502", 6, None, "租赁")
    assert entry.facts == {"fields": ["room", "floor", "living_area_m2", "tenure"]}
    assert opened_values(entry)["room"] == ["501", "502"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"room": ""}, "室号空着"),
        ({"room": "101"}, "已经有 101 室"),
        ({"floor": 7}, "没有这一层"),
        ({"floor": 0}, "没有这一层"),
        ({"living_area_m2": 0}, "住房面积不对"),
        ({}, "没有要改的"),
    ],
)
def test_a_household_that_cannot_be_is_refused(town, worker, changes, words):
    with by_hand():
        town.household.__class__.objects.create(
            stairwell=town.stairwell, path=f"{town.stairwell.path}0009", room="101", floor=1
        )
    with refused(words):
        correct_household(actor=worker, household=town.household, facts=replace(HOME, **changes))


def test_a_building_is_corrected(town, worker):
    building = correct_building(actor=worker, building=town.house, facts=replace(HOUSE, levels=7, structure="砖混"))
    building.subject.refresh_from_db()
    assert (building.subject.levels, building.subject.structure) == (7, "砖混")
    assert building.facts == {"fields": ["levels", "structure"]}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"use": "castle"}, "没有这种用途"),
        ({"levels": 0}, "层数不对"),
        ({"levels": float("nan")}, "层数不对"),
        ({"floor_area_m2": -1}, "建筑面积不对"),
        ({"year_built": 84}, "建成年份不对"),
        ({}, "没有要改的"),
    ],
)
def test_a_building_that_cannot_be_is_refused(town, worker, changes, words):
    with refused(words):
        correct_building(actor=worker, building=town.house, facts=replace(HOUSE, **changes))


def test_the_form_shows_full_values_only_once_the_file_is_open(town, desk):
    form = f"/territory/residents/{town.granny.pk}/correct/"
    response = desk.get(form)
    assert response.headers["Location"] == f"/territory/residents/{town.granny.pk}/open/?then=correct"
    asked = desk.get(response.headers["Location"]).content.decode()
    assert 'value="correct_data" id="id_purpose_6" checked' in asked
    opened = desk.post(response.headers["Location"], {"purpose": "correct_data"})
    assert opened.headers["Location"] == form
    page = desk.get(form).content.decode()
    assert all(value in page for value in (GRANNY.name, GRANNY.phone, GRANNY.id_number, "1941-05-06"))


def test_a_correction_is_sent_in_and_a_refusal_stands_at_its_field(town, desk):
    desk.post(f"/territory/residents/{town.granny.pk}/open/", {"purpose": "correct_data"})
    form = f"/territory/residents/{town.granny.pk}/correct/"
    sent = {"name": "王秀英", "phone": "1541234", "id_number": GRANNY.id_number, "basis": "committee_service"}
    wrong = desk.post(form, sent)
    assert wrong.status_code == 422
    assert "少了 4 位" in wrong.content.decode()
    assert desk.post(form, {**sent, "phone": ""}).headers["Location"] == town.granny.get_absolute_url()
    assert verbs_of(town.granny) == ["territory.correct_resident"] * 2


def test_homes_and_comings_and_goings_are_sent_in(town, desk):
    home = f"/territory/households/{town.household.pk}"
    person = {"name": "陈建国", "id_number": NEWCOMER.id_number, "basis": "elder_care"}
    assert desk.post(f"{home}/add/", person).headers["Location"] == f"{home}/"
    assert desk.post(f"{home}/correct/", {"room": "501室", "floor": 4}).headers["Location"] == f"{home}/"
    granny = town.granny.get_absolute_url()
    assert desk.post(f"{granny}move-out/", {"moved": "2023-08-01"}).headers["Location"] == f"{home}/"
    assert "已迁出的人" in desk.get(f"{home}/").content.decode()
    assert desk.post(f"{granny}bring-back/").headers["Location"] == granny
    assert desk.post(f"{granny}bring-back/").status_code == 422
    house = town.house.get_absolute_url()
    facts = {"name": "枣阳路 1 号", "use": "mixed", "levels": 6, "floor_area_m2": 2400}
    assert desk.post(f"{house}correct/", facts).headers["Location"] == house


@pytest.mark.parametrize(
    "address",
    [
        "residents/{stranger}/correct/",
        "residents/{stranger}/move-out/",
        "residents/{stranger}/bring-back/",
        "households/{other_household}/add/",
        "households/{other_household}/correct/",
        "buildings/{other_house}/correct/",
    ],
)
def test_what_lies_in_another_committee_is_neither_shown_nor_changed(town, desk, address):
    names = ("stranger", "other_household", "other_house")
    place = "/territory/" + address.format(**{name: getattr(town, name).pk for name in names})
    assert desk.get(place).status_code == 404
    assert desk.post(place, {"name": "x"}).status_code == 404


@pytest.mark.parametrize("address", ["residents/{granny}/correct/", "households/{household}/add/"])
def test_who_keeps_no_registers_gets_no_form(town, staff, client_of, address):
    reader = client_of(staff(Role.PRIVACY_OFFICER, at=town.subdistrict))
    place = "/territory/" + address.format(granny=town.granny.pk, household=town.household.pk)
    assert reader.get(place).status_code == 403
