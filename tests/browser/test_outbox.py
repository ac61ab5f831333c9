"""Letters of the phone shell in a real browser: written without signal, sent once; nothing readable left."""

import re

import pytest
from playwright.sync_api import Page, expect

from browser.shell import SAY, came, picture, until, write
from xiuhua.ground.sealing.letters import opened, public_key

HOURS_73 = 73 * 3600 * 1000
OPEN = "(resolve) => (indexedDB.open('xiuhua').onsuccess = (event) => resolve(event.target.result))"
EVERYTHING_KEPT = (
    f"""async () => {{
  const open = await new Promise({OPEN});
"""
    + """
  const seen = [];
  const text = (value) => {
    if (value instanceof ArrayBuffer) return new TextDecoder().decode(value);
    if (ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
    if (value instanceof CryptoKey) return value.extractable ? "EXTRACTABLE" : "";
    if (value && typeof value === "object") return Object.values(value).map(text).join(" ");
    return String(value);
  };
  for (const name of open.objectStoreNames) {
    const all = open.transaction(name).objectStore(name).getAll();
    await new Promise((resolve) => (all.onsuccess = resolve));
    seen.push(...all.result.map(text));
  }
  open.close();
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) seen.push(await (await cache.match(request)).text());
  }
  return seen.join("\\n");
}"""
)
KEYS = (
    f"""async (name) => {{
  const open = await new Promise({OPEN});
"""
    + """
  const asked = open.transaction(name).objectStore(name).getAllKeys();
  await new Promise((resolve) => (asked.onsuccess = resolve));
  open.close();
  return asked.result;
}"""
)


def write_offline(page: Page, words: str) -> None:
    page.context.set_offline(True)
    write(page, words, "先存好，有信号就发")
    expect(page.locator("[data-xh-status]")).to_contain_text("存好了")


def test_page_opens_without_signal_and_what_is_written_goes_by_itself_once(phone):
    page = phone("wang", worker=True).new_page()
    page.goto("/phone/")
    until(page, "navigator.serviceWorker.controller !== null")
    page.goto(SAY)
    until(page, f"({KEYS})('pages').then((keys) => keys.length >= 3)")
    page.context.set_offline(True)
    page.goto(SAY)
    expect(page.locator("[data-xh-status]")).to_contain_text("没有信号")
    write(page, "楼道灯坏了，晚上看不见", "先存好，有信号就发")
    expect(page.locator("[data-xh-waiting-here]")).to_contain_text("等信号的（1 件）")
    expect(page.locator("[data-xh-waiting-here]")).to_contain_text("楼道灯坏了")
    kept = page.evaluate(EVERYTHING_KEPT)
    for secret in ("楼道灯", "王阿姨", "EXTRACTABLE"):
        assert secret not in kept
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in page.evaluate(f"({KEYS})('pages')"))
    assert kept.count("<main") == len(("offline", "waiting", "say"))
    page.goto("/list/")
    expect(page.get_by_role("heading", name="没有信号")).to_be_visible()
    page.goto("/phone/")
    expect(page.get_by_role("heading", name="王阿姨")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("[data-xh-status]")).to_contain_text("1 件都发出去了")
    page.goto("/phone/waiting/")
    expect(page.locator("[data-xh-waiting]")).to_contain_text("都发出去了")
    assert [one["times"] for one in came(page, "楼道灯坏了，晚上看不见")] == [1]


AGED = (
    f"""async (hours) => {{
  const open = await new Promise({OPEN});
"""
    + """
  const table = open.transaction("keys", "readwrite").objectStore("keys");
  const asked = table.get("copies");
  await new Promise((resolve) => (asked.onsuccess = resolve));
  const put = table.put({ ...asked.result, at: asked.result.at - hours * 3600000 });
  await new Promise((resolve) => (put.onsuccess = resolve));
  open.close();
}"""
)


@pytest.mark.parametrize("ends", ["sign-out", "age", "clock set back"])
def test_after_sign_out_or_72_hours_only_what_is_nobodys_opens_without_signal(phone, ends):
    page = phone("wang", worker=True).new_page()
    page.goto("/phone/")
    until(page, "navigator.serviceWorker.controller !== null")
    page.goto("/my/")
    until(page, f"({KEYS})('pages').then((keys) => keys.length >= 4)")
    if ends == "sign-out":
        page.get_by_role("button", name="退出").click()
        page.wait_for_url("**/phone/")
    else:
        page.evaluate(AGED, 73 if ends == "age" else -1)
    page.context.set_offline(True)
    page.goto("/my/")
    expect(page.get_by_role("heading", name="没有信号")).to_be_visible()
    page.goto(SAY)
    expect(page.get_by_label("手机号")).to_have_value("")
    write_offline(page, f"没有信号也写得下 {ends}")
    page.goto("/phone/waiting/")
    expect(page.locator("[data-xh-waiting]")).to_contain_text("没有信号也写得下")
    page.context.set_offline(False)
    expect(page.locator("[data-xh-waiting]")).to_contain_text("都发出去了")
    assert [one["times"] for one in came(page, f"没有信号也写得下 {ends}")] == [1]


