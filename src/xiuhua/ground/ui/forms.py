"""Forms: one page for all of them, drawn from the form itself; what is refused is said at the field that it is about.

::

    VISIT = FormPage(title=_("登记走访"), submit=_("登记走访"), icon="i-check")

    def log_visit_page(request, household_id):
        form = VisitForm(request.POST or None)
        if form.is_valid():
            with refusals_on(form):
                done = actions.log_visit(actor=request.actor, household=household, **form.cleaned_data)
                return redirect(done.subject)
        return VISIT.respond(request, form, cancel=household.get_absolute_url())

Where a sound form does one thing and leads back to where 不办了 leads, that is a line::

        return VISIT.act_on(request, form, act, _("登记好了。"), cancel=household.get_absolute_url())

A deed that cannot be taken back is asked once more on a page of its own, which works without scripts::

    END = FormPage(title=_("停用账号"), submit=_("停用"), danger=True, say=[_("停用后不能再登录，做过的事都还留着。")])
    …
    if request.method == "POST": actions.end_account(…)
    return END.respond(request, cancel=user.get_absolute_url())
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.forms import BaseForm, BoundField, widgets
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from xiuhua.ground.ui.acts import Crumbs, Words
from xiuhua.ground.verdicts import Refused, TooMany


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """Put the reasons of a refusal within the block on the form, each at its field; what was typed stays.

    A reason about something that the form has no field for stands above the form. Of too much at once the form keeps
    the wait, so that its page answers 429.
    """
    try:
        yield
    except Refused as refused:
        if isinstance(refused, TooMany):
            form.wait_s = refused.wait_s  # type: ignore[attr-defined]
        for reason in refused.reasons:
            form.add_error(reason.field if reason.field in form.fields else None, str(reason))


def act_at_once(request: HttpRequest, act: Callable[[], Any], said: str) -> None:
    """Act without more being asked: that it is done, or why it is refused, is said on the page that comes next."""
    try:
        act()
        messages.success(request, said)
    except Refused as refused:
        messages.warning(request, str(refused))


def answered_form(
    request: HttpRequest, template: str, context: dict[str, Any], form: BaseForm | None, status: int | None
) -> HttpResponse:
    """Draw a page with a form: 422 where that was refused, 429 with the wait where too much came at once."""
    wait_s = getattr(form, "wait_s", 0)
    refused = form is not None and form.is_bound and bool(form.errors)
    response = render(request, template, context, status=status or (429 if wait_s else 422 if refused else 200))
    if wait_s:
        response.headers["Retry-After"] = str(wait_s)
    return response


@dataclass(frozen=True, slots=True)
class Part:
    """Fields that belong together; a tuple of names stands in one row where there is room.

    ``Part(_("哪个钟点"), [("day", "hour"), "where"], hint=_("…"))``
    """

    title: Words
    fields: Sequence[str | tuple[str, ...]]
    hint: Words = ""


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form, or with one question.

    Parameters
    ----------
    title : str
        Head of the page.
    submit : str
        Says what will happen: 登记走访, never 提交.
    subtitle, say : str, sequence of str
        A line under the head; sentences above the form, such as what follows from the deed.
    icon : str
        Symbol on the button.
    crumbs : pairs
        The way here.
    cancel, cancel_words : str
        Where 不办了 leads; without an address there is no such link.
    danger : bool
        Takes something away: the button is no invitation, and the question stands in a warning.
    parts : sequence of Part
        Fields by what they are about; without them, all in the form's order.
    error_title : str
        Head of the list of refusals.
    template, extra : str, dict
        A template that extends ``ui/form.html`` (blocks `before_form`, `fields`, `after_form`, `beside`), and what
        it needs.
    """

    title: Words
    submit: Words
    subtitle: Words = ""
    say: Sequence[Words] = ()
    icon: str = ""
    crumbs: Crumbs = ()
    cancel: str = ""
    cancel_words: Words = ""
    danger: bool = False
    parts: Sequence[Part] = ()
    error_title: Words = ""
    template: str = "ui/form.html"
    extra: dict[str, Any] = field(default_factory=dict)

    def respond(
        self, request: HttpRequest, form: BaseForm | None = None, *, status: int | None = None, **changes: Any
    ) -> HttpResponse:
        """Answer with the page; 422 where the form was refused. `changes` replace fields of the page."""
        page = replace(self, **changes)
        context = {"page": page, "form": form, "parts": _drawn_parts(page.parts, form) if form else [], **page.extra}
        return answered_form(request, page.template, context, form, status)

    def act_on(
        self, request: HttpRequest, form: BaseForm, act: Callable[[], Any], said: str, **changes: Any
    ) -> HttpResponse:
        """Act once the form is sound, say so and lead back to `cancel`; until then answer with the page.

        What the act refuses is said at the field that it is about.
        """
        page = replace(self, **changes)
        if form.is_valid():
            with refusals_on(form):
                act()
                messages.success(request, said)
                return redirect(page.cancel)
        return page.respond(request, form)


