"""Colours of the product, and the two shapes that our drawings are made of."""

import html

PAPER, SHADE, SILK, INK, ASH = "#faf7f1", "#f4efe5", "#ffffff", "#26221d", "#6b645a"
CINNABAR, INDIGO, HEM = "#a8322a", "#2c4a73", "#e6dfd3"


def rect(x: float, y: float, width: float, height: float, look: str) -> str:
    """A box; `look` holds its further attributes."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" {look}/>'


def text(x: float, y: float, words: str, look: str) -> str:
    """A line of words."""
    return f'<text x="{x:g}" y="{y:g}" {look}>{html.escape(words)}</text>'
