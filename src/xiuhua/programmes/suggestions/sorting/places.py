"""Places in what residents write (地点识别): recognised against the territory's own names and addresses.

People say a door in several ways: 中江路88弄12号, 风荷苑 36 号楼, or only 88弄 once the road was said; a crossing as
云岭东路靠近枣阳路. Names are looked up from every character of the text, longest first, so that the cost follows the
length of the text and not the number of names; numbers that follow a road or a quarter lead on to the door.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import shapely
from shapely.geometry.base import BaseGeometry

from xiuhua.programmes.suggestions.sorting.folding import folded


class PlaceKind(StrEnum):
    """What a place is, the vaguest first."""

    COMMITTEE = "committee"
    ROAD = "road"
    FACILITY = "facility"
    QUARTER = "quarter"
    LANE = "lane"
    CROSSING = "crossing"
    BUILDING = "building"
    STAIRWELL = "stairwell"


@dataclass(frozen=True, slots=True)
class Entry:
    """A name or an address of the territory.

    Parameters
    ----------
    path : str
        Territory path of what bears the name, or of what it lies in.
    lon, lat : float or None
        Degrees of WGS 84; None where only the path is known.
    line : shapely geometry, optional
        Of a road, in degrees: where it meets another is the crossing.
    quarter : str
        Of a building or stairwell: the quarter that it belongs to.
    """

    kind: PlaceKind
    name: str
    path: str
    lon: float | None
    lat: float | None
    line: BaseGeometry | None = None
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that a text names; `confidence` is from 0 to 1."""

    kind: PlaceKind
    name: str
    path: str
    lon: float | None
    lat: float | None
    start: int
    end: int
    confidence: float


_SURE = {
    PlaceKind.STAIRWELL: 0.97, PlaceKind.BUILDING: 0.95, PlaceKind.CROSSING: 0.94, PlaceKind.LANE: 0.92,
    PlaceKind.QUARTER: 0.9, PlaceKind.FACILITY: 0.88, PlaceKind.COMMITTEE: 0.6, PlaceKind.ROAD: 0.5,
}  # fmt: skip
_NUMBER = r"(\d{1,5}|[一二三四五六七八九十百]{1,6})"
_NO_GATE = r"(?!线|口|门(?![口洞前栋]))"
_ADDRESS = re.compile(r"(.+?)(?:(\d+)弄)?(?:\d+支弄)?(?:(\d+)(?:-(\d+))?号)?")
_AFTER_ROAD = re.compile(rf"(?:的)?(?:{_NUMBER}弄(?:[里内的]?{_NUMBER}(?:号|栋|幢))?|{_NUMBER}号{_NO_GATE})")
_AFTER_QUARTER = re.compile(rf"(?:小区|的)?(?:里面?)?{_NUMBER}(?:号楼?|栋|幢|座|#){_NO_GATE}")
_LANE_ALONE = re.compile(rf"{_NUMBER}弄(?:[里内的]?{_NUMBER}(?:号|栋|幢))?")
_MEETS = re.compile(r"(?:靠近|临近|近|与|和|跟|、|×|[xX/]|交|口|路口|的|,|，|往|在|快到){0,3}")
_MEETS_AFTER = re.compile(r"(?:的)?(?:交叉|交界|交汇|交会|十字|丁字|路口|口|转角|拐角|公交站|站)")
_OFFICE = r"(?:社区)?(?:居民委员会|居委会?|居民区|村委会?)"
_SPELT = str.maketrans("壹贰叁肆伍陆柒捌玖", "一二三四五六七八九")
_VILLAGE = re.compile(r"[1-9](?=村)")
_MET_WITHIN = 0.0007
"""Degrees, some 70 m: lines of roads that end at each other's kerb still cross."""
_TOGETHER = 0.004

Address = tuple[str, int, int]
"""Road, number of the lane (弄) or 0, number of the door (号) or 0."""


