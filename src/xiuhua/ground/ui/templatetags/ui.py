"""Small pieces of markup that templates ask for by name: ``{% load ui %}``."""

import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.engine import Engine
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from xiuhua.ground.clock import now
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.addresses import asked_otherwise
from xiuhua.ground.ui.forms import drawn_field, error_links
from xiuhua.ground.words import gettext as _

register = template.Library()

SOURCE_MARKS = {
    "verified": "is-verified",
    "second_hand": "is-quoted",
    "practice": "is-practice",
    "memory": "is-memory",
    "assumption": "is-assumed",
}
"""Status of a figure in the rule book, and the mark that stands beside it."""

ONCE = "once"
"""Hidden field with the idempotency key of a form."""
ONCE_WORDS = re.compile(r"[\w-]{8,64}")


@register.simple_tag
def icon(name: str, css: str = "xh-icon", label: str = "") -> SafeString:
    """Draw a symbol of the sprite: ``{% icon "i-download" %}``; with a label where it stands alone."""
    return _icon(name, css, str(label))


@cache
def _icon(name: str, css: str, label: str) -> SafeString:
    href = f"{static('ui/icons/sprite.svg')}#{name}"
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', css, label, href)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', css, href)


@register.filter
def source_mark(status: Any) -> str:
    """Return the class for how sure a figure is."""
    return SOURCE_MARKS.get(str(status), "is-assumed")


@register.filter
def moment_words(moment: datetime) -> str:
    """A moment as timelines tell it: 7 月 1 日 09:30; of another year than today's with the year."""
    local = timezone.localtime(moment)
    this_year = local.year == timezone.localtime(now()).year
    return date_format(local, _("n 月 j 日 H:i") if this_year else _("Y 年 n 月 j 日 H:i"))


@register.filter
def percent(share: float | None) -> str:
    """Write a share 0 to 1 as the width of an SVG bar, such as ``71.4%``."""
    return f"{100 * min(max(share or 0.0, 0.0), 1.0):.4g}%"


@register.simple_tag
def bar(share: float | None, fill: str = "", label: str = "", gate: float | None = None) -> SafeString:
    """Draw a share (0 to 1) as a bar, whose width is an attribute: ``{% bar row.share "far" %}``.

    Parameters
    ----------
    fill : str
        Colour: far, near, info, amber, brand, grey, or nothing.
    label : str
        Words for those who do not see it; without them it is passed over.
    gate : float, optional
        A share that must be passed.
    """
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    at = percent(gate)
    line = format_html('<line class="gate" x1="{}" x2="{}" y1="-4" y2="14"/>', at, at) if gate else ""
    return format_html(
        '<svg class="xh-bar" height="10" {}><rect class="track" width="100%" height="10" rx="5"/>'
        '<rect class="fill{}" width="{}" height="10" rx="5"/>{}</svg>',
        spoken,
        fill and f"-{fill}",
        percent(share),
        line,
    )


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Return the page's query string with some keys changed; None takes a key out."""
    return asked_otherwise(context["request"].GET, **changes)


@register.simple_tag(takes_context=True)
def unfiltered(context: template.Context, controls: Iterable[Any]) -> str:
    """Return the page's query string without search words and filters."""
    return query(context, q=None, find=None, page=None, **{key: None for control in controls for key in control.keys})


@register.simple_tag(takes_context=True)
def control(context: template.Context, control: Any) -> SafeString:
    """Draw a filter of a list: ``{% control control %}``."""
    asked: QueryDict = context["request"].GET
    if control.kind == "period":
        state = {"days": control.days(asked)}
    else:
        state = {"chosen": control.chosen(asked)}
    if control.kind == "select":
        state["options"] = _options(control.pairs, state["chosen"])
    return _drawn(context, f"ui/components/controls/{control.kind}.html", control=control, **state)


def _options(pairs: Iterable[tuple[str, Any]], chosen: str) -> SafeString:
    """Options of a choice, written here since there are dozens."""
    return SafeString(
        "".join(
            f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(words)}</option>'
            for value, words in pairs
        )
    )


@register.simple_tag(takes_context=True)
def acts(context: template.Context, acts: Sequence[Act]) -> SafeString:
    """Draw the buttons of a page: ``{% acts page.acts %}``; ways to elsewhere behind one, before the main one."""
    shown, ways = [act for act in acts if not act.more], [act for act in acts if act.more]
    drawn = [_drawn(context, "ui/components/act.html", act=act).strip() for act in shown]
    if ways:
        place = next((at for at, act in enumerate(shown) if act.primary), len(shown))
        drawn.insert(place, _drawn(context, "ui/components/more.html", acts=ways).strip())
    return SafeString("".join(drawn))


def _drawn(context: template.Context, name: str, **values: Any) -> SafeString:
    """A piece of the page, in its own context: what the frame is told is not asked once more for each button."""
    carried = {key: context.get(key) for key in ("request", "csrf_token")}
    return Engine.get_default().get_template(name).render(context.new({**carried, **values}))


@register.simple_tag(takes_context=True)
def once(context: template.Context) -> SafeString:
    """Put the form's idempotency key into it: ``{% csrf_token %}{% once %}``; sent twice, the deed is done once.

    A form that comes back with an error keeps its key.
    """
    request = context.get("request")
    sent = request.POST.get(ONCE, "") if request is not None else ""
    key = sent if ONCE_WORDS.fullmatch(sent) else secrets.token_urlsafe(18)
    return format_html('<input type="hidden" name="{}" value="{}">', ONCE, key)


@register.simple_tag
def field(bound: BoundField, hint: str = "", label: str = "") -> SafeString:
    """Draw a form field with its label, hint and refusals: ``{% field form.phone %}``."""
    return drawn_field(bound, hint=hint, label=label)


@register.filter
def refusals(form: BaseForm) -> list[tuple[BoundField, str, list[str]]]:
    """(field, anchor, refusals) of each field that was refused."""
    return error_links(form)
