"""What the ground itself keeps about a resident, and how each of it is forgotten."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from xiuhua.ground.bookings import keeping as bookings
from xiuhua.ground.clock import now
from xiuhua.ground.files import keeping
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.known import opening_verbs, with_what_concerns
from xiuhua.ground.journal.lines import Line, lines_of, name_of
from xiuhua.ground.journal.models import Entry, Outcome, Sealed
from xiuhua.ground.journal.queries import concerning
from xiuhua.ground.journal.record import reference_of
from xiuhua.ground.journal.values import opened_values
from xiuhua.ground.messages import sending
from xiuhua.ground.messages.models import Message
from xiuhua.ground.privacy.holdings import Kept, holds
from xiuhua.ground.privacy.models import Consent, DataRequest, LegalHold, Restriction
from xiuhua.ground.privacy.overseen import RESIDENT
from xiuhua.ground.privacy.permits import is_own
from xiuhua.ground.privacy.rules import kept_birth_year
from xiuhua.ground.scope.masking import mask_id_number, mask_phone
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.standards import on
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.territory.models.binding import Binding
from xiuhua.ground.words import gettext as _

MOST_ENTRIES = 5_000
"""Entries of a person that a copy tells at most; the newest."""


def register_all() -> None:
    """Register what the ground keeps, in the order of the copy."""
    holds("territory.resident", gettext_lazy("基本情况"), _resident, _forget_resident)
    holds("territory.binding", gettext_lazy("手机账号"), _bindings, _forget_bindings)
    holds("privacy.consents", gettext_lazy("同意"), _consents, _forget_consents)
    holds("privacy.requests", gettext_lazy("个人信息请求"), _requests, _forget_requests)
    holds("privacy.restrictions", gettext_lazy("只存不用"), _restrictions, _forget_restrictions)
    holds("privacy.holds", gettext_lazy("暂停删除"), None, _forget_holds)
    holds("messages.own", gettext_lazy("发给您的消息"), _messages, _forget_messages)
    holds("bookings.own", gettext_lazy("预约"), _booked, _forget_booked)
    holds("files.own", gettext_lazy("照片和附件"), _files, _forget_files)
    holds("journal.former", gettext_lazy("以前登记过的值"), _former_values)
    holds("journal.entries", gettext_lazy("谁看过、改过"), _entries)


def _resident(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    book = on(now().date()).privacy
    basis = book.bases.get(resident.basis)
    yield Kept(_("姓名"), resident.name)
    yield Kept(_("证件号"), resident.id_number, masked=mask_id_number(resident.id_number))
    yield Kept(_("电话"), resident.phone, masked=mask_phone(resident.phone))
    yield Kept(_("性别"), resident.get_sex_display())
    yield Kept(_("出生"), resident.birth_date or str(resident.birth_year))
    yield Kept(_("住址"), resident.household.address)
    yield Kept(
        _("处理依据"),
        basis.name if basis else resident.basis,
        f"{basis.law.value} {basis.law.clause}（{basis.carries.status.label}）" if basis else "",
    )


def _forget_resident(resident: Resident) -> list[str]:
    band = on(now().date()).privacy.keep_birth_band_years
    resident.name = resident.phone = resident.id_number = ""
    resident.birth_date = None
    resident.birth_year = kept_birth_year(resident.birth_year, band)
    resident.erased_at = now()
    resident.save(update_fields=["name", "phone", "id_number", "birth_date", "birth_year", "erased_at"])
    # Why a household's file was opened may name whoever lives there, so those notes go too; the purpose's key stays.
    return [reference_of(resident), reference_of(resident.household)]


def _bindings(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    for binding in Binding.objects.filter(resident=resident).select_related("user"):
        phone = binding.user.phone
        yield Kept(_("登录手机"), phone, binding.get_state_display(), masked=mask_phone(phone))
        yield Kept(_("申请时写的姓名"), binding.name, binding.note)


def _forget_bindings(resident: Resident) -> list[str]:
    forgotten = []
    for binding in Binding.objects.select_for_update().filter(resident=resident).select_related("user"):
        binding.name = binding.note = ""
        binding.state, binding.decided_at = Binding.State.ENDED, binding.decided_at or now()
        binding.save(update_fields=["name", "note", "state", "decided_at"])
        forgotten += [reference_of(binding), *_forget_account(binding.user)]
    return forgotten


def _forget_account(user: Any) -> list[str]:
    """Close a resident's own account; one who also works here keeps theirs."""
    if user.kind != "resident":
        return []
    user.name = user.phone = ""
    user.is_active, user.ended_at = False, user.ended_at or now()
    user.set_unusable_password()
    user.save(update_fields=["name", "phone", "is_active", "ended_at", "password"])
    return [reference_of(user)]


