"""Forms are drawn from themselves; what an action refuses stands at the field that it is about."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from xiuhua.ground.ui.forms import FormPage, Part, refusals_on
from xiuhua.ground.verdicts import Reason, Refused

PAGE = FormPage(title="登记走访", submit="登记走访", crumbs=[("居民", "/people/")], cancel="/people/1/")


class PlaceForm(forms.Form):
    name = forms.CharField(label="名称", help_text="门牌上的写法")
    kind = forms.ChoiceField(label="类别", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect)
    word = forms.CharField(label="口令", widget=forms.PasswordInput, required=False)
    sure = forms.BooleanField(label="我核对过", required=False)
    level = forms.ChoiceField(label="层级", choices=[("1", "一")])
    day = forms.DateField(label="日期", required=False, widget=forms.DateInput(attrs={"type": "date", "class": "own"}))
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def bound(**changes) -> PlaceForm:
    return PlaceForm({"name": "中江", "kind": "a", "level": "1", **changes})


def drawn(form, **changes) -> str:
    request = RequestFactory().post("/", form.data) if form.is_bound else RequestFactory().get("/")
    request._messages = []
    return PAGE.respond(request, form, **changes).content.decode()


def test_nothing_refused_leaves_the_form_valid():
    form = bound()
    with refusals_on(form):
        pass
    assert form.is_valid()


def test_reason_stands_at_its_field_with_its_mend():
    form = bound()
    with refusals_on(form):
        raise Refused(Reason("名称已经有了", field="name", mend="请换一个"))
    assert form.errors == {"name": ["名称已经有了；请换一个"]}
    assert form["name"].value() == "中江"


def test_reason_about_something_else_stands_above_the_form():
    form = bound()
    with refusals_on(form):
        raise Refused(Reason("还没有路网", field="subdistrict"), Reason("今天不行"))
    assert form.non_field_errors() == ["还没有路网", "今天不行"]


def test_a_fresh_form_shows_labels_hints_and_what_is_required():
    html = drawn(PlaceForm())
    assert '<label class="form-label required" for="id_name">名称</label>' in html
    assert 'id="id_name_helptext">门牌上的写法' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert '<label class="form-label" for="id_word">口令</label>' in html
    assert '<legend class="form-label required">类别</legend>' in html
    assert re.search(r'<select[^>]*class="form-select"', html)
    assert 'class="form-control own"' in html
    assert '<input type="hidden" name="key" id="id_key">' in html
    assert "is-invalid" not in html
    assert "还有" not in html


def test_a_refused_form_says_so_on_top_and_at_the_field_and_keeps_what_was_typed():
    form = bound(name="", day="2023-02-30")
    assert not form.is_valid()
    html = drawn(form)
    assert "还有 2 处要改" in html
    assert '<a href="#id_name">名称</a>' in html
    assert re.search(r'id="xh-refused" data-xh-focus', html)
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'value="2023-02-30"' in html
    assert 'aria-invalid="true"' in html
    assert re.search(r'value="a" id="id_kind_0" checked', html)


def test_what_is_missing_is_said_in_plain_words():
    html = drawn(PlaceForm({}))
    assert '<a href="#id_name">名称</a>：还没有填。' in html
    assert '<a href="#id_kind_0">类别</a>：还没有选。' in html
    assert "字段" not in html


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"kind": "z"}, "「z」不在名单里，请从名单里选一个。"),
        ({"day": "2023-02-30"}, "这不是日期，请写成 2023-08-03 这样。"),
        ({"name": "a\x00b"}, "里面有看不见的空字符，请删掉重新输入。"),
    ],
)
def test_what_django_says_of_a_field_is_said_with_its_mend(given, says):
    assert says in drawn(bound(**given))


def test_a_group_of_choices_is_linked_by_its_first():
    form = bound(kind="z")
    assert not form.is_valid()
    assert '<a href="#id_kind_0">类别</a>' in drawn(form)


def test_a_refusal_is_answered_with_422():
    request = RequestFactory().post("/", {})
    request._messages = []
    assert PAGE.respond(request, PlaceForm({})).status_code == 422
    assert PAGE.respond(request, PlaceForm()).status_code == 200


def test_parts_group_fields_and_none_is_lost():
    html = drawn(PlaceForm(), parts=[Part("是哪里", [("name", "level"), "kind"], hint="看门牌")])
    assert "<legend>是哪里</legend>" in html
    assert '<div class="xh-fieldrow">' in html
    assert html.index("</fieldset>") < html.index('for="id_word"')
    for name in PlaceForm.base_fields:
        assert len(re.findall(rf'<(?:input|select)[^>]* name="{name}"', html)) == (2 if name == "kind" else 1)


def test_a_password_is_never_sent_back_and_can_be_shown():
    form = bound(word="secret-1", name="")
    html = drawn(form)
    assert "secret-1" not in html
    assert 'data-xh-show="id_word" aria-pressed="false" aria-label="显示密码" hidden' in html


def test_a_question_without_a_form_is_a_post_that_works_without_scripts():
    request = RequestFactory().get("/")
    request._messages = []
    ask = FormPage(title="停用账号", submit="停用", danger=True, say=["停用后不能再登录。"])
    html = ask.respond(request, cancel="/staff/7/").content.decode()
    assert 'method="post"' in html
    assert "停用后不能再登录。" in html
    assert '<button class="btn btn-danger">停用</button>' in html
    assert '<a class="btn btn-quiet" href="/staff/7/">不办了</a>' in html


def test_files_are_sent_as_files():
    class Upload(forms.Form):
        file = forms.FileField(label="文件")

    assert 'enctype="multipart/form-data"' in drawn(Upload())
    assert "enctype" not in drawn(PlaceForm())


def once(request) -> str:
    html = Template("{% load ui %}{% once %}").render(Context({"request": request}))
    return re.search(r'name="once" value="([^"]+)"', html)[1]


def test_a_form_has_a_key_of_its_own_and_keeps_it_when_it_comes_back():
    get = RequestFactory().get("/")
    assert once(get) != once(get)
    assert once(RequestFactory().post("/", {"once": "abc-DEF_123"})) == "abc-DEF_123"


@pytest.mark.parametrize("forged", ["", "short", "x" * 65, '"><script>', "a b c d e f g h"])
def test_a_forged_key_is_replaced(forged):
    assert once(RequestFactory().post("/", {"once": forged})) != forged
