"""Flat pictures of a site in place of photographs (演示图): nobody took them."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw

from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.files.taking import take_in

WIDTH, HEIGHT, FINER = 800, 600, 2
STOREYS = 6
SKY, WALL, SHADE, GLASS, STEEL, GROUND = "#dfe7e6", "#d9cdb8", "#c4b59c", "#9fb6bd", "#4d6173", "#b5b0a6"
BOARD, STRIPE, CREAM, RED = "#e2b04a", "#3b4750", "#f7f2e6", "#a52a2a"

Pen = ImageDraw.ImageDraw


@cache
def site(done: int) -> Prepared:
    """A house of six storeys with the frame of its lift as high as so many of them, behind a fence."""
    sheet = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), SKY)
    pen = ImageDraw.Draw(sheet)
    _house(pen)
    _frame(pen, done)
    _fence(pen)
    kept = io.BytesIO()
    sheet.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(kept, "PNG")
    return take_in(kept.getvalue(), Sort.PHOTO, name="演示图 工地")


def _box(pen: Pen, left: float, top: float, right: float, bottom: float, fill: str) -> None:
    """A box, measured in points of the finished picture."""
    pen.rectangle((left * FINER, top * FINER, right * FINER, bottom * FINER), fill=fill)


def _line(pen: Pen, points: tuple[tuple[float, float], ...], width: float) -> None:
    pen.line([(x * FINER, y * FINER) for x, y in points], fill=STEEL, width=int(width * FINER))


def _top(storey: int) -> float:
    """The upper edge of a storey, counted from 1."""
    return 500 - 70 * storey


def _house(pen: Pen) -> None:
    _box(pen, 0, 500, WIDTH, HEIGHT, GROUND)
    _box(pen, 60, 60, 520, 80, SHADE)
    _box(pen, 70, 80, 510, 500, WALL)
    for storey in range(1, STOREYS + 1):
        for x in (100, 190, 330, 420):
            _box(pen, x, _top(storey) + 16, x + 56, _top(storey) + 52, GLASS)
            _box(pen, x - 3, _top(storey) + 52, x + 59, _top(storey) + 58, SHADE)
    _box(pen, 268, 445, 306, 500, STRIPE)


def _frame(pen: Pen, done: int) -> None:
    left, right = 530, 640
    for x in (left, right):
        _line(pen, ((x, 500), (x, _top(done) - 8)), 9)
    for storey in range(1, done + 1):
        top, bottom = _top(storey), _top(storey - 1)
        _line(pen, ((left, top), (right, top)), 6)
        _line(pen, ((left, bottom), (right, top)), 3)
        _line(pen, ((500, top + 60), (left, top + 60)), 6)
        if storey < done:
            _box(pen, left + 8, top + 8, right - 8, bottom - 6, GLASS)


def _fence(pen: Pen) -> None:
    _box(pen, 470, 440, 740, 520, CREAM)
    for step in range(9):
        _box(pen, 470 + step * 30, 505, 485 + step * 30, 520, BOARD if step % 2 else STRIPE)
    _box(pen, 500, 455, 620, 492, RED)
    for row in range(2):
        _box(pen, 512, 465 + row * 12, 608, 469 + row * 12, CREAM)
