"""What templates of the lift programme say in words."""

from datetime import date

from django import template

from xiuhua.programmes.lifts import words

register = template.Library()


@register.filter
def on_day(day: date | None) -> str:
    """A day as people say it."""
    return words.on_day(day) if day else ""


@register.filter
def square_metres(area_dm2: int | None) -> str:
    """An area in square metres."""
    return words.square_metres(area_dm2)
