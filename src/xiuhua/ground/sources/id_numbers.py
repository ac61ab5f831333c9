"""Citizen identity numbers (公民身份号码), as GB 11643-1999 builds them: region, date of birth, serial, check digit."""

import re
from dataclasses import dataclass
from datetime import date
from operator import mul

LENGTH, OLD_LENGTH = 18, 15
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
PROVINCES = frozenset(
    [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83]
)
"""First two digits: provinces (GB/T 2260), and 81 to 83 on the residence permits of Hong Kong, Macao and Taiwan."""

FEMALE, MALE = "f", "m"


@dataclass(frozen=True, slots=True)
class IdNumber:
    """An identity number that is sound.

    Parameters
    ----------
    number : str
        Its 18 characters; one of 15 digits, issued before 1999, stands as it would be written since.
    """

    number: str

    @property
    def region(self) -> str:
        """County in which it was first registered, six digits of GB/T 2260."""
        return self.number[:6]

    @property
    def born(self) -> date:
        """Date of birth."""
        return date(int(self.number[6:10]), int(self.number[10:12]), int(self.number[12:14]))

    @property
    def sex(self) -> str:
        """``"m"`` where the serial is odd, else ``"f"``."""
        return MALE if int(self.number[16]) % 2 else FEMALE


@dataclass(eq=False)
class Unsound(ValueError):
    """Why a text is no identity number.

    Parameters
    ----------
    fault : str
        ``characters``, ``short``, ``long``, ``province``, ``born`` or ``check``.
    by : int
        How many characters are missing or too many.
    expected : str
        The check digit that would be right.
    """

    fault: str
    by: int = 0
    expected: str = ""


def check_digit(body: str) -> str:
    """The eighteenth character that belongs to the first seventeen digits (ISO 7064, MOD 11-2).

    Parameters
    ----------
    body : str
        Seventeen digits.

    Returns
    -------
    str
        A digit or ``X``.
    """
    return _CHECKS[sum(map(mul, _WEIGHTS, map(int, body))) % 11]


def read_id_number(text: str) -> IdNumber:
    """Read an identity number of 18 characters, or of the old 15 digits.

    Parameters
    ----------
    text : str
        Half-width, without blanks.

    Raises
    ------
    Unsound
        It is none; says what is wrong first from the left.
    """
    text = text.upper()
    if not re.fullmatch(r"[0-9]*X?", text) or ("X" in text and len(text) < LENGTH):
        raise Unsound("characters")
    if len(text) == OLD_LENGTH:
        body = f"{text[:6]}19{text[6:]}"
        text = body + check_digit(body)
    if len(text) < LENGTH:
        raise Unsound("short", by=LENGTH - len(text))
    if len(text) > LENGTH:
        raise Unsound("long", by=len(text) - LENGTH)
    if int(text[:2]) not in PROVINCES:
        raise Unsound("province")
    if not _is_date(text[6:14]):
        raise Unsound("born")
    expected = check_digit(text[:17])
    if text[17] != expected:
        raise Unsound("check", expected=expected)
    return IdNumber(text)


def age_on(born: date, day: date) -> int:
    """Full years of age (周岁) on a day.

    Somebody born on 29 February is a year older on 1 March where the year has no such day: the years are full once the
    day of birth is over.

    Parameters
    ----------
    born, day : date
        Day of birth, and the day asked about; not before it.

    Returns
    -------
    int
        Years from 0.
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _is_date(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1800
    except ValueError:
        return False
