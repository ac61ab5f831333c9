"""When a session is, in words and for a calendar."""

from datetime import datetime

from django.utils import timezone

from xiuhua.ground.bookings.models import Session
from xiuhua.ground.words import gettext as _
from xiuhua.ground.words import in_english

WEEKDAYS = "一二三四五六日"
_FOLD = 74
"""Octets of a line of a calendar file: one less than the most, for the blank that begins a folded line (RFC 5545)."""


def moment_of(at: datetime) -> str:
    """A moment as people say it: 8 月 5 日（周六）09:30."""
    local = timezone.localtime(at)
    if in_english():
        return f"{local:%a} {local.day} {local:%b} {local:%H:%M}"
    return _("%(month)d 月 %(day)d 日（周%(weekday)s）%(time)s") % {
        "month": local.month,
        "day": local.day,
        "weekday": WEEKDAYS[local.weekday()],
        "time": f"{local:%H:%M}",
    }


def span_of(session: Session) -> str:
    """From when to when a session lasts."""
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    last = f"{end:%H:%M}" if start.date() == end.date() else moment_of(session.ends_at)
    return _("%(start)s 至 %(end)s") % {"start": moment_of(session.starts_at), "end": last}


def calendar_of(session: Session, url: str) -> bytes:
    """The session as a calendar file (RFC 5545), which tells it an hour before."""
    stamp, start, end = (f"{at:%Y%m%dT%H%M%SZ}" for at in (session.opened_at, session.starts_at, session.ends_at))
    called_off = session.cancelled_at is not None
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Xiuhua//Bookings//ZH",
        f"METHOD:{'CANCEL' if called_off else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:session-{session.path}-{session.pk}@xiuhua",
        f"DTSTAMP:{stamp}",
        f"DTSTART:{start}",
        f"DTEND:{end}",
        f"SUMMARY:{_written(session.title)}",
        f"LOCATION:{_written(session.place)}",
        *([f"GEO:{session.lat};{session.lon}"] if session.lat is not None and session.lon is not None else []),
        f"STATUS:{'CANCELLED' if called_off else 'CONFIRMED'}",
        f"URL:{url}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_written(session.title)}",
        "TRIGGER:-PT1H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(b"\r\n ".join(_folded(line)) + b"\r\n" for line in lines)


def _written(text: str) -> str:
    """A text as a calendar file holds it: marks that mean something to it are escaped, lines are kept."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> list[bytes]:
    """A line in pieces of at most 75 octets, cut between characters."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > _FOLD:
            pieces.append(piece)
            piece = b""
        piece += octets
    return [*pieces, piece]
