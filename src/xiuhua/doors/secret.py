"""The installation's secret key."""

import os
from contextlib import suppress
from pathlib import Path

FILE = "secret.key"


def secret_key(folder: Path) -> str:
    """Return the key kept in the data folder, made on first use and readable by its owner only."""
    from django.core.management.utils import get_random_secret_key

    path = folder / FILE
    if not path.exists():
        fresh = folder / f"{FILE}.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(get_random_secret_key(), "ascii")
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text("ascii")
