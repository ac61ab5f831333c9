from typing import Any

from django import template
from django.db import models

from xiuhua.ground.journal.timeline import timeline_of

register = template.Library()


@register.inclusion_tag("ui/components/timeline.html", takes_context=True)
def timeline(context: dict[str, Any], thing: models.Model) -> dict[str, Any]:
    """What was done to a thing, as far as the reader may know: ``{% timeline stairwell %}``."""
    return {"items": timeline_of(thing, context["request"].actor)}
