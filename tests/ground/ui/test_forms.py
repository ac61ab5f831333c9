"""What an action refuses stands at the form field that it is about."""

from django import forms

from xiuhua.ground.ui.forms import refusals_on
from xiuhua.ground.verdicts import Reason, Refused


class PlaceForm(forms.Form):
    name = forms.CharField()


def bound() -> PlaceForm:
    form = PlaceForm({"name": "中江"})
    assert form.is_valid()
    return form


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
