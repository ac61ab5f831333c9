"""What waits here: people's requests, who is to be erased, and corrections for those who keep the registers."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.privacy import lists, queries
from xiuhua.ground.privacy.models import DataRequest
from xiuhua.ground.scope.grants import topmost
from xiuhua.ground.scope.masking import mask_name
from xiuhua.ground.scope.queryset import below
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.permits import KEEPERS
from xiuhua.ground.ui import waiting
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.words import gettext as _

CLOSING = "privacy.answer_access privacy.answer_request privacy.refuse_request privacy.erase_resident"


def register_all() -> None:
    """Tell the bell what waits here."""
    waiting.register(
        "privacy.requests",
        gettext_lazy("个人信息请求，等答复"),
        rows=_requests,
        shown=queries.with_whom,
        columns=lambda _request: lists.request_columns(today()),
        url=lambda: f"{reverse('privacy:requests')}?state={DataRequest.State.OPEN}",
        fed_by=f"privacy.file_request privacy.restrict_resident {CLOSING}",
    )
    waiting.register(
        "privacy.to_erase",
        gettext_lazy("同意已撤回，待删除"),
        rows=_to_erase,
        shown=queries.with_home,
        columns=lambda _request: lists.to_erase_columns(),
        url=lambda: reverse("privacy:to_erase"),
        fed_by="privacy.withdraw_consent privacy.record_consent privacy.set_basis privacy.set_hold privacy.lift_hold",
    )
    waiting.register(
        "privacy.corrections",
        gettext_lazy("居民要求更正，等居委会核实"),
        rows=_corrections,
        shown=queries.with_whom,
        columns=_correction_columns,
        url=lambda: reverse("territory:residents"),
        fed_by=CLOSING,
    )


def _requests(reader: Actor) -> QuerySet[Any] | None:
    if not reader.sees(Sight.PRIVACY):
        return None
    rows: QuerySet[Any] = DataRequest.objects.visible_to(reader).filter(state=DataRequest.State.OPEN)
    return rows.order_by("due_on", "id")


def _to_erase(reader: Actor) -> QuerySet[Any] | None:
    if not reader.sees(Sight.PRIVACY):
        return None
    day = now().date()
    return queries.to_be_erased(reader, on(day), day)


def _corrections(reader: Actor) -> QuerySet[Any] | None:
    """Open corrections of people whose register the reader keeps."""
    tops = topmost(grant.path for grant in reader.grants if grant.role in KEEPERS)
    if not tops:
        return None
    kept = Q()
    for top in tops:
        kept |= below("resident__path", top)
    rows = DataRequest.objects.filter(kept, kind=DataRequest.Kind.CORRECT, state=DataRequest.State.OPEN)
    return rows.order_by("due_on", "id")


def _correction_columns(_request: HttpRequest) -> Sequence[Column[DataRequest]]:
    return [
        Column(
            "name",
            _("居民"),
            lambda row: row.resident.name,
            mask=mask_name,
            link=lambda row: row.resident.get_absolute_url(),
        ),
        Column("home", _("住址"), lambda row: row.resident.household.address),
        Column("due_on", _("答复期限"), lambda row: row.due_on),
    ]
