"""Every kind of page that the interface offers, in a real browser: it fits, bars nobody, and works by keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.gallery.rows import PEOPLE
from browser.sizes import LAPTOP, OFFICE, PHONE
from serving import gallery_served

PAGES = [
    "/",
    "/list/",
    "/list/?committee=西村&state=late",
    "/list/?q=没有的",
    "/form/",
    "/confirm/",
    "/object/",
    "/door/",
]
SIZES = pytest.mark.parametrize("size", [PHONE, OFFICE], ids=["phone", "office"])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with gallery_served(tmp_path_factory.mktemp("gallery")) as address:
        yield address


@pytest.fixture(scope="module")
def session() -> str:
    return ""


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


@SIZES
@pytest.mark.parametrize("address", PAGES)
def test_page_fits_and_bars_nobody(page: Page, barriers, address, size):
    resize(page, size)
    page.goto(address)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert barriers(page) == []


def test_pages_fit_a_laptop(page: Page):
    resize(page, LAPTOP)
    for address in PAGES:
        page.goto(address)
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), f"{address} scrolls sideways"


@SIZES
def test_refused_form_fits_and_bars_nobody(page: Page, barriers, complaints, size):
    resize(page, size)
    page.goto("/form/")
    page.get_by_role("button", name="建立账号").click()
    expect(page.locator("#xh-refused")).to_be_focused()
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert barriers(page) == []
    complaints.clear()


@SIZES
def test_open_menus_fit_and_bar_nobody(page: Page, barriers, size):
    resize(page, size)
    page.goto("/list/?committee=西村")
    page.locator(".xh-views summary").click()
    assert barriers(page) == []
    page.locator("summary.xh-me").click()
    expect(page.locator(".xh-views[open]")).to_have_count(0)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert barriers(page) == []


def test_list_filters_without_a_page_load_and_exports_what_is_shown(page: Page):
    page.goto("/list/")
    page.evaluate("window.sameDocument = true")
    page.get_by_label("居委会").select_option("西村")
    expect(page.locator(".xh-listfoot")).to_contain_text("里找到 58 行")
    page.get_by_text("按时", exact=True).first.click()
    expect(page).to_have_url(re.compile("state=ok"))
    page.locator("#xh-q").fill("160 弄")
    expect(page.locator("#xh-list tbody tr")).to_have_count(1)
    expect(page.locator("#xh-asked")).to_contain_text("居委会：西村")
    href = page.get_by_role("link", name="导出 Excel").get_attribute("href")
    assert "export=xlsx" in href
    assert "state=ok" in href
    assert page.evaluate("window.sameDocument") is True


def test_list_sorts_by_its_heads(page: Page):
    page.goto("/list/?committee=西村")
    page.get_by_role("link", name="上门").click()
    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("link", name="上门").click()
    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "ascending")
    assert "committee=" in page.url


def test_filter_is_taken_away_by_its_chip(page: Page):
    page.goto("/list/?committee=西村&sort=-name")
    page.get_by_role("link", name="去掉「西村」").click()
    expect(page.locator(".xh-listfoot")).to_contain_text(f"共 {len(PEOPLE)} 行")
    assert "sort=-name" in page.url


def test_view_is_named_comes_back_and_is_forgotten(page: Page):
    page.goto("/list/?committee=西村")
    page.locator(".xh-views summary").click()
    page.get_by_label("给现在的筛选起个名字").fill("西村的")
    page.get_by_role("button", name="存下").click()
    expect(page.locator(".xh-views summary")).to_contain_text("西村的")
    page.goto("/list/")
    page.locator(".xh-views summary").click()
    page.get_by_role("link", name="西村的").click()
    expect(page.locator("#xh-asked")).to_contain_text("西村")
    page.locator(".xh-views summary").click()
    page.get_by_role("button", name="去掉「西村的」").click()
    expect(page.locator(".xh-views summary")).not_to_contain_text("西村的")


def test_rows_are_cards_on_a_phone(page: Page):
    resize(page, PHONE)
    page.goto("/list/")
    row = page.locator("#xh-list tbody tr").first
    assert row.bounding_box()["width"] <= PHONE[0]
    assert row.locator("td").first.bounding_box()["y"] > row.locator("th").bounding_box()["y"]
    expect(page.get_by_role("row").nth(1)).to_contain_text("枣阳路")
    page.get_by_role("link", name="住址").click()
    expect(page.locator("th[aria-sort]")).to_have_count(1)


def test_form_keeps_what_was_typed_and_leads_to_what_is_wrong(page: Page, complaints):
    page.goto("/form/")
    page.get_by_label("姓名").fill("傅建华")
    page.get_by_label("工作人员").check()
    key = page.locator("form.xh-form input[name=once]").input_value()
    page.get_by_role("button", name="建立账号").click()
    expect(page.locator("#xh-refused")).to_contain_text("还有 4 处要改")
    expect(page.get_by_label("姓名")).to_have_value("傅建华")
    expect(page.get_by_label("工作人员")).to_be_checked()
    expect(page.locator("form.xh-form input[name=once]")).to_have_value(key)
    page.get_by_role("link", name="工号").click()
    expect(page.get_by_label("工号")).to_be_focused()
    expect(page.get_by_label("工号")).to_have_accessible_description("两个字母加四位数字，如 CF0317 还没有填。")
    complaints.clear()


def test_password_is_shown_while_one_wants_and_sent_as_one(page: Page):
    page.goto("/door/")
    page.locator("#id_word").fill("绣花2023")
    show = page.get_by_role("button", name="显示密码")
    show.click()
    expect(page.locator("#id_word")).to_have_attribute("type", "text")
    expect(show).to_have_attribute("aria-pressed", "true")
    show.click()
    expect(page.locator("#id_word")).to_have_attribute("type", "password")


def test_door_is_only_its_form_on_a_phone(page: Page):
    page.goto("/door/")
    expect(page.locator(".g-art")).to_be_visible()
    resize(page, PHONE)
    expect(page.locator(".g-art")).to_be_hidden()
    expect(page.get_by_role("button", name="登录")).to_be_visible()


def test_person_menu_opens_and_closes_by_keyboard(page: Page):
    page.goto("/")
    summary = page.locator("summary.xh-me")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="我的账号")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="我的账号")).to_be_hidden()
    expect(summary).to_be_focused()


def test_slash_goes_to_the_search_box_but_not_out_of_a_field(page: Page):
    page.goto("/list/")
    page.keyboard.press("/")
    expect(page.locator("#xh-search")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.locator("#xh-search")).to_have_value("a/b")


def test_search_of_a_phone_is_in_the_menu(page: Page):
    resize(page, PHONE)
    page.goto("/")
    expect(page.locator("#xh-search-side")).to_be_hidden()
    page.get_by_role("button", name="打开导航").click()
    page.locator("#xh-search-side").fill("501")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/list/\?q=501"))


def test_visitor_is_led_to_the_door(page: Page):
    page.goto("/list/?visitor")
    page.get_by_role("link", name="登录").click()
    expect(page.get_by_role("heading", name="登录工作台")).to_be_visible()


@pytest.fixture
def without_scripts(chromium: Browser, served: str) -> Iterator[Page]:
    context: BrowserContext = chromium.new_context(base_url=served, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_list_form_and_menu_work_without_scripts(without_scripts: Page):
    page = without_scripts
    page.goto("/list/")
    page.get_by_label("居委会").select_option("中江")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator("#xh-asked")).to_contain_text("中江")
    page.get_by_role("link", name="上门").click()
    expect(page.locator("th[aria-sort]")).to_have_count(1)
    page.locator("summary.xh-me").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/confirm/")
    expect(page.get_by_role("button", name="停用账号")).to_be_visible()
    page.goto("/form/")
    expect(page.locator("[data-xh-show]")).to_be_hidden()


def test_what_happens_elsewhere_is_asked_for_again(page: Page):
    page.goto("/live/")
    first = int(page.locator("#part").inner_text())
    expect(page.locator("#part")).to_have_text(str(first + 1))


HEARD = """async ([url, pauses]) => {
  const { Feed } = await import("/static/ui/feed.js");
  const heard = [];
  await new Promise((resolve) => {
    const listen = ({ verb }) => heard.push(verb) && verb === "jobs.finish" && resolve();
    globalThis.feed = new Feed(url, listen, pauses);
    feed.start();
  });
  feed.stop();
  return heard;
}"""


def test_feed_polls_where_streams_do_not_come_through(page: Page, complaints):
    """A stream that ends at once is a failure; after a few the same address is asked for JSON."""
    page.goto("/")
    page.route("**/broken-feed/**", answer)
    heard = page.evaluate(HEARD, ["/broken-feed/", {"poll": 20, "retry": 1}])
    assert heard == ["jobs.finish"]
    complaints.clear()


def answer(route) -> None:
    if "json" in route.request.headers.get("accept", ""):
        route.fulfill(json={"last": 8, "entries": [{"verb": "jobs.finish"}]})
    else:
        route.fulfill(status=503, body="")


def test_feed_asks_on_from_the_last_entry_that_it_heard(page: Page, complaints):
    page.goto("/")
    asked: list[str] = []

    def stream(route) -> None:
        asked.append(route.request.url)
        verb = "jobs.finish" if len(asked) > 1 else "rosters.apply"
        route.fulfill(content_type="text/event-stream", body=f'id: {len(asked)}\ndata: {{"verb": "{verb}"}}\n\n')

    page.route("**/short-feed/**", stream)
    assert page.evaluate(HEARD, ["/short-feed/", {"poll": 20, "retry": 1}]) == ["rosters.apply", "jobs.finish"]
    assert asked[1].endswith("?since=1")
    complaints.clear()