def _consents(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    for consent in resident.consents.all():
        withdrawn = _("%(day)s 撤回") % {"day": consent.withdrawn_at.date()} if consent.withdrawn_at else _("有效")
        by = f"{consent.get_given_by_display()} {consent.guardian}".strip()
        yield Kept(consent.about, consent.given_on, f"{by}，{consent.get_evidence_display()}，{withdrawn}")


def _forget_consents(resident: Resident) -> list[str]:
    return _emptied(Consent.objects.filter(resident=resident), "guardian", "evidence_number")


def _requests(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    for request in resident.data_requests.all():
        said = f"{request.words} → {request.answer}" if request.answer else request.words
        yield Kept(request.get_kind_display(), request.asked_on, f"{request.get_state_display()} {said}".strip())


def _forget_requests(resident: Resident) -> list[str]:
    return _emptied(DataRequest.objects.filter(resident=resident), "asker", "words", "answer")


def _restrictions(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    for row in resident.restrictions.all():
        lifted = _("%(day)s 解除") % {"day": row.lifted_at.date()} if row.lifted_at else _("有效")
        yield Kept(_("只存不用"), row.set_at, f"{lifted} {row.reason}")


def _forget_restrictions(resident: Resident) -> list[str]:
    return _emptied(Restriction.objects.filter(resident=resident), "reason")


def _forget_holds(resident: Resident) -> list[str]:
    return _emptied(LegalHold.objects.filter(resident=resident), "reason")


def _messages_to(resident: Resident) -> Any:
    """Messages to their telephone, and to the account that they are bound to."""
    accounts = Binding.objects.filter(resident=resident).values("user")
    wanted = Q(user__in=accounts)
    if resident.phone:
        wanted |= sealed_equals(Message, "phone", resident.phone)
    return Message.objects.filter(wanted).order_by("pk")


def _messages(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    for message in _messages_to(resident):
        yield Kept(message.title, message.made_at, message.text)


def _forget_messages(resident: Resident) -> list[str]:
    messages = list(_messages_to(resident).select_for_update())
    sending.forget(*messages)
    return [reference_of(message) for message in messages]


def _booked_by(resident: Resident) -> Any:
    return bookings.of_person(Binding.objects.filter(resident=resident).values("user"), resident.phone)


def _booked(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    for booking in _booked_by(resident):
        told = _("%(state)s，%(people)d 人") % {"state": booking.get_state_display(), "people": booking.people}
        yield Kept(booking.session.title, booking.session.starts_at, told)


def _forget_booked(resident: Resident) -> list[str]:
    rows = list(_booked_by(resident))
    for booking in rows:
        bookings.forget(booking)
    return [reference_of(booking) for booking in rows]


def _files(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    for file in StoredFile.objects.of(resident):
        yield Kept(str(file), file.kept_at, file.name)


def _forget_files(resident: Resident) -> list[str]:
    return keeping.remove_all_of(resident)


def _former_values(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    done = Sealed.objects.filter(subject=reference_of(resident), entry__outcome=Outcome.DONE)
    for row in done.select_related("entry").order_by("-entry_id")[:MOST_ENTRIES]:
        for name, value in sorted((opened_values(row.entry) or {}).items()):
            told = " → ".join(str(one or "—") for one in value) if isinstance(value, list) else str(value)
            yield Kept(name_of(row.entry, name), told, f"{row.entry.at:%Y-%m-%d}")


def _entries(resident: Resident, reader: Actor) -> Iterator[Kept]:
    thing = (RESIDENT, str(resident.pk))
    about = concerning(Entry.objects.order_by("-id"), with_what_concerns(thing, reader))
    themselves = is_own(resident, reader)
    for line in lines_of(list(about[:MOST_ENTRIES]), reader):
        who = by_role(line, reader) if themselves else "，".join(filter(None, [line.who, line.roles]))
        yield Kept(line.what, line.entry.at, "，".join(filter(None, [who, line.why])))


def openings_of(resident: Resident, reader: Actor) -> list[Line]:
    """When their file was opened or a copy handed over, the newest first; not where they stayed masked."""
    thing = (RESIDENT, str(resident.pk))
    rows = Entry.objects.filter(verb__in=opening_verbs(), outcome=Outcome.DONE).order_by("-id")
    entries = concerning(rows, with_what_concerns(thing, reader))[:MOST_ENTRIES]
    return lines_of([entry for entry in entries if resident.pk not in entry.facts.get("masked", [])], reader)


def by_role(line: Line, reader: Actor) -> str:
    """Who did something, as the person whom it concerns is told: by role and place, not by name."""
    if reader.reference in (line.entry.actor, line.entry.behalf):
        return _("您自己")
    return line.roles or (_("系统") if line.entry.actor.startswith("system:") else _("工作人员"))


def _emptied(rows: Any, *names: str) -> list[str]:
    emptied = []
    for row in rows.select_for_update():
        for name in names:
            setattr(row, name, "")
        row.save(update_fields=list(names))
        emptied.append(reference_of(row))
    return emptied
