"""Text as it is compared and measured."""

import re
import unicodedata

UNPRINTABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """A text as it is sought: half-width, lower case."""
    return unicodedata.normalize("NFKC", text).casefold()


def printable(text: str) -> str:
    """Drop the characters that a spreadsheet file, which is XML, cannot hold."""
    return UNPRINTABLE.sub("", text)


def width(text: str) -> int:
    """Columns that a text takes in a fixed-width face: two a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
