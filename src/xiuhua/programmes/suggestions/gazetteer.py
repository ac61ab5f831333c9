"""The gazetteer of a subdistrict (地名表): its names and addresses, read from the territory, kept while they stand."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import shapely
from django.db.models import Count, Max, QuerySet, Value
from shapely.geometry.base import BaseGeometry

from xiuhua.ground.territory.models import Building, Committee, Facility, Landscape, Stairwell
from xiuhua.programmes.suggestions.sorting.places import Entry, Gazetteer, PlaceKind

_LINES = (Landscape.Kind.STREET, Landscape.Kind.LANE)
_SIGHTS = (
    Landscape.Kind.GREEN,
    Landscape.Kind.WATER,
    Landscape.Kind.CAMPUS,
    Landscape.Kind.SQUARE,
    Landscape.Kind.GATE,
)
COMMITTEE_DIGITS = 12

Stand = tuple[tuple[int, int, int], ...]
_kept: dict[str, tuple[Stand, Gazetteer]] = {}


def gazetteer_of(subdistrict: str) -> Gazetteer:
    """The names and addresses of a subdistrict, by its path; read anew when rows have come or gone.

    What is renamed without coming or going is found by its old name until `forget` is called or the process ends.
    """
    stand = _stand(subdistrict)
    kept = _kept.get(subdistrict)
    if kept is None or kept[0] != stand:
        kept = _kept[subdistrict] = stand, Gazetteer.build(_rows(subdistrict))
    return kept[1]


def forget() -> None:
    """Read every gazetteer anew: names were changed."""
    _kept.clear()


def _tables(path: str) -> tuple[QuerySet[Any], ...]:
    return (
        Committee.objects.under(path),
        Building.objects.under(path),
        Stairwell.objects.under(path),
        Facility.objects.under(path),
        Landscape.objects.filter(subdistrict__path=path),
    )


def _stand(path: str) -> Stand:
    """How many rows there are, and the last that came."""
    first, *others = [
        table.order_by().annotate(which=Value(number)).values_list("which").annotate(rows=Count("pk"), last=Max("pk"))
        for number, table in enumerate(_tables(path))
    ]
    return tuple(sorted(first.union(*others, all=True)))


def _rows(path: str) -> Iterator[Entry]:
    committees, buildings, stairwells, facilities, landscape = _tables(path)
    for committee in committees:
        centre = committee.geometry.representative_point()
        yield Entry(PlaceKind.COMMITTEE, committee.name, committee.path, centre.x, centre.y)
    yield from _houses(buildings, stairwells)
    names = set()
    for name, place, entrances in facilities.exclude(name="").values_list("name", "path", "entrances"):
        names.add(name)
        lon, lat = entrances[0] if entrances else (None, None)
        yield Entry(PlaceKind.FACILITY, name, place, lon, lat)
    yield from _ground(path, landscape, names)


def _houses(buildings: QuerySet[Any], stairwells: QuerySet[Any]) -> Iterator[Entry]:
    """Stairwells and buildings by their addresses, and the quarters that they make up."""
    members: dict[str, list[tuple[str, float, float]]] = defaultdict(list)
    for name, quarter, place, lon, lat in buildings.values_list("name", "quarter", "path", "door_lon", "door_lat"):
        yield Entry(PlaceKind.BUILDING, name, place, lon, lat, quarter=quarter)
        if quarter:
            members[quarter].append((place[:COMMITTEE_DIGITS], lon, lat))
    columns = ("name", "building__name", "building__quarter", "path", "door_lon", "door_lat")
    for name, house, quarter, place, lon, lat in stairwells.values_list(*columns):
        address = f"{house}{name}" if house and name[:1].isdigit() else name
        yield Entry(PlaceKind.STAIRWELL, address, place, lon, lat, quarter=quarter)
    for quarter, homes in members.items():
        committee = Counter(place for place, _, _ in homes).most_common(1)[0][0]
        lon, lat = (sum(values) / len(homes) for values in zip(*[home[1:] for home in homes], strict=True))
        yield Entry(PlaceKind.QUARTER, quarter, committee, lon, lat)


def _ground(path: str, landscape: QuerySet[Any], facilities: set[str]) -> Iterator[Entry]:
    """Roads with their lines, and what else of the ground bears a name that no facility has."""
    for piece in landscape.exclude(name="").filter(kind__in=(*_LINES, *_SIGHTS)):
        if piece.kind in _LINES:
            middle = _longest(piece.geometry).interpolate(0.5, normalized=True)
            yield Entry(PlaceKind.ROAD, piece.name, path, middle.x, middle.y, piece.geometry)
        elif piece.name not in facilities:
            centre = piece.geometry.representative_point()
            yield Entry(PlaceKind.FACILITY, piece.name, path, centre.x, centre.y)


def _longest(road: BaseGeometry) -> Any:
    """The longest piece of a road."""
    return max(shapely.get_parts(road), key=lambda piece: float(piece.length))
