"""The door in a real browser: workers, passkeys under the strict policy, residents with a telephone."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.sizes import OFFICE, PHONE

DOOR, PHONE_DOOR = "/sign-in/", "/sign-in/phone/"
WORKER = "傅建华"


@pytest.fixture
def stranger(chromium: Browser, served: str, complaints: list[str]):
    """A page of someone who has not come in, by this machine's name, since no browser makes passkeys for an address."""
    context = chromium.new_context(
        base_url=served.replace("127.0.0.1", "localhost"),
        viewport={"width": OFFICE[0], "height": OFFICE[1]},
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def authenticator(stranger: Page) -> None:
    """A device that makes passkeys and knows its owner's finger."""
    session = stranger.context.new_cdp_session(stranger)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def go_out(page: Page) -> None:
    page.goto("/account/")
    page.locator("summary.xh-me").click()
    page.locator("form[action='/sign-out/'] button").click()
    expect(page).to_have_url(re.compile(DOOR))


@pytest.mark.parametrize("address", [DOOR, PHONE_DOOR])
@pytest.mark.parametrize("size", [PHONE, OFFICE], ids=["phone", "office"])
def test_door_has_no_barrier_and_fits(stranger: Page, barriers, address, size):
    stranger.set_viewport_size({"width": size[0], "height": size[1]})
    stranger.goto(address)
    stranger.wait_for_load_state("networkidle")
    assert stranger.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert barriers(stranger) == []


def test_one_press_on_a_demonstration_account_leads_in(stranger: Page):
    stranger.goto("/account/")
    stranger.get_by_role("button", name=WORKER).click()
    expect(stranger.locator(".xh-me")).to_contain_text(WORKER)


def test_wrong_password_is_told_and_the_field_marked(stranger: Page, barriers, complaints):
    stranger.goto(DOOR)
    stranger.get_by_label("工号或手机号").fill("CF9998")
    stranger.get_by_label("密码", exact=True).fill("wrong")
    stranger.get_by_role("button", name="登录", exact=True).click()
    expect(stranger.get_by_role("alert").first).to_contain_text("密码不对，还能试 4 次")
    expect(stranger.get_by_label("密码", exact=True)).to_have_attribute("aria-invalid", "true")
    assert barriers(stranger) == []
    complaints.clear()


def test_passkey_is_made_and_opens_the_door(stranger: Page, authenticator, barriers):
    stranger.goto("/account/second-step/passkeys/new/")
    stranger.get_by_role("button", name=WORKER).click()
    stranger.goto("/account/second-step/passkeys/new/")
    stranger.get_by_label("叫什么").fill("窗口电脑")
    assert barriers(stranger) == []
    stranger.get_by_role("button", name="用这台设备设一把").click()
    expect(stranger.locator("h1")).to_have_text("备用码")
    assert barriers(stranger) == []
    stranger.goto("/account/second-step/")
    expect(stranger.locator(".a-passkeys")).to_contain_text("窗口电脑")
    assert barriers(stranger) == []
    go_out(stranger)
    stranger.get_by_role("button", name="用通行密钥").click()
    expect(stranger.locator(".xh-me")).to_contain_text(WORKER)
    go_out(stranger)
    stranger.get_by_role("button", name=WORKER).click()
    expect(stranger).to_have_url(re.compile("/sign-in/second-step/"))
    assert barriers(stranger) == []
    stranger.get_by_role("button", name="用通行密钥").click()
    expect(stranger.locator(".xh-me")).to_contain_text(WORKER)
    stranger.goto("/account/second-step/")
    stranger.get_by_role("link", name="移除「窗口电脑」").click()
    stranger.get_by_role("button", name="移除").click()
    expect(stranger.locator(".a-passkeys")).to_have_count(0)


def test_resident_comes_in_with_a_telephone(stranger: Page, barriers):
    stranger.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    stranger.goto(PHONE_DOOR)
    stranger.get_by_label("您的手机号").fill("138 0013 8000")
    stranger.get_by_role("button", name="发短信给我").click()
    assert barriers(stranger) == []
    code = stranger.locator(".g-shown b").inner_text()
    stranger.get_by_label("短信里的验证码").fill(code)
    stranger.get_by_role("button", name="进去").click()
    expect(stranger).to_have_url(re.compile("/phone/"))
    for address in ("/phone/", "/my/"):
        stranger.goto(address)
        assert stranger.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), "scrolls sideways"
        assert barriers(stranger) == []
    expect(stranger.locator("main")).to_contain_text("138****8000")