class Gazetteer:
    """The names and addresses of a territory, made ready for finding."""

    def __init__(self, names: dict[str, Entry], doors: dict[Address, Entry], homes: dict[str, tuple[str, int]]) -> None:
        self._names = names
        self._doors = doors
        self._homes = homes
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in names:
            lengths[name[:2]].add(len(name))
        self._lengths = {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}
        lanes: dict[int, set[str]] = defaultdict(set)
        for road, lane, door in doors:
            if lane and not door:
                lanes[lane].add(road)
        self._roads_of_lane = dict(lanes)

    @classmethod
    def build(cls, rows: Iterable[Entry]) -> "Gazetteer":
        """Make ready the rows of a territory; a name that two places bear tells neither of them."""
        rows = [row for row in rows if row.name]
        doors, homes = _doors(rows)
        names: dict[str, Entry] = {}
        for calls in (_own_names, _aliases):  # what a place is really called goes before what another may be called
            named: dict[str, list[Entry]] = defaultdict(list)
            for row in rows:
                for name in calls(row):
                    named[name].append(row)
            found = {name: entry for name, bearers in named.items() if len(name) > 1 and (entry := _one_of(bearers))}
            names = found | names
        return cls(names, doors, homes)

    def __len__(self) -> int:
        return len(self._names) + len(self._doors)

    def find(self, text: str) -> list[Mention]:
        """Every place that a text names, from left to right, none overlapping another."""
        plain = folded(text)
        kept = [place for place, char in enumerate(plain.text) if char not in " \t"]
        said = _spelt("".join(plain.text[place] for place in kept))
        found = self._crossings(said, list(self._found(said)))
        return [
            replace(one, start=plain.span(kept[one.start], kept[one.start] + 1)[0],
                    end=plain.span(kept[one.end - 1], kept[one.end - 1] + 1)[1])
            for one in found
        ]  # fmt: skip

    def best(self, text: str) -> Mention | None:
        """The most specific place that agrees best with the others; less sure where others lie elsewhere."""
        return best_of(self.find(text))

    def _found(self, said: str) -> Iterator[Mention]:
        at, road = 0, ""
        while at < len(said):
            one = self._named(said, at) or self._lane_alone(said, at, road)
            if one is None:
                at += 1
                continue
            yield one
            if one.kind in {PlaceKind.ROAD, PlaceKind.LANE, PlaceKind.BUILDING, PlaceKind.STAIRWELL}:
                road = _road_of(one.name) or road
            at = one.end

    def _named(self, said: str, at: int) -> Mention | None:
        for length in self._lengths.get(said[at : at + 2], ()):
            entry = self._names.get(said[at : at + length])
            if entry is not None and len(said) >= at + length:
                end = at + length
                return self._led_on(said, at, end, entry) or _mention(entry, at, end)
        return None

    def _led_on(self, said: str, start: int, end: int, entry: Entry) -> Mention | None:
        """The door or lane that the numbers after a road or a quarter lead to."""
        if entry.kind is PlaceKind.ROAD and (number := _AFTER_ROAD.match(said, end)):
            lane, door = (0, number[3]) if number[3] else (number[1], number[2])
            return self._at(entry.name, _value(lane), _value(door), start, number.end())
        if entry.kind is PlaceKind.QUARTER and entry.name in self._homes:
            number = _AFTER_QUARTER.match(said, end)
            if number:
                found = self._doors.get((*self._homes[entry.name], _value(number[1])))
                return _mention(found, start, number.end()) if found else None
        return None

    def _lane_alone(self, said: str, at: int, road: str) -> Mention | None:
        """A lane without its road: on the road said before, or where only one road has such a number."""
        if said[at] not in "0123456789一二三四五六七八九十百" or (at and said[at - 1].isdigit()):
            return None
        number = _LANE_ALONE.match(said, at)
        if number is None:
            return None
        lane, door = _value(number[1]), _value(number[2])
        if road and (found := self._at(road, lane, door, at, number.end())):
            return found
        roads = self._roads_of_lane.get(lane, set())
        found = self._at(next(iter(roads)), lane, door, at, number.end()) if len(roads) == 1 else None
        return replace(found, confidence=round(found.confidence * 0.8, 2)) if found else None

    def _at(self, road: str, lane: int, door: int, start: int, end: int) -> Mention | None:
        if found := self._doors.get((road, lane, door)):
            return _mention(found, start, end)
        if lane and door and (found := self._doors.get((road, lane, 0))):
            return replace(_mention(found, start, end), confidence=0.8)
        return None

    def _crossings(self, said: str, mentions: list[Mention]) -> list[Mention]:
        """Two roads named one after the other become their crossing, where they meet."""
        joined: list[Mention] = []
        for one in mentions:
            before = joined[-1] if joined else None
            if before and one.kind is before.kind is PlaceKind.ROAD and one.name != before.name:
                between = said[before.end : one.start]
                link, after = _MEETS.fullmatch(between), _MEETS_AFTER.match(said, one.end)
                point = self._meeting(before.name, one.name) if link and (between or after) else None
                if point is not None:
                    end = after.end() if after else one.end
                    joined[-1] = Mention(
                        PlaceKind.CROSSING, f"{before.name}{one.name}口", before.path, point.x, point.y,
                        before.start, end, _SURE[PlaceKind.CROSSING],
                    )  # fmt: skip
                    continue
            joined.append(one)
        return joined

    def _meeting(self, road: str, other: str) -> shapely.Point | None:
        one, two = self._names[road].line, self._names[other].line
        if one is None or two is None or one.distance(two) > _MET_WITHIN:
            return None
        meeting = one.intersection(two)
        if meeting.is_empty:
            meeting = shapely.shortest_line(one, two)
        return meeting.centroid


