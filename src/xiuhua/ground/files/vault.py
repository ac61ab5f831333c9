"""Where the bytes lie (库房): sealed files in the data folder, two letters a folder, bound to the row that they are of.

A file is whole on the disk before its row is written: a row never names bytes that a power cut has taken. What a
transaction that rolled back has left behind is swept at night.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from xiuhua.ground.sealing.blobs import key_of, seal_bytes, unseal_bytes

WHOLE, SMALL = "whole", "small"
SIZES = (WHOLE, SMALL)
_HEAD = 300
"""Bytes that hold the head of a sealed file."""


def put(number: UUID, size: str, content: bytes, kid: str | None = None) -> None:
    """Write a file, sealed, so that it outlasts a power cut; one that is there already is replaced at once."""
    path = place(number, size)
    _made(path.parent)
    fresh = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(seal_bytes(content, *_where(number, size), kid=kid))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def get(number: UUID, size: str = WHOLE) -> bytes:
    """The bytes of a file.

    Raises
    ------
    FileNotFoundError
        It is not there.
    Broken
        It was changed, or changed places with another.
    """
    return unseal_bytes(place(number, size).read_bytes(), *_where(number, size))


def sealed_under(number: UUID, size: str) -> str:
    """Id of the key that a file lies under, by its head."""
    with place(number, size).open("rb") as file:
        return key_of(file.read(_HEAD), *_where(number, size))


def discard(number: UUID) -> None:
    """Take a file and its thumbnail off the disk, where they are."""
    for size in SIZES:
        place(number, size).unlink(missing_ok=True)


def place(number: UUID, size: str) -> Path:
    """Where a file lies."""
    return folder() / number.hex[:2] / f"{number.hex}.{size}"


def folder() -> Path:
    """The folder of all files."""
    return Path(settings.DATA) / "files"


def lying(*, older_than_s: float) -> Iterator[tuple[UUID | None, Path]]:
    """Files on the disk that have lain for so many seconds, each with its number; none for what never became whole."""
    before = time.time() - older_than_s
    for path in folder().glob("??/*"):
        try:
            if path.stat().st_mtime > before:
                continue
        except FileNotFoundError:
            continue
        yield _number_of(path), path


def _number_of(path: Path) -> UUID | None:
    try:
        return UUID(path.stem) if path.suffix[1:] in SIZES else None
    except ValueError:
        return None


def _where(number: UUID, size: str) -> tuple[str, str, str]:
    return "files", size, str(number)


def _made(folder_of_two: Path) -> None:
    if not folder_of_two.is_dir():
        folder_of_two.mkdir(mode=0o700, parents=True, exist_ok=True)
        _settle(folder_of_two.parent)
        _settle(folder_of_two.parent.parent)


def _settle(within: Path) -> None:
    """Let a new name in a folder outlast a power cut, where the system can."""
    if os.name == "posix":
        handle = os.open(within, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
