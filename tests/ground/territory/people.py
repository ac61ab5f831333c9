"""Three people whose names, telephones and identity numbers no page says unasked."""

from datetime import date

from xiuhua.ground.sources.id_numbers import check_digit
from xiuhua.ground.territory.plan import ResidentPlan


def id_number(born: date, serial: int) -> str:
    body = f"310199{born:%Y%m%d}{serial:03d}"
    return body + check_digit(body)


GRANNY = ResidentPlan("a", "h1", 1941, "f", "王秀英", "15412345678", id_number(date(1941, 5, 6), 2), date(1941, 5, 6))
BOY = ResidentPlan("b", "h1", 2014, "m", "王一诺", "", id_number(date(2014, 1, 2), 1), date(2014, 1, 2))
STRANGER = ResidentPlan("c", "h2", 1950, "m", "赵东生", "15487654321", id_number(date(1950, 3, 4), 3), date(1950, 3, 4))
SECRETS = [one for who in (GRANNY, BOY, STRANGER) for one in (who.name, who.phone, who.id_number) if one]
"""What no page says unasked."""
