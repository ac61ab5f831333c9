"""What consents, requests and holds are called on record: by the masked name of whom they are about."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.privacy.models import Consent, DataRequest, LegalHold
from xiuhua.ground.scope.masking import mask_name
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.words import gettext as _

MODELS = (Consent, DataRequest, LegalHold)


def namer_of(model: Any) -> Callable[[Iterable[str], Actor], Mapping[str, str]]:
    """A namer of one model's rows, for those who see the people they are about."""

    def named(numbers: Iterable[str], reader: Actor) -> dict[str, str]:
        if not reader.sees(Sight.PEOPLE):
            return {}
        rows = model.objects.visible_to(reader).filter(pk__in=[number for number in numbers if number.isdecimal()])
        return {str(row.pk): f"{what_of(row)} {whose(row)}" for row in rows.select_related("resident")}

    return named


def whose(row: Any) -> str:
    """Masked name of whom a row is about."""
    if row.resident.erased_at:
        return _("已删除的居民")
    return mask_name(row.resident.name) or _("没有登记姓名的居民")


def what_of(row: Any) -> str:
    """What a row is, in a word or two."""
    if isinstance(row, Consent):
        return row.about
    if isinstance(row, DataRequest):
        return row.get_kind_display()
    return str(row._meta.verbose_name)
