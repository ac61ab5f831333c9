"""Words that are sought by POST (找人的字不留在地址里): names, telephones and identity numbers stay out of addresses.

What stands in an address stands in the browser's history, in the logs of every machine on the way, and in links that
people pass on. So the words lie sealed in the reader's session for a while, and the address carries a token for them,
which means nothing to anybody else. Filters stay in the address.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from xiuhua.ground.clock import now
from xiuhua.ground.sealing.seal import Broken, seal, unseal
from xiuhua.ground.verdicts import Refused

WORDS, TOKEN = "q", "find"
"""Name of the words in a form, and of what stands for them in an address."""
LONGEST = 80
KEPT = timedelta(minutes=30)
CARRIED = timedelta(days=1)
MOST = 12
"""Searches that a session remembers."""
SESSION_KEY = "sought"
OF_THE_FORM = ("csrfmiddlewaretoken", "once", "page", "export")


def asked_by_post(request: HttpRequest, *, private: bool = True) -> HttpResponse:
    """Answer a search that was sent with an address: filters as they are, private words as a token."""
    words = request.POST.get(WORDS, "").strip()[:LONGEST]
    asked = QueryDict(mutable=True)
    for name, value in request.POST.items():
        if value and name not in (WORDS, TOKEN, *OF_THE_FORM):
            asked[name] = str(value)
    if words:
        asked[TOKEN if private else WORDS] = kept(request, words) if private else words
    response = HttpResponseRedirect(f"{request.path}?{asked.urlencode()}")
    response.status_code = 303
    return response


def words_for(request: HttpRequest) -> str | None:
    """The words that the address asks for; empty where it asks for none, None where it must be asked anew (`anew`)."""
    token = request.GET.get(TOKEN, "")
    if request.GET.get(WORDS):
        return None
    if not token:
        return ""
    sealed = _standing(request).get(token)
    return _opened(token, sealed[0]) if sealed else None


def carried_on(request: HttpRequest) -> dict[str, list[str]]:
    """What the address finds by, sealed as it lies in the session, for work that takes up to a day."""
    token = request.GET.get(TOKEN, "")
    sealed = _standing(request).get(token)
    return {token: [sealed[0], (now() + CARRIED).isoformat()]} if sealed else {}


def anew(request: HttpRequest) -> HttpResponse:
    """Answer an address whose words are gone, or that says them openly: lead on without them, and say why."""
    messages.warning(request, _("找人的字不留在地址里，只保存半小时；请在框里再写一次。"))
    asked = request.GET.copy()
    for name in (WORDS, TOKEN, "page", "export"):
        asked.pop(name, None)
    return HttpResponseRedirect(f"{request.path}?{asked.urlencode()}" if asked else request.path)


def filters_of(request: HttpRequest, *names: str) -> list[str]:
    """Which of the filters an address sets, by name, for the record: that something was sought, never what."""
    given = {WORDS if name == TOKEN else name for name, value in request.GET.items() if value}
    return sorted(given & set(names) if names else given - {"sort", "page", "export"})


def kept(request: HttpRequest, words: str) -> str:
    """Keep words in the session; the same words have the same token."""
    standing = dict(_standing(request))
    found = (token for token, (sealed, _until) in standing.items() if _opened(token, sealed) == words)
    token = next(found, "") or secrets.token_urlsafe(9)
    standing.pop(token, None)
    standing[token] = [seal(words, SESSION_KEY, token), (now() + KEPT).isoformat()]
    request.session[SESSION_KEY] = dict(list(standing.items())[-MOST:])
    return token


def _standing(request: HttpRequest) -> Mapping[str, list[str]]:
    rows: dict[str, list[str]] = request.session.get(SESSION_KEY, {}) if hasattr(request, "session") else {}
    return {token: row for token, row in rows.items() if datetime.fromisoformat(row[1]) > now()}


def _opened(token: str, sealed: str) -> str | None:
    try:
        return unseal(sealed, SESSION_KEY, token)
    except (Broken, Refused):
        return None
