"""What events and notes are called in timelines and on record, for those who may see them."""

from collections.abc import Iterable, Mapping

from xiuhua.ground.journal import naming
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.ui.addresses import address_of
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions.models import Event, Note


def register_all() -> None:
    """Tell the journal."""
    naming.names("suggestions.event", _events, lambda number: address_of("gatherings:event", int(number)))
    naming.names("suggestions.note", _notes)


def _events(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
    rows = Event.objects.visible_to(reader).filter(pk__in=list(numbers)).values_list("pk", "title")
    return {str(pk): title for pk, title in rows}


def _notes(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
    rows = Note.objects.visible_to(reader).filter(pk__in=list(numbers))
    return {
        str(pk): _("%(event)s 第 %(number)s 张便签") % {"event": title, "number": number}
        for pk, title, number in rows.values_list("pk", "event__title", "number")
    }
