"""Keeping the registers by the API: a resident corrected or moved out, bindings of accounts answered."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Schema

from xiuhua.ground.api.asked import Body, Day, Id, Text, Words, one_of, reader
from xiuhua.ground.api.paging import Page, paged
from xiuhua.ground.api.words import gettext_lazy as _
from xiuhua.ground.scope.masking import mask_name, mask_phone
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory import actions, queries
from xiuhua.ground.territory.actions.correcting import facts_of
from xiuhua.ground.territory.api import Listed, ResidentTold, router
from xiuhua.ground.territory.models import Binding, Household, Resident
from xiuhua.ground.territory.rules import PersonTold
from xiuhua.ground.territory.told import told

__all__ = ["router"]

BindingState = Annotated[Binding.State, one_of(Binding.State)]


class Corrected(Body):
    """What is to be corrected of a resident; what is not sent stays as it is."""

    name: Words | None = None
    id_number: Words | None = None
    sex: Words | None = None
    birth_date: Day | None = None
    phone: Words | None = None
    basis: Words | None = None


class MovedOut(Body):
    """The day on which somebody moved out."""

    moved: Day
    note: Text = ""


class BindingTold(Schema):
    """That somebody with an account says where they live; name and telephone are masked."""

    id: int
    path: str
    state: BindingState
    name: str
    phone: str
    address: str
    household: int | None
    resident: int | None
    asked_at: datetime
    decided_at: datetime | None


class BindingFilters(Listed):
    """Which bindings are asked for."""

    state: BindingState | None = None


class Confirmed(Body):
    """Where who asks lives, and who of those on record there they are."""

    household: Id
    resident: Id | None = None
    note: Text = ""


class ReasonGiven(Body):
    """Why."""

    note: Text


@router.patch("/residents/{row_id}", response=ResidentTold, summary=_("更正居民信息"))
def correct_resident(request: HttpRequest, row_id: Id, body: Corrected) -> dict[str, Any]:
    """Correct what is on record of a resident."""
    resident, actor = _resident(request, row_id), reader(request)
    done = actions.correct_resident(actor=actor, resident=resident, told=_told(resident, body))
    return told("residents", [done.subject], actor)[0]


@router.post("/residents/{row_id}/move-out", response=ResidentTold, summary=_("登记迁出"))
def move_resident_out(request: HttpRequest, row_id: Id, body: MovedOut) -> dict[str, Any]:
    """Put on record that a resident lives here no more."""
    resident, actor = _resident(request, row_id), reader(request)
    done = actions.move_out(actor=actor, resident=resident, **body.model_dump())
    return told("residents", [done.subject], actor)[0]


@router.get("/bindings", response=Page[BindingTold], summary=_("住户绑定"))
def list_bindings(request: HttpRequest, asked: Query[BindingFilters]) -> dict[str, Any]:
    """Bindings, those that wait first."""
    rows: Any = queries.listed_bindings(reader(request, Sight.PEOPLE))
    if asked.path:
        rows = rows.under(asked.path)
    return paged(rows.filter(state=asked.state) if asked.state else rows, asked, _bindings)


@router.post("/bindings/{row_id}/confirm", response=BindingTold, summary=_("确认绑定"))
def confirm_binding(request: HttpRequest, row_id: Id, body: Confirmed) -> dict[str, Any]:
    """Confirm that who asks lives there."""
    binding, actor = _binding(request, row_id), reader(request)
    household = get_visible_or_404(Household, actor, pk=body.household)
    resident = None if body.resident is None else get_visible_or_404(Resident, actor, pk=body.resident)
    done = actions.confirm_binding(actor=actor, binding=binding, household=household, resident=resident, note=body.note)
    return _bindings([done.subject])[0]


@router.post("/bindings/{row_id}/refuse", response=BindingTold, summary=_("不通过绑定"))
def refuse_binding(request: HttpRequest, row_id: Id, body: ReasonGiven) -> dict[str, Any]:
    """Refuse a binding, with a reason that who asked reads."""
    done = actions.refuse_binding(actor=reader(request), binding=_binding(request, row_id), note=body.note)
    return _bindings([done.subject])[0]


@router.post("/bindings/{row_id}/end", response=BindingTold, summary=_("结束绑定"))
def end_binding(request: HttpRequest, row_id: Id) -> dict[str, Any]:
    """End a binding that stands."""
    return _bindings([actions.end_binding(actor=reader(request), binding=_binding(request, row_id)).subject])[0]


def _told(resident: Resident, body: Corrected) -> PersonTold:
    """What is on record with what was sent; birth and sex follow from a new identity number."""
    sent = body.model_dump(exclude_none=True)
    before = {name: value for name, value in asdict(facts_of(resident)).items() if name in Corrected.model_fields}
    if "id_number" in sent:
        before |= {"birth_date": None, "sex": ""}
    return PersonTold(**{**before, **sent})


def _resident(request: HttpRequest, row_id: int) -> Resident:
    rows = Resident.objects.select_related("household__stairwell__building")
    found: Resident = get_visible_or_404(rows, reader(request, Sight.PEOPLE), pk=row_id)
    return found


def _binding(request: HttpRequest, row_id: int) -> Binding:
    rows = Binding.objects.select_related("user", "stairwell__building")
    found: Binding = get_visible_or_404(rows, reader(request, Sight.PEOPLE), pk=row_id)
    return found


def _bindings(rows: list[Binding]) -> list[dict[str, Any]]:
    return [
        {
            **{name: getattr(row, name) for name in ("id", "path", "state", "address", "asked_at", "decided_at")},
            "name": mask_name(row.name),
            "phone": mask_phone(row.user.phone),
            "household": row.household_id,
            "resident": row.resident_id,
        }
        for row in rows
    ]
