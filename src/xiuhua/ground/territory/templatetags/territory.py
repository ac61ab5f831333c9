from django import template

from xiuhua.ground.territory.models import Resident
from xiuhua.ground.territory.names import resident_id_number, resident_name, resident_phone

register = template.Library()


@register.filter
def masked_name(resident: Resident) -> str:
    """A resident's name as it reads for others: ``{{ one|masked_name }}``."""
    return resident_name(resident)


@register.filter
def masked_phone(resident: Resident) -> str:
    """A resident's telephone with its middle hidden."""
    return resident_phone(resident)


@register.filter
def masked_id_number(resident: Resident) -> str:
    """A resident's identity number with its middle hidden."""
    return resident_id_number(resident)
