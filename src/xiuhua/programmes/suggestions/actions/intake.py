"""Taking in what people say."""

import secrets
from datetime import date, timedelta
from math import ceil

from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.files import keeping
from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.standards import on
from xiuhua.ground.standards.suggestions import Intake
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.verdicts import Reason, Refused, TooMany, refuse_unless
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import permits, queries, rules
from xiuhua.programmes.suggestions.heard import Circumstances, Heard
from xiuhua.programmes.suggestions.models import Counter, Suggestion

TOKEN_BYTES = 12
AN_HOUR = timedelta(hours=1)


@action("suggestions.receive", says=gettext_lazy("收到建议"), permits=permits.may_send)
def receive(*, actor: Actor, subdistrict: Subdistrict, heard: Heard, circumstances: Circumstances) -> Done[Suggestion]:
    """Take in what somebody says (收到建议): numbered, sorted, with the terms that run from today.

    Raises
    ------
    Refused
        It says nothing, or too much; the telephone is none; the point lies elsewhere; or a work order of this number is
        here already.
    TooMany
        Too many came from one sender; what it says is as it should be.
    """
    day = today()
    book = on(day, at=subdistrict.path).suggestions
    sent = _sent(actor, subdistrict, heard, circumstances, day)
    refuse_unless(rules.can_be_received(sent, book.intake))
    _hold_back_floods(sent, book.intake, circumstances.sender)
    _refuse_known_number(subdistrict, heard)
    suggestion = _written(actor, subdistrict, heard, circumstances, day)
    suggestion.contact_due_on = book.terms.first_contact.after(day)
    suggestion.reply_due_on = queries.reply_due(suggestion, book.terms)
    suggestion.due_on = queries.next_due(suggestion, book.terms)
    suggestion.number = _next_number(subdistrict, day)
    suggestion.save(force_insert=True)
    for prepared in heard.files:
        keeping.keep(prepared, subject=suggestion)
    facts = {
        "source": suggestion.source,
        "nature": suggestion.nature,
        "category": suggestion.category,
        "files": len(heard.files),
        "day": day,
    }
    return Done(suggestion, facts)


def _sent(actor: Actor, subdistrict: Subdistrict, heard: Heard, circumstances: Circumstances, day: date) -> rules.Sent:
    figures = on(day, at=subdistrict.path).suggestions.intake
    by_staff = not (permits.is_visitor(actor) or permits.resident_of(actor))
    since = now() - AN_HOUR
    return rules.Sent(
        letters=len(heard.words.strip()),
        has_more=bool(heard.files),
        is_inside=queries.lies_within(subdistrict, heard.lon, heard.lat),
        name=heard.name.strip(),
        phone=heard.phone,
        place=heard.place.strip(),
        needs_phone=heard.wants_reply,
        from_address=0 if by_staff else queries.sent_from(circumstances.sender, since),
        by_phone=0 if by_staff else queries.sent_by_phone(heard.phone, day),
        most_from_address=int((figures.event_hour if circumstances.at_event else figures.address_hour).number),
        by_staff=by_staff,
    )


def _hold_back_floods(sent: rules.Sent, figures: Intake, sender: str) -> None:
    verdict = rules.is_no_flood(sent, figures)
    if not verdict.decision:
        by_address = sent.from_address >= sent.most_from_address
        again_at = queries.room_at(sender, sent.most_from_address, AN_HOUR) if by_address else queries.tomorrow()
        raise TooMany(*verdict.reasons, wait_s=ceil((again_at - now()).total_seconds()))


def _refuse_known_number(subdistrict: Subdistrict, heard: Heard) -> None:
    if not heard.outside_number:
        return
    known = Suggestion.objects.filter(
        subdistrict=subdistrict.path, source=heard.source, outside_number=heard.outside_number
    ).first()
    if known is not None:
        said = _("工单 %(number)s 已经登记过，是建议 %(own)s") % {
            "number": heard.outside_number,
            "own": known.number,
        }
        raise Refused(Reason(said, field="outside_number", mend=_("请到那一件里接着办")))


def _written(
    actor: Actor, subdistrict: Subdistrict, heard: Heard, circumstances: Circumstances, day: date
) -> Suggestion:
    """The row, without what hangs on the terms and on its number."""
    found, at = circumstances.sorted, now()
    return Suggestion(
        subdistrict=subdistrict.path,
        path=found.path,
        lon=heard.lon if heard.lon is not None else found.lon,
        lat=heard.lat if heard.lat is not None else found.lat,
        place=found.place,
        title=found.title,
        words=heard.words.strip(),
        masked_words=found.masked_words,
        source=heard.source,
        spot_id=heard.spot,
        event_id=heard.event,
        outside_number=heard.outside_number,
        outside_due_on=heard.outside_due_on,
        nature=found.nature,
        nature_sure=found.nature_sure,
        category=found.category,
        category_sure=found.category_sure,
        category_next=found.category_next,
        category_next_sure=found.category_next_sure,
        name=heard.name.strip(),
        phone=heard.phone,
        wants_reply=heard.wants_reply,
        phone_confirmed_at=at if _is_own_phone(actor, heard.phone) else None,
        user=permits.resident_of(actor),
        token=secrets.token_urlsafe(TOKEN_BYTES),
        sender=circumstances.sender,
        written_at=circumstances.written_at or at,
        submitted_at=at,
    )


def _is_own_phone(actor: Actor, phone: str) -> bool:
    """Whether it is known whose telephone it is: a resident's own, or one that the office was told."""
    resident = permits.resident_of(actor)
    if resident is not None:
        return bool(phone) and resident.phone == phone
    return bool(phone) and not permits.is_visitor(actor)


def _next_number(subdistrict: Subdistrict, day: date) -> str:
    """The number of the next of a day: 2023-0803-017."""
    Counter.objects.get_or_create(subdistrict=subdistrict.path, day=day)
    counter = Counter.objects.select_for_update().get(subdistrict=subdistrict.path, day=day)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{day:%Y-%m%d}-{counter.last:03d}"
