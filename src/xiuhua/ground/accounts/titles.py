"""What people are called: by themselves in the top bar, by colleagues in a timeline."""

from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.accounts.models import Kind, RoleGrant, User
from xiuhua.ground.accounts.places import names_of
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.grants import Grant
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.scope.paths import EVERYWHERE, subdistrict_of
from xiuhua.ground.scope.queryset import below
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.shell import Person
from xiuhua.ground.words import gettext as _


def person_of(request: HttpRequest) -> Person | None:
    """Who reads, for the top bar."""
    if not hasattr(request, "user") or not request.user.is_authenticated:  # turned away at the door
        return None
    user = request.user
    if user.kind == Kind.RESIDENT:
        name, role, account = user.name or mask_phone(user.phone), _("居民"), reverse("accounts:mine")
    else:
        name, role, account = user.name, first_role_of(user), reverse("accounts:own")
    return Person(name, role, account=account, sign_out=reverse("account_logout"))


def first_role_of(user: User) -> str:
    """Role and place that come first; how many more there are."""
    if not user.grants:
        return _("还没有角色")
    first, *more = user.grants
    words = titled(first, names_of([first.path]))
    return _("%(first)s 等 %(count)s 个角色") % {"first": words, "count": len(more) + 1} if more else words


def titled(grant: Grant, names: Mapping[str, str]) -> str:
    """A role with its place: 中江居委会 微网格长."""
    return f"{names.get(grant.path, grant.path)} {grant.role.label}"


def colleagues_kept(numbers: Iterable[str], reader: Actor) -> set[str]:
    """Those of some workers whose account the reader keeps or watches: others are named, not led to."""
    if not reader.sees(Sight.STAFF):
        return set()
    kept = User.objects.visible_to(reader).filter(pk__in=[number for number in numbers if number.isdecimal()])
    return {str(number) for number in kept.values_list("pk", flat=True)}


def colleagues_named(numbers: Iterable[str], reader: Actor) -> dict[str, str]:
    """Names of workers, for those who hold a role in the same subdistrict, and one's own; of residents, none."""
    asked = User.objects.filter(pk__in=[number for number in numbers if number.isdecimal()], kind=Kind.STAFF)
    offices = {subdistrict_of(grant.path) for grant in reader.grants}
    if EVERYWHERE not in offices:
        held = Q(pk__in=[])
        for office in offices:
            held |= Q(pk__in=RoleGrant.objects.filter(below("path", office)).values("user"))
        asked = asked.filter(held | Q(pk=getattr(reader, "pk", None)))
    return {str(number): name for number, name in asked.values_list("pk", "name")}
