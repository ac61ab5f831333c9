"""What is handed to a resident of what they asked about their lift, and what is emptied when they are erased."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from xiuhua.ground.journal import naming
from xiuhua.ground.journal.actions import locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.record import reference_of
from xiuhua.ground.privacy.holdings import Kept, holds
from xiuhua.ground.territory.models import Binding, Resident
from xiuhua.ground.ui.addresses import address_of
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.models import Question
from xiuhua.programmes.lifts.words import on_day


def _of(resident: Resident) -> Any:
    users = Binding.objects.filter(resident=resident).values("user")
    return Question.objects.filter(user__in=users, path__startswith=resident.path[:9]).order_by("pk")


def _asked(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    for row in _of(resident).select_related("stairwell__building"):
        where = f"{row.stairwell.address} {on_day(row.asked_at.date())}"
        yield Kept(str(row.get_kind_display()), row.words, where)
        if row.answer:
            yield Kept(_("答复"), row.answer, where)


def _forget(resident: Resident) -> list[str]:
    """That somebody asked stays; what they wrote, and who it was, goes."""
    forgotten = []
    for found in list(_of(resident)):
        row = locked(found)
        row.words, row.answer, row.user = "", "", None
        row.save()
        forgotten.append(reference_of(row))
    return forgotten


def _named(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
    rows = Question.objects.visible_to(reader).filter(pk__in=list(numbers)).select_related("stairwell__building")
    said = _("%(address)s的提问")
    return {str(row.pk): said % {"address": row.stairwell.address} for row in rows}


holds("lifts.questions", gettext_lazy("问过的加梯问题"), _asked, _forget)
naming.names("lifts.question", _named, lambda number: address_of("lifts:question", int(number)))
