"""A drawing of the house with its lift outside (示意图): storeys, windows, where the lift stops."""

from dataclasses import dataclass

STOREY, TOP, WALL, WIDE = 24.0, 20.0, 8.0, 86.0
"""Height of a storey, where the first one begins, where the wall stands, how wide the house is."""

SHAFT, SHAFT_WIDE = 112.0, 34.0
SHOWN = (2, 9)
"""Storeys that a drawing has room for."""


@dataclass(frozen=True, slots=True)
class Style:
    """Colours of the drawing, as the identity's tokens have them."""

    wall: str = 'fill="#f3eee4" stroke="#8d8476"'
    window: str = 'fill="#ffffff" stroke="#8d8476"'
    roof: str = 'fill="#d9d0c0"'
    shaft: str = 'fill="#e9eef5" stroke="#2c4a73" stroke-width="1.6"'
    bridge: str = 'fill="none" stroke="#2c4a73" stroke-width="1.4"'
    ground: str = 'stroke="#554f46" stroke-width="2"'


def house_svg(levels: int, *, half: bool) -> bytes:
    """The house from the street: stairs in the middle, the lift at its right.

    Parameters
    ----------
    levels : int
        Storeys of the house.
    half : bool
        The lift stops between storeys (错层入户), at the landings of the stairs; else at the storeys themselves.
    """
    levels = min(max(levels, SHOWN[0]), SHOWN[1])
    bottom = TOP + levels * STOREY + 4
    style = Style()
    parts = [
        f'<path {style.ground} d="M0 {bottom:g}H158"/>',
        f'<rect {style.wall} x="{WALL:g}" y="{TOP:g}" width="{WIDE:g}" height="{bottom - TOP:g}"/>',
        f'<path {style.roof} d="M4 {TOP - 6:g}H{WALL + WIDE + 4:g}V{TOP:g}H4z"/>',
        *(_storey(TOP + number * STOREY, style) for number in range(levels)),
        _bridges(levels, half, style),
        f'<rect {style.shaft} x="{SHAFT:g}" y="{TOP - 10:g}" width="{SHAFT_WIDE:g}" height="{bottom - TOP + 10:g}"/>',
        *_cabin(levels, half, style),
    ]
    size = f'viewBox="0 0 158 {bottom + 8:g}" width="158" height="{bottom + 8:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'.encode()


def stops_y(levels: int, *, half: bool) -> list[float]:
    """How deep each bridge lies that leads to the lift, from the top down.

    Between storeys there is one fewer than storeys: the lowest landing lies between the first and the second.
    """
    if half:
        return [TOP + number * STOREY - 4 for number in range(1, levels)]
    return [TOP + number * STOREY + STOREY - 4 for number in range(levels)]


def _storey(y: float, style: Style) -> str:
    windows = "".join(f'<rect {style.window} x="{x}" y="{y + 6:g}" width="13" height="13"/>' for x in (15, 35, 73))
    return f'{windows}<rect {style.window} x="54" y="{y + 13:g}" width="13" height="11"/>'


def _bridges(levels: int, half: bool, style: Style) -> str:
    path = "".join(f"M{WALL + WIDE:g} {y:g}H{SHAFT:g}" for y in stops_y(levels, half=half))
    return f'<path {style.bridge} d="{path}"/>'


def _cabin(levels: int, half: bool, style: Style) -> list[str]:
    """The cabin at a stop in the middle, on its rope."""
    stops = stops_y(levels, half=half)
    y = stops[len(stops) // 2] - 18
    middle = SHAFT + SHAFT_WIDE / 2
    return [
        f'<path {style.bridge} d="M{middle:g} {TOP - 10:g}V{y:g}"/>',
        f'<rect {style.wall} x="{SHAFT + 5:g}" y="{y:g}" width="24" height="22"/>',
        f'<path {style.bridge} d="M{middle - 4:g} {y + 13:g}l4 -5l4 5"/>',
    ]
