from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from xiuhua.ground.territory.house import Flat, flats_drawn
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.territory.names import resident_id_number, resident_name, resident_phone
from xiuhua.ground.words import gettext as _

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


@register.filter
def flats(side: Sequence[Flat], sees_homes: bool) -> SafeString:
    """Homes on one side of the stairs: ``{{ floor.left|flats:sees_homes }}``."""
    return flats_drawn(side, empty=_("没有登记") if sees_homes else "")
