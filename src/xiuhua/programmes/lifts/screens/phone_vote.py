"""The code by which owners without an account vote (扫码投票), on the page of the dossier while a vote is open."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.ui.objects import Part, Section
from xiuhua.ground.ui.qr import qr_svg
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import permits, queries_votes
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.screens.sections import aside, styled_by

styled_by("lifts/phone_vote.css")


@aside(order=40)
def code_to_vote_by(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """To be printed, or shown to an owner at the door; it says nothing of the place by itself."""
    actor = actor_of(request)
    vote = queries_votes.newest_vote(dossier)
    if vote is None or not queries_votes.is_running(vote) or not permits.may_work(actor, dossier=dossier):
        return []
    address = request.build_absolute_uri(reverse("own_lift:vote", args=[vote.pk]))
    code = SafeString(qr_svg(address).decode())
    return [Part(_("扫码投票"), "lifts/votes/phone_code.html", {"code": code, "address": address})]
