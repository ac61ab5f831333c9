"""The demonstration on record: once, the same for the same seed, by the office's own actions."""

import pytest
from django.conf import settings
from django.db.models import F

from expectations import by_hand
from xiuhua.demo import build as demo
from xiuhua.ground import clock
from xiuhua.ground.accounts.models import User
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.privacy.models import Consent, DataRequest, ImpactAssessment, LegalHold
from xiuhua.ground.progress import silent
from xiuhua.ground.rosters.models import RosterImport
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.standards import on
from xiuhua.ground.territory.models import Binding, Building, Facility, Resident, Stairwell, Subdistrict
from xiuhua.ground.verdicts import Refused
from xiuhua.programmes.lifecircle.models import Run
from xiuhua.programmes.projects.flow import ProjectFlow
from xiuhua.programmes.projects.models import Milestone, Project, Slip

SEED, SCALE = 7, 0.05


def test_it_stands_on_record_as_it_was_drawn(built, small_plan):
    counted = demo.summary(built)
    assert counted["residents"] == len(small_plan.residents)
    assert counted["buildings"] == Building.objects.count() == len(small_plan.buildings)
    assert counted["facilities"] == Facility.objects.count() == len(small_plan.facilities)
    assert counted["stairwells"] == Stairwell.objects.count() == len(small_plan.stairwells)
    assert counted["area_km2"] == pytest.approx(5.80, abs=0.01)
    assert built.invented


def test_it_was_built_by_actions_at_its_own_time(built):
    told = list(Entry.objects.order_by("id").values_list("verb", "at"))
    assert [verb for verb, _at in told[:2]] == ["territory.found_subdistrict", "territory.lay_out"]
    assert [verb for verb, _at in told[-2:]] == ["lifecircle.run_analysis"] * 2
    assert (told[0][1], told[-1][1]) == (demo.OPENED_AT, demo.STARTS_AT)
    assert (settings.DATA / clock.FILE).exists()
    assert (clock.now() - demo.STARTS_AT).total_seconds() < 3600


def test_the_office_has_worked_some_days(built):
    opened = Entry.objects.filter(verb="territory.open_household_file")
    assert {entry.actor for entry in opened} == {f"user:{User.objects.get(username='CF0317').pk}"}
    assert sorted(DataRequest.objects.values_list("state", flat=True)) == ["answered", "open", "open"]
    assert Consent.objects.count() > Consent.objects.filter(withdrawn_at=None).count() > 0
    assert (ImpactAssessment.objects.count(), LegalHold.objects.count()) == (1, 1)
    assert (RosterImport.objects.get().faulty, RosterImport.objects.get().rows) == (3, 3)


def test_its_projects_stand_in_every_state_and_some_have_slipped(built):
    assert Project.objects.count() >= 30
    assert set(Project.objects.values_list("state", flat=True)) == {state for state, _ in ProjectFlow.choices()}
    assert set(Project.objects.values_list("action", flat=True)) == set(on(demo.STARTS_AT.date()).projects.actions)
    assert Slip.objects.filter(due_on__gt=F("was_due_on")).count() > 3
    assert Project.objects.late_on(demo.STARTS_AT.date()).exists()
    done = Project.objects.filter(state="done")
    assert not Milestone.objects.filter(project__in=done, done_on=None).exists()
    told = Entry.objects.filter(verb__startswith="projects.").order_by("id").values_list("at", flat=True)
    assert demo.OPENED_AT < told.first() <= told.last() < demo.STARTS_AT


def test_a_few_residents_wait_for_a_worker_s_answer(built):
    bindings = Binding.objects.waiting()
    assert sorted(binding.household is None for binding in bindings) == [False, False, True]
    assert all(binding.name for binding in bindings)


def test_at_night_fewer_reach_what_they_need(built):
    morning, night = Run.objects.order_by("-id")
    assert (morning.hour, night.hour) == (demo.WEEKDAY_MORNING, demo.WEEKDAY_NIGHT)
    assert night.score < morning.score


def test_a_second_build_finds_it_built(built):
    digest = demo.digest()
    assert demo.build(seed=SEED, scale=SCALE, progress=silent) == built
    assert demo.digest() == digest
    assert Subdistrict.objects.count() == 1


@pytest.mark.parametrize(("seed", "scale"), [(SEED + 1, SCALE), (SEED, 0.06)])
def test_another_demonstration_in_the_same_folder_is_refused(built, seed, scale):
    with pytest.raises(Refused, match="已经有另一个街道的数据"):
        demo.build(seed=seed, scale=scale, progress=silent)


def test_the_digest_tells_one_changed_column(built):
    before = demo.digest()
    with by_hand():
        Building.objects.filter(pk=Building.objects.first().pk).update(year_built=1801)
    assert demo.digest() != before


def test_the_digest_tells_a_changed_sealed_value_and_not_a_changed_seal(built):
    before, somebody = demo.digest(), Resident.objects.exclude(phone_index="").first()
    with by_hand():
        somebody.phone = "15400000000"
        somebody.save()
    assert demo.digest() != before
    held = str(Resident.objects.values_list("phone", flat=True).get(pk=somebody.pk))
    changed = demo.digest()
    with by_hand():
        Resident.objects.filter(pk=somebody.pk).delete()
        fresh = Resident(**{name: getattr(somebody, name) for name in _PLAIN}, household=somebody.household)
        fresh.save()
    assert str(Resident.objects.values_list("phone", flat=True).get(pk=fresh.pk)) != held
    assert demo.digest() == changed


def test_people_are_found_by_what_they_are_called_and_reached_by(built, small_plan):
    somebody = next(one for one in small_plan.residents if one.phone)
    found = Resident.objects.get(sealed_equals(Resident, "id_number", somebody.id_number))
    assert (found.name, found.phone, found.birth_date) == (somebody.name, somebody.phone, somebody.birth_date)
    assert Resident.objects.filter(sealed_equals(Resident, "phone", somebody.phone)).get() == found


_PLAIN = ("path", "name", "phone", "id_number", "birth_year", "birth_date", "sex", "basis")
