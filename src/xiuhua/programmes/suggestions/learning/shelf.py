"""Where the model in use stands: a file below the data folder, whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings

from xiuhua.engine.texts import TextModel

NAME = "suggestions.model"


def model_in_use() -> TextModel | None:
    """The model that sorts suggestions now; None while there is none, or none that can be read."""
    try:
        return TextModel.from_bytes((_folder() / NAME).read_bytes())
    except (OSError, ValueError):
        return None


def put_in_use(model: TextModel, report: dict[str, Any]) -> None:
    """Let `model` sort suggestions from now on, and keep what was measured beside it."""
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    written(_folder() / NAME, model.to_bytes())
    written(_folder() / f"{NAME}.json", json.dumps(report, ensure_ascii=False, indent=2).encode())


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


def _folder() -> Path:
    return Path(settings.DATA) / "models"