def best_of(mentions: list[Mention]) -> Mention | None:
    """The most specific of some places; of several alike the one that the others lie around, then the first."""
    if not mentions:
        return None
    ranks = list(PlaceKind)

    def weight(one: Mention) -> tuple[float, int, int]:
        agreeing = sum(_agree(one, other) for other in mentions)
        return ranks.index(one.kind) + 2 * one.confidence, agreeing, -one.start

    best = max(mentions, key=weight)
    rivals = [one for one in mentions if one.kind is best.kind and one.name != best.name and not _agree(best, one)]
    return replace(best, confidence=round(best.confidence * 0.7, 2)) if rivals else best


def _agree(one: Mention, other: Mention) -> bool:
    """Whether one place may lie in the other, by their paths."""
    short, long = sorted((one.path, other.path), key=len)
    return long.startswith(short)


def _mention(entry: Entry, start: int, end: int) -> Mention:
    return Mention(entry.kind, entry.name, entry.path, entry.lon, entry.lat, start, end, _SURE[entry.kind])


def _doors(rows: list[Entry]) -> tuple[dict[Address, Entry], dict[str, tuple[str, int]]]:
    """Doors and lanes by address, and the address of each quarter."""
    doors: dict[Address, Entry] = {}
    in_lane: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    homes: dict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
    for row in sorted(rows, key=lambda row: row.kind is not PlaceKind.STAIRWELL):
        address = _address_of(row)
        if address is None:
            continue
        road, lane, first, last = address
        for door in range(first, min(last, first + 60) + 1):
            doors.setdefault((road, lane, door), row)
        if lane:
            in_lane[road, lane].append(row)
            homes[row.quarter][road, lane] += 1
    for (road, lane), members in in_lane.items():
        doors.setdefault((road, lane, 0), _lane_entry(road, lane, members))
    return doors, {quarter: count.most_common(1)[0][0] for quarter, count in homes.items() if quarter}


def _address_of(row: Entry) -> tuple[str, int, int, int] | None:
    if row.kind not in {PlaceKind.BUILDING, PlaceKind.STAIRWELL, PlaceKind.LANE}:
        return None
    parts = _ADDRESS.fullmatch(_written(row.name))
    if parts is None or not (parts[2] or parts[3]):
        return None
    first = int(parts[3] or 0)
    return parts[1], int(parts[2] or 0), first, max(first, int(parts[4] or first))


