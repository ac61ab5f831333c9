"""The demonstration on record: once, the same for the same seed, by the office's own actions."""

import pytest
from django.conf import settings

from xiuhua.demo import build as demo
from xiuhua.ground import clock
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.progress import silent
from xiuhua.ground.territory.models import Building, Facility, Stairwell, Subdistrict
from xiuhua.ground.verdicts import Refused
from xiuhua.programmes.lifecircle.models import Run

SEED, SCALE = 7, 0.05


@pytest.fixture(autouse=True)
def _data_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA", tmp_path)
    real = clock.now()
    yield
    clock.start_at(real, real)


@pytest.fixture
def built(db, small_plan, monkeypatch):
    monkeypatch.setattr(demo, "draw_plan", lambda seed, scale, progress: small_plan)
    return demo.build(seed=SEED, scale=SCALE, progress=silent)


def test_it_stands_on_record_as_it_was_drawn(built, small_plan):
    counted = demo.summary(built)
    assert counted["residents"] == len(small_plan.residents)
    assert counted["buildings"] == Building.objects.count() == len(small_plan.buildings)
    assert counted["facilities"] == Facility.objects.count() == len(small_plan.facilities)
    assert counted["stairwells"] == Stairwell.objects.count() == len(small_plan.stairwells)
    assert counted["area_km2"] == pytest.approx(5.80, abs=0.01)
    assert built.invented


def test_it_was_built_by_actions_at_its_own_time(built):
    verbs = list(Entry.objects.values_list("verb", flat=True))
    assert verbs == [
        "territory.found_subdistrict",
        "territory.lay_out",
        "lifecircle.run_analysis",
        "lifecircle.run_analysis",
    ]
    assert set(Entry.objects.values_list("at", flat=True)) == {demo.STARTS_AT}
    assert (settings.DATA / clock.FILE).exists()
    assert (clock.now() - demo.STARTS_AT).total_seconds() < 3600


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
    Building.objects.filter(pk=Building.objects.first().pk).update(year_built=1801)
    assert demo.digest() != before
