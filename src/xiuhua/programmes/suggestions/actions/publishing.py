"""Putting it on the public board, by two people, without personal data."""

from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.files import keeping
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.verdicts import Reason, Refused, refuse_unless
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import permits, queries, rules
from xiuhua.programmes.suggestions.models import PublicState, Suggestion
from xiuhua.programmes.suggestions.sorting.personal import find


@action("suggestions.draft_publication", says=gettext_lazy("拟公开"), permits=permits.may_handle)
def draft_publication(
    *, actor: Actor, suggestion: Suggestion, title: str, words: str, answer: str = "", place: str | None = None
) -> Done[Suggestion]:
    """Put forward what would stand on the public board (拟公开); another person looks it over.

    Parameters
    ----------
    place : str, optional
        Where it is said to be; unless given, the street or quarter without the number of the door.

    Raises
    ------
    Refused
        It is a personal claim, says nothing, or holds what looks like personal data.
    """
    suggestion = locked(suggestion)
    place = queries.public_place(suggestion) if place is None else place
    texts = {"title": title.strip(), "words": words.strip(), "answer": answer.strip(), "place": place.strip()}
    found = [(name, one.text) for name, text in texts.items() for one in find(text)]
    refuse_unless(
        rules.can_be_drafted(texts["title"], texts["words"], found, nature=suggestion.nature, place=texts["place"])
    )
    suggestion.public_title, suggestion.public_words = texts["title"], texts["words"]
    suggestion.public_answer, suggestion.public_place = texts["answer"], texts["place"]
    suggestion.public_state, suggestion.public_drafted_by = PublicState.DRAFTED, actor.reference
    suggestion.save()
    _withhold_files(suggestion)
    return Done(suggestion, {"letters": len(texts["words"])})


@action("suggestions.publish", says=gettext_lazy("公开"), permits=permits.may_decide, audience=Audience.PUBLIC)
def publish(*, actor: Actor, suggestion: Suggestion, photos: list[str] | None = None) -> Done[Suggestion]:
    """Put it on the public board (公开), after another person wrote it; with the photographs that are named, no others.

    Parameters
    ----------
    photos : list of str, optional
        Numbers of its files that everybody may see.

    Raises
    ------
    Refused
        Nothing was put forward, or by the same person; or it was found to be a personal claim since.
    """
    suggestion = locked(suggestion)
    refuse_unless(
        rules.can_be_published(
            is_drafted=suggestion.public_state == PublicState.DRAFTED,
            drafted_by=suggestion.public_drafted_by,
            checked_by=actor.reference,
            nature=suggestion.nature,
        )
    )
    suggestion.public_state, suggestion.published_at = PublicState.PUBLISHED, now()
    suggestion.save()
    chosen = set(photos or [])
    for file in StoredFile.objects.of(suggestion).standing().photos():
        if str(file.pk) in chosen:
            keeping.publish(file)
        elif file.public_at is not None:
            keeping.withhold(file)
    return Done(suggestion, {"photos": len(chosen)})


@action("suggestions.unpublish", says=gettext_lazy("撤下公开"), permits=permits.may_decide)
def unpublish(*, actor: Actor, suggestion: Suggestion, reason: str) -> Done[Suggestion]:
    """Take it off the public board (撤下公开), saying why.

    Raises
    ------
    Refused
        It does not stand there, or no reason is given.
    """
    suggestion = locked(suggestion)
    if suggestion.public_state != PublicState.PUBLISHED:
        raise Refused(Reason(_("它不在公示栏上"), mend=_("不用撤下")))
    refuse_unless(rules.reason_is_given(reason))
    suggestion.public_state = PublicState.WITHDRAWN
    suggestion.save(update_fields=["public_state"])
    _withhold_files(suggestion)
    return Done(suggestion, sealed={"reason": reason.strip()})


def _withhold_files(suggestion: Suggestion) -> None:
    """What does not stand on the board has nothing that everybody sees."""
    for file in StoredFile.objects.of(suggestion).standing().exclude(public_at=None):
        keeping.withhold(file)
