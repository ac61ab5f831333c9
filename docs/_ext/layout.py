"""Where rooms stand in the picture, so that few arrows cross and none runs beneath a box; always the same."""

import math
import random

COLUMNS, COLUMN, BOX, HEIGHT, GAP, GUTTER, PAD = 6, 124, 108, 40, 36, 112, 20
STARTS = 12
CROSSING, BENEATH = 6.0, 200.0
Place = tuple[int, int]
Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]
Arrow = tuple[str, str]


def placed(floors: dict[str, list[list[str]]], tops: dict[str, int], arrows: list[Arrow]) -> dict[str, Place]:
    """Left upper corner of each room's box.

    Parameters
    ----------
    floors : dict of str to rows of rooms
    tops : dict of str to int
        Upper edge of each room.
    arrows : list of (room, room)
    """
    rows = [row for rows in floors.values() for row in rows]
    best: dict[str, Place] = {}
    least = math.inf
    for start in range(STARTS):
        layout = _Layout(rows, tops, arrows, start)
        layout.settle()
        if layout.cost() < least:
            least, best = layout.cost(), dict(layout.place)
        if least < BENEATH:
            break
    return best


def bends(start: Place, end: Place) -> Curve:
    """A curve from the edge of one box to the edge of another, leaning towards where it goes."""
    upwards = end[1] <= start[1]
    x0, y0 = start[0] + BOX / 2, start[1] + (0 if upwards else HEIGHT)
    x1, y1 = end[0] + BOX / 2, end[1] + (HEIGHT + 5 if upwards else -5)
    lean = max(12 - BOX / 2, min(BOX / 2 - 12, (x1 - x0) * 0.16))
    bend = math.copysign(min(60, abs(y1 - y0) * 0.4), y1 - y0)
    return (x0 + lean, y0), (x0 + lean, y0 + bend), (x1 - lean, y1 - bend), (x1 - lean, y1)


class _Layout:
    """Rooms in columns, moved one by one to where they cost least until nothing changes."""

    def __init__(self, rows: list[list[str]], tops: dict[str, int], arrows: list[Arrow], start: int) -> None:
        self.tops, self.arrows = tops, arrows
        self.beside = {room: [other for other in row if other != room] for row in rows for room in row}
        self.column = _first_columns(rows, start)
        self.place = {room: self._at(room) for room in self.column}
        self.points = {arrow: self._points(arrow) for arrow in arrows}

    def settle(self) -> None:
        """Move rooms until no single move helps."""
        moved = True
        while moved:
            moved = False
            for room in self.column:
                stood = self.column[room]
                costs = {stood: self._cost_of(room)}
                for spot in (number / 2 for number in range(2 * COLUMNS - 1)):
                    if spot != stood and all(abs(self.column[other] - spot) >= 1 for other in self.beside[room]):
                        self._move(room, spot)
                        costs[spot] = self._cost_of(room)
                cheapest = min(costs, key=lambda spot: (costs[spot], spot != stood, spot))
                moved |= cheapest != stood
                self._move(room, cheapest)

    def cost(self) -> float:
        """What crosses, what runs beneath a box, and how far arrows go."""
        crossings = sum(self._cross(a, b) for i, a in enumerate(self.arrows) for b in self.arrows[:i])
        beneath = sum(self._beneath(arrow, room) for arrow in self.arrows for room in self.column)
        return CROSSING * crossings + BENEATH * beneath + sum(map(self._length, self.arrows))

    def _cost_of(self, room: str) -> float:
        """The part of the cost that depends on where a room stands."""
        own = [arrow for arrow in self.arrows if room in arrow]
        others = [arrow for arrow in self.arrows if room not in arrow]
        crossings = sum(self._cross(a, b) for i, a in enumerate(own) for b in (*others, *own[:i]))
        beneath = sum(self._beneath(arrow, other) for arrow in own for other in self.column)
        beneath += sum(self._beneath(arrow, room) for arrow in others)
        return CROSSING * crossings + BENEATH * beneath + sum(map(self._length, own))

    def _move(self, room: str, spot: float) -> None:
        self.column[room] = spot
        self.place[room] = self._at(room)
        self.points |= {arrow: self._points(arrow) for arrow in self.arrows if room in arrow}

    def _at(self, room: str) -> Place:
        return round(GUTTER + self.column[room] * COLUMN + (COLUMN - BOX) / 2), self.tops[room]

    def _points(self, arrow: Arrow) -> list[Point]:
        a, b, c, d = bends(self.place[arrow[0]], self.place[arrow[1]])
        weights = [(u**3, 3 * u * u * t, 3 * u * t * t, t**3) for t in (n / 24 for n in range(1, 24)) for u in (1 - t,)]
        return [
            (a[0] * p + b[0] * q + c[0] * r + d[0] * s, a[1] * p + b[1] * q + c[1] * r + d[1] * s)
            for p, q, r, s in weights
        ]

    def _length(self, arrow: Arrow) -> float:
        a, b = self.place[arrow[0]], self.place[arrow[1]]
        return 0.02 * abs(a[0] - b[0]) + 0.004 * abs(b[1] - a[1])

    def _cross(self, one: Arrow, other: Arrow) -> bool:
        """Whether the straight lines of two arrows cross between their ends."""
        if set(one) & set(other):
            return False
        a, b, c, d = (self.place[room] for room in (*one, *other))
        return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0

    def _beneath(self, arrow: Arrow, room: str) -> bool:
        """Whether an arrow runs beneath a box that is not its own, or grazes it."""
        if room in arrow:
            return False
        x, y = self.place[room]
        return any(x - 6 < px < x + BOX + 6 and y - 6 < py < y + HEIGHT + 6 for px, py in self.points[arrow])


def _first_columns(rows: list[list[str]], start: int) -> dict[str, float]:
    """Rows in the middle at first, then strewn; the same every time."""
    strewn = random.Random(start)  # noqa: S311 - a layout, not a secret
    columns: dict[str, float] = {}
    for row in rows:
        room = COLUMNS - len(row)
        left = room / 2 if start == 0 else strewn.randint(0, 2 * room) / 2
        columns |= {name: left + number for number, name in enumerate(row)}
    return columns


def _side(p: Place, q: Place, r: Place) -> int:
    return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