def test_every_answer_means_something_for_its_letter(phone):
    page = phone().new_page()
    page.goto("/phone/offline/")
    told = page.evaluate(
        """async (statuses) => {
          const { outcomeOf, pause } = await import("/static/ui/phone/sync.js");
          const outcomes = statuses.map((status) => [status, outcomeOf(status, {}, null).what]);
          const waits = [outcomeOf(429, {}, "90").wait, outcomeOf(429, {}, null).wait, outcomeOf(503, {}, "5").wait];
          return { outcomes: Object.fromEntries(outcomes), waits, pauses: [0, 3, 50].map(pause) };
        }""",
        [200, 401, 403, 404, 408, 409, 413, 422, 429, 500, 502],
    )
    assert told["outcomes"] == {
        "200": "taken",
        **dict.fromkeys(("401", "403"), "sign_in"),
        "409": "conflict",
        **dict.fromkeys(("404", "413", "422"), "refused"),
        **dict.fromkeys(("408", "429", "500", "502"), "later"),
    }
    assert told["waits"] == [90_000, None, 5000]
    first, later, last = told["pauses"]
    assert 1500 <= first <= 2500 < 12_000 <= later <= 20_000 < last <= 375_000


@pytest.mark.parametrize("locks", [True, False], ids=["locks", "lease"])
def test_two_tabs_without_a_worker_send_it_once(phone, locks):
    context = phone()
    if not locks:
        context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        page.goto(SAY)
    write_offline(first, f"坡道被单车挡住 {locks}")
    expect(second.locator("[data-xh-waiting-here]")).to_contain_text("坡道被单车挡住")
    context.set_offline(False)
    for page in (first, second):
        expect(page.locator("[data-xh-waiting-here]")).to_be_hidden()
        expect(page.get_by_text("1 件都发出去了")).to_be_visible()
    assert [one["times"] for one in came(first, f"坡道被单车挡住 {locks}")] == [1]


def test_answer_that_got_lost_is_asked_for_again_under_the_same_key(phone):
    page = phone().new_page()
    page.goto(SAY)
    lost: list[str] = []

    def lose_once(route) -> None:
        if not lost:
            lost.append(route.request.headers["idempotency-key"])
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/outbox/gallery.say/", lose_once)
    write(page, "答复丢了一次")
    expect(page.locator("[data-xh-waiting-here]")).to_contain_text("答复丢了一次")
    expect(page.locator("[data-xh-waiting-here]")).to_be_hidden(timeout=15_000)
    assert [one["times"] for one in came(page, "答复丢了一次")] == [2]


def test_refusal_is_said_at_its_field_and_mended(phone, barriers):
    page = phone().new_page()
    page.goto(SAY)
    page.get_by_label("手机号").fill("1380000")
    write(page, "坡道太陡")
    expect(page.get_by_role("alert")).to_contain_text("还有 1 处要改")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("手机号")).to_have_accessible_description("少了 4 位，手机号是 11 位")
    assert barriers(page) == []
    page.get_by_role("alert").get_by_role("link", name="手机号").click()
    expect(page.get_by_label("手机号")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("8000")
    page.get_by_role("button", name="交给街道").click()
    expect(page.locator("[data-xh-status]")).to_contain_text("收到了，谢谢您")
    assert page.get_by_label("什么事").input_value() == ""
    assert [one["times"] for one in came(page, "坡道太陡")] == [1]


def test_letters_that_were_not_taken_wait_to_be_mended_and_conflicts_are_shown(phone, barriers):
    page = phone().new_page()
    page.goto(SAY)
    write_offline(page, "这件事不收")
    write(page, "灯已经修了吗", "先存好，有信号就发")
    expect(page.locator("[data-xh-waiting-here]")).to_contain_text("2 件")
    page.context.set_offline(False)
    page.goto("/phone/waiting/")
    waiting = page.locator("[data-xh-waiting] section")
    expect(waiting.filter(has_text="灯已经修了吗")).to_contain_text("已经在修")
    refused = waiting.filter(has_text="这件事不收")
    expect(refused).to_contain_text("今天不收；请明天再来")
    assert barriers(page) == []
    refused.get_by_role("link", name="打开来改").click()
    expect(page.get_by_label("什么事")).to_have_value("这件事不收")
    write(page, "这件事改好了")
    expect(page.locator("[data-xh-status]")).to_contain_text("收到了")
    page.goto("/phone/waiting/")
    expect(page.locator("[data-xh-waiting] section")).to_have_count(1)
    page.get_by_role("button", name="扔掉").click()
    page.get_by_role("alertdialog").get_by_role("button", name="扔掉").click()
    expect(page.locator("[data-xh-waiting]")).to_contain_text("都发出去了")
    assert len(came(page, "这件事改好了")) == 1


def test_signing_out_warns_by_keyboard_and_leaves_nothing_to_read(phone, gallery, barriers):
    context = phone("wang")
    page = context.new_page()
    page.goto(SAY)
    write_offline(page, "登录的人写的")
    page.route("**/outbox/gallery.say/", lambda route: route.abort())
    context.set_offline(False)
    page.goto("/my/")
    page.get_by_role("button", name="退出").press("Enter")
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("还有 1 件没发出去")
    assert barriers(page) == []
    for name in ("先发出去", "仍然退出", "不，回去", "先发出去"):
        expect(dialog.get_by_role("button", name=name)).to_be_focused()
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="退出")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("button", name="先发出去")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/phone/")
    assert [len(page.evaluate(KEYS, name)) for name in ("keys", "letters")] == [0, 1]
    page.unroute("**/outbox/gallery.say/")
    page.goto("/enter/li/")
    page.goto("/phone/waiting/")
    expect(page.locator("[data-xh-waiting] section")).to_contain_text("请先登录")
    expect(page.locator("[data-xh-waiting] section")).to_contain_text("我要反映")
    page.goto("/enter/wang/")
    page.goto("/phone/waiting/")
    expect(page.locator("[data-xh-waiting]")).to_contain_text("都发出去了")
    assert [one["actor"] for one in came(page, "登录的人写的")] == ["gallery:wang"]


