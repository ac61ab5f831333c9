"""What the shares say about the rules: a scheme is settled, all who pay have signed, and their first money is in."""

from xiuhua.ground.ui.addresses import address_of
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import evidence, queries_shares
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.rules.moves import Evidence
from xiuhua.programmes.lifts.rules.shares import listed
from xiuhua.programmes.lifts.share_words import yuan


@evidence.reads("shares")
def _shares(dossier: Dossier) -> Evidence:
    """A scheme is settled in this attempt."""
    url = address_of("lifts:shares", dossier.pk)
    scheme = queries_shares.adopted_scheme(dossier)
    if scheme is not None:
        told = {"number": scheme.number, "residents": yuan(scheme.residents_fen)}
        return Evidence(True, _("第 %(number)s 稿，居民出 %(residents)s 元") % told, scheme.adopted_on, url)
    last = queries_shares.schemes_of(dossier)[:1]
    words = _("第 %(number)s 稿还没定") % {"number": last[0].number} if last else _("还没有起稿")
    return Evidence(False, words, url=url)


@evidence.reads("signatures")
def _signatures(dossier: Dossier) -> Evidence:
    """Every household that pays has signed."""
    url = address_of("lifts:money", dossier.pk)
    scheme = queries_shares.adopted_scheme(dossier)
    if scheme is None:
        return Evidence(False, _("还没有定稿的分摊方案"), url=url)
    payers = [line for line in queries_shares.lines_of(scheme) if line.amount_fen > 0]
    days = [line.signature.on for line in payers if hasattr(line, "signature")]
    if len(days) == len(payers):
        return Evidence(True, _("出资的 %(count)s 户都签了") % {"count": len(payers)}, max(days, default=None), url)
    return Evidence(False, _("签了 %(signed)s／%(count)s 户") % {"signed": len(days), "count": len(payers)}, url=url)


@evidence.reads("account")
def _account(dossier: Dossier) -> Evidence:
    """Every household that pays has paid its first instalment."""
    url = address_of("lifts:money", dossier.pk)
    scheme = queries_shares.adopted_scheme(dossier)
    if scheme is None:
        return Evidence(False, _("还没有定稿的分摊方案"), url=url)
    parts = queries_shares.first_parts(scheme)
    days = [part.whole_on for part in parts if part.whole_on]
    told = _("首期到账 %(paid)s／%(count)s 户") % {"paid": len(days), "count": len(parts)}
    if len(days) == len(parts):
        return Evidence(True, told, max(days, default=None), url)
    rooms = listed([part.room for part in parts if not part.whole_on])
    named = _("%(told)s，还差 %(rooms)s") % {"told": told, "rooms": rooms}
    return Evidence(False, told, url=url, named=named)
