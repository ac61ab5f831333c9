"""How an uploaded file is held: in memory, up to a limit; personal data never touch the disk in clear."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

A_FILE = 30 * 2**20
"""The largest file that any form takes: a roster of a subdistrict."""
A_REQUEST = 128 * 2**20
"""All files of one request together: as many photographs as a form takes, each as large as may be."""


class Dropped(InMemoryUploadedFile):
    """A file that was too large to hold: it has its name and size, and no content."""


class InMemoryHandler(FileUploadHandler):
    """Keeps files in memory; one beyond the limits is let go of while it comes in (``FILE_UPLOAD_HANDLERS``)."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._together = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._held: BytesIO | None = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._held is None:
            return
        if start + len(raw_data) > A_FILE or self._together + len(raw_data) > A_REQUEST:
            self._together -= self._held.tell()
            self._held = None
            return
        self._held.write(raw_data)
        self._together += len(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        kind = InMemoryUploadedFile if self._held is not None else Dropped
        held = self._held or BytesIO()
        held.seek(0)
        return kind(held, self.field_name, self.file_name or "", self.content_type, file_size, self.charset)
