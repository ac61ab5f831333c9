"""A stairwell from consult to service: every gate, a failed first vote, a mediated second, shares, notice, works.

Days pass between its parts: the office closes, the clock is set on, it opens again, and people sign in anew.
"""

import base64
import io
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.sizes import OFFICE
from serving import demo_served, sessions_of

WHO = ("lift_coordinator", "section_head")
YES, NO = "agree", "against"
AREAS = ("52.36", "61.84")
TOTAL = "658000"
GO = "main form .xh-go button.btn-primary, main form .xh-go button.btn-danger"
SEND_UNSEEN = """async ([address, told]) => {
  const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
  const form = [...(await read(await fetch(address))).querySelectorAll("main form:has(.xh-go button)")].at(-1);
  const data = new FormData(form);
  const scanned = (text) => new File([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))], "scan.jpg");
  for (const [name, value] of Object.entries(told)) data.set(name, value.scan ? scanned(value.scan) : value);
  const answer = await fetch(address, { method: "POST", body: data });
  const said = (await read(answer)).querySelectorAll("main .invalid-feedback, main .alert-danger, .toast.is-bad");
  return [answer.status, [...said].map((one) => one.textContent.trim())];
}"""
"""Send a form with what it holds by itself, as a browser would, without drawing the two pages."""


def scan() -> dict[str, object]:
    """A scanned page."""
    page = io.BytesIO()
    Image.new("RGB", (600, 800), "#ffffff").save(page, "JPEG")
    return {"name": "scan.jpg", "mimeType": "image/jpeg", "buffer": page.getvalue()}


class Office:
    """The office with its clock: ``day`` is today there, ``later(days)`` closes it and opens it on another day."""

    def __init__(self, chromium: Browser, folder: Path) -> None:
        self.chromium, self.folder = chromium, folder
        self.contexts: list[BrowserContext] = []
        self._open()

    def _open(self) -> None:
        self._serving = demo_served(self.folder, scale=0.05)
        self.address = self._serving.__enter__()
        sessions = sessions_of(self.folder, WHO)
        self.pages = {role: self._page(sessions[role]) for role in WHO}
        self.anybody = self._page("")

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        self._serving.__exit__(None, None, None)

    def _page(self, session: str) -> Page:
        width, height = OFFICE
        context = self.chromium.new_context(
            base_url=self.address, viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.address}])
        self.contexts.append(context)
        return context.new_page()

    def later(self, days: int) -> None:
        self.close()
        clock = self.folder / "clock.json"
        kept = json.loads(clock.read_text("ascii"))
        shows = datetime.fromisoformat(kept["shows"]) + timedelta(days=days)
        clock.write_text(json.dumps({**kept, "shows": shows.isoformat()}), "ascii")
        self._open()

    @property
    def day(self) -> date:
        page = self.pages["section_head"]
        page.goto("/lifts/list/")
        return datetime.fromisoformat(str(page.locator(".xh-clock time").get_attribute("datetime"))).date()


@pytest.fixture
def office(chromium: Browser, built: Path, tmp_path: Path) -> Iterator[Office]:
    folder = tmp_path / "office"
    shutil.copytree(built / "data", folder)
    office = Office(chromium, folder)
    yield office
    office.close()


