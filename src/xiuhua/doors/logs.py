"""What the log leaves out: the secret part of an address opens what it leads to, for whoever reads the log."""

import logging
import re

SECRET = re.compile(r"(/(?:say/f|booked|b)/)[^/\s?&'\"]+|([?&]token=)[^\s&'\"]+")
"""Links that nobody guesses: of a suggestion, of a booking, of its code at the door, of a photograph of either."""


class SecretsLeftOut(logging.Filter):
    """Write a line without the tokens of its addresses; wherever they stand in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        told = SECRET.sub(lambda found: f"{found[1] or found[2]}…", line)
        if told != line:
            record.msg, record.args = told, ()
        return True
