"""Numbers that people type to say who they are (工号、手机号), as they were meant."""

import re
import unicodedata

_MOBILE = re.compile(r"1[3-9]\d{9}")


def typed(number: str) -> str:
    """A number without blanks, its full-width figures and letters made plain."""
    return "".join(unicodedata.normalize("NFKC", number).split())


def typed_phone(phone: str) -> str:
    """A telephone number by its figures, without the country's code."""
    figures = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    return figures[2:] if len(figures) == 13 and figures.startswith("86") else figures


def is_mobile(number: str) -> bool:
    """Whether it is a mobile telephone's number of this country."""
    return bool(_MOBILE.fullmatch(number))
