"""Firms are put on the list, and quotes compared."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from xiuhua.ground import standards
from xiuhua.ground.files import keeping
from xiuhua.ground.files.prepared import Prepared
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifts import permits, permits_build
from xiuhua.programmes.lifts.actions.held import held, progressed
from xiuhua.programmes.lifts.models import Contractor, Dossier, Quote
from xiuhua.programmes.lifts.rules import contractors as rules
from xiuhua.programmes.lifts.rules import moves
from xiuhua.programmes.lifts.rules.contractors import ContractorFacts, QuoteFacts


@action("lifts.enter_contractor", says=_("登记加梯单位"), permits=permits_build.may_keep_contractors)
def enter_contractor(
    *, actor: Actor, path: str, facts: ContractorFacts, entered_on: date, contractor: Contractor | None = None
) -> Done[Contractor]:
    """Put a firm on the subdistrict's list (列入名录), or correct what is said of one.

    Raises
    ------
    Refused
        It stands there already, there is no such kind, something is left out, or the day is still to come.
    """
    row = locked(contractor) if contractor else Contractor(path=path)
    others = Contractor.objects.filter(path=path, kind=facts.kind, name=facts.name.strip()).exclude(pk=row.pk)
    refuse_unless(
        rules.contractor_is_sound(
            facts, kinds=Contractor.Kind.values, again=others.exists(), entered_on=entered_on, today=today()
        )
    )
    row.kind, row.name, row.phone = facts.kind, facts.name.strip(), facts.phone.strip()
    row.licence, row.entered_on = facts.licence.strip(), entered_on
    row.save()
    return Done(row, {"kind": row.kind, "on": entered_on})


@action("lifts.drop_contractor", says=_("移出加梯单位名录"), permits=permits_build.may_keep_contractors)
def drop_contractor(*, actor: Actor, contractor: Contractor, on: date, reason: str) -> Done[Contractor]:
    """Take a firm off the list (移出名录), and say why: nobody asks it for a quote any more.

    Raises
    ------
    Refused
        It is off already, no reason is given, or the day is still to come.
    """
    contractor = locked(contractor)
    refuse_unless(moves.says_why(reason))
    refuse_unless(rules.contractor_is_there(gone=contractor.left_on is not None))
    refuse_unless(moves.day_has_come(on, today=today(), field="on"))
    contractor.left_on = on
    contractor.save(update_fields=["left_on"])
    return Done(contractor, {"on": on}, sealed={"reason": reason.strip()})


@action("lifts.note_quote", says=_("登记报价"), permits=permits.may_work)
def note_quote(
    *,
    actor: Actor,
    dossier: Dossier,
    contractor: Contractor,
    facts: QuoteFacts,
    quoted_on: date,
    file: Prepared | None = None,
) -> Done[Quote]:
    """Put down what a firm asks for a stairwell's lift (登记报价); a firm that quotes again quotes anew.

    Raises
    ------
    Refused
        An amount is negative or cannot be, the firm builds no lifts or is off the list, or one is chosen already.
    """
    dossier, contractor = held(dossier), locked(contractor)
    quotes = Quote.objects.filter(dossier=dossier, attempt=dossier.attempt)
    refuse_unless(
        rules.quote_is_sound(
            facts,
            kind=contractor.kind,
            on_list=contractor.left_on is None and dossier.path.startswith(contractor.path),
            chosen=quotes.filter(chosen_on__isnull=False).exists(),
            quoted_on=quoted_on,
            today=today(),
        )
    )
    row = quotes.filter(contractor=contractor).first() or Quote(
        dossier=dossier, attempt=dossier.attempt, contractor=contractor
    )
    row.price_fen, row.days, row.warranty_months = facts.price_fen, facts.days, facts.warranty_months
    row.quoted_on = quoted_on
    row.save()
    if file is not None:
        keeping.keep(file, subject=row, title=contractor.name)
    progressed(dossier, quoted_on)
    dossier.save(update_fields=["progressed_on"])
    return Done(row, {"contractor": contractor.pk, "price_fen": row.price_fen, "on": quoted_on})


@action("lifts.choose_quote", says=_("选定报价"), permits=permits_build.may_choose_quote)
def choose_quote(*, actor: Actor, quote: Quote, on: date, because: str) -> Done[Quote]:
    """Choose one of the quotes (选定), and say why it is this one.

    Raises
    ------
    Refused
        Too few were asked, one is chosen already, no reason is given, or the day is still to come.
    """
    dossier = held(quote.dossier)
    quote = locked(quote)
    quotes = Quote.objects.filter(dossier=dossier, attempt=dossier.attempt)
    refuse_unless(
        rules.quote_can_be_chosen(
            quotes=quotes.count(),
            least=standards.on(today(), at=dossier.path).lifts.money.least_quotes.number,
            chosen=quotes.filter(chosen_on__isnull=False).exists() or quote.attempt != dossier.attempt,
            because=because,
        )
    )
    refuse_unless(moves.day_has_come(on, today=today(), field="on"))
    quote.chosen_on, quote.chosen_because = on, because.strip()
    quote.save(update_fields=["chosen_on", "chosen_because"])
    progressed(dossier, on)
    dossier.save(update_fields=["progressed_on"])
    return Done(quote, {"contractor": quote.contractor_id, "price_fen": quote.price_fen, "on": on})
