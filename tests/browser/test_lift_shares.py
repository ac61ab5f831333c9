"""A residents' meeting about shares: sums follow what is said at the table, a draft is kept and settled."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture(scope="package")
def session(session_for):
    return session_for("section_head")


@pytest.fixture
def designing(page: Page, served: str) -> str:
    """Address of a stairwell that talks about its shares."""
    found = page.request.get(f"{served}/api/v1/lifts/dossiers?stage=consult&limit=200").json()["items"]
    return f"/lifts/dossiers/{next(one['id'] for one in found if one['state'] == 'designing')}/"


def test_a_meeting(page: Page, barriers, designing: str):
    page.goto(f"{designing}shares/?kind=guidance&total=")
    expect(page.locator("[data-mt-said]")).to_contain_text("还没有填总价")
    page.get_by_label("总价（元）").fill("720000")
    expect(page.locator("circle.benefit").first).to_be_visible()
    residents, top = page.locator("[data-mt=residents]"), page.locator("[data-mt-floor]").first
    expect(residents).to_have_text("440,000")
    before = top.locator("[data-mt-cell=floor-amount]").text_content()
    assert barriers(page) == []

    page.evaluate("window.stayed = true")
    page.get_by_label("总价（元）").fill("900000")
    expect(residents).to_have_text("620,000")
    expect(top.locator("[data-mt-cell=floor-amount]")).not_to_have_text(before or "")
    expect(page).to_have_url(re.compile("total=900000"))

    number = top.locator("[data-mt-number]")
    whole = number.input_value()
    number.fill("99")
    expect(page.locator("[data-mt-said]")).to_contain_text("多出")
    number.fill(whole)
    expect(page.locator("[data-mt-said] li")).to_have_count(0)

    top.get_by_role("checkbox").first.uncheck()
    expect(page.locator("[data-mt-cell=more]", has_text="多出").first).to_be_visible()
    top.get_by_role("checkbox").first.check()
    page.get_by_role("group", name="和哪几种比").get_by_label("按面积").check()
    expect(page.locator(".mt-compare thead th")).to_have_text(["楼层", "这一版", "按面积"])
    assert page.evaluate("window.stayed")

    page.get_by_role("button", name=re.compile("存为第 .* 稿")).click()
    expect(page.locator(".toast")).to_contain_text("这一稿存好了")
    page.get_by_role("link", name="定稿", exact=True).first.click()
    page.get_by_role("button", name="定稿").click()
    expect(page.locator(".toast")).to_contain_text("分摊方案定稿了")
    expect(page.locator(".nav-tabs")).to_contain_text("0／")


def test_without_scripts(chromium: Browser, signed_in, served: str, designing: str):
    context = signed_in(chromium.new_context(base_url=served, java_script_enabled=False))
    page = context.new_page()
    page.goto(f"{designing}shares/?kind=area&total=720000")
    page.get_by_label("总价（元）").fill("900000")
    page.get_by_role("button", name="算一算").click()
    expect(page.locator("[data-mt=residents]")).to_have_text("620,000")
    context.close()
