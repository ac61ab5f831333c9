"""Forms in which sealed values are compared (比对形式): what a search for them may write differently."""

import re
import unicodedata


def digits_of(phone: str) -> str:
    """A telephone number by its figures."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))


def name_of(name: str) -> str:
    """A name without the blanks that people put between its characters."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name))


def id_number_of(number: str) -> str:
    """An identity number with a large X."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", number)).upper()
