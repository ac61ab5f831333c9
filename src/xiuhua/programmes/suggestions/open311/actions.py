"""Verbs of Open311: let a program in, end its key, take in what it sends."""

import hashlib
import secrets

from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.heard import Circumstances, Heard
from xiuhua.programmes.suggestions.models import Sending, SendingApp, Suggestion
from xiuhua.programmes.suggestions.open311 import permits

KEY_PREFIX = "xiuhua311-"


@action("suggestions.issue_key", says=gettext_lazy("发放接入密钥"), permits=permits.may_issue, audience=Audience.OFFICE)
def issue_key(*, actor: Actor, subdistrict: Subdistrict, name: str, contact: str) -> Done[SendingApp]:
    """Let a program send in what people say (发放接入密钥).

    The answer's subject carries the key as `secret`, told once; only its digest is kept.

    Raises
    ------
    Refused
        Nothing says which program it is, or who answers for it.
    """
    lacking = [field for field, words in (("name", name), ("contact", contact)) if not words.strip()]
    if lacking:
        said = {"name": _("没有写是哪个应用"), "contact": _("没有写由谁负责")}
        raise Refused(*(Reason(said[field], field=field, mend=_("写上，出了问题好找人")) for field in lacking))
    secret = f"{KEY_PREFIX}{secrets.token_urlsafe(24)}"
    app = SendingApp.objects.create(
        path=subdistrict.path,
        name=name.strip(),
        contact=contact.strip(),
        digest=digest_of(secret),
        made_by=actor.reference,
        made_at=now(),
    )
    app.secret = secret  # type: ignore[attr-defined]  # told once, kept nowhere
    return Done(app, {"name": app.name})


@action("suggestions.end_key", says=gettext_lazy("停用接入密钥"), permits=permits.may_end, audience=Audience.OFFICE)
def end_key(*, actor: Actor, app: SendingApp) -> Done[SendingApp]:
    """End a program's key (停用接入密钥): it sends in nothing more.

    Raises
    ------
    Refused
        It has ended.
    """
    app = locked(app)
    if app.ended_at is not None:
        raise Refused(Reason(_("这个密钥已经停用"), mend=_("不用再停一次")))
    app.ended_at = now()
    app.save(update_fields=["ended_at"])
    return Done(app, {"name": app.name})


@action("suggestions.send_by_app", says=gettext_lazy("经接入应用送来"), permits=permits.is_let_in)
def send_by_app(
    *, actor: Actor, app: SendingApp, subdistrict: Subdistrict, heard: Heard, circumstances: Circumstances
) -> Done[Suggestion]:
    """Take in what a program sends (经接入应用送来), and note which program it was.

    Raises
    ------
    Refused
        It cannot be received as it is.
    """
    suggestion = actions.receive(actor=actor, subdistrict=subdistrict, heard=heard, circumstances=circumstances).subject
    Sending.objects.create(suggestion=suggestion, app=app)
    return Done(suggestion, {"app": app.pk, "name": app.name})


def app_of(key: str) -> SendingApp | None:
    """The program whose key this is, where it is good."""
    found: SendingApp | None = SendingApp.objects.filter(digest=digest_of(key), ended_at__isnull=True).first()
    return found if key else None


def digest_of(secret: str) -> str:
    """What is kept of a key: it is random and long, so that a plain digest gives nothing away."""
    return hashlib.sha256(secret.encode()).hexdigest()
