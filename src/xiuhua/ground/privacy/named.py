"""What consents, requests, holds, roles given and the record itself are called on record."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.urls import reverse

from xiuhua.ground.accounts.models import RoleGrant
from xiuhua.ground.accounts.places import names_of
from xiuhua.ground.journal import naming
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.models import Chain, Entry
from xiuhua.ground.journal.queries import record_for
from xiuhua.ground.privacy.models import Consent, DataRequest, ImpactAssessment, LegalHold, Restriction
from xiuhua.ground.scope.masking import mask_name
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.words import gettext as _

ABOUT_PEOPLE = {
    Consent: "privacy:consent",
    DataRequest: "privacy:request",
    LegalHold: "privacy:hold",
    Restriction: "privacy:restriction",
}


_READ: dict[Any, tuple[str, ...]] = {Consent: ("purpose", "given_on"), DataRequest: ("kind",)}
_READ_OF_WHOM = ("resident__seal_id", "resident__name", "resident__erased_at")
"""Columns that a name reads."""


def register_all() -> None:
    """Tell the record how to name what this house and the record itself keep."""
    for model, page in ABOUT_PEOPLE.items():
        naming.names(model._meta.label_lower, _namer_of(model), _address_at(page))
    naming.names(ImpactAssessment._meta.label_lower, _assessments, _address_at("privacy:assessment"))
    naming.names(RoleGrant._meta.label_lower, _grants)
    naming.names(Entry._meta.label_lower, _entries, _address_at("journal:entry"))
    naming.names(Chain._meta.label_lower, _chains)


def whose(row: Any) -> str:
    """Masked name of whom a row is about."""
    if row.resident.erased_at:
        return _("已删除的居民")
    return mask_name(row.resident.name) or _("没有登记姓名的居民")


def _what_of(row: Any) -> str:
    if isinstance(row, Consent):
        return row.about
    if isinstance(row, DataRequest):
        return row.get_kind_display()
    return str(row._meta.verbose_name)


def _namer_of(model: Any) -> Callable[[Iterable[str], Actor], Mapping[str, str]]:
    def named(numbers: Iterable[str], reader: Actor) -> dict[str, str]:
        rows = model.objects.visible_to(reader).filter(pk__in=_numbers(numbers)).select_related("resident")
        rows = rows.only(*_READ.get(model, ()), *_READ_OF_WHOM)
        return {str(row.pk): f"{_what_of(row)} {whose(row)}" for row in rows}

    return named


def _assessments(numbers: Iterable[str], reader: Actor) -> dict[str, str]:
    rows = ImpactAssessment.objects.visible_to(reader).filter(pk__in=_numbers(numbers))
    return {str(number): title for number, title in rows.values_list("pk", "title")}


def _grants(numbers: Iterable[str], reader: Actor) -> dict[str, str]:
    """Whose role, and which: for those who keep accounts there or oversee the record."""
    rows = RoleGrant.objects.filter(pk__in=_numbers(numbers)).select_related("user")
    rows = rows.only("path", "role", "user__name", "user__username")
    tops = (*reader.sees(Sight.STAFF), *reader.sees(Sight.RECORD))
    seen = [row for row in rows if any(row.path.startswith(top) for top in tops)]
    places = names_of({row.path for row in seen})
    return {str(row.pk): f"{row.user} {places.get(row.path, '')} {Role(row.role).label}" for row in seen}


def _entries(numbers: Iterable[str], reader: Actor) -> dict[str, str]:
    rows = record_for(reader).filter(pk__in=_numbers(numbers))
    return {str(pk): _("留痕第 %(number)s 条") % {"number": number} for pk, number in rows.values_list("pk", "number")}


def _chains(names: Iterable[str], _reader: Actor) -> dict[str, str]:
    """A chain is called by its subdistrict."""
    wanted = list(names)
    places = names_of([name for name in wanted if name])
    return {name: _("%(place)s的留痕") % {"place": places.get(name, name)} for name in wanted}


def _address_at(url_name: str) -> Callable[[str], str]:
    return lambda number: reverse(url_name, args=[number])


def _numbers(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text.isdecimal()]
