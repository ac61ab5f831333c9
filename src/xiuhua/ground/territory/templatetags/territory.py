from django import template

from xiuhua.ground.territory.models import Resident
from xiuhua.ground.territory.names import resident_name

register = template.Library()


@register.filter
def masked_name(resident: Resident) -> str:
    """A resident's name as it reads for others: ``{{ one|masked_name }}``."""
    return resident_name(resident)
