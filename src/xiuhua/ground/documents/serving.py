"""A PDF as an answer."""

import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header

_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def pdf_response(pdf: bytes, filename: str, *, download: bool = False) -> HttpResponse:
    """Answer with a PDF under a name of any script (RFC 5987), to be read in the browser or kept as a file.

    What no file system takes in a name is replaced; ``.pdf`` is added where it is missing.
    """
    name = _NOT_IN_A_NAME.sub("-", filename).strip(" .-") or "document"
    name = name if name.endswith(".pdf") else f"{name}.pdf"
    disposition = content_disposition_header(download, name)
    response = HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": str(disposition)})
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
