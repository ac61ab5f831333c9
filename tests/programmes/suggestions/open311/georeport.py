"""A client of GeoReport v2, which knows the specification and nothing of this house; and the names that it gives."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

from django.test import Client

SERVICE = ("service_code", "service_name", "description", "metadata", "type", "keywords", "group")
ATTRIBUTE = ("variable", "code", "datatype", "required", "datatype_description", "order", "description")
REQUEST = (
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
)
ROOT = "/open311/v2"


class GeoReport:
    """Asks in one form, and reads the answer into plain lists, whichever form it was."""

    def __init__(self, form: str, **always: str) -> None:
        self.form, self.always = form, always
        self.client = Client(enforce_csrf_checks=True)
        self.status = 0
        self.headers: Mapping[str, str] = {}

    def get(self, path: str, **asked: str) -> Any:
        return self._read(self.client.get(f"{ROOT}/{path}.{self.form}", {**self.always, **asked}))

    def post(self, **given: Any) -> Any:
        body = urlencode({**self.always, **given}, doseq=True)
        return self.send(body, "application/x-www-form-urlencoded; charset=utf-8")

    def send(self, body: str | bytes, kind: str) -> Any:
        return self._read(self.client.post(f"{ROOT}/requests.{self.form}", body, content_type=kind))

    def _read(self, response: Any) -> Any:
        self.status, self.headers = response.status_code, response.headers
        if self.form == "json":
            assert response.headers["Content-Type"] == "application/json; charset=utf-8"
            return response.json()
        assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
        assert response.content.lower().startswith(b"<?xml version='1.0' encoding='utf-8'?>")
        return plain(ElementTree.fromstring(response.content))


LISTS = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}


def plain(element: ElementTree.Element) -> Any:
    """An XML answer as the JSON one would have it, all values as text."""
    if element.tag in LISTS:
        assert {child.tag for child in element} <= {LISTS[element.tag]}
        return [plain(child) for child in element]
    return {child.tag: plain(child) for child in element} if len(element) else element.text
