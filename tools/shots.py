"""Write a picture of every page at phone, office and wall width into ``shots/``.

Pages are those of the navigation, as each of `ROLES` sees it, and `SHOT_PAGES`. A demonstration is built once in
``build/shots-data-SCALE`` and kept; remove the folder to build it anew.
"""

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from serving import CHROMIUM, CHROMIUM_FLAGS, demo_served, session_of

ROOT = Path(__file__).resolve().parent.parent
SIZES = ((360, 780), (1440, 900), (1920, 1080))
SHOT_PAGES = ("/lifecircle/runs/", "/lifecircle/runs/new/", "/no-such-page/")
"""Pages that the navigation does not list."""
ROLES = ("community_planner", "section_head", "system_admin", "privacy_officer", "audit_admin")
"""Who looks; a page is pictured as the first of them finds it."""


def main() -> int:
    """Take the pictures; 1 where a page complained in its console."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "pages", nargs="*", help="addresses to picture instead of all, such as /lifecircle/?persona=elder"
    )
    parser.add_argument(
        "--scale", type=float, default=1.0, help="size of the demonstration, 1 for the whole subdistrict"
    )
    parser.add_argument("--role", action="append", help="who looks, such as section_head; may be given again")
    parser.add_argument("--english", action="store_true", help="picture the English pages")
    arguments = parser.parse_args()
    data = ROOT / f"build/shots-data-{arguments.scale:g}"
    data.mkdir(parents=True, exist_ok=True)
    folder = ROOT / "shots"
    folder.mkdir(exist_ok=True)
    with demo_served(data, arguments.scale) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        readers = {role: session_of(data, role) for role in (arguments.role or ROLES)}
        pages = {page: next(iter(readers)) for page in arguments.pages} or _pages(browser, address, readers)
        complaints = [
            complaint
            for page, role in pages.items()
            for size in SIZES
            for complaint in _picture(
                browser, address, page, size, folder, session=readers.get(role, ""), english=arguments.english
            )
        ]
        browser.close()
    print(*complaints, sep="\n", file=sys.stderr)
    return 1 if complaints else 0


def _pages(browser: Browser, address: str, readers: dict[str, str]) -> dict[str, str]:
    """Addresses, each with the role that looks at it; the door is looked at by a visitor."""
    pages = {"/": "", **dict.fromkeys(SHOT_PAGES, next(iter(readers)))}
    for role, session in readers.items():
        context = _context(browser, address, (1440, 900), session)
        page = context.new_page()
        page.goto(address)
        listed = page.eval_on_selector_all(".xh-side a", "links => links.map(link => link.getAttribute('href'))")
        pages.update({link: role for link in listed if link not in pages})
        context.close()
    return pages


def _context(browser: Browser, address: str, size: tuple[int, int], session: str) -> BrowserContext:
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    return context


def _picture(
    browser: Browser, address: str, path: str, size: tuple[int, int], folder: Path, *, session: str, english: bool
) -> list[str]:
    context = _context(browser, address, size, session)
    if english:
        context.add_cookies([{"name": "django_language", "value": "en", "url": address}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    answer = page.goto(address + path)
    _settle(page)
    name = "".join(letter if letter.isalnum() else "-" for letter in path).strip("-") or "home"
    picture = folder / f"{name}{'-en' if english else ''}-{size[0]}.png"
    page.screenshot(path=picture)
    context.close()
    print(picture.relative_to(ROOT))
    expected = answer is not None and answer.status >= 400
    return [] if expected else [f"{path} at {size[0]}: {complaint}" for complaint in complaints]


def _settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    if page.locator(".xh-map").count():
        page.wait_for_selector(".xh-map[data-ready]", timeout=60_000)
        page.wait_for_timeout(1_500)


if __name__ == "__main__":
    sys.exit(main())
