"""Drafts of the shares as a list beside the meeting: what each came to, and what can be done with it."""

from dataclasses import dataclass

from django.urls import reverse

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.objects import Chip
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import permits, queries_shares
from xiuhua.programmes.lifts.models import Dossier, Scheme
from xiuhua.programmes.lifts.share_words import yuan

TONES = {"draft": "outline", "proposed": "info", "adopted": "good", "superseded": ""}


@dataclass(frozen=True, slots=True)
class DraftShown:
    """One draft."""

    title: str
    chip: Chip
    note: str
    url: str
    acts: tuple[Act, ...]


def drafts_shown(dossier: Dossier, actor: Actor) -> list[DraftShown]:
    """Drafts of this attempt, the newest first."""
    may = permits.may_work(actor, dossier=dossier)
    return [_shown(dossier, scheme, may=may) for scheme in queries_shares.schemes_of(dossier)]


def _shown(dossier: Dossier, scheme: Scheme, *, may: bool) -> DraftShown:
    told = {"kind": scheme.get_kind_display(), "residents": yuan(scheme.residents_fen), "on": scheme.on}
    note = _("%(kind)s，居民出 %(residents)s 元，%(on)s") % told
    if scheme.limits_used:
        note += _("；说过价位的 %(used)s 户里 %(kept)s 户在价位以内") % {
            "used": scheme.limits_used,
            "kept": scheme.limits_kept,
        }
    if scheme.subsidy_because:
        note += _("；补贴另定：%(because)s") % {"because": scheme.subsidy_because}
    here = reverse("lifts:shares", args=[dossier.pk])
    acts = []
    if may and scheme.state in (Scheme.State.DRAFT, Scheme.State.PROPOSED):
        acts.append(Act(_("定稿"), reverse("lifts:adopt_scheme", args=[dossier.pk, scheme.number])))
    return DraftShown(
        title=_("第 %(number)s 稿") % {"number": scheme.number},
        chip=Chip(str(scheme.get_state_display()), TONES[scheme.state]),
        note=note,
        url=f"{here}?draft={scheme.number}",
        acts=tuple(acts),
    )
