"""How the tests of the door stand before it."""

import re

from xiuhua.ground.journal.models import Entry

PASSWORD = "xiu-hua-9-stitches"
"""What workers of the fixture `staff` come in by."""

PLACE = "310107014"
DOOR = "/sign-in/"


def alert_of(response) -> str:
    """What the door says against it."""
    found = re.search(r'<div class="alert alert-danger[^>]*>.*?<div>(.*?)</div>', response.content.decode(), re.DOTALL)
    return found[1] if found else ""


def last_entry() -> Entry:
    return Entry.objects.order_by("-id").first()