class Dossier:
    """The pages of one stairwell, as its coordinator goes through them."""

    def __init__(self, office: Office, address: str) -> None:
        self.office, self.address = office, address

    @property
    def page(self) -> Page:
        return self.office.pages["lift_coordinator"]

    def open(self, part: str = "") -> Page:
        self.page.goto(f"{self.address}{part}")
        return self.page

    def send(self, where: str, /, **told: object) -> None:
        """Fill in the form of a part and send it; what is refused would stand on the page."""
        self.page.goto(where if where.startswith("/") else f"{self.address}{where}")
        for name, value in told.items():
            put_in(self.page, name, value)
        self.page.locator(GO).last.click()
        self.page.wait_for_load_state()
        refused = self.page.locator("main .invalid-feedback, main .alert-danger, .toast.is-bad").all_inner_texts()
        assert not refused, f"{where}: {refused}"

    def send_each(self, forms: list[tuple[str, dict[str, object]]]) -> None:
        """Fill in the form of one household after the other: the first on screen, the rest as it was sent."""
        for at, (where, told) in enumerate(forms):
            if at == 0:
                self.send(where, **told)
            else:
                told = {name: _in_json(value) for name, value in told.items()}
                self._send_unseen(where if where.startswith("/") else f"{self.address}{where}", told)

    def _send_unseen(self, address: str, told: dict[str, object]) -> None:
        status, refused = self.page.evaluate(SEND_UNSEEN, [address, told])
        assert status == 200, f"{address}: {status}"
        assert not refused, f"{address}: {refused}"

    def move(self, on: date) -> None:
        """The one red button is the move when every gate is passed."""
        self.send("move/", on=on.isoformat())

    def gates(self) -> str:
        return self.open().locator("aside, .xh-aside").first.inner_text()


def _in_json(value: object) -> object:
    return {"scan": base64.b64encode(value["buffer"]).decode()} if isinstance(value, dict) else value


def put_in(page: Page, name: str, value: object) -> None:
    field = page.locator(f"main [name='{name}']")
    kind = field.first.evaluate("one => one.tagName === 'SELECT' ? 'select' : one.type")
    if kind == "select":
        field.select_option(**value) if isinstance(value, dict) else field.select_option(str(value))
    elif kind == "radio":
        page.locator(f"main [name='{name}'][value='{value}']").check(force=True)
    elif kind == "checkbox":
        field.set_checked(bool(value))
    elif kind == "file":
        field.set_input_files(value)
    else:
        field.fill(str(value))


def a_waiting_stairwell(office: Office) -> Dossier:
    page = office.pages["section_head"]
    page.goto("/lifts/list/?stage=waiting&suitable=yes")
    link = page.locator("main table tbody a[href^='/lifts/dossiers/']").first
    return Dossier(office, str(link.get_attribute("href")))


def consult(it: Dossier, day: date) -> None:
    begun = day - timedelta(days=60)
    it.send(
        "measure/",
        measured_on=begun.isoformat(),
        entry="half",
        stair="double",
        front_m="3.2",
        spacing_m="11",
        fire_lane_m="4.5",
        pipes="燃气管在门洞左侧",
        pipes_can_move="yes",
        structure_sound="yes",
    )
    it.move(begun)
    expect(it.open()).to_have_title(re.compile("绣花"))
    page = it.open("flats/areas/")
    fields = page.locator("main input[name^='flat_']")
    for at in range(fields.count()):
        fields.nth(at).fill(AREAS[at % 2])
    put_in(page, "source", "register")
    page.locator(GO).click()
    page.wait_for_load_state()
    links = hrefs(it.open("flats/"), "/owners/add/")
    it.send_each([(link, {"name": f"业主{at + 1:02d}", "phone": f"154{at:08d}"}) for at, link in enumerate(links)])
    page = it.open("flats/wishes/")
    for radio in page.locator("main input[type=radio][value='for']").all():
        radio.check(force=True)
    put_in(page, "on", (begun + timedelta(days=9)).isoformat())
    page.locator(GO).click()
    page.wait_for_load_state()
    gather_team(it, begun)
    it.send("gates/briefing/pass/", on=(begun + timedelta(days=12)).isoformat())
    it.move(begun + timedelta(days=20))


def gather_team(it: Dossier, since: date) -> None:
    page = it.open("team/join/")
    user = page.locator("main [name='user'] option").nth(1).get_attribute("value")
    flats = [one.get_attribute("value") for one in page.locator("main [name='flat'] option").all()[1:4]]
    it.send("team/join/", part="coordinator", user=user, since=since.isoformat())
    for flat in flats:
        it.send("team/join/", part="neighbour", flat=flat, name="老周", phone="15400000000", since=since.isoformat())


