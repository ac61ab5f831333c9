"""Results on disk, whole or not at all."""

import os
import tempfile
from pathlib import Path


def written(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a temporary one beside it takes its place at the end."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
