"""The object page: what is declared is drawn, what is not leaves no hole."""

from datetime import UTC, datetime

import pytest

from xiuhua.ground.ui import objects, shell
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.ui.objects import (
    Chip,
    Document,
    Fact,
    Facts,
    Gate,
    Next,
    ObjectPage,
    Part,
    Related,
    Step,
    Tab,
    TimelineItem,
)

NOON = datetime(2023, 8, 3, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_tellers(monkeypatch):
    monkeypatch.setattr(objects, "_tellers", objects._Tellers())


def body(page: ObjectPage, ask) -> str:
    return page.respond(ask()).content.decode()


def test_the_least_is_a_title(ask):
    html = body(ObjectPage(title="枣阳路 160 弄 23 号"), ask)
    assert "<h1>枣阳路 160 弄 23 号</h1>" in html
    for absent in ("xh-steps", "nav-tabs", "has-aside", "<h2>"):
        assert absent not in html


def test_head_says_where_what_state_and_what_can_be_done(ask):
    page = ObjectPage(
        title="枣阳路 23 号",
        subtitle="1982 年",
        crumbs=[("加装电梯", "/lifts/"), ("西村", "")],
        chips=[Chip("已签约", "soon", "i-clock")],
        acts=[
            Act("打印公示", "/print/", "i-printer", download=True),
            Act("送审批", blocked="还差燃气回函"),
            Act("重试", "/retry/", post=True),
            Act("登记回函", "/reply/", primary=True),
        ],
        map_url="/map/?id=1",
        steps=[Step("征询", "done", "4 月"), Step("签约", "now"), Step("施工")],
        tabs=[Tab("总览", "/1/", current=True), Tab("文件", "/1/files/", "17")],
    )
    html = body(page, ask)
    assert '<a href="/lifts/">加装电梯</a><span>/</span><span>西村</span>' in html
    assert 'class="xh-chip is-soon"' in html
    assert 'href="/print/" download' in html
    assert 'type="button" disabled>送审批</button>' in html
    assert "还差燃气回函" in html
    assert '<form class="xh-actform" method="post" action="/retry/">' in html
    assert 'name="once"' in html
    assert html.count("btn-primary") == 1
    assert 'href="/map/?id=1"' in html
    assert 'class="is-now" aria-current="step" data-n="2"' in html
    assert 'href="/1/files/"' in html


def test_the_frame_is_told_once_however_many_buttons(ask, monkeypatch):
    asked = []
    monkeypatch.setattr(shell, "_tellers", [asked.append])
    body(ObjectPage(title="楼", acts=[Act("改", "/edit/"), Act("删", "/drop/", post=True), Act("看", "/see/")]), ask)
    assert len(asked) == 1


def test_facts_are_masked_until_asked_for(ask):
    page = ObjectPage(
        title="户",
        facts=[
            Fact("电话", "138****5678", reveal="/open/"),
            Fact("证件号", None, reveal="/open/"),
            Fact("楼栋", "1 号", link="/b/1/", chip=Chip("独居"), note="1982 年建"),
            Fact("人数", 0),
        ],
    )
    html = body(page, ask)
    assert '<span class="xh-sr">完整的电话</span>' in html
    assert html.count("/open/") == 1
    assert "没有登记" in html
    assert '<a href="/b/1/">1 号</a>' in html
    assert "<dt>人数</dt><dd>0" in html


def test_sections_and_what_is_next(ask):
    page = ObjectPage(
        title="户",
        sections=[
            Related("家人", [Column("name", "姓名", str)], ["王**"], more=("全部 3 人", "/all/")),
            Related("来访", [Column("name", "姓名", str)], [], empty="还没有人来过"),
            Facts("其他", [Fact("年份", 1982)], note="转引", acts=[Act("改", "/edit/")]),
            Part("自己画的", "ui/components/empty.html", {}),
        ],
        aside=[
            Next(
                "下一步",
                "还差一步",
                [Gate("表决通过", "ok", "6 月 20 日", "/vote/"), Gate("许可")],
                [Act("去办", "/do/")],
            )
        ],
    )
    html = body(page, ask)
    assert 'role="rowheader">王**' in html
    assert '<a class="xh-end" href="/all/">全部 3 人</a>' in html
    assert "还没有人来过" in html
    assert 'href="/edit/"' in html
    assert "#i-circle-check" in html
    assert "#i-circle-dashed" in html
    assert 'href="/do/"' in html


def test_a_subject_brings_its_timeline_and_documents(ask):
    subject = object()
    objects.timeline_told_by(
        lambda thing, _request: (
            [
                TimelineItem(NOON, "登记走访", "傅建华", "李**", key=True),
                TimelineItem(NOON, "<b>", icon="i-eye", url="/x/"),
            ]
            if thing is subject
            else []
        )
    )
    objects.documents_told_by(lambda _thing, _request: [Document("分摊协议", "/f/1/", "PDF")])
    html = body(ObjectPage(title="户", subject=subject), ask)
    assert "8 月 3 日 12:00" in html
    assert "傅建华：李**" in html
    assert "&lt;b&gt;" in html
    assert '<a href="/f/1/">分摊协议</a>' in html
    assert "没有您看得到的记录" in body(ObjectPage(title="户", subject=object()), ask)


def test_nothing_is_asked_about_a_page_without_a_subject(ask):
    objects.timeline_told_by(lambda *_: pytest.fail("asked"))
    assert "时间线" not in body(ObjectPage(title="户"), ask)
