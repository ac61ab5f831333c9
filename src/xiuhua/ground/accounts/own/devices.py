"""What a browser says of itself, in a few words that its owner knows it by; and when that was."""

from datetime import UTC, datetime

from xiuhua.ground.clock import now
from xiuhua.ground.words import gettext as _

_PROGRAMMES = (
    ("MicroMessenger", "微信"),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """Programme and machine: ``Chrome，Windows``."""
    words = [next((name for mark, name in known if mark in user_agent), "") for known in (_PROGRAMMES, _MACHINES)]
    return _("，").join(filter(None, words)) or _("不认得的设备")


def on_our_clock(moment: datetime) -> datetime:
    """A moment that the library noted by the machine's clock, by ours: a demonstration has a time of its own."""
    return now() - (datetime.now(UTC) - moment)
