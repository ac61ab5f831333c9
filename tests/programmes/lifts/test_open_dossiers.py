from expectations import forbidden
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.territory.models import Stairwell
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.models import Dossier


def test_every_stairwell_without_a_lift_gets_one_and_once(town, section_head):
    without = Stairwell.objects.filter(has_lift=False).count()
    for _time in (1, 2):
        actions.open_dossiers(actor=section_head, subdistrict=town)
    assert Dossier.objects.count() == without
    assert Entry.objects.filter(verb="lifts.open_dossiers", facts__opened=without).exists()


def test_a_sub_centres_coordinator_does_not_open_them_for_the_whole_subdistrict(town, coordinator):
    with forbidden():
        actions.open_dossiers(actor=coordinator, subdistrict=town)
