"""What waits here for those who keep the registers: residents who ask to be bound to their household."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.masking import mask_name
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory import queries
from xiuhua.ground.territory.models import Binding
from xiuhua.ground.ui import waiting
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.words import gettext as _

BINDINGS = "territory.bindings"


def register_all() -> None:
    """Tell the bell what waits here."""
    waiting.register(
        BINDINGS,
        gettext_lazy("住户绑定，等确认"),
        rows=_asked,
        shown=lambda rows: queries.with_address(rows, "stairwell__building"),
        columns=_columns,
        url=lambda: f"{reverse('territory:bindings')}?state={Binding.State.ASKED}",
        fed_by="territory.ask_binding territory.confirm_binding territory.refuse_binding territory.end_binding",
    )


def _asked(reader: Actor) -> QuerySet[Any] | None:
    """Bindings that wait for an answer, for those who may give one."""
    if not reader.holds(Role.GRID_WORKER, Role.COMMITTEE_HEAD):
        return None
    rows: QuerySet[Any] = Binding.objects.visible_to(reader).waiting()
    return rows.order_by("asked_at")


def _columns(_request: HttpRequest) -> Sequence[Column[Binding]]:
    return [
        Column("name", _("申请人"), lambda row: row.name, mask=mask_name, link=Binding.get_absolute_url),
        Column("address", _("自己写的地址"), lambda row: row.address),
        Column("asked", _("申请时间"), lambda row: row.asked_at, kind="moment"),
    ]
