"""A real Chromium on a real demonstration, served as in production.

Playwright's loop lives for this folder only: while it runs, Django refuses the database to the tests of other folders.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from browser.sizes import OFFICE
from serving import CHROMIUM, CHROMIUM_FLAGS, build_demo, demo_served, gallery_served, session_of, sessions_of

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


READERS = ("community_planner", "section_head", "system_admin", "privacy_officer", "resident", "voter")
"""Who is signed in to the demonstration before it is copied; others are when a test asks for them."""


@pytest.fixture(scope="package")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folder of a small demonstration, its keys and its readers' sessions: built by one worker, copied by each."""
    ours = tmp_path_factory.getbasetemp()
    folder = (ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours) / "built"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XIUHUA_KEYS_FILE", str(folder / "keys.txt"))
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _build_unless_built(folder)
        yield folder


def _build_unless_built(folder: Path) -> None:
    sessions = folder / "sessions.json"
    if not sessions.exists():
        build_demo(folder / "data", 0.05, "--summary", str(folder / "summary.json"))
        sessions.write_text(json.dumps(sessions_of(folder / "data", READERS)))


@pytest.fixture(scope="package")
def demonstration(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Address of a small demonstration of a worker's own, and its data folder."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(built / "data", folder, dirs_exist_ok=True)
    with demo_served(folder, scale=0.05) as address:
        yield address, folder


@pytest.fixture(scope="package")
def served(demonstration: tuple[str, Path]) -> str:
    """Address that pages are asked of."""
    return demonstration[0]


@pytest.fixture(scope="package")
def session_for(built: Path, demonstration: tuple[str, Path]) -> Callable[[str], str]:
    """Session of someone who holds a role for the whole subdistrict: ``session_for("privacy_officer")``."""
    sessions: dict[str, str] = json.loads((built / "sessions.json").read_text())
    return cache(lambda role: sessions.get(role) or session_of(demonstration[1], role))


@pytest.fixture(scope="package")
def session(session_for: Callable[[str], str]) -> str:
    """Session of whoever reads the pages; empty for a visitor."""
    return session_for("community_planner")


@pytest.fixture
def signed_in(served: str, session: str) -> Callable[[BrowserContext], BrowserContext]:
    """Let the reader of a browser context be signed in."""

    def carry(context: BrowserContext) -> BrowserContext:
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": served}])
        return context

    return carry


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console complains of, policy violations included; a test that expects it clears it."""
    return []


@pytest.fixture
def context(
    chromium: Browser, served: str, signed_in: Callable[[BrowserContext], BrowserContext]
) -> Iterator[BrowserContext]:
    width, height = OFFICE
    context = chromium.new_context(
        base_url=served, viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    yield signed_in(context)
    context.close()


@pytest.fixture
def page(context: BrowserContext, complaints: list[str]) -> Iterator[Page]:
    """A page that fails the test on any error in its console."""
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def settled() -> Callable[[Page], None]:
    """Wait until a page has loaded and its map, if any, is drawn."""

    def wait(page: Page) -> None:
        page.wait_for_load_state("networkidle")
        if page.locator(".xh-map").count():
            page.wait_for_selector(".xh-map[data-ready]", timeout=60_000)

    return wait


@pytest.fixture
def barriers() -> Callable[[Page], list[str]]:
    """What axe finds against WCAG 2.2 AA on a page, one line each."""

    def find(page: Page) -> list[str]:
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("tags => axe.run(document, { runOnly: tags })", WCAG)
        return [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return find


@pytest.fixture(scope="package")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the gallery, whose phone shell keeps what is sent to it."""
    with gallery_served(tmp_path_factory.mktemp("gallery")) as address:
        yield address


@pytest.fixture
def phone(chromium: Browser, gallery: str) -> Iterator[Callable[..., BrowserContext]]:
    """A phone of somebody's: ``phone("wang")``; with a worker only where one is asked for."""
    made: list[BrowserContext] = []

    def make(who: str = "visitor", *, worker: bool = False, **more: Any) -> BrowserContext:
        context = chromium.new_context(
            base_url=gallery,
            viewport={"width": 390, "height": 844},
            reduced_motion="reduce",
            service_workers="allow" if worker else "block",
            **more,
        )
        context.add_cookies([{"name": "who", "value": who, "url": gallery}])
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
