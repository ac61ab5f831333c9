"""Sessions (会话): how long they last, and how all of someone's end at once."""

from datetime import datetime, timedelta

from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin

from xiuhua.ground.accounts import rules
from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.accounts.policy import policy
from xiuhua.ground.clock import now

BEGAN, SEEN, ENDED = "began_at", "seen_at", "ended_by"
"""What a session holds: when one signed in, when one was last seen; and, once it has ended, by what."""

_SEEN_EVERY = timedelta(minutes=1)
_OTHER_CLOCK = timedelta(minutes=5)
"""A moment so far ahead was written by a clock that has been set back since."""


def begin(session: SessionBase, user: User) -> None:
    """Note that someone has just come in."""
    figures = policy(user.home).session
    days, hours = figures.resident_days.number, figures.hours.number
    session.set_expiry(int(days * 86400 if user.kind == Kind.RESIDENT else hours * 3600))
    session[BEGAN] = session[SEEN] = now().isoformat()


def end_sessions(user: User) -> int:
    """End every session of someone; returns how many."""
    from allauth.usersessions.models import UserSession

    rows = list(UserSession.objects.filter(user=user))
    for row in rows:
        row.end()
    return len(rows)


class SessionLimits(MiddlewareMixin):
    """Ends a session that has been idle, or has lasted, too long; goes after ``AuthenticationMiddleware``."""

    def process_request(self, request: HttpRequest) -> None:
        if not request.user.is_authenticated:
            return
        user, at = request.user, now()
        assert isinstance(user, User)
        began, seen = (_moment(request.session.get(key)) for key in (BEGAN, SEEN))
        if began is None or seen is None:
            begin(request.session, user)
            return
        figures = policy(user.home).session
        end, why = rules.end_of(began, seen, figures, is_resident=user.kind == Kind.RESIDENT)
        if at >= end or seen - at > _OTHER_CLOCK:
            logout(request)
            request.session[ENDED] = {"by": why, "minutes": figures.idle_minutes.value, "hours": figures.hours.value}
        elif at - seen >= _SEEN_EVERY and not _is_automatic(request):
            request.session[SEEN] = at.isoformat()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _is_automatic(request: HttpRequest) -> bool:
    """Whether the page asked on its own account: a feed listened to, or a bell that looks, is nobody at work."""
    return "text/event-stream" in request.headers.get("Accept", "") or request.headers.get("X-Automatic") == "1"


def began_recently(session: SessionBase) -> bool:
    """Whether someone has come in, or has shown again who they are, within the last minutes."""
    began = _moment(session.get(BEGAN))
    return began is not None and now() - began < timedelta(minutes=policy().sign_in.recently_minutes.number)
