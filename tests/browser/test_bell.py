"""The bell of a page that lies open counts by itself what comes to wait for its reader."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect


@pytest.fixture(scope="package")
def session(session_for):
    return session_for("privacy_officer")


def waiting(bell) -> int:
    found = re.search(r"(\d+) 件", bell.get_attribute("aria-label"))
    return int(found[1]) if found else 0


def test_it_counts_what_comes_to_wait(context: BrowserContext):
    desk, counter = context.new_page(), context.new_page()
    counter.goto("/privacy/people/1/request/")
    desk.bring_to_front()
    desk.goto("/privacy/")
    bell = desk.locator("#xh-bell")
    before = waiting(bell)
    counter.get_by_label("解释说明处理规则").check()
    counter.get_by_label("请求内容").fill("为什么留着我的电话")
    counter.get_by_label("已经核对过提出人的身份").check()
    counter.get_by_role("button", name="登记请求").click()
    expect(bell).to_have_attribute("aria-label", re.compile(rf"，{before + 1} 件"), timeout=20_000)
    bell.click()
    expect(desk).to_have_url(re.compile("/waiting/$"))
    expect(desk.locator("main")).to_contain_text("个人信息请求，等答复")
