"""Quotes side by side (比价): price, days and warranty of each, what speaks for it, and the one that is chosen."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.objects import Chip, Part, Section
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import permits, queries_build, words, words_build
from xiuhua.programmes.lifts.models import Dossier, Quote
from xiuhua.programmes.lifts.rules.contractors import Compared, QuoteFacts, compared
from xiuhua.programmes.lifts.screens.sections import section


@dataclass(frozen=True, slots=True)
class DrawnQuote:
    """A quote as a column: its figures, how long its bars are, what marks it."""

    quote: Quote
    beside: Compared
    price_share: float
    days_share: float
    file: StoredFile | None

    @property
    def price(self) -> str:
        return words_build.yuan(self.quote.price_fen)

    @property
    def more(self) -> str:
        """What it costs more than the cheapest; empty for the cheapest."""
        return _("多 %(yuan)s 元") % {"yuan": words_build.yuan(self.beside.more_fen)} if self.beside.more_fen else ""

    @property
    def chips(self) -> list[Chip]:
        marks = [
            (self.beside.cheapest, _("最便宜"), "good"),
            (self.beside.fastest, _("最快"), "info"),
            (self.beside.longest_warranty, _("质保最长"), "plum"),
        ]
        return [Chip(words_, tone) for marked, words_, tone in marks if marked]

    @property
    def url(self) -> str:
        return reverse("lifts:choose_quote", args=[self.quote.pk])


def drawn_quotes(rows: list[Quote]) -> list[DrawnQuote]:
    """Quotes beside each other; the longest bar is the dearest, or the slowest."""
    beside = compared([QuoteFacts(row.price_fen, row.days, row.warranty_months) for row in rows])
    dearest, slowest = max((row.price_fen for row in rows), default=1), max((row.days for row in rows), default=1)
    files = {one.subject_id: one for one in StoredFile.objects.of(*rows)}
    return [
        DrawnQuote(
            row,
            one,
            float(Fraction(row.price_fen, dearest)),
            float(Fraction(row.days, slowest)),
            files.get(str(row.pk)),
        )
        for row, one in zip(rows, beside, strict=True)
    ]


def comparison(request: HttpRequest, dossier: Dossier) -> Part:
    """Every quote of this attempt."""
    actor = actor_of(request)
    rows = queries_build.quotes_of(dossier)
    figure = words.book(dossier.path).money.least_quotes
    chosen = next((row for row in rows if row.is_chosen), None)
    may_work = permits.may_work(actor, dossier=dossier)
    context: dict[str, Any] = {
        "quotes": drawn_quotes(rows),
        "chosen": chosen,
        "figure": figure,
        "enough": len(rows) >= figure.number,
        "may_choose": may_work and chosen is None and len(rows) >= figure.number,
        "count": len(rows),
    }
    return Part(_("报价比选"), "lifts/build/quotes.html", context)


def acts_of(request: HttpRequest, dossier: Dossier) -> list[Act]:
    """Put down a further quote."""
    actor = actor_of(request)
    if not permits.may_work(actor, dossier=dossier) or queries_build.chosen_quote(dossier) is not None:
        return []
    return [Act(_("登记报价"), reverse("lifts:note_quote", args=[dossier.pk]), "i-plus", primary=True)]


@section(order=40)
def quotes_card(request: HttpRequest, dossier: Dossier) -> list[Section]:
    """The same on the overview, while the design is worked on and until it is built."""
    if dossier.state not in ("designing", "agreeing", "signed", "building"):
        return []
    part = comparison(request, dossier)
    if not part.context["count"]:
        return []
    here = reverse("lifts:quotes", args=[dossier.pk])
    return [Part(part.title, part.template, {**part.context, "url": here, "may_choose": False})]
