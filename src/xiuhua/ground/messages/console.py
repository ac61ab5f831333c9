"""Text messages for the eyes of whoever started the programme: nothing leaves the machine."""

import sys
from collections.abc import Mapping
from typing import Any

from xiuhua.ground.messages.sms import Sms


class Console:
    """Writes messages to standard error."""

    def __init__(self, _settings: Mapping[str, Any]) -> None:
        pass

    def send(self, sms: Sms) -> None:
        """Write it down."""
        print(f"[{sms.phone}] {sms.text}", file=sys.stderr, flush=True)  # noqa: T201 - this is what it is for
