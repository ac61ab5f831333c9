"""What the log leaves out: secret parts of addresses, which open what they lead to; tracebacks of what was refused."""

import logging
import re

SECRET = re.compile(r"(/(?:say/f|booked|b)/)[^/\s?&'\"]+|([?&]token=)[^\s&'\"]+")
"""Links that nobody guesses: of a suggestion, of a booking, of its code at the door, of a photograph of either."""

FAILED = 500
"""Answers from here on are faults of ours."""


class SecretsLeftOut(logging.Filter):
    """Write a line without the tokens of its addresses; wherever they stand in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        told = SECRET.sub(lambda found: f"{found[1] or found[2]}…", line)
        if told != line:
            record.msg, record.args = told, ()
        return True


class RefusalsInALine(logging.Filter):
    """Write what a visitor was refused in one line: a traceback is of a fault of ours, and stands out then."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", FAILED) < FAILED:
            record.exc_info = record.exc_text = None
        return True
