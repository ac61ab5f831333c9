"""Bringing a spreadsheet in, in a real browser: by keyboard, on a phone, without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.sizes import OFFICE, PHONE

WALL = (1920, 1080)

FAULTY = "居委会,门洞,室号,姓名,证件号,出生日期,电话,民族\n" + "".join(
    f"不知道,{door} 号,,何芳,3101,1943-02-30,13800000000,汉\n" for door in range(1, 31)
)


@pytest.fixture(scope="package")
def session(session_for) -> str:
    """A section head brings spreadsheets in for the whole subdistrict."""
    return session_for("section_head")


def bring(page: Page, text: str, name: str = "西村_居民_7月.csv") -> None:
    page.goto("/rosters/residents/")
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    page.get_by_role("button", name="上传核对").click()


@pytest.fixture
def faulty(page: Page, settled) -> Page:
    bring(page, FAULTY)
    expect(page.locator("h1")).to_have_text("导入居民名册")
    settled(page)
    return page


@pytest.mark.parametrize("address", ["/rosters/", "/rosters/residents/"])
@pytest.mark.parametrize("size", [PHONE, OFFICE, WALL], ids=["phone", "office", "wall"])
def test_pages_fit_and_have_no_barrier(page: Page, settled, barriers, address, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address)
    settled(page)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert barriers(page) == []


@pytest.mark.parametrize("size", [PHONE, OFFICE, WALL], ids=["phone", "office", "wall"])
def test_faults_stand_beside_their_mend(faulty: Page, settled, barriers, size):
    faulty.set_viewport_size({"width": size[0], "height": size[1]})
    settled(faulty)
    assert faulty.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert barriers(faulty) == []
    expect(faulty.locator(".f-alert h2").first).to_contain_text("处就能导入")
    expect(faulty.locator(".f-errs")).to_contain_text("2 月没有 30 日，对一下")
    expect(faulty.locator(".f-card tbody")).not_to_contain_text("何芳")


def test_a_fault_leads_to_its_cell_by_keyboard(faulty: Page):
    link = faulty.locator(".f-errs a").first
    link.focus()
    faulty.keyboard.press("Enter")
    target = faulty.locator(link.get_attribute("href") or "")
    expect(target).to_be_in_viewport()
    assert "is-bad" in (target.get_attribute("class") or "")


def test_all_rows_page_by_page(faulty: Page, settled):
    faulty.get_by_role("link", name="全部 30").click()
    settled(faulty)
    expect(faulty.locator(".f-ln")).to_have_count(30)
    faulty.get_by_role("link", name="有错的和前后").click()
    faulty.get_by_role("link", name="下一页").click()
    expect(faulty.locator(".f-foot")).to_contain_text("第 2 页，共 2 页")


def test_the_marked_table_comes_back(faulty: Page):
    with faulty.expect_download() as download:
        faulty.get_by_role("link", name="下载标红的表").click()
    assert download.value.suggested_filename == "西村_居民_7月_标红.xlsx"


def test_unusable_file_is_said_at_its_field(page: Page, complaints):
    bring(page, "别的表\n1\n")
    expect(page.locator("#xh-refused")).to_contain_text("没有找到居民名册的表头")
    complaints.clear()


def test_it_works_without_scripts(chromium: Browser, served, signed_in):
    context = signed_in(chromium.new_context(base_url=served, java_script_enabled=False))
    page = context.new_page()
    bring(page, FAULTY)
    expect(page.locator(".f-errs")).to_contain_text("没有这一天")
    page.get_by_role("link", name="传改好的表").click()
    expect(page.locator("h1")).to_have_text("导入居民名册")
    context.close()
