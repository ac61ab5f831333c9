"""The gallery's pages."""

import json

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path

from browser.gallery.reader import person_of
from browser.gallery.rows import COMMITTEES, NOON, PEOPLE, STATES
from xiuhua.ground.scope.masking import mask_name, mask_phone
from xiuhua.ground.ui import navigation, objects, phone_pages, shell
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage, Part
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage, Period
from xiuhua.ground.ui.objects import Chip, Document, Fact, Gate, Next, ObjectPage, Related, Step, Tab, TimelineItem

SENT: list[str] = []
"""What the forms were sent."""

COLUMNS = [
    Column("name", "姓名", lambda row: row.name, mask=mask_name, link=lambda row: "/object/"),
    Column("home", "住址", lambda row: row.home),
    Column("phone", "电话", lambda row: row.phone, mask=mask_phone),
    Column("state", "走访", lambda row: row.state[1], kind="chip", tone=lambda row: row.state[2]),
    Column("visits", "上门", lambda row: row.visits, numeric=True, unit="次"),
    Column("at", "最近一次", lambda row: row.at),
]
PEOPLE_PAGE = ListPage(
    title="居民",
    subtitle="姓名和电话已遮住，打开一户要说明事由。",
    columns=COLUMNS,
    empty=Empty("还没有居民", "先导入一份名册。", "/form/", "去导入"),
    filter_label="住址、姓名",
    filters=[
        Choice(
            "committee",
            "居委会",
            [(name, name) for name in COMMITTEES],
            by=lambda rows, value: [row for row in rows if row.committee == value],
        ),
        Choice(
            "state",
            "走访",
            [(key, words) for key, words, _tone in STATES],
            by=lambda rows, value: [row for row in rows if row.state[0] == value],
            kind="segments",
            blank="不限",
        ),
        Period("at", "最近一次", lookup="at"),
    ],
    map_url=lambda request: "/object/",
    crumbs=[("微格分色", "/object/"), ("名册", "")],
    acts=[Act("导入名册", "/form/", "i-upload", primary=True)],
)


class AccountForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=20)
    number = forms.CharField(label="工号", help_text="两个字母加四位数字，如 CF0317")
    phone = forms.CharField(label="手机号", required=False)
    committee = forms.ChoiceField(label="居委会", choices=[("", "选一个"), *((name, name) for name in COMMITTEES)])
    kind = forms.ChoiceField(
        label="是谁", choices=[("staff", "工作人员"), ("resident", "居民")], widget=forms.RadioSelect
    )
    word = forms.CharField(label="初始密码", widget=forms.PasswordInput, help_text="第一次登录时要改")
    since = forms.DateField(label="从哪天起", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    why = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    sure = forms.BooleanField(label="已经当面核对过身份")


ACCOUNT = FormPage(
    title="新建账号",
    submit="建立账号",
    icon="i-check",
    crumbs=[("人员与权限", "/list/")],
    parts=[
        Part("是谁", [("name", "number"), ("phone", "committee"), "kind"], hint="姓名和工号按人事名单写。"),
        Part("怎么登录", [("word", "since"), "why", "sure"]),
    ],
    cancel="/list/",
)
END = FormPage(
    title="停用傅建华的账号",
    submit="停用账号",
    danger=True,
    say=["停用后他不能再登录，正在用的也会马上退出。", "他做过的事都还留着。"],
    cancel="/object/",
)


def people(request: HttpRequest) -> HttpResponse:
    return PEOPLE_PAGE.respond(request, PEOPLE)


def form(request: HttpRequest) -> HttpResponse:
    filled = AccountForm(request.POST or None)
    if filled.is_valid():
        SENT.append(request.POST["once"])
        messages.success(request, "账号建好了")
    return ACCOUNT.respond(request, filled)


def confirm(request: HttpRequest) -> HttpResponse:
    return END.respond(request)


def thing(request: HttpRequest) -> HttpResponse:
    messages.warning(request, "这户三个月没有人上门")
    page = ObjectPage(
        title="枣阳路 160 弄 23 号 501 室",
        subtitle="1982 年，混合结构，2 人",
        crumbs=[("居民", "/list/"), ("西村", "/list/"), ("第 5 微网格", "")],
        chips=[Chip("独居", "soon"), Chip("80 岁以上", "info")],
        acts=[
            Act("打印一户一档", "/form/", "i-printer"),
            Act("送审批", blocked="还差燃气公司的回函", icon="i-send"),
            Act("停用", "/confirm/", danger=True),
            Act("登记走访", "/form/", "i-check", primary=True),
        ],
        map_url="/list/",
        steps=[
            Step("征询意愿", "done", "3 月 2 日至 4 月 10 日"),
            Step("方案与分摊", "done"),
            Step("签约与审批", "now", "第 36 天"),
            Step("施工"),
            Step("交付与养护"),
        ],
        tabs=[Tab("总览", "/object/", current=True), Tab("走访", "/list/", "12"), Tab("文件", "/list/", "3")],
        facts=[
            Fact("户主", "王**", reveal="/form/"),
            Fact("电话", "138****5678", reveal="/form/", note="8 月 1 日核对过"),
            Fact("证件号", None),
            Fact("住址", "枣阳路 160 弄 23 号 501 室", link="/list/", chip=Chip("自有")),
            Fact("建筑面积", "52.0 平方米"),
            Fact("建成", 1982, note="房产证"),
        ],
        sections=[
            Related("住在这里的人", COLUMNS[:5], PEOPLE[:3], note="2 人", more=("全部", "/list/")),
            Related("来访", COLUMNS[:2], [], empty="这个月还没有人上门。"),
        ],
        aside=[
            Next(
                "第 3 步的关口",
                note="4 个过了 2 个",
                gates=[
                    Gate("表决通过", "ok", "6 月 20 日"),
                    Gate("管线单位书面同意", "warn", "水、电已回函，燃气还没有"),
                    Gate("规划许可", "wait", "送审后约 15 个工作日"),
                    Gate("分摊协议", "bad", "两户还没签"),
                ],
                acts=[Act("去催回函", "/form/")],
            )
        ],
        subject=object(),
    )
    return page.respond(request)


def door(request: HttpRequest) -> HttpResponse:
    page = engines["django"].from_string(
        '{% extends "ui/entrance.html" %}{% load ui %}{% block entrance %}'
        '<form method="post" novalidate>{% csrf_token %}'
        '{% include "ui/components/refused.html" %}{% field form.name %}{% field form.word %}'
        '<button class="btn btn-primary btn-lg g-go">登录</button></form><div class="g-or"><span>或者</span></div>'
        '<button class="btn btn-lg g-go" type="button">{% icon "i-fingerprint" "" %}用通行密钥</button>'
        '<p class="g-mfa">下一步要输手机验证器上的 6 位数字。</p>{% endblock %}'
        '{% block foot %}居民不用登录工作台，<a href="/list/">扫门洞口的二维码就行</a>{% endblock %}'
    )

    class SignIn(forms.Form):
        name = forms.CharField(label="工号或手机号")
        word = forms.CharField(label="密码", widget=forms.PasswordInput)

    return HttpResponse(page.render({"form": SignIn(request.POST or None)}, request))


def live(request: HttpRequest) -> HttpResponse:
    page = engines["django"].from_string(
        '{% extends "ui/base.html" %}{% block heading %}看板{% endblock %}{% block content %}'
        '<p id="part" data-xh-feed="rosters. jobs.finish" hx-get="/live/" hx-trigger="xh:feed" hx-select="#part" '
        'hx-swap="outerHTML">{{ asked }}</p>{% endblock %}'
    )
    request.session["asked"] = request.session.get("asked", 0) + 1
    return HttpResponse(page.render({"asked": request.session["asked"]}, request))


def feed(request: HttpRequest) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"last": 8, "entries": [] if request.GET.get("since") else [{"verb": "jobs.finish"}]})
    line = json.dumps({"verb": request.GET.get("verb", "rosters.apply")})
    return HttpResponse(f"retry: 60000\n\nid: 7\ndata: {line}\n\n", content_type="text/event-stream")


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/base.html")


urlpatterns = [
    path("", home, name="home"),
    path("list/", people, name="list"),
    path("form/", form, name="form"),
    path("confirm/", confirm, name="confirm"),
    path("object/", thing, name="object"),
    path("door/", door, name="door"),
    path("live/", live, name="live"),
    path("feed/", feed, name="feed"),
    path("", include("browser.gallery.phone")),
    path("phone/today/", phone_pages.today, name="today"),
    path("", include("xiuhua.ground.ui.urls")),
]

navigation.register("看", "一张图", "home", order=10)
navigation.register("听", "人民建议", "form", badge=lambda request: 12)
navigation.register("谋", "项目清单", "live", badge=lambda request: 64)
navigation.register("办", "居民", "list")
navigation.register("办", "加装电梯", "object", badge=lambda request: 209)
navigation.register("管", "人员与权限", "confirm")
shell.told_by(lambda request: shell.Place("长风新村街道", "演示数据：长风新村街道的居民都是虚构的。"))
shell.person_told_by(person_of, sign_in="door")
shell.bell_told_by(lambda request: shell.Bell("/list/", 4))
shell.searched_at("list", "搜索楼栋、门洞、居民、项目")
shell.fed_from("feed")
objects.timeline_told_by(
    lambda subject, request: [
        TimelineItem(NOON, "看了电话", "傅建华", "事由：核对名册", icon="i-eye"),
        TimelineItem(NOON, "登记走访", "傅建华", "身体好，要一把浴室扶手", key=True, url="/list/"),
        TimelineItem(NOON, "导入名册", "西村居委会"),
    ]
)
objects.documents_told_by(
    lambda subject, request: [
        Document("分摊协议（10 户已签）", "/list/", "PDF"),
        Document("公示照片", "/list/", "6 月 21 日", "i-photo"),
    ]
)
