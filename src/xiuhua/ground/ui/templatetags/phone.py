"""Markup of phone pages: ``{% load phone %}``."""

from typing import Any

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from xiuhua.ground.sealing import letters
from xiuhua.ground.ui import phone
from xiuhua.ground.ui.forms import kind_of, refusals_of

register = template.Library()

MOST = 4
"""Photographs that a picker shows room for, where the form does not say."""

CSS = {"select": "ph-input ph-select", "area": "weui-textarea", "check": "ph-tick"}


@register.simple_tag(takes_context=True)
def phone_frame(context: template.Context) -> phone.Frame:
    """What the frame needs to know: ``{% phone_frame as frame %}``."""
    return phone.frame_of(context["request"])


@register.simple_tag
def letters_key() -> str:
    """The public key that this phone seals its letters to, as ``id.base64``."""
    return letters.public_key().written


@register.simple_tag
def phone_field(bound: BoundField, hint: str = "") -> SafeString:
    """Draw a form field as one question of a phone page: ``{% phone_field form.words %}``.

    A file input that accepts pictures becomes the picker of photographs: of as many as its ``data-xh-photos`` says.
    """
    widget = bound.field.widget
    kind = kind_of(widget)
    attributes: dict[str, Any] = {"class": f"{CSS.get(kind, 'weui-input')} {widget.attrs.get('class', '')}".strip()}
    photos: int | str = 0
    if str(widget.attrs.get("accept", "")).startswith("image/"):
        photos = widget.attrs.get("data-xh-photos") or (
            MOST if getattr(widget, "allow_multiple_selected", False) else 1
        )
        attributes |= {"data-xh-photos": str(photos)}
    context = {
        "field": bound,
        "kind": "photos" if photos else kind,
        "photos": photos,
        "hint": hint,
        "refusals": refusals_of(bound),
        "widget": "" if kind in ("radios", "checks") else bound.as_widget(attrs=attributes),
    }
    return SafeString(render_to_string("ui/phone/field.html", context))


@register.simple_tag
def phone_bare(bound: BoundField) -> SafeString:
    """The input of a form field alone, where the page draws what stands around it: ``{% phone_bare form.words %}``."""
    return bound.as_widget(attrs={"class": CSS.get(kind_of(bound.field.widget), "weui-input")})
