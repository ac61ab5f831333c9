"""What makes the phone shell an app, and how little a first visit has to load."""

import gzip
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from xiuhua.ground.ui import worker

pytestmark = pytest.mark.django_db
MOST = 300 * 1000
"""Bytes of a first load, compressed, without the map."""

STATEMENT = re.compile(r'^(?:import|export)[^;"\'()]*(?:from )?"(\.[^"]+)";', re.MULTILINE)


def test_manifest_makes_it_installable():
    response = Client().get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    told = json.loads(response.content)
    assert (told["start_url"], told["scope"], told["display"]) == ("/phone/", "/", "standalone")
    assert {(icon["sizes"], icon["purpose"]) for icon in told["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in told["icons"]:
        content = finders.find(icon["src"].removeprefix("/static/"))
        assert content is not None


def test_worker_stands_at_the_root_and_is_asked_for_anew():
    response = Client().get("/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert "no-cache" in response["Cache-Control"]
    assert response["Service-Worker-Allowed"] == "/"
    script = response.content.decode()
    told = json.loads(re.search(r"start\((.*)\);", script)[1])
    assert told["pages"][:2] == ["/phone/", "/phone/waiting/"]
    assert "/phone/waiting/" in told["plain"]
    assert "/phone/" not in told["plain"]
    assert told["signOut"] == "/sign-out/"
    for address in told["shell"]:
        assert finders.find(address.removeprefix("/static/")), address


def test_a_deployment_brings_a_new_worker(monkeypatch):
    versions = set()
    for names in ({"a.css": "a.111.css"}, {"a.css": "a.222.css"}):
        monkeypatch.setattr(worker, "staticfiles_storage", SimpleNamespace(hashed_files=names))
        worker.static_version.cache_clear()
        versions.add(worker.static_version())
    worker.static_version.cache_clear()
    assert len(versions) == 2


@pytest.mark.parametrize("address", ["/phone/", "/phone/waiting/"])
def test_first_load_is_small(address):
    assert first_load(address) < MOST


def first_load(address: str) -> int:
    """Bytes that a first visit loads, compressed: the page, its style sheets, its scripts and what those import."""
    page = Client().get(address).content
    found = set(re.findall(r'(?:href|src)="/static/([^"#]+)', page.decode()))
    names = {name for name in found if not name.endswith(".png")} | {
        imported for name in found if name.endswith(".js") for imported in imports_of(name)
    }
    return sum(len(gzip.compress(content_of(name), 6)) for name in names) + len(gzip.compress(page, 6))


def content_of(name: str) -> bytes:
    return Path(finders.find(name)).read_bytes()


def imports_of(name: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """Every module that a module brings with it."""
    found: set[str] = set()
    for target in STATEMENT.findall(content_of(name).decode()):
        parts = [*name.split("/")[:-1], *target.split("/")]
        while ".." in parts or "." in parts:
            at = parts.index("..") if ".." in parts else parts.index(".")
            del parts[at - 1 if parts[at] == ".." else at : at + 1]
        imported = "/".join(parts)
        if imported not in seen | found:
            found |= {imported} | imports_of(imported, seen | found | {imported, name})
    return found
