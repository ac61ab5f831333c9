"""Arrays and a few words in one run of bytes: a compressed ``.npz`` without pickles, the same for the same arrays."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ABOUT = "about"
_MOST_BYTES = 1 << 30


def packed(about: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> bytes:
    """Bytes that hold `about`, as JSON, and `arrays`."""
    words = json.dumps(about, ensure_ascii=False, sort_keys=True).encode()
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **{_ABOUT: np.frombuffer(words, np.uint8)}, **arrays)
    return file.getvalue()


def unpacked(content: bytes, kind: str, names: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """What `packed` put in, where it says that it is of this kind and has arrays of these names.

    Raises
    ------
    ValueError
        The bytes are damaged, of another kind, or would fill the memory.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_BYTES:
                raise ValueError("it would fill the memory")
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            about = json.loads(stored[_ABOUT].tobytes())
            arrays = {name: stored[name] for name in names}
    except (ValueError, KeyError, EOFError, OSError, zipfile.BadZipFile, zlib.error) as wrong:
        raise ValueError(f"not a {kind} that can be read: {wrong}") from wrong
    if not isinstance(about, dict) or about.get("kind") != kind:
        raise ValueError(f"not a {kind}: it says that it is {about!r:.80}")
    return about, arrays
