"""Small pieces of markup that templates ask for by name: ``{% load ui %}``."""

from typing import Any

from django import template
from django.http import QueryDict
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

SOURCE_MARKS = {
    "verified": "is-verified",
    "second_hand": "is-quoted",
    "practice": "is-practice",
    "memory": "is-memory",
    "assumption": "is-assumed",
}
"""Status of a figure in the rule book, and the mark that stands beside it."""


@register.simple_tag
def icon(name: str, css: str = "xh-icon", label: str = "") -> SafeString:
    """Draw a symbol of the sprite: ``{% icon "i-download" %}``; with a label where it stands alone."""
    href = f"{static('ui/icons/sprite.svg')}#{name}"
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', css, label, href)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', css, href)


@register.filter
def source_mark(status: Any) -> str:
    """Return the class for how sure a figure is."""
    return SOURCE_MARKS.get(str(status), "is-assumed")


@register.filter
def percent(share: float | None) -> str:
    """Write a share 0 to 1 as the width of an SVG bar, such as ``71.4%``."""
    return f"{100 * min(max(share or 0.0, 0.0), 1.0):.4g}%"


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Return the page's query string with some keys changed; None takes a key out."""
    asked: QueryDict = context["request"].GET.copy()
    for key, value in changes.items():
        asked.pop(key, None)
        if value is not None:
            asked[key] = str(value)
    return f"?{asked.urlencode()}"
