"""Flat pictures of events in place of photographs (演示图): nobody took them, and nobody is in them."""

import io
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageDraw

from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.files.taking import take_in

WIDTH, HEIGHT, FINER = 800, 540, 2
SKY, GRASS, TREE, BARK, WALL, FLOOR, WOOD = "#dfe7e6", "#c3d2ac", "#9db88a", "#8a7156", "#efe7d8", "#d9cdb8", "#b3906a"
NOTES = ("#f1d9a0", "#b9d8c4", "#bccbe0", "#dcc3d0", "#d8d0c2")
CLOTHS = ("#6f89a0", "#a5645c", "#7b8f6d", "#9a865f", "#7a6a86", "#52697a")
SKIN, HAIR, RED, CREAM, WATER = "#e7c6a5", "#4b443d", "#a8322a", "#f7f2e6", "#a9c4cc"

Pen = ImageDraw.ImageDraw


def _box(pen: Pen, left: float, top: float, right: float, bottom: float, fill: str, round_: float = 0) -> None:
    """A box, measured in hundredths of the width."""
    step = WIDTH * FINER / 100
    pen.rounded_rectangle((left * step, top * step, right * step, bottom * step), radius=round_ * step, fill=fill)


def _disc(pen: Pen, x: float, y: float, radius: float, fill: str) -> None:
    _box(pen, x - radius, y - radius, x + radius, y + radius, fill, radius)


def _person(pen: Pen, x: float, foot: float, size: float, number: int) -> None:
    """Somebody seen from behind."""
    _box(pen, x - 2.6 * size, foot - 14 * size, x - 0.3, foot, "#4a5560", 0.6)
    _box(pen, x + 0.3, foot - 14 * size, x + 2.6 * size, foot, "#4a5560", 0.6)
    _box(pen, x - 4 * size, foot - 29 * size, x + 4 * size, foot - 12 * size, CLOTHS[number % len(CLOTHS)], 2.6 * size)
    _disc(pen, x, foot - 33 * size, 3 * size, SKIN)
    _box(pen, x - 3 * size, foot - 36.4 * size, x + 3 * size, foot - 32 * size, HAIR, 2.2 * size)


def _tree(pen: Pen, x: float, foot: float, size: float) -> None:
    _box(pen, x - size, foot - 20 * size, x + size, foot, BARK)
    for dx, dy in ((-5, -24), (5, -25), (0, -32)):
        _disc(pen, x + dx * size, foot + dy * size, 7.4 * size, TREE)


def _papers(pen: Pen, left: float, top: float, columns: int, rows: int, size: float) -> None:
    for column in range(columns):
        for row in range(rows - (column * 5) % 3):
            x, y = left + column * size * 1.35, top + row * size * 1.2 + (column + row) % 2 * 0.4
            _box(pen, x, y, x + size, y + size * 0.92, NOTES[(column // 2) % len(NOTES)], 0.3)
            if (column * 3 + row) % 4 == 0:
                _disc(pen, x + size * 0.8, y + size * 0.7, size * 0.09, RED)


def _festival(pen: Pen) -> None:
    _box(pen, 0, 40, 100, 68, GRASS)
    for x, size in ((8, 1.1), (26, 0.8), (74, 0.8), (93, 1.15)):
        _tree(pen, x, 44, size)
    for number, x in enumerate((12, 38, 64)):
        _box(pen, x, 36, x + 22, 50, CREAM)
        for strip in range(6):
            _box(pen, x - 1 + strip * 4, 28, x + 3 + strip * 4, 37, RED if strip % 2 else CREAM, 0.5)
        _box(pen, x + 2, 44, x + 20, 50, CLOTHS[number + 1])
    for number in range(9):
        _person(pen, 8 + number * 11 + number % 2 * 2, 62 + number % 3 * 2, 0.62, number)


def _wall(pen: Pen) -> None:
    _box(pen, 0, 52, 100, 68, FLOOR)
    _box(pen, 8, 5, 92, 47, CREAM, 0.8)
    _papers(pen, 11, 9, 11, 5, 5.4)
    for number, x in enumerate((20, 37, 58, 77)):
        _person(pen, x, 66, 0.95, number + 1)


def _table(pen: Pen, x: float, y: float, number: int) -> None:
    for place in range(3):
        _person(pen, x - 9 + place * 9, y - 1, 0.6, number + place)
    _box(pen, x - 15, y - 8, x + 15, y - 3, WOOD, 2)
    _box(pen, x - 6, y - 7.4, x + 6, y - 4.4, CREAM, 0.3)


def _salon(pen: Pen) -> None:
    _box(pen, 0, 34, 100, 68, FLOOR)
    _box(pen, 30, 6, 70, 26, CREAM, 0.6)
    _papers(pen, 34, 9, 6, 3, 4)
    for number, (x, y) in enumerate(((22, 46), (76, 46), (50, 64))):
        _table(pen, x, y, number * 2)


def _workshop(pen: Pen) -> None:
    _box(pen, 0, 40, 100, 68, FLOOR)
    _box(pen, 6, 6, 30, 30, CREAM, 0.6)
    _papers(pen, 9, 9, 4, 3, 4)
    for number, x in enumerate((36, 50, 64, 78)):
        _person(pen, x, 46, 0.72, number)
    _box(pen, 20, 40, 92, 60, WOOD, 1.4)
    _box(pen, 25, 42, 87, 58, CREAM, 0.4)
    _box(pen, 25, 48, 87, 51, "#e3d9c6")
    _box(pen, 52, 42, 55, 58, "#e3d9c6")
    for x, y in ((32, 44), (44, 53), (60, 44), (70, 53), (79, 45)):
        _box(pen, x, y, x + 6, y + 3, "#cbbba3", 0.2)
        _disc(pen, x + 8, y + 1.6, 1, TREE)


def _walk(pen: Pen) -> None:
    _box(pen, 0, 30, 100, 44, WATER)
    _box(pen, 0, 20, 100, 30, "#cbd5c2")
    for x in range(6, 100, 13):
        _box(pen, x, 14 + x % 3, x + 7, 30, "#d9cdb8", 0.3)
    _box(pen, 0, 44, 100, 68, FLOOR)
    for x in range(2, 100, 6):
        _box(pen, x, 39, x + 0.6, 46, "#5d6d78")
    _box(pen, 0, 39, 100, 39.8, "#5d6d78")
    for number in range(7):
        _person(pen, 14 + number * 12, 60 + number % 2 * 4, 0.66, number)
    _tree(pen, 94, 56, 1.2)


_DRAWINGS: dict[str, tuple[str, Callable[[Pen], None]]] = {
    "festival": (SKY, _festival),
    "wall": (WALL, _wall),
    "salon": (WALL, _salon),
    "workshop": (WALL, _workshop),
    "walk": (SKY, _walk),
}


@cache
def drawn(key: str) -> Prepared:
    """A picture by its key, looked at and written anew as any photograph is."""
    ground, draw = _DRAWINGS[key]
    sheet = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), ground)
    draw(ImageDraw.Draw(sheet))
    kept = io.BytesIO()
    sheet.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(kept, "PNG")
    return take_in(kept.getvalue(), Sort.PHOTO, name=f"演示图 {key}")
