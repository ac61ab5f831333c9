"""``{flow} module:Class``: a declaration of states and moves, drawn: states as columns, moves as lines between them."""

import html
import importlib
from pathlib import Path
from typing import Any

from django.utils import translation
from docutils import nodes
from ink import ASH, CINNABAR, HEM, INDIGO, INK, PAPER, SHADE, SILK, rect, text
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from xiuhua.doors import cli

NAMES, COLUMN, HEAD, ROW, PAD, BOX = 104, 62, 60, 36, 12, 57
DOT = 4.5
MIDDLE = 'text-anchor="middle"'


class Flow(SphinxDirective):
    """The picture of one declaration, the same for the same code."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        cli._set_up_django()
        module_name, name = self.arguments[0].split(":")
        module = importlib.import_module(module_name)
        for path in (__file__, str(Path(module.__file__ or ""))):
            self.env.note_dependency(path)
        with translation.override(None):
            drawn = drawing(getattr(module, name))
        return [nodes.raw("", f'<div class="flow">{drawn}</div>', format="html")]


def drawing(flow: Any) -> str:
    """A declaration as one SVG."""
    states = [str(state.value) for state in flow.states]
    moves = [(event.id, _ends(flow, event.id)) for event in flow.events]
    width, height = NAMES + COLUMN * len(states) + PAD, HEAD + ROW * len(moves) + PAD
    name = flow.__name__
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" style="max-width:{width}px" '
        f'role="img" aria-labelledby="{name}-title {name}-desc" '
        "font-family=\"system-ui, 'Noto Sans CJK SC', sans-serif\">",
        f'<title id="{name}-title">States and moves: {name}</title>',
        f'<desc id="{name}-desc">{html.escape(_in_words(moves))}</desc>',
        f'<defs><marker id="{name}-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="{INDIGO}"/></marker></defs>',
        rect(0, 0, width, height, f'fill="{PAPER}"'),
    ]
    parts += [_band(number, width) for number in range(0, len(moves), 2)]
    parts += [_column(state, _middle(number), height) for number, state in enumerate(flow.states)]
    parts += [
        _move(flow, move, [(_middle(states.index(a)), _middle(states.index(b))) for a, b in ends], number)
        for number, (move, ends) in enumerate(moves)
    ]
    return "".join([*parts, "</svg>"])


def _ends(flow: Any, move: str) -> list[tuple[str, str]]:
    return [(state, flow.after(move, state)) for state in flow.states_before(move)]


def _in_words(moves: list[tuple[str, list[tuple[str, str]]]]) -> str:
    return " ".join(f"{move}: {', '.join(f'{a} to {b}' for a, b in ends)}." for move, ends in moves)


def _middle(number: int) -> float:
    return NAMES + COLUMN * (number + 0.5)


def _band(number: int, width: float) -> str:
    return rect(PAD / 2, HEAD + ROW * number, width - PAD, ROW, f'rx="4" fill="{SHADE}"')


def _column(state: Any, x: float, height: float) -> str:
    """A state with the line that hangs from it; the first in cinnabar, the last with a second edge."""
    edge = CINNABAR if state.initial else INK
    look = f'rx="6" fill="{SILK}" stroke="{edge}" stroke-opacity="{1 if state.initial else 0.55}"'
    inner = f'rx="4" fill="none" stroke="{INK}" stroke-opacity=".35"'
    return (
        f'<line x1="{x:g}" y1="{PAD + 40}" x2="{x:g}" y2="{height - PAD / 2:g}" stroke="{HEM}"/>'
        + rect(x - BOX / 2, PAD, BOX, 40, look)
        + (rect(x - BOX / 2 + 3, PAD + 3, BOX - 6, 34, inner) if state.final else "")
        + text(x, PAD + 18, str(state.name), f'{MIDDLE} fill="{INK}" font-size="12.5" font-weight="600"')
        + text(x, PAD + 32, str(state.value), f'{MIDDLE} fill="{ASH}" font-size="10"')
    )


def _move(flow: Any, move: str, ends: list[tuple[float, float]], number: int) -> str:
    """A move as a line from each state that it follows on to the one that it leads to."""
    y = HEAD + ROW * (number + 0.5)
    said = text(PAD, y - 1, flow.move_title(move), f'fill="{INK}" font-size="13" font-weight="600"')
    named = text(PAD, y + 12, move, f'fill="{ASH}" font-size="10.5"')
    lines = "".join(_line(flow.__name__, a, b, y) for a, b in ends)
    reached = _dot(ends[0][1], y, INDIGO)
    return said + named + lines + reached + "".join(_dot(start, y, SILK) for start, _end in ends)


def _line(name: str, start: float, end: float, y: float) -> str:
    look = f'fill="none" stroke="{INDIGO}" stroke-width="1.8" marker-end="url(#{name}-head)"'
    if start == end:
        return f'<path d="M{start:g} {y:g}c14 -20 26 4 {DOT + 2:g} 1" {look}/>'
    return f'<path d="M{start:g} {y:g}H{end - (DOT + 1 if end > start else -DOT - 1):g}" {look}/>'


def _dot(x: float, y: float, fill: str) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{DOT}" fill="{fill}" stroke="{INDIGO}" stroke-width="1.8"/>'


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_directive("flow", Flow)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
