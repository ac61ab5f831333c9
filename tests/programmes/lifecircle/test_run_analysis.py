"""The verb of the life circle: what it keeps, and what it refuses."""

import pytest
from django.db import IntegrityError, transaction
from shapely import LineString, Polygon, box

from expectations import by_hand, forbidden
from programmes.lifecircle.town import MORNING, placed
from xiuhua.ground.journal.actors import System, Visitor
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.actions import found_subdistrict
from xiuhua.ground.verdicts import Refused
from xiuhua.programmes.lifecircle import queries
from xiuhua.programmes.lifecircle.actions import run_analysis
from xiuhua.programmes.lifecircle.models import Run

SYSTEM = System("test")
BOW_TIE = Polygon([(121.40, 31.22), (121.42, 31.24), (121.42, 31.22), (121.40, 31.24)])


def test_a_run_is_kept_with_its_figures(subdistrict, noon):
    run = run_analysis(actor=SYSTEM, subdistrict=subdistrict, hour=MORNING, area_name=" 全街道 ").subject
    outcome = queries.analysis_of(run)
    assert (run.made_at, run.hour, run.standard, run.area_name) == (noon, MORNING, "gb50180", "全街道")
    assert run.buildings == len(outcome.town.origins) > 0
    assert run.residents == outcome.town.origins.weights["residents"].sum() > 0
    assert run.score == outcome.score("elder")


def test_it_is_on_record(subdistrict):
    run = run_analysis(actor=SYSTEM, subdistrict=subdistrict).subject
    entry = Entry.objects.get(verb="lifecircle.run_analysis")
    assert (entry.subject_id, entry.actor, entry.territory) == (str(run.pk), "system:test", "310107014")
    assert entry.facts["buildings"] == run.buildings


def test_only_people_inside_an_area_are_asked_about(subdistrict):
    whole = run_analysis(actor=SYSTEM, subdistrict=subdistrict).subject
    east = run_analysis(actor=SYSTEM, subdistrict=subdistrict, area=placed(box(200, -50, 1100, 200))).subject
    assert 0 < east.buildings < whole.buildings
    assert len(queries.analysis_of(east).town.facilities.name) == len(queries.analysis_of(whole).town.facilities.name)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"hour": 168}, "hour", "钟点不在一周之内"),
        ({"hour": -1}, "hour", "钟点不在一周之内"),
        ({"area": BOW_TIE}, "area", "自己相交"),
        ({"area": LineString([(121.4, 31.2), (121.5, 31.3)])}, "area", "不是一个面"),
        ({"area": box(100.0, 20.0, 100.1, 20.1)}, "area", "范围里没有楼栋"),
    ],
)
def test_what_cannot_be_analysed_is_refused_at_its_field(subdistrict, change, field, words):
    with pytest.raises(Refused, match=words) as refused:
        run_analysis(actor=SYSTEM, subdistrict=subdistrict, **change)
    assert [reason.field for reason in refused.value.reasons] == [field]
    assert all(reason.mend for reason in refused.value.reasons)
    assert not Run.objects.exists()


def test_a_subdistrict_without_buildings_is_refused(db):
    empty = found_subdistrict(actor=SYSTEM, code="310107015", name="空街道", area=box(121, 31, 122, 32)).subject
    with pytest.raises(Refused, match="还没有楼栋和路网"):
        run_analysis(actor=SYSTEM, subdistrict=empty)


@pytest.mark.parametrize("role", [Role.GRID_WORKER, Role.PRIVACY_OFFICER, Role.SYSTEM_ADMIN])
def test_who_does_not_plan_may_not(subdistrict, worker_of, role):
    with forbidden():
        run_analysis(actor=worker_of(role, subdistrict.path), subdistrict=subdistrict)


def test_a_planner_of_one_committee_may_not(subdistrict, worker_of):
    with forbidden():
        run_analysis(actor=worker_of(Role.COMMUNITY_PLANNER, f"{subdistrict.path}001"), subdistrict=subdistrict)


def test_a_visitor_may_not(subdistrict):
    with forbidden():
        run_analysis(actor=Visitor(), subdistrict=subdistrict)


@pytest.mark.parametrize("change", [{"hour": 168}, {"score": 1.01}])
def test_the_database_refuses_what_cannot_be(subdistrict, change):
    run = run_analysis(actor=SYSTEM, subdistrict=subdistrict).subject
    with pytest.raises(IntegrityError), by_hand(), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(**change)
