"""What is written on the phone shell, and what of it has come."""

import io
import time
from typing import Any

from PIL import Image
from playwright.sync_api import Page

SAY = "/say/"


def write(page: Page, words: str, button: str = "交给街道") -> None:
    page.get_by_label("什么事").fill(words)
    page.get_by_role("button", name=button).click()


def until(page: Page, true: str) -> None:
    """Wait for something in a page, whose policy forbids Playwright's own way of waiting."""
    end = time.monotonic() + 10
    while not page.evaluate(true):
        assert time.monotonic() < end, f"not within ten seconds: {true}"
        page.wait_for_timeout(50)


def came(page: Page, words: str) -> list[dict[str, Any]]:
    """Letters with these words that the server has."""
    answer = page.request.get("/sent/").json()
    return [one for one in answer.values() if one["words"] == words]


def picture(name: str) -> dict[str, Any]:
    made, where = io.BytesIO(), Image.Exif()
    where[0x010F] = "a phone"
    Image.new("RGB", (3000, 1500), "#9a6410").save(made, "JPEG", exif=where)
    return {"name": name, "mimeType": "image/jpeg", "buffer": made.getvalue()}
