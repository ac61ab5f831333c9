"""What shares put on a dossier's page: the card of the scheme in force, the tabs, and what is to be done."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.objects import Chip, Part, Section
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import permits, queries_shares
from xiuhua.programmes.lifts.models import Dossier, Scheme
from xiuhua.programmes.lifts.queries_shares import FloorRow
from xiuhua.programmes.lifts.screens import sections
from xiuhua.programmes.lifts.screens.shares import doors_of, floors_shown, squared, subsidy_words
from xiuhua.programmes.lifts.share_words import yuan

sections.styled_by("lifts/shares.css")


@sections.section(order=30)
def scheme_in_force(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """各层分摊: the scheme in force, or the last draft while none is settled."""
    scheme = queries_shares.adopted_scheme(dossier) or next(iter(queries_shares.schemes_of(dossier)), None)
    if scheme is None:
        return []
    return [
        Part(_("各层分摊"), "lifts/shares/card.html", card_of(scheme, rooms=sees_rooms(actor_of(request), dossier)))
    ]


@sections.tab(gettext_lazy("分摊"), "lifts:shares", order=30)
def draft_note(request: HttpRequest, dossier: Dossier) -> str:
    """Which draft it is: 第 3 稿."""
    scheme = queries_shares.adopted_scheme(dossier) or next(iter(queries_shares.schemes_of(dossier)), None)
    return _("第 %(number)s 稿") % {"number": scheme.number} if scheme else ""


@sections.tab(gettext_lazy("签约收款"), "lifts:money", order=35)
def signed_note(request: HttpRequest, dossier: Dossier) -> str | None:
    """How many have signed: 9／10; None where the reader does not see who pays what."""
    if not sees_rooms(actor_of(request), dossier):
        return None
    scheme = queries_shares.adopted_scheme(dossier)
    if scheme is None:
        return ""
    payers = [line for line in queries_shares.lines_of(scheme) if line.amount_fen > 0]
    return f"{sum(hasattr(line, 'signature') for line in payers)}／{len(payers)}"


@sections.primary(order=30)
def settle_or_sign(request: HttpRequest, dossier: Dossier) -> Act | None:
    """Work out shares, settle a draft, or put down who signs: whichever is the turn."""
    if not permits.may_work(actor_of(request), dossier=dossier):
        return None
    scheme = queries_shares.adopted_scheme(dossier)
    if scheme is None:
        return _before_settling(dossier) if dossier.state in ("designing", "agreeing") else None
    unsigned = any(line.amount_fen > 0 and not hasattr(line, "signature") for line in queries_shares.lines_of(scheme))
    if dossier.state == "agreeing" and unsigned:
        return Act(_("登记签字"), reverse("lifts:sign_share", args=[dossier.pk]), "i-signature", primary=True)
    return None


def card_of(scheme: Scheme, *, rooms: bool) -> dict[str, Any]:
    """The card as its template draws it."""
    table = queries_shares.floor_table(scheme)
    shown = squared(floors_shown(table, rooms=rooms))
    by_floor = {row.floor: row for row in table}
    settled = scheme.final_residents_fen
    money = [
        (_("总价"), yuan(scheme.total_fen)),
        (subsidy_words(scheme.dossier), yuan(scheme.subsidy_fen)),
        (_("居民分摊"), yuan(scheme.residents_fen)),
    ]
    if settled is not None:
        money.append((_("结算后居民分摊"), yuan(settled)))
    return {
        "rows": [row | {"chip": _chip(by_floor[row["floor"]], scheme)} for row in shown],
        "doors": doors_of(shown),
        "now": f"{scheme.get_kind_display()}（{_('第 %(number)s 稿') % {'number': scheme.number}}）",
        "money": money,
        "note": str(scheme.get_state_display()),
        "more": f"{reverse('lifts:shares', args=[scheme.dossier_id])}?draft={scheme.number}",
    }


def sees_rooms(actor: Actor, dossier: Dossier) -> bool:
    """Whether the reader may know what single households pay here."""
    return any(dossier.path.startswith(top) for top in actor.sees(Sight.OWNERS))


def _before_settling(dossier: Dossier) -> Act:
    drafts = queries_shares.schemes_of(dossier)
    if not drafts:
        return Act(_("算分摊"), reverse("lifts:shares", args=[dossier.pk]), "i-coin", primary=True)
    title = _("定稿第 %(number)s 稿") % {"number": drafts[0].number}
    return Act(title, reverse("lifts:adopt_scheme", args=[dossier.pk, drafts[0].number]), "i-check", primary=True)


def _chip(row: FloorRow, scheme: Scheme) -> Chip:
    if not row.payers:
        return Chip(_("不出资"))
    if scheme.state != Scheme.State.ADOPTED:
        return Chip(_("还没定"), "outline")
    if row.signed == row.payers:
        return Chip(_("%(count)s 户已签") % {"count": row.payers}, "good", "i-check")
    return Chip(_("签了 %(signed)s／%(count)s") % {"signed": row.signed, "count": row.payers}, "soon")
