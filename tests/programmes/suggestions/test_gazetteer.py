"""The gazetteer of a subdistrict: read from its rows, anew when rows come."""

import pytest

from expectations import by_hand
from xiuhua.ground.territory.models import Facility
from xiuhua.programmes.suggestions.gazetteer import gazetteer_of
from xiuhua.programmes.suggestions.sorting.places import PlaceKind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("西村居委会的助餐点", PlaceKind.COMMITTEE),
        ("枣阳菜场门口积水", PlaceKind.FACILITY),
        ("枣阳路太暗", PlaceKind.ROAD),
    ],
)
def test_what_the_territory_knows_is_found(town, words, kind):
    found = gazetteer_of(town.path).best(words)
    assert found is not None
    assert found.kind is kind
    assert found.path.startswith(town.path)
    assert found.lon == pytest.approx(121.41, abs=0.01)


def test_rows_that_come_are_found_and_another_subdistrict_is_not(town):
    assert gazetteer_of(town.path).best("风荷书屋的灯") is None
    market = Facility.objects.get()
    with by_hand():
        market.pk, market.key, market.name = None, "books", "风荷书屋"
        market.save()
    assert gazetteer_of(town.path).best("风荷书屋的灯").name == "风荷书屋"
    assert gazetteer_of("310107999").best("风荷书屋的灯") is None
    assert gazetteer_of(town.path) is gazetteer_of(town.path)
