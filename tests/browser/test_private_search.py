"""Whom one seeks stands in no address of a real browser, nor in what htmx keeps of a page, with scripts or without."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

WORDS = "15412345678"


@pytest.fixture(scope="package")
def session(session_for):
    return session_for("section_head")


def test_words_travel_once_and_stand_in_no_address(page: Page, served: str):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    page.goto("/territory/residents/")
    page.locator("#xh-q").fill(WORDS)
    page.locator("#xh-q").press("Enter")
    expect(page).to_have_url(re.compile(r"/territory/residents/\?find=[\w-]+$"))
    expect(page.locator("#xh-list")).to_contain_text("没有找到")
    page.locator("select[name=sex]").select_option("f")
    expect(page).to_have_url(re.compile(r"\?sex=f&find=[\w-]+$"))
    assert not [line for line in asked if WORDS in line]
    assert len([line for line in asked if line.startswith("POST")]) == 2
    assert WORDS not in page.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")


def test_it_works_without_scripts(chromium: Browser, served: str, signed_in):
    context = signed_in(chromium.new_context(base_url=served, java_script_enabled=False))
    page = context.new_page()
    page.goto("/territory/residents/")
    page.locator("#xh-search").fill(WORDS)
    page.locator("#xh-search").press("Enter")
    expect(page).to_have_url(re.compile(r"/territory/search/\?find=[\w-]+$"))
    expect(page.locator("main")).to_contain_text("没有找到")
    assert WORDS not in page.title()
    context.close()
