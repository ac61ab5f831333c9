"""How sensitive values read for those who have not asked for them (遮盖): enough to tell two people apart, no more."""

import re

STAR = "*"


def mask_name(name: str) -> str:
    """Family name, and stars for the given name: 王秀英 reads 王**."""
    name = name.strip()
    return name[:1] + STAR * (len(name) - 1 or 1) if name else ""


def mask_phone(phone: str) -> str:
    """``13812345678`` reads ``138****5678``; a landline keeps its area code and last two figures."""
    phone = phone.strip()
    if re.fullmatch(r"\d{11}", phone) and not phone.startswith("0"):
        return f"{phone[:3]}****{phone[-4:]}"
    return _ends(phone, phone.find("-") + 1 if "-" in phone else 3, 2)


def mask_id_number(number: str) -> str:
    """``310107194301021234`` reads ``3101**********1234``."""
    return _ends(number.strip(), 4, 4)


def _ends(text: str, first: int, last: int) -> str:
    """The ends of a text with stars between; a text too short for that is all stars."""
    hidden = len(text) - first - last
    return f"{text[:first]}{STAR * hidden}{text[-last:]}" if hidden > 1 else STAR * len(text)
