"""What accounts are called on record."""

from collections.abc import Iterable, Mapping

from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.masking import mask_name
from xiuhua.ground.words import gettext as _


def user_names(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
    """Name each account: colleagues by name; residents masked, to anybody but themselves."""
    rows = User.objects.filter(pk__in=[number for number in numbers if number.isdigit()]).only("pk", "name", "kind")
    return {str(row.pk): _called(row, reader) for row in rows}


def _called(user: User, reader: Actor) -> str:
    if user.kind == Kind.STAFF or user.reference == reader.reference:
        return str(user)
    return _("居民 %(name)s") % {"name": mask_name(user.name)} if user.name else _("居民")
