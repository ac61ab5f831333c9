"""The phone's pages of the gallery, and a letter that is taken, refused or met by another, as one writes it."""

from types import SimpleNamespace

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template import engines
from django.urls import path
from PIL import Image

from xiuhua.ground.ui import outbox, phone
from xiuhua.ground.ui.forms import refusals_on
from xiuhua.ground.ui.phone_forms import PhoneForm
from xiuhua.ground.verdicts import Reason, Refused

SENT: dict[str, dict[str, object]] = {}
"""Letters that came, by their keys."""


class PhotosField(forms.FileField):
    """Several pictures, as `ground.files` takes them in; here they are only counted."""

    class PhotosInput(forms.FileInput):
        allow_multiple_selected = True

    widget = PhotosInput(attrs={"accept": "image/*"})

    def clean(self, data: object, initial: object = None) -> object:
        return data or []


class SayForm(forms.Form):
    words = forms.CharField(label="什么事", help_text="说得越具体越好", widget=forms.Textarea(attrs={"rows": 3}))
    photos = PhotosField(label="拍给我们看", required=False)
    kind = forms.ChoiceField(
        label="是哪一类",
        choices=[("road", "道路"), ("light", "路灯"), ("green", "绿化")],
        widget=forms.RadioSelect,
        initial="road",
    )
    when = forms.ChoiceField(label="什么时候看到的", choices=[("now", "刚才"), ("week", "这星期")])
    phone = forms.CharField(label="手机号", required=False, help_text="要回音才填")
    reply = forms.BooleanField(label="要回音", required=False)

    def clean_phone(self) -> str:
        number: str = self.cleaned_data["phone"]
        if number and len(number) != 11:
            raise forms.ValidationError(f"少了 {11 - len(number)} 位，手机号是 11 位")
        return number


SAY = PhoneForm(title="我要反映", submit="交给街道", letter="gallery.say", named_by="words")


def say(request: HttpRequest) -> HttpResponse:
    form = SayForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with refusals_on(form):
            keep(request.POST["once"], form, request)
            return redirect("said")
    return SAY.respond(request, form)


def take_said(request: HttpRequest, data: QueryDict, files: outbox.Files) -> outbox.Taken:
    form = SayForm(data, files)
    if not form.is_valid():
        raise outbox.refused_by(form)
    if "已经" in form.cleaned_data["words"]:
        raise outbox.Conflict(Reason("这件事别人刚改过"), there={"状态": "已经在修"})
    keep(request.headers["Idempotency-Key"], form, request)
    return outbox.Taken("收到了", said="收到了，谢谢您")


def keep(key: str, form: SayForm, request: HttpRequest) -> None:
    if "不收" in form.cleaned_data["words"]:
        raise Refused(Reason("今天不收", field="words", mend="请明天再来"))
    one = SENT.setdefault(key, {"words": form.cleaned_data["words"], "times": 0})
    one["times"] = int(str(one["times"])) + 1
    one["photos"] = [described(photo) for photo in form.files.getlist("photos")]
    one["actor"] = request.actor.reference
    moment = outbox.written_at(request)
    one["written_at"] = moment.isoformat() if moment else None


def described(photo: UploadedFile) -> dict[str, object]:
    picture = Image.open(photo)
    return {"type": photo.content_type, "size": picture.size, "exif": len(picture.getexif())}


def said(request: HttpRequest) -> HttpResponse:
    page = engines["django"].from_string(
        '{% extends "ui/phone_page.html" %}{% load ui %}{% block name %}收到了{% endblock %}{% block content %}'
        '<section class="k-ok">{% icon "i-check" "" %}<h2>收到了</h2><p>五个工作日里回音</p></section>{% endblock %}'
    )
    return HttpResponse(page.render({}, request))


def sent(request: HttpRequest) -> JsonResponse:
    return JsonResponse(SENT)


def parts(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/phone_parts.html", {"form": SayForm({"words": "", "phone": "1380000"})})


def mine(request: HttpRequest) -> HttpResponse:
    page = engines["django"].from_string(
        '{% extends "ui/phone.html" %}{% block title %}我的{% endblock %}{% block content %}'
        '<form class="ph-acts" method="post" action="/my/out/" data-xh-sign-out>{% csrf_token %}'
        '<button class="weui-btn weui-btn_default">退出</button></form>{% endblock %}'
    )
    return HttpResponse(page.render({}, request))


def out(request: HttpRequest) -> HttpResponse:
    response = redirect("ui:phone")
    response.set_cookie("who", "visitor")
    return response


def enter(request: HttpRequest, who: str) -> HttpResponse:
    response = redirect("ui:phone")
    response.set_cookie("who", who)
    return response


urlpatterns = [
    path("say/", say, name="say"),
    path("said/", said, name="said"),
    path("sent/", sent, name="sent"),
    path("parts/", parts, name="parts"),
    path("my/", mine, name="mine"),
    path("my/out/", out, name="out"),
    path("enter/<str:who>/", enter, name="enter"),
]

VOTE = {
    "title": "我家电梯要投票",
    "left": "还有 3 天",
    "said": "第 2 步「方案与分摊」，12 户里 11 户投了",
    "share": 11 / 12,
}
ME = (phone.RESIDENT,)
phone.tab("我要反映", "say", "i-message-2", order=20)
phone.tab("组件", "parts", "i-layout-grid", order=30)
phone.tab("我的", "mine", "i-user-circle", order=99)
phone.tile("我要反映", "say", "i-message-2", order=1)
phone.tile("组件", "parts", "i-layout-grid", order=2)
phone.tile("量血压", "said", "i-heart", order=3, second=True)
phone.tile("看直播", "said", "i-video", order=4, second=True)
phone.card(lambda request: phone.Card("gallery/phone_vote.html", VOTE) if phone.kind_of(request) in ME else None)
phone.cells(
    lambda request: [
        phone.Cell("明天午饭已订", "中江助餐点，11:00，低盐套餐 12 元", "/said/", "i-soup"),
        phone.Cell("坡道被单车挡住", "街道今天下午 3 点去现场看", "/said/", "i-route"),
        phone.Cell("社区生活节", "周六 9:00，长风公园 2 号门", "/said/", "i-calendar-event"),
    ]
)
phone.name_told_by(lambda request: "王阿姨" if phone.kind_of(request) in ME else "")
phone.line_told_by(lambda request: "中江路 88 弄 12 号 301 室" if phone.kind_of(request) in ME else "")
phone.call_told_by(lambda request: phone.Call("小傅", "02162000000", "中江第 5 微格"))
phone.signed_in_at("door", "out")
outbox.register("gallery.say", take_said, page="say")
outbox.visitors_are(lambda: SimpleNamespace(reference="visitor", grants=()))
