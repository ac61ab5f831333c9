"""Text folded for reading by rules, with the way back to what was written (归一化).

Nothing that a reader's eye does not see hides a number from the rules: zero-width and direction characters go, full
width and mathematical digits become plain ones, and every character kept knows which one of the original it was.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_PLAIN = re.compile(r"[ -~\n\u3001-\u301f\u4e00-\u9fff“”‘’…—·]*")
"""What folding leaves as it is."""
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and patterns that show nothing."""
_DIGITS = str.maketrans("〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "000123456789" + "1123456789")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the place in the original.

    Parameters
    ----------
    places : tuple of int, optional
        Ascending; None where nothing moved.
    """

    text: str
    places: tuple[int, ...] | None

    @property
    def digits(self) -> str:
        """The same text, Chinese figures written as digits one by one."""
        return self.text.translate(_DIGITS)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch that is not empty stands in the original."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def folded(text: str) -> Folded:
    """Fold a text."""
    if _PLAIN.fullmatch(text):
        return Folded(text, None)
    kept = [(place, plain) for place, plain in enumerate(map(_plain, text)) if plain]
    return Folded("".join(plain for _, plain in kept), tuple(place for place, _ in kept))


@lru_cache(maxsize=20_000)
def _plain(char: str) -> str:
    """One character for one, or nothing for what is not seen."""
    kind = unicodedata.category(char)
    if char in "\n\t":
        return char
    if kind in {"Cf", "Cc", "Mn", "Me", "Cs", "Co"} or char in _FILLERS:
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if kind in {"Zs", "Zl", "Zp"}:
        return " " if kind == "Zs" else "\n"
    simple = unicodedata.normalize("NFKC", char)
    return simple if len(simple) == 1 else char