def test_after_72_hours_nothing_can_be_read_and_the_letter_still_goes(phone):
    context = phone("wang")
    page = context.new_page()
    page.goto(SAY)
    write_offline(page, "三天前写的")
    context.route("**/outbox/", lambda route: route.abort())
    context.set_offline(False)
    later = context.new_page()
    later.clock.install()
    later.clock.fast_forward(HOURS_73)
    later.goto("/phone/waiting/")
    expect(later.locator("[data-xh-waiting] section")).to_contain_text("我要反映")
    expect(later.locator("[data-xh-waiting]")).not_to_contain_text("三天前")
    assert later.evaluate(KEYS, "keys") == []
    context.unroute("**/outbox/")
    later.get_by_role("button", name="现在就发").click()
    expect(later.locator("[data-xh-status]")).to_contain_text("收到了")
    assert len(came(later, "三天前写的")) == 1


def test_phone_that_keeps_nothing_says_so_and_leaves_the_form(phone):
    context = phone()
    context.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('full', 'QuotaExceededError'); }"
    )
    page = context.new_page()
    page.goto(SAY)
    context.set_offline(True)
    write(page, "存不下的", "先存好，有信号就发")
    expect(page.locator("[data-xh-status]")).to_contain_text("没有存下")
    expect(page.get_by_label("什么事")).to_have_value("存不下的")
    context.set_offline(False)
    page.get_by_role("button", name="交给街道").click()
    expect(page.locator("main")).to_contain_text("收到了")
    assert len(came(page, "存不下的")) == 1


def test_photographs_are_scaled_and_lose_where_they_were_taken(phone):
    page = phone().new_page()
    page.goto(SAY)
    page.get_by_label("拍给我们看").set_input_files([picture("one.jpg"), picture("two.jpg")])
    expect(page.locator("[data-xh-photo]")).to_have_count(2)
    page.get_by_role("button", name="删掉这张照片").first.click()
    expect(page.locator("[data-xh-photo]")).to_have_count(1)
    write(page, "有照片的")
    expect(page.locator("[data-xh-status]")).to_contain_text("收到了")
    assert came(page, "有照片的")[0]["photos"] == [{"type": "image/jpeg", "size": [2048, 1024], "exif": 0}]


def test_letter_that_a_browser_sealed_opens_here(phone):
    page = phone().new_page()
    page.goto(SAY)
    seal = """async (key) => {
      const { framed, sealLetter } = await import("/static/ui/phone/seal.js");
      const bytes = new TextEncoder().encode("图");
      const photo = { field: "photos", name: "甲.jpg", type: "image/jpeg", bytes };
      const plain = framed({ v: 1, fields: { words: ["坡道"] } }, [photo]);
      return [...(await sealLetter(key, plain))];
    }"""
    letter = opened(bytes(page.evaluate(seal, public_key().written)))
    assert letter.head["fields"] == {"words": ["坡道"]}
    assert [(one.name, one.content.decode()) for one in letter.files] == [("甲.jpg", "图")]
