"""A resident votes on their lift: from the home page to the receipt, changes it, and sees who has taken part."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from xiuhua.programmes.lifts.rules.ballots import commitment_of, receipt_of

LINE = ("xiuhua-vote-5", "ABCDEFGH1234", "agree", "00ff" * 8)
"""Name of a vote, key, choice, nonce."""
NARROW, WIDE = (360, 780), (390, 844)


@pytest.fixture(scope="module")
def telephone(chromium: Browser, served: str, session_for) -> Iterator[BrowserContext]:
    """Of an owner who can vote now: one browser for all tests, since a code that was right gives it a fresh session."""
    width, height = WIDE
    context = chromium.new_context(
        base_url=served, viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    context.add_cookies([{"name": "sessionid", "value": session_for("voter"), "url": served}])
    yield context
    context.close()


@pytest.fixture
def phone(telephone: BrowserContext) -> Page:
    return telephone.new_page()


def is_clear(page: Page, barriers) -> None:
    """Nothing lies beside the screen, and nobody is kept out."""
    page.wait_for_load_state()
    width, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= inner, page.url
    assert barriers(page) == [], page.url


def test_an_owner_votes_changes_it_and_sees_who_took_part(phone: Page, barriers):
    phone.goto("/phone/")
    expect(phone.locator(".weui-tabbar")).to_contain_text("我家电梯")
    phone.get_by_role("link", name="去投票").click()
    is_clear(phone, barriers)
    button = phone.locator("[data-xh-cast]")
    expect(button).to_have_text("投票")
    phone.locator("input[value=agree]").check(force=True)
    expect(button).to_have_text("投票：同意")
    phone.context.set_offline(True)
    button.click()
    expect(phone.locator("main")).to_contain_text("没有信号，票没有投出去")
    phone.context.set_offline(False)
    button.click()
    expect(phone.get_by_label("短信里的验证码")).to_be_visible()
    code = re.search(r"验证码是 (\d+)", phone.inner_text("main"))
    assert code is not None
    is_clear(phone, barriers)
    phone.get_by_label("短信里的验证码").fill(code[1])
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/receipt/**")
    assert "agree" not in phone.url
    first = phone.inner_text(".k-code")
    assert re.fullmatch(r"[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}", first)
    assert (
        phone.evaluate("Object.values(localStorage).join() + Object.values(sessionStorage).join()").count("agree") == 0
    )
    is_clear(phone, barriers)
    phone.go_back()
    assert phone.url.endswith("/phone/")
    phone.go_forward()
    with phone.expect_download() as picture:
        phone.get_by_role("button", name="存成图片").click()
    assert picture.value.suggested_filename.endswith(f"{first}.png")
    told = phone.evaluate(
        "import('/static/lifts/own/receipt.js').then((it) => it.wordsOf(document.querySelector('[data-xh-receipt]')))"
    )
    assert [name for name, _value in told["rows"]] == ["门洞", "方式"]

    phone.get_by_role("link", name="改我的票").click()
    phone.locator("input[value=abstain]").check(force=True)
    phone.locator("[data-xh-cast]").click()
    phone.wait_for_url("**/receipt/**")
    assert phone.inner_text(".k-code") != first
    expect(phone.locator(".k-now")).to_contain_text("够开票")
    phone.get_by_role("navigation").get_by_text("我家电梯").click()
    expect(phone.get_by_role("link", name="看回执")).to_be_visible()
    is_clear(phone, barriers)


def test_every_page_reads_in_large_type_on_a_narrow_telephone(phone: Page, barriers):
    width, height = NARROW
    phone.set_viewport_size({"width": width, "height": height})
    phone.goto("/lift/")
    phone.get_by_role("button", name="大字").click()
    expect(phone.locator("html")).to_have_class(re.compile("elder"))
    ways = ["/lift/", *phone.eval_on_selector_all("main a", "all => all.map(one => one.getAttribute('href'))")]
    own = [way for way in dict.fromkeys(ways) if way.startswith("/lift/")]
    assert len(own) > 4
    expect(phone.locator(".o-next").first).to_be_visible()
    for way in own:
        phone.goto(way)
        is_clear(phone, barriers)


def test_enlarged_to_the_double_nothing_lies_beside_the_screen(chromium: Browser, served: str, barriers):
    page = chromium.new_page(base_url=served, viewport={"width": 195, "height": 422})
    page.goto("/lift/")
    is_clear(page, barriers)
    page.close()


def test_a_telephone_makes_receipts_anew_as_the_office_does(phone: Page):
    phone.goto("/lift/")
    made = phone.evaluate("line => import('/static/lifts/own/recount.js').then((it) => it.receiptOf(line))", LINE)
    assert made == receipt_of(commitment_of(*LINE))
