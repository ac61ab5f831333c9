"""What the record's pages ask of this house: who held which role then, where, and whose file is meant."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from xiuhua.ground.accounts.models import Kind, RoleGrant, User
from xiuhua.ground.accounts.places import names_of
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.known import Moment, Reference
from xiuhua.ground.journal.models import Entry, Sealed
from xiuhua.ground.journal.oversight import OPEN
from xiuhua.ground.privacy.models import Consent, DataRequest, LegalHold, Restriction
from xiuhua.ground.scope.queryset import below
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.territory.models.binding import Binding
from xiuhua.ground.words import gettext as _

RESIDENT, HOUSEHOLD, ENTRY = "territory.resident", "territory.household", "journal.entry"
MOST_ROLES = 2
MOST_FOUND = 20


def roles_then(moments: Iterable[Moment], _reader: Actor) -> dict[Moment, str]:
    """Roles with their places that people held when they acted: two queries, however many moments."""
    wanted = list(moments)
    numbers = {int(number) for reference, _at in wanted if (number := _number_of(reference))}
    grants = list(RoleGrant.objects.filter(user__in=numbers).order_by("path", "role"))
    places = names_of({grant.path for grant in grants})
    told = {}
    for reference, at in wanted:
        held = [grant for grant in grants if f"user:{grant.user_id}" == reference and _held(grant, at)]
        words = [f"{places.get(grant.path, '')} {Role(grant.role).label}".strip() for grant in held]
        more = _("等 %(count)s 个") % {"count": len(words)} if len(words) > MOST_ROLES else ""
        told[reference, at] = " ".join(filter(None, ["、".join(words[:MOST_ROLES]), more]))
    return told


def people_found(word: str, reader: Actor) -> list[str]:
    """Staff of the places whose record the reader oversees, by staff number or part of the name."""
    held = Q(pk__in=[])
    for top in reader.sees(Sight.RECORD):
        held |= Q(pk__in=RoleGrant.objects.filter(below("path", top)).values("user"))
    rows = User.objects.filter(held, Q(username__iexact=word) | Q(name__icontains=word), kind=Kind.STAFF)
    return [user.reference for user in rows]


def things_found(text: str, reader: Actor) -> list[Reference]:
    """Residents of the places whose record the reader oversees, by exact name, telephone or identity number."""
    scope, meant = Q(pk__in=[]), Q()
    for top in reader.sees(Sight.RECORD):
        scope |= below("path", top) if top else Q(pk__isnull=False)
    for name in ("name", "phone", "id_number"):
        meant |= sealed_equals(Resident, name, text)
    rows = Resident.objects.filter(scope, meant).order_by("path").values_list("pk", flat=True)
    return [(RESIDENT, str(number)) for number in rows[:MOST_FOUND]]


def concerned(thing: Reference, _reader: Actor) -> list[Reference]:
    """What else concerns a resident: the household's file, their consents, requests and holds, what was unsealed."""
    label, number = thing
    if label != RESIDENT or not number.isdecimal():
        return []
    found = [(HOUSEHOLD, str(pk)) for pk in Resident.objects.filter(pk=number).values_list("household_id", flat=True)]
    for model in (Consent, DataRequest, LegalHold, Restriction, Binding):
        rows = model.objects.filter(resident=number).values_list("pk", flat=True)
        found += [(model._meta.label_lower, str(pk)) for pk in rows]
    return [*found, *_opened_entries([thing, *found])]


def _opened_entries(things: list[Reference]) -> list[Reference]:
    """Entries whose sealed values, about one of these things, somebody has opened."""
    about = Sealed.objects.filter(subject__in=[f"{label}:{number}" for label, number in things])
    sealed = about.annotate(number=Cast("entry", CharField(max_length=40))).values("number")
    opened = Entry.objects.filter(verb=OPEN, subject_type=ENTRY, subject_id__in=sealed)
    return [(ENTRY, number) for number in opened.order_by().values_list("subject_id", flat=True).distinct()]


def _held(grant: RoleGrant, at: datetime) -> bool:
    return grant.given_at <= at and (grant.ended_at is None or grant.ended_at > at)


def _number_of(reference: str) -> str:
    kind, _colon, number = reference.partition(":")
    return number if kind == "user" and number.isdecimal() else ""
