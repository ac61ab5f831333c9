"""What pages of the life circle ask for by name: ``{% load lifecircle %}``."""

from django import template
from django.utils.safestring import SafeString

from xiuhua.programmes.lifecircle import rows, written
from xiuhua.programmes.lifecircle.panel import Panel

register = template.Library()

for read in (
    written.people,
    written.apart,
    written.change,
    written.share,
    written.whole_share,
    written.walk,
    written.hour,
):
    register.filter(read)


@register.simple_tag(takes_context=True)
def committee_rows(context: template.Context) -> SafeString:
    """Rows of the committees: ``{% committee_rows %}``; of a comparison, with what was before."""
    return rows.committees_drawn(context["panel"], context["request"].GET, versus=bool(context.get("versus")))


@register.simple_tag(takes_context=True)
def required_rows(context: template.Context) -> SafeString:
    """Rows of the required types, those that most people lack first."""
    return rows.required_drawn(context["panel"], context["request"].GET)


@register.simple_tag
def radius_rows(panel: Panel) -> SafeString:
    """Rows of the service radii: ``{% radius_rows panel %}``."""
    return rows.radii_drawn(panel)