def _drawn_parts(parts: Sequence[Part], form: BaseForm) -> list[dict[str, Any]]:
    """Parts with the fields themselves; those that no part names come last, without a head."""
    drawn: list[dict[str, Any]] = []
    named: set[str] = set()
    for part in parts:
        rows = [(names,) if isinstance(names, str) else tuple(names) for names in part.fields]
        named.update(name for row in rows for name in row)
        drawn.append({"title": part.title, "hint": part.hint, "rows": [[form[name] for name in row] for row in rows]})
    rest = [[bound] for bound in form.visible_fields() if bound.name not in named]
    return [*drawn, {"title": "", "hint": "", "rows": rest}] if rest else drawn


def drawn_field(bound: BoundField, *, hint: str = "", label: str = "") -> SafeString:
    """A form field in the identity's shape: label, input, hint, refusals, tied together for eye and screen reader."""
    kind = kind_of(bound.field.widget)
    css = {"select": "form-select", "check": "form-check-input"}.get(kind, "form-control")
    if bound.errors:
        css += " is-invalid"
    own = bound.field.widget.attrs.get("class", "")
    attributes: dict[str, Any] = {"class": f"{css} {own}".strip()}
    if hint and not bound.help_text:
        bound.help_text = hint
    context = {
        "field": bound,
        "kind": kind,
        "label": label or bound.label,
        "refusals": refusals_of(bound),
        "required": bound.field.required and not bound.field.disabled,
        "widget": "" if kind in ("radios", "checks") else bound.as_widget(attrs=attributes),
    }
    return SafeString(render_to_string("ui/components/field.html", context))


def kind_of(widget: widgets.Widget) -> str:
    """How a widget is drawn."""
    kinds: list[tuple[type[widgets.Widget], str]] = [
        (widgets.CheckboxSelectMultiple, "checks"),
        (widgets.RadioSelect, "radios"),
        (widgets.CheckboxInput, "check"),
        (widgets.PasswordInput, "password"),
        (widgets.Select, "select"),
        (widgets.Textarea, "area"),
    ]
    return next((kind for base, kind in kinds if isinstance(widget, base)), "text")


def error_links(form: BaseForm) -> list[tuple[BoundField, str, list[str]]]:
    """(field, where a link to it leads, refusals) of each field that was refused."""
    links = []
    for bound in form:
        if bound.errors:
            links.append((bound, bound.id_for_label or f"{bound.auto_id}_0", refusals_of(bound)))
    return links


def every_refusal(form: BaseForm) -> list[str]:
    """All that was refused of a form, for a page on which it is not drawn."""
    return [*map(str, form.non_field_errors()), *(words for bound in form for words in refusals_of(bound))]


def refusals_of(bound: BoundField) -> list[str]:
    """Refusals of a field in our words, where Django's own would speak of a field that is required."""
    chosen = kind_of(bound.field.widget) in ("select", "radios", "checks", "check")
    missing = gettext("还没有选。") if chosen else gettext("还没有填。")
    found: list[str] = []
    for error in bound.errors.as_data():
        found += [missing] if error.code == "required" else [str(message) for message in error.messages]
    return found
