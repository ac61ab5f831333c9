"""What templates of the lift programme say in words."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from xiuhua.programmes.lifts import share_words, words

register = template.Library()


@register.filter
def on_day(day: date | None) -> str:
    """A day as people say it, also of a moment."""
    return words.on_day(timezone.localtime(day) if isinstance(day, datetime) else day) if day else ""


@register.filter
def square_metres(area_dm2: int | None) -> str:
    """An area in square metres."""
    return words.square_metres(area_dm2)


@register.filter
def yuan(fen: int | None) -> str:
    """An amount in yuan to the fen."""
    return "" if fen is None else share_words.exact_yuan(fen)