def hrefs(page: Page, part: str) -> list[str]:
    links = page.locator(f"main a[href*='{part}']")
    return list(dict.fromkeys(str(link.get_attribute("href")) for link in links.all()))


def design(it: Dossier, day: date) -> None:
    designed = (day - timedelta(days=30)).isoformat()
    it.send("gates/drawing/pass/", on=designed, file=scan())
    it.send("gates/ground_floor/pass/", on=designed, file=scan())
    for at, price in enumerate(("672000", "658000", "701000")):
        page = it.open("quotes/new/")
        firm = page.locator("main [name='contractor'] option").nth(at + 1).get_attribute("value")
        it.send("quotes/new/", contractor=firm, price_fen=price, days="120", warranty_months="24", quoted_on=designed)
    choose = hrefs(it.open("quotes/"), "/choose/")[1]
    it.send(choose, on=designed, because="价格居中，工期有保证")


def meet_about_shares(it: Dossier, day: date) -> None:
    """At the meeting: guidance, then what by area would be, back to guidance, kept as the first draft, settled."""
    page = it.open("shares/")
    page.locator("main [name='total']").fill(TOTAL)
    page.locator("main label", has_text="按面积").first.click()
    page.locator("main label", has_text="指导区间").first.click()
    expect(page.locator("main")).to_contain_text("394,800")
    page.get_by_role("button", name=re.compile("存为第 1 稿")).click()
    page.wait_for_load_state()
    it.send("shares/1/adopt/", on=day.isoformat())


def vote(it: Dossier, day: date, against: int) -> None:
    """Open a vote for a week and put in every household's paper ballot."""
    it.send(
        "votes/open/",
        question="同意装这部电梯吗？",
        scheme={"index": 0},
        opens_on=day.isoformat(),
        closes_on=(day + timedelta(days=8)).isoformat(),
        closes_at="08:00",
    )
    papers = hrefs(it.open("votes/"), "/paper/")
    assert len(papers) >= 8
    choices = [NO if at < against else YES for at in range(len(papers))]
    it.send_each([(paper, {"choice": choice, "photo": scan()}) for paper, choice in zip(papers, choices, strict=True)])


def close_vote(it: Dossier, result: str) -> None:
    page = it.open("votes/")
    page.locator("main a[href$='/close/'], main form[action$='/close/'] button").first.click()
    page.wait_for_load_state()
    go = page.locator("main form .xh-go button.btn-primary")
    if go.count():
        go.click()
        page.wait_for_load_state()
    expect(it.open("votes/").locator("main")).to_contain_text(result)


def test_a_story(office: Office) -> None:
    it = a_waiting_stairwell(office)
    page = it.open()
    name = page.locator("h1").first.inner_text().splitlines()[0]
    day = office.day
    consult(it, day)
    design(it, day)
    meet_about_shares(it, day)

    vote(it, day, against=5)
    page = it.open()
    expect(page.locator("main")).not_to_contain_text("不同意 5 户")
    office.later(9)
    close_vote(it, "没有通过")
    day = office.day
    it.send(
        "mediations/note/",
        on=day.isoformat(),
        mediator="吴调解员",
        households="5",
        outcome="agreed",
        words="一层两户担心采光，连廊改用玻璃；三户同意再投一次。",
    )
    vote(it, day, against=1)
    office.later(9)
    close_vote(it, "通过")

    day = office.day
    it.move(day)
    it.send("notice/post/", posted_on=day.isoformat(), place="门洞口信箱上方")
    pdf = hrefs(it.open("notice/"), "notice.pdf")[0]
    assert it.page.request.get(pdf).body().startswith(b"%PDF")
    public = office.anybody
    public.goto(hrefs(it.open("notice/"), "/lift/notices/")[0])
    expect(public.locator("main")).to_contain_text(name)
    expect(public.locator("main")).not_to_contain_text(re.compile(r"业主\d"))

    office.later(12)
    day = office.day
    sign_everybody(it, day)
    it.move(day)
    expect(it.open().locator("main")).to_contain_text("已签约")
    follows_at_once(office, it, "signed")
    build(it, office)
    follows_at_once(office, it, "running")
    report = (
        office.pages["section_head"]
        .request.get(f"/api/v1/lifts/report?from={day.isoformat()}&to={(day + timedelta(days=400)).isoformat()}")
        .json()
    )
    assert (report["signed"], report["started"], report["completed"]) == (1, 1, 1)


