"""Words among colleagues as whoever handles a suggestion reads them."""

from collections.abc import Mapping

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.naming import actors_named
from xiuhua.ground.standards import Standards
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import words
from xiuhua.programmes.suggestions.models import Memo, Suggestion


def left_on(row: Suggestion, reader: Actor, committees: Mapping[str, str], book: Standards) -> list[dict[str, str]]:
    """Title, words, time and author of each, in order."""
    found = list(Memo.objects.filter(suggestion=row))
    who = actors_named({memo.by for memo in found}, reader) if found else {}
    return [
        {
            "title": _title(memo, committees, book),
            "words": memo.words,
            "when": words.when(memo.said_at),
            "by": who.get(memo.by, ""),
        }
        for memo in found
    ]


def _title(memo: Memo, committees: Mapping[str, str], book: Standards) -> str:
    if memo.kind == Memo.Kind.TRANSFER:
        return _("从%(before)s转交给%(after)s") % {
            "before": words.unit(memo.was_section, memo.was_unit_path, committees, book),
            "after": words.unit(memo.section, memo.unit_path, committees, book),
        }
    if memo.kind == Memo.Kind.EXTEND and memo.due_on:
        return _("延期到 %(day)s") % {"day": words.on_day(memo.due_on)}
    return memo.get_kind_display()
