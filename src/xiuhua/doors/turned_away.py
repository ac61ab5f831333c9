"""Whoever asks for what is not theirs is turned away, and that is on record (越权): pages, rows out of sight."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from xiuhua.ground.journal import attempts, verbs
from xiuhua.ground.journal.models import Audience
from xiuhua.ground.scope.queryset import OutOfSight

VERB = verbs.Verb("doors.turn_away", gettext_lazy("越权访问"), Audience.OFFICE)
verbs.register(VERB)


def note(request: HttpRequest, error: Exception) -> None:
    """Put on record that somebody who is signed in was turned away; what an action has noted is not noted twice.

    A number that nobody has is noted like one that is another's: whoever counts ids up is seen, and learns nothing from
    how long the answer takes.
    """
    if not isinstance(error, PermissionDenied | OutOfSight) or attempts.is_on_record(error):
        return
    if not request.user.is_authenticated:
        return
    match = request.resolver_match
    attempts.record_refusal(
        VERB.name,
        request.actor,  # type: ignore[attr-defined]
        subject=error.row if isinstance(error, OutOfSight) else None,
        territory=request.user.home,
        facts={
            "why": "sight" if isinstance(error, OutOfSight) else "permission",
            "page": f"{request.method} {match.view_name or match.route}" if match else "",
        },
    )
