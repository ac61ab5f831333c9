"""Text messages as files in a folder: for the demonstration, and for offices whose own programme sends them on."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xiuhua.ground.clock import now
from xiuhua.ground.messages.sms import NotSent, Sms


class Outbox:
    """Writes each message to a file of its own, for its owner only; the name ends in ``.txt`` once it is whole."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.folder = Path(settings["outbox"])

    def send(self, sms: Sms) -> None:
        """Write it down; the same request twice is one file.

        Raises
        ------
        NotSent
            The folder cannot be written to.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if any(self.folder.glob(f"*-{sms.request_id}.txt")):
                return
            path = self.folder / f"{now():%Y%m%dT%H%M%S}-{sms.request_id}.txt"
            fresh = path.with_suffix(f".{os.getpid()}")
            fresh.touch(mode=0o600)
            fresh.write_text(f"{sms.phone}\n{sms.text}\n", "utf-8")
            fresh.replace(path)
        except OSError as error:
            raise NotSent(f"{self.folder}: {error}") from error
