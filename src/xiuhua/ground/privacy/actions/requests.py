"""Verbs of people's requests about their own data (PIPL 44-50)."""

from datetime import date

from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.record import reference_of
from xiuhua.ground.privacy import permits, queries, rules
from xiuhua.ground.privacy.models import DataRequest
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Binding, Resident
from xiuhua.ground.verdicts import refuse_unless

NEEDS_WORDS = frozenset({DataRequest.Kind.CORRECT, DataRequest.Kind.EXPLAIN})
ONCE = frozenset({DataRequest.Kind.ACCESS, DataRequest.Kind.ERASE, DataRequest.Kind.LIMIT})
"""What is asked once at a time; corrections and questions may be many."""
ON_THEIR_PHONE = "phone"
"""How a copy is handed over that the person reads on their own page."""
PURPOSE = "person_asks"
"""Key of the rule book's purpose for which a copy is handed over."""


@action(
    "privacy.file_request",
    says=gettext_lazy("登记个人信息请求"),
    permits=permits.may_file_request,
    audience=Audience.OFFICE,
)
def file_request(
    *,
    actor: Actor,
    resident: Resident,
    kind: DataRequest.Kind,
    channel: DataRequest.Channel,
    asked_on: date,
    asked_by: DataRequest.By = DataRequest.By.SELF,
    asker: str = "",
    words: str = "",
) -> Done[DataRequest]:
    """Put on record what someone asks about their own data (登记个人信息请求); its term runs from the day of asking.

    The privacy officer files what was asked at the counter; on their own page people file for themselves.

    Raises
    ------
    Refused
        The day is to come; nobody says who asks, or what; the same waits already; or the person has been erased.
    """
    resident, at = locked(resident), now()
    for_another = asked_by != DataRequest.By.SELF
    waiting = resident.data_requests.filter(kind=kind, state=DataRequest.State.OPEN).first() if kind in ONCE else None
    refuse_unless(
        rules.request_can_be_filed(
            asked_on=asked_on,
            today=today(),
            for_another=for_another,
            asker=asker,
            needs_words=kind in NEEDS_WORDS,
            words=words,
            erased=resident.erased_at is not None,
            waits_until=waiting.due_on if waiting else None,
        )
    )
    request = DataRequest.objects.create(
        resident=resident,
        kind=kind,
        channel=channel,
        asked_on=asked_on,
        asked_by=asked_by,
        asker=asker.strip() if for_another else "",
        words=words.strip(),
        due_on=rules.due_on(asked_on, on(today()).privacy.answer_days),
        filed_at=at,
    )
    return Done(request, {"kind": kind, "resident": resident.pk, "due_on": request.due_on})


@action(
    "privacy.answer_access",
    says=gettext_lazy("交付副本"),
    permits=permits.may_answer,
    audience=Audience.OFFICE,
    shows=True,
)
def answer_access(*, actor: Actor, request: DataRequest, form: str) -> Done[DataRequest]:
    """Hand over a copy of everything that is kept of someone (交付副本): a page, a workbook, or on their own page.

    The first copy answers the request; each further one is on record too.

    Raises
    ------
    Refused
        It is no request to see, was refused, the person has been erased, or no account is bound to them to read it.
    """
    resident, request = locked(request.resident), locked(request)
    refuse_unless(
        rules.copy_can_be_handed_over(
            is_access=request.kind == DataRequest.Kind.ACCESS,
            refused=request.state == DataRequest.State.REFUSED,
            erased=resident.erased_at is not None,
            to_phone=form == ON_THEIR_PHONE,
            has_phone=Binding.objects.standing().filter(resident=resident).exists(),
        )
    )
    if request.is_open:
        _close(request, DataRequest.State.ANSWERED)
    return Done(request, {"purpose": PURPOSE, "form": form, "resident": resident.pk})


@action(
    "privacy.read_copy",
    says=gettext_lazy("本人查看副本"),
    permits=permits.may_read_copy,
    audience=Audience.OFFICE,
    shows=True,
)
def read_copy(*, actor: Actor, request: DataRequest, form: str) -> Done[DataRequest]:
    """Read on one's own page the copy that was handed over (本人查看副本), or take it away as a workbook.

    Raises
    ------
    Refused
        It has not been handed over, or was so too long ago.
    """
    resident, request = locked(request.resident), locked(request)
    refuse_unless(queries.copy_lies_ready(request, today()))
    return Done(request, {"form": form, "resident": resident.pk})


@action(
    "privacy.answer_request",
    says=gettext_lazy("答复个人信息请求"),
    permits=permits.may_answer,
    audience=Audience.OFFICE,
)
def answer_request(*, actor: Actor, request: DataRequest, words: str) -> Done[DataRequest]:
    """Answer a request in words (答复): what was corrected, how data are handled.

    Raises
    ------
    Refused
        It was closed before, or the answer says nothing.
    """
    resident, request = locked(request.resident), locked(request)
    refuse_unless(rules.request_can_be_closed(is_open=request.is_open, words=words))
    _close(request, DataRequest.State.ANSWERED, words)
    return Done(request, {"kind": request.kind, "resident": resident.pk})


@action(
    "privacy.refuse_request",
    says=gettext_lazy("拒绝个人信息请求"),
    permits=permits.may_answer,
    audience=Audience.OFFICE,
)
def refuse_request(*, actor: Actor, request: DataRequest, words: str) -> Done[DataRequest]:
    """Refuse a request, with the reason that the person is told (拒绝, PIPL 50).

    Raises
    ------
    Refused
        It was closed before, or no reason is given.
    """
    resident, request = locked(request.resident), locked(request)
    refuse_unless(rules.request_can_be_refused(is_open=request.is_open, words=words))
    _close(request, DataRequest.State.REFUSED, words)
    return Done(
        request,
        {"kind": request.kind, "resident": resident.pk},
        sealed={"reason": words.strip()},
        about=reference_of(resident),
    )


def _close(request: DataRequest, state: DataRequest.State, words: str = "") -> None:
    request.state, request.answer, request.closed_at = state, words.strip(), now()
    request.save(update_fields=["state", "answer", "closed_at"])
