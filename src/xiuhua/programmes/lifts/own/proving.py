"""A telephone shown to be somebody's own by a one-time code, with the words that wait for it kept on the page alone.

What is decided upon (a choice in a vote) travels with the code in one form: it is written into no session, no address
and no log while the code is on its way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse

from xiuhua.ground.accounts.actions import codes
from xiuhua.ground.accounts.entrance.forms import CodeForm
from xiuhua.ground.accounts.entrance.pages import too_many
from xiuhua.ground.accounts.entrance.phone_pages import send_code_to, sent_code
from xiuhua.ground.accounts.models import PhoneCode
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import idempotency_key
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.ui.acts import Words
from xiuhua.ground.ui.forms import answered_form, refusals_on
from xiuhua.ground.verdicts import Refused

PROOF = "lift_proof"
"""What a session holds: the row of the code by which a telephone was shown to be one's own, and the account that was
signed in (0: none). On a browser that several people use, a proof ends with its person."""

HOLDS = timedelta(minutes=15)
"""How long that counts: long enough to think a ballot over, and to change it."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How the page speaks that asks for a code: what its button does, where its arrow leads, what goes along.

    `votes`: it stands between somebody and their ballot, on a page that leaves no form behind it.
    """

    submit: Words
    back: str
    lead: Words = ""
    hidden: Sequence[tuple[str, str]] = ()
    votes: bool = False


def proven_phone(request: HttpRequest) -> str:
    """The telephone that was shown to be the reader's in this session; empty where none was, or long ago."""
    number, account = request.session.get(PROOF, (0, 0))
    if not number or account != (request.user.pk or 0):
        return ""
    row = PhoneCode.objects.filter(pk=number, used_at__gt=now() - HOLDS).first()
    return row.phone if row is not None else ""


def forget(request: HttpRequest) -> None:
    """Let what was shown in this session count no more: whoever has shown it has done what they came for."""
    request.session.pop(PROOF, None)


def by_code(request: HttpRequest, phone: str, asking: Asking) -> HttpResponse | None:
    """Ask for the code that goes to a telephone; None once the right one was typed."""
    sent, said = sent_code(request, phone), ""
    form = CodeForm()
    if sent is None or "again" in request.POST:
        said = _send(request, phone)
        sent = sent_code(request, phone)
    elif "code" in request.POST:
        if not ratelimit.consume(request, action="login"):
            return too_many(request)
        form = CodeForm(request.POST)
        if form.is_valid():
            with refusals_on(form):
                codes.use_code(sent.row, form.cleaned_data["code"])
                request.session.cycle_key()
                request.session[PROOF] = (sent.row.pk, request.user.pk or 0)
                return None
    context = {"form": form, "asking": asking, "sent": sent, "said": said, "to": mask_phone(phone)}
    return answered_form(request, "lifts/own/code.html", context, form, None)


def _send(request: HttpRequest, phone: str) -> str:
    """Send a code; the answer is why none went out."""
    try:
        with idempotency_key(None):  # the form's key is of what waits for the code, which may be sent more than once
            send_code_to(request, phone)
    except Refused as refused:
        return str(refused)
    return ""
