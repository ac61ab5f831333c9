"""Decisions of the shell on plain values."""

from datetime import datetime, timedelta

CLOCKS_AGREE_WITHIN = timedelta(minutes=2)
"""How far a phone's clock may be from ours before what it says is corrected: signal and hand take seconds."""


def written_moment(written_at: datetime, phone_now: datetime | None, now: datetime) -> datetime:
    """When something was written, by our clock, though the phone's may be wrong.

    A phone says when it was written and, as it is sent, what time it has. If that is far from ours, all that it said is
    wrong by as much. What it says without its time is believed. Nothing was written in the future.
    """
    wrong_by = now - phone_now if phone_now is not None else timedelta()
    said = written_at + wrong_by if abs(wrong_by) > CLOCKS_AGREE_WITHIN else written_at
    return min(said, now)
