"""Answers as they are written: the same facts as JSON or as XML, by the suffix of the address."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from django.http import HttpResponse

TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
_NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def answer(form: str, root: str, item: str, told: Any, *, status: int = 200) -> HttpResponse:
    """Answer with what is told.

    Parameters
    ----------
    form : str
        ``json`` or ``xml``.
    root, item : str
        In XML, the name of the whole, and of each where it is a list.
    told : sequence or mapping
        Facts; nested lists of mappings are written under `ITEMS`' names.
    """
    content = _as_json(told) if form == "json" else _as_xml(root, item, told)
    return HttpResponse(content, content_type=TYPES[form], status=status)


ITEMS = {"attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format"}
"""Names of the elements of a list, by the list's own."""


def _as_json(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()


def _as_xml(root: str, item: str, told: Any) -> bytes:
    whole = ElementTree.Element(root)
    _fill(whole, told, item)
    return bytes(ElementTree.tostring(whole, encoding="utf-8", xml_declaration=True))


def _fill(element: ElementTree.Element, told: Any, item: str = "") -> None:
    if isinstance(told, Mapping):
        for name, value in told.items():
            _fill(ElementTree.SubElement(element, name), value, ITEMS.get(name, ""))
    elif isinstance(told, Sequence) and not isinstance(told, str):
        for one in told:
            _fill(ElementTree.SubElement(element, item), one)
    elif isinstance(told, bool):
        element.text = "true" if told else "false"
    elif told is not None and told != "":
        element.text = _NOT_IN_XML.sub("", str(told))
