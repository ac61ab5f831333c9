"""Flat pictures in place of photographs (演示图): nobody took them, and their name says so."""

import io
from collections.abc import Callable, Sequence
from functools import cache

from PIL import Image, ImageDraw

from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.files.taking import take_in

WIDTH, HEIGHT = 800, 600
_FINER = 2
"""Drawn so many times larger, for smooth edges."""

SKY, DUSK, WALL, SHADE, PATH, KERB = "#dfe7e6", "#2f3b46", "#d9cdb8", "#cbbba3", "#b5b0a6", "#efe3c4"
INK, STEEL, LEAF, GRASS, BARK, WATER = "#33434f", "#5d6d78", "#9db88a", "#c3d2ac", "#8a7156", "#9fbcc6"
RED, AMBER, SKIN, CLOTH, CREAM = "#a52a2a", "#e0b354", "#e7c6a5", "#6f89a0", "#f7f2e6"

Points = Sequence[tuple[float, float]]


class _Sheet:
    """A sheet to draw on, measured in hundredths of its width and height."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER), ground)
        self._draw = ImageDraw.Draw(self.image)

    def area(self, points: Points, fill: str) -> None:
        self._draw.polygon([self._at(point) for point in points], fill=fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str, *, round_: float = 0) -> None:
        ends = (*self._at((left, top)), *self._at((right, bottom)))
        self._draw.rounded_rectangle(ends, radius=round_ * 8 * _FINER, fill=fill)

    def line(self, points: Points, fill: str, width: float = 1) -> None:
        self._draw.line([self._at(point) for point in points], fill=fill, width=int(width * 8 * _FINER), joint="curve")

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        self._draw.ellipse(self._around(x, y, radius), fill=fill)

    def ring(self, x: float, y: float, radius: float, fill: str, width: float = 1) -> None:
        self._draw.ellipse(self._around(x, y, radius), outline=fill, width=int(width * 8 * _FINER))

    def _at(self, point: tuple[float, float]) -> tuple[float, float]:
        return point[0] * WIDTH * _FINER / 100, point[1] * HEIGHT * _FINER / 100

    def _around(self, x: float, y: float, radius: float) -> tuple[float, float, float, float]:
        (left, top), reach = self._at((x, y)), radius * WIDTH * _FINER / 100
        return left - reach, top - reach, left + reach, top + reach


def _bicycle(sheet: _Sheet, x: float, y: float, size: float = 1, ink: str = INK) -> None:
    wheel, width = 7 * size, 1.1 * size
    for end in (x, x + 20 * size):
        sheet.ring(end, y, wheel, ink, width)
    crank, saddle, head = (x + 8 * size, y), (x + 6 * size, y - 15 * size), (x + 17 * size, y - 15 * size)
    sheet.line([(x, y), saddle, crank, (x, y)], ink, width)
    sheet.line([saddle, head, crank], ink, width)
    sheet.line([(x + 20 * size, y), (x + 16 * size, y - 19 * size), (x + 20 * size, y - 21 * size)], ink, width)
    sheet.line([(saddle[0] - 3 * size, saddle[1] - 2 * size), (saddle[0] + 3 * size, saddle[1] - 2 * size)], ink, 1.5)


def _person(sheet: _Sheet, x: float, foot: float, size: float = 1, cloth: str = CLOTH) -> None:
    sheet.box(x - 3 * size, foot - 18 * size, x - 0.4, foot, INK, round_=1)
    sheet.box(x + 0.4, foot - 18 * size, x + 3 * size, foot, INK, round_=1)
    sheet.box(x - 4.2 * size, foot - 40 * size, x + 4.2 * size, foot - 16 * size, cloth, round_=3)
    sheet.disc(x, foot - 46 * size, 3.4 * size, SKIN)


def _tree(sheet: _Sheet, x: float, foot: float, size: float = 1, leaf: str = LEAF) -> None:
    sheet.box(x - 1 * size, foot - 24 * size, x + 1 * size, foot, BARK)
    for dx, dy, radius in ((-5, -30, 7), (5, -31, 7.5), (0, -40, 8)):
        sheet.disc(x + dx * size, foot + dy * size, radius * size, leaf)


def _bikes(sheet: _Sheet) -> None:
    sheet.area([(0, 30), (30, 22), (30, 62), (0, 78)], SHADE)
    sheet.area([(30, 22), (78, 22), (78, 58), (30, 62)], WALL)
    sheet.area([(0, 78), (30, 62), (100, 56), (100, 100), (0, 100)], PATH)
    sheet.area([(22, 100), (46, 60), (56, 60), (52, 100)], KERB)
    for x, y, size in ((44, 70, 0.8), (58, 74, 0.9), (34, 82, 1), (62, 86, 1)):
        _bicycle(sheet, x, y, size)


def _dark_park(sheet: _Sheet) -> None:
    sheet.box(0, 66, 100, 100, "#3a4a42")
    sheet.area([(40, 100), (47, 66), (54, 66), (72, 100)], "#59605c")
    for x, foot, size in ((12, 76, 1.3), (30, 70, 0.9), (68, 70, 1), (88, 78, 1.4)):
        _tree(sheet, x, foot, size, "#46594d")
    sheet.disc(80, 14, 4, CREAM)
    sheet.line([(22, 92), (22, 70), (34, 70), (34, 92)], STEEL, 1)
    sheet.line([(25, 70), (25, 84)], STEEL, 0.5)
    sheet.line([(31, 70), (31, 84)], STEEL, 0.5)
    sheet.box(24, 84, 32, 86, AMBER)


def _queue(sheet: _Sheet) -> None:
    sheet.box(0, 84, 100, 100, PATH)
    sheet.box(0, 12, 62, 84, WALL)
    sheet.box(6, 34, 44, 64, CREAM, round_=1)
    sheet.box(6, 22, 44, 31, RED, round_=1)
    sheet.box(4, 64, 46, 68, STEEL)
    for x in (12, 22, 32):
        sheet.disc(x, 60, 3, AMBER)
    for place, cloth in enumerate((CLOTH, "#8d6b6b", "#7b8f6d", CLOTH, "#9a865f")):
        _person(sheet, 40 + place * 12, 92, 0.85, cloth)


def _step(sheet: _Sheet) -> None:
    sheet.box(0, 0, 100, 40, WALL)
    for row, (top, fill) in enumerate(((40, "#c9c3b6"), (56, "#bdb7aa"), (72, "#b1ab9e"), (88, "#a59f92"))):
        sheet.box(0, top, 100, top + 16, fill)
        sheet.line([(0, top), (100, top)], CREAM, 0.6 + row * 0.1)
    sheet.area([(44, 56), (52, 61), (58, 57), (66, 63), (62, 72), (40, 72)], "#7d776c")
    sheet.line([(50, 61), (46, 72)], INK, 0.5)
    sheet.line([(58, 58), (61, 70), (57, 84)], INK, 0.5)
    sheet.disc(70, 86, 2, "#8e887b")
    sheet.disc(76, 90, 1.4, "#8e887b")
    for x in (14, 30):
        sheet.line([(x, 34), (x, 88)], STEEL, 1.2)
    sheet.line([(8, 36), (36, 32)], STEEL, 1.6)


def _stairwell(sheet: _Sheet) -> None:
    sheet.area([(0, 0), (24, 14), (24, 74), (0, 100)], SHADE)
    sheet.area([(100, 0), (76, 14), (76, 74), (100, 100)], SHADE)
    sheet.box(24, 14, 76, 74, WALL)
    sheet.area([(24, 74), (76, 74), (100, 100), (0, 100)], PATH)
    sheet.box(40, 26, 58, 74, "#8f7b5f", round_=0.5)
    sheet.disc(55, 50, 1.2, AMBER)
    for left, top, right, bottom, fill in (
        (8, 66, 26, 88, "#c29a62"),
        (10, 50, 24, 66, "#d3ad77"),
        (70, 60, 92, 86, "#c29a62"),
        (74, 46, 88, 60, "#b58c55"),
    ):
        sheet.box(left, top, right, bottom, fill)
        sheet.line([((left + right) / 2, top), ((left + right) / 2, bottom)], CREAM, 0.5)
    _bicycle(sheet, 36, 86, 1)


def _river_path(sheet: _Sheet) -> None:
    sheet.area([(0, 40), (100, 40), (100, 62), (0, 78)], WATER)
    sheet.area([(0, 78), (100, 62), (100, 100), (0, 100)], GRASS)
    sheet.area([(0, 92), (58, 72), (66, 76), (14, 100), (0, 100)], KERB)
    sheet.area([(58, 72), (66, 76), (64, 82), (54, 78)], "#8e887b")
    sheet.box(0, 22, 100, 31, SHADE)
    sheet.box(70, 30, 78, 66, SHADE)
    sheet.box(20, 30, 27, 56, SHADE)
    for x in (52, 58, 64, 70):
        sheet.line([(x, 64), (x, 82)], RED, 0.9)
    sheet.line([(50, 68), (72, 68)], RED, 0.9)
    sheet.line([(50, 75), (72, 75)], RED, 0.9)
    _tree(sheet, 90, 92, 1)


def _lamp(sheet: _Sheet) -> None:
    sheet.box(0, 74, 100, 100, "#454d52")
    for x, lit in ((18, True), (46, False), (74, False)):
        if lit:
            sheet.area([(x + 6, 22), (x - 8, 78), (x + 26, 78), (x + 10, 22)], "#6b6a55")
            sheet.disc(x + 9, 78, 6, "#7c7a5e")
        sheet.line([(x, 84), (x, 18), (x + 10, 18)], STEEL, 1.2)
        sheet.box(x + 5, 17, x + 12, 21, AMBER if lit else "#1f272d", round_=0.5)
    _person(sheet, 62, 92, 0.7, "#556676")


def _bench(sheet: _Sheet) -> None:
    sheet.box(0, 62, 100, 100, GRASS)
    sheet.area([(0, 84), (100, 78), (100, 100), (0, 100)], PATH)
    _tree(sheet, 16, 72, 1.5)
    _tree(sheet, 88, 66, 1)
    for top in (46, 52, 58):
        sheet.box(30, top, 78, top + 4, "#a5835b", round_=0.5)
    sheet.box(27, 66, 81, 70, "#a5835b", round_=0.5)
    for x in (34, 72):
        sheet.line([(x, 44), (x, 84)], INK, 1.1)
    sheet.line([(48, 66), (55, 71), (62, 66)], INK, 0.8)


def _charging(sheet: _Sheet) -> None:
    sheet.box(0, 0, 100, 78, WALL)
    sheet.box(0, 78, 100, 100, PATH)
    sheet.area([(0, 8), (100, 2), (100, 14), (0, 18)], STEEL)
    for x in (10, 34, 58):
        sheet.box(x, 30, x + 12, 48, CREAM, round_=1)
        sheet.disc(x + 6, 36, 1.4, RED if x == 34 else "#6f9a5e")
        sheet.line([(x + 6, 48), (x + 8, 62), (x + 14, 66)], INK, 0.7)
    for x in (10, 36, 62):
        _bicycle(sheet, x, 82, 0.95, "#4c6478")
        sheet.box(x + 4, 72, x + 12, 78, RED, round_=0.5)


def _leaves(sheet: _Sheet) -> None:
    sheet.box(0, 60, 100, 100, PATH)
    sheet.box(0, 56, 100, 62, KERB)
    for x in (14, 50, 86):
        _tree(sheet, x, 62, 1.3, "#d0a353")
    for number in range(46):
        x, y = (number * 37) % 100, 66 + (number * 23) % 32
        sheet.disc(x, y, 1.1 + number % 3 * 0.3, ("#d0a353", "#b9803b", "#c4913f")[number % 3])


def _parcel(sheet: _Sheet) -> None:
    sheet.box(0, 80, 100, 100, PATH)
    sheet.box(14, 22, 86, 82, "#4f7a72", round_=1)
    for column in range(6):
        for row in range(4):
            left, top = 17 + column * 11.4, 26 + row * 13.6
            sheet.box(left, top, left + 10, top + 12, "#6f9a90", round_=0.5)
            sheet.disc(left + 8.4, top + 6, 0.6, CREAM)
    sheet.box(39.8, 39.6, 49.8, 65, CREAM, round_=0.5)
    sheet.area([(0, 100), (20, 82), (28, 82), (12, 100)], AMBER)
    _person(sheet, 90, 94, 0.9)


_DRAWINGS: dict[str, tuple[str, str, Callable[[_Sheet], None]]] = {
    "bikes": ("单车停在坡口", SKY, _bikes),
    "dark_park": ("没有灯的口袋公园", DUSK, _dark_park),
    "queue": ("食堂门口排队", SKY, _queue),
    "step": ("台阶缺了一块", SKY, _step),
    "stairwell": ("楼道里堆了东西", CREAM, _stairwell),
    "river_path": ("河边步道断在桥下", SKY, _river_path),
    "lamp": ("路灯不亮", DUSK, _lamp),
    "bench": ("长椅", SKY, _bench),
    "charging": ("车棚里充电", CREAM, _charging),
    "leaves": ("落叶", SKY, _leaves),
    "parcel": ("快递柜", SKY, _parcel),
}


@cache
def drawn(key: str) -> Prepared:
    """A picture by its key, looked at and written anew as any photograph is."""
    name, ground, draw = _DRAWINGS[key]
    sheet = _Sheet(ground)
    draw(sheet)
    kept = io.BytesIO()
    sheet.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(kept, "PNG")
    return take_in(kept.getvalue(), Sort.PHOTO, name=f"演示图 {name}")