def sign_everybody(it: Dossier, day: date) -> None:
    page = it.open("money/sign/")
    flats = [str(one.get_attribute("value")) for one in page.locator("main [name='flat'] option").all()]
    it.send_each([("money/sign/", {"flat": flat, "on": day.isoformat()}) for flat in flats])


def pay_first_instalments(it: Dossier, day: str) -> None:
    """Three tenths of each share, rounded up to the fen, is what the account is waiting for."""
    rows = [row.inner_text().split() for row in it.open("money/").locator("main tbody tr").all()]
    shares = {row[0]: int(re.sub(r"\D", "", row[1])) for row in rows if re.fullmatch(r"\d{3}", row[0])}
    options = it.open("money/pay/").locator("main [name='flat'] option").all()
    flats = {one.inner_text().strip(): str(one.get_attribute("value")) for one in options}
    parts = {flats[f"{room} 室"]: -(-fen * 3 // 10) for room, fen in shares.items() if fen}
    it.send_each(
        [
            ("money/pay/", {"flat": flat, "amount_fen": f"{part / 100:.2f}", "on": day, "way": "bank"})
            for flat, part in parts.items()
        ]
    )


def build(it: Dossier, office: Office) -> None:
    """Permits, site, acceptance, registration, upkeep: each gate on its day, then the move."""
    day = office.day.isoformat()
    pay_first_instalments(it, day)
    for rule in ("drawing_review", "pipes"):
        it.send(f"gates/{rule}/pass/", on=day, file=scan())
    for rule in ("planning", "construction_permit"):
        it.send(f"gates/{rule}/pass/", on=day, number="沪普规建〔2023〕088 号")
    it.move(office.day)
    follows_at_once(office, it, "building")
    office.later(100)
    day = office.day.isoformat()
    it.send("diary/new/", kind="work", on=day, words="钢结构封顶，开始装导轨。", photos=scan())
    it.send("gates/site_notice/pass/", on=day)
    for rule in ("hidden_works", "installation"):
        it.send(f"gates/{rule}/pass/", on=day)
    it.move(office.day)
    it.send("gates/acceptance/pass/", on=day, file=scan())
    it.send(
        "unit/register/",
        brand="申菱 630",
        load_kg="630",
        stops="5",
        maker_number="SL-23-0881",
        registration="梯11沪B00417(23)",
        on=day,
    )
    page = it.open("unit/upkeep/")
    firm = page.locator("main [name='firm'] option").nth(1).get_attribute("value")
    it.send(
        "unit/upkeep/",
        firm=firm,
        from_on=day,
        until_on=(office.day + timedelta(days=364)).isoformat(),
        price_fen="3600",
        household_fen="20",
    )
    it.move(office.day)
    expect(it.open().locator("main")).to_contain_text("已运行")


def follows_at_once(office: Office, it: Dossier, stage: str) -> None:
    """The map, the board and the map for everybody tell what has just been noted."""
    page = office.pages["section_head"]
    page.goto("/lifts/list/?stage=" + stage)
    expect(page.locator(f"main a[href='{it.address}']").first).to_be_visible()
    replay = page.request.get("/lifts/replay.json").json()
    number = int(it.address.rstrip("/").rpartition("/")[2])
    last = [place for dossier, _day, place in replay["moves"] if dossier == number][-1]
    assert replay["stages"][last] == stage