def _lane_entry(road: str, lane: int, members: list[Entry]) -> Entry:
    """A lane: in the middle of its doors, in the place that they have in common."""
    placed = [(row.lon, row.lat) for row in members if row.lon is not None and row.lat is not None]
    first, last = min(row.path for row in members), max(row.path for row in members)
    same = next((k for k, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    path = first[: max((level for level in (9, 12, 15, 20, 22) if level <= same), default=9)]
    lon, lat = (sum(values) / len(placed) for values in zip(*placed, strict=True)) if placed else (None, None)
    return Entry(PlaceKind.LANE, f"{road}{lane}弄", path, lon, lat)


def _own_names(row: Entry) -> set[str]:
    """What it is called; a committee is named with its office, and what has an address is found by its numbers."""
    name = _plain_name(row)
    if row.kind is PlaceKind.COMMITTEE:
        stem = re.sub(rf"{_OFFICE}$", "", name)
        return {stem + office for office in ("居委", "居委会", "居民委员会", "居民区", "社区居委会")}
    return set() if _address_of(row) and "-" not in name else {name}


def _aliases(row: Entry) -> set[str]:
    """What people call it besides."""
    name = _plain_name(row)
    if row.kind is PlaceKind.COMMITTEE:
        stem = re.sub(rf"{_OFFICE}$", "", name)
        return {stem} if stem.endswith("村") else set()
    if row.kind is PlaceKind.FACILITY:
        short = re.sub(r"^.{2,6}?街道(?=社区)|^[^路]{2,4}(?=社区)", "", name)
        return {short} if len(short) >= 5 else set()
    if row.kind is PlaceKind.QUARTER and name.endswith("新村"):
        return {name.removesuffix("新村") + "小区"}
    return set()


def _plain_name(row: Entry) -> str:
    return _spelt(re.sub(r"[（(].*?[）)]", "", _written(row.name)))


def _one_of(bearers: list[Entry]) -> Entry | None:
    """Which of those who bear a name is meant: the most specific, unless two of its kind lie apart."""
    ranks = list(PlaceKind)
    highest = max(ranks.index(row.kind) for row in bearers)
    chosen = [row for row in bearers if ranks.index(row.kind) == highest]
    own = [row for row in chosen if row.name == chosen[0].name]
    if len(own) < len(chosen):
        return None
    if chosen[0].kind is PlaceKind.ROAD and len(chosen) > 1:
        lines = [row.line for row in chosen if row.line is not None]
        return replace(chosen[0], line=shapely.union_all(lines) if lines else None)
    if chosen[0].kind is PlaceKind.FACILITY and not _stand_together(chosen):
        return None
    return chosen[0]


def _stand_together(rows: list[Entry]) -> bool:
    """Whether all lie within some 400 m, as the platforms of a bus stop at a crossing do."""
    at = [(row.lon, row.lat) for row in rows if row.lon is not None and row.lat is not None]
    return len(at) == len(rows) and all(max(values) - min(values) <= _TOGETHER for values in zip(*at, strict=True))


def _spelt(text: str) -> str:
    """Villages as they are written on maps: 壹村 and 1村 are 一村."""
    return _VILLAGE.sub(lambda digit: "一二三四五六七八九"[int(digit[0]) - 1], text.translate(_SPELT))


def _road_of(name: str) -> str:
    parts = _ADDRESS.fullmatch(_written(name))
    return parts[1] if parts else ""


def _written(name: str) -> str:
    """A name or an address without blanks."""
    return re.sub(r"\s", "", folded(name).text)


def _value(number: str | int | None) -> int:
    """The number that is written in digits or in Chinese below a thousand; 0 where there is none."""
    if not number:
        return 0
    if isinstance(number, int) or number.isdecimal():
        return int(number)
    total, last = 0, 0
    for char in number:
        if char in "十百":
            total, last = total + (last or 1) * (10 if char == "十" else 100), 0
        else:
            last = last * 10 + "一二三四五六七八九".index(char) + 1
    return total + last
