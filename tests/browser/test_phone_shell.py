"""Pages of the phone shell in a real browser: without scripts, by keyboard alone, large, aloud; they fit."""

import pytest
from playwright.sync_api import expect

from browser.shell import SAY, came, picture, until, write

PHONES = [(360, 780), (390, 844)]
SMALL_TARGETS = """() => {
  const all = "main button, main input:not([type=hidden]):not([type=file]), main select, .ph-dock button, .ph-pill";
  const shown = [...document.querySelectorAll(all)].filter((one) => one.offsetParent);
  const height = (one) => (one.closest("label") ?? one).getBoundingClientRect().height;
  return shown.filter((one) => height(one) < 72).map((one) => `${one.name || one.textContent} ${height(one)}`);
}"""


SPOKEN = """() => {
  window.spoken = [];
  const voice = { lang: "zh-CN", name: "test" };
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [voice], addEventListener() {}, cancel() {},
    speak(one) {
      window.spoken.push([one.text, document.querySelectorAll(".ph-reading").length]);
      setTimeout(() => one.onend(), 1);
    },
  } });
}"""


def test_form_works_without_scripts(phone):
    page = phone(java_script_enabled=False).new_page()
    page.goto(SAY)
    page.get_by_label("拍给我们看").set_input_files(picture("one.jpg"))
    write(page, "没有脚本的")
    expect(page.get_by_role("heading", name="收到了").first).to_be_visible()
    assert came(page, "没有脚本的")[0]["photos"][0]["size"] == [3000, 1500]
    page.goto("/phone/")
    page.get_by_role("button", name="大字").click()
    expect(page.locator("html")).to_have_class("elder")


@pytest.mark.parametrize("elder", [False, True], ids=["plain", "elder"])
def test_pages_fit_and_bar_nobody(phone, gallery, barriers, elder):
    context = phone("wang")
    if elder:
        context.add_cookies([{"name": "xh_size", "value": "elder", "url": gallery}])
    page = context.new_page()
    for width, height in PHONES:
        page.set_viewport_size({"width": width, "height": height})
        for address in ("/phone/", SAY, "/parts/", "/phone/waiting/", "/phone/offline/", "/phone/today/"):
            page.goto(address)
            assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), f"{address} scrolls sideways"
            assert barriers(page) == [], f"{address} at {width}"


def test_large_type_doubles_the_text_and_every_target_and_stays(phone):
    page = phone("wang").new_page()
    page.goto("/phone/")
    page.get_by_role("button", name="大字").click()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "36px"
    page.goto(SAY)
    expect(page.locator("html")).to_have_class("elder")
    small = page.evaluate(SMALL_TARGETS)
    assert small == []
    page.get_by_role("button", name="小字").click()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "18px"


def test_page_is_read_aloud_and_a_phone_that_cannot_says_so(phone):
    page = phone("wang").new_page()
    page.add_init_script(f"({SPOKEN})()")
    page.goto("/phone/")
    page.get_by_role("button", name="朗读").click()
    until(page, "window.spoken.some(([text]) => text.includes('打电话'))")
    spoken = page.evaluate("window.spoken")
    assert spoken[0][0].startswith("王阿姨")
    assert {marked for _text, marked in spoken} == {1}
    silent = phone("wang").new_page()
    silent.add_init_script(
        "delete window.speechSynthesis; Object.defineProperty(window, 'speechSynthesis', { value: undefined })"
    )
    silent.goto("/phone/")
    silent.get_by_role("button", name="朗读").click()
    expect(silent.locator("[data-xh-status]")).to_contain_text("这部手机不会朗读")


def test_keyboard_alone_writes_and_sends(phone):
    page = phone("wang").new_page()
    page.goto("/phone/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="我要反映").press("Enter")
    page.get_by_label("什么事").focus()
    page.keyboard.type("只用键盘写的")
    seen = set()
    for _step in range(14):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))
        if "交给街道" in seen:
            break
    assert {"photos", "kind", "when", "phone", "reply"} <= seen
    page.keyboard.press("Enter")
    expect(page.locator("[data-xh-status]")).to_contain_text("收到了")
    assert len(came(page, "只用键盘写的")) == 1
