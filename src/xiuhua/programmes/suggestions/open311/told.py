"""What is told: what stands on the public board; and to a program, of what it sent itself, how far it is."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Committee, Subdistrict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import queries
from xiuhua.programmes.suggestions.flow import IN_HAND, WAITING
from xiuhua.programmes.suggestions.models import PublicState, SendingApp, Suggestion
from xiuhua.programmes.suggestions.open311.asked import CLOSED, OPEN, Wanted
from xiuhua.programmes.suggestions.open311.definitions import DEFINITIONS

MOST = 1_000
CHANGED_AT = "2023-08-03T00:00:00+08:00"
"""When the addresses and forms last changed."""
FORMATS = ("text/xml", "application/json")


def discovery(request: HttpRequest) -> dict[str, Any]:
    """Where the service is, in which forms, and how to get a key."""
    rows = list(Subdistrict.objects.defer("geometry"))
    names = _("、").join(row.name for row in rows)
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": request.build_absolute_uri(reverse("open311:root")).rstrip("/"),
        "changeset": CHANGED_AT,
        "type": "test" if rows and all(row.invented for row in rows) else "production",
        "formats": list(FORMATS),
    }
    return {
        "changeset": CHANGED_AT,
        "contact": names,
        "key_service": _("api_key 由街道发放：写明应用名称和负责单位，向街道办事处申请"),
        "endpoints": [endpoint],
    }


def services(subdistrict: Subdistrict) -> list[dict[str, Any]]:
    """What can be said, by category."""
    book = on(today(), at=subdistrict.path).suggestions
    return [
        {
            "service_code": key,
            "service_name": one.name,
            "description": _("%(category)s方面的建议和问题") % {"category": one.name},
            "metadata": key in DEFINITIONS,
            "type": "realtime",
            "keywords": one.name,
            "group": _("人民建议"),
        }
        for key, one in book.categories.items()
    ]


def definition(category: str) -> dict[str, Any]:
    """What is asked besides in a category."""
    told = []
    for order, one in enumerate(DEFINITIONS[category], 1):
        values = [{"key": key, "name": str(name)} for key, name in (one.values or {}).items()]
        told.append(
            {
                "variable": one.variable,
                "code": one.code,
                "datatype": one.datatype,
                "required": one.required,
                "datatype_description": str(one.datatype_description) or None,
                "order": order,
                "description": str(one.description),
                **({"values": values} if values else {}),
            }
        )
    return {"service_code": category, "attributes": told}


def seen(subdistrict: Subdistrict, app: SendingApp | None) -> QuerySet[Suggestion]:
    """What stands on the board, and what came through the program that asks."""
    public = Q(public_state=PublicState.PUBLISHED)
    rows: QuerySet[Suggestion] = Suggestion.objects.filter(subdistrict=subdistrict.path).select_related(
        "sending", "spot"
    )
    return rows.filter(public | Q(sending__app=app)) if app else rows.filter(public)


def chosen(rows: QuerySet[Suggestion], asked: Wanted) -> list[Suggestion]:
    """Those that are asked for, newest first, at most a thousand."""
    if asked.numbers:
        return list(rows.filter(number__in=asked.numbers)[:MOST])
    if asked.codes:
        rows = rows.filter(category__in=asked.codes)
    if asked.statuses == {OPEN}:
        rows = rows.filter(state__in=(*WAITING, *IN_HAND))
    elif asked.statuses == {CLOSED}:
        rows = rows.exclude(state__in=(*WAITING, *IN_HAND))
    if asked.begin is None or asked.end is None:
        return list(rows[:MOST])
    exactly = Q(submitted_at__gte=asked.begin, submitted_at__lte=asked.end)
    by_day = Q(submitted_at__gte=_midnight_after(asked.begin), submitted_at__lt=_midnight_after(asked.end, beyond=True))
    public = Q(public_state=PublicState.PUBLISHED)
    return list(rows.filter(public & by_day | ~public & exactly)[:MOST])


def requests(rows: Sequence[Suggestion], subdistrict: Subdistrict, request: HttpRequest) -> list[dict[str, Any]]:
    """Requests as they are told: those on the board as they stand there, others by how far they are only."""
    book = on(today(), at=subdistrict.path)
    committees = dict(Committee.objects.filter(subdistrict=subdistrict).values_list("path", "name"))
    photos = queries.public_photos([row for row in rows if _is_public(row)])
    return [
        {
            "service_request_id": row.number,
            "status": OPEN if row.is_owed else CLOSED,
            "status_notes": (row.public_answer or None) if _is_public(row) else None,
            "service_name": book.suggestions.category_name(row.category),
            "service_code": row.category,
            "description": f"{row.public_title}\n{row.public_words}" if _is_public(row) else None,
            "agency_responsible": _agency(row, subdistrict, book.offices.section_name, committees),
            "service_notice": None,
            "requested_datetime": _written(_requested(row)),
            "updated_datetime": _written(_updated(row)),
            "expected_datetime": _end_of(row),
            **_where(row, committees, photos.get(row.pk), request),
        }
        for row in rows
    ]


def _is_public(row: Suggestion) -> bool:
    return bool(row.public_state == PublicState.PUBLISHED)


def _where(
    row: Suggestion, committees: Mapping[str, str], photo: StoredFile | None, request: HttpRequest
) -> dict[str, Any]:
    public = _is_public(row)
    point = queries.public_point(row) if public else None
    return {
        "address": (row.public_place or committees.get(row.path)) if public else None,
        "address_id": None,
        "zipcode": None,
        "lat": point[1] if point else None,
        "long": point[0] if point else None,
        "media_url": request.build_absolute_uri(photo.get_absolute_url()) if public and photo else None,
    }


def _agency(row: Suggestion, subdistrict: Subdistrict, section_name: Any, committees: Mapping[str, str]) -> str:
    if row.section:
        return str(section_name(row.section))
    return committees.get(row.unit_path, subdistrict.name)


def _requested(row: Suggestion) -> datetime:
    """When it came; of what stands on the board, the day only."""
    return _start_of(row.submitted_at) if _is_public(row) else row.submitted_at


def _updated(row: Suggestion) -> datetime:
    """When something last happened that may be known; of what is closed, when it was.

    What the office did is told to the second; what the person did, of what stands on the board, by the day.
    """
    if not row.is_owed:
        return row.closed_at or row.answered_at or _requested(row)
    again = _start_of(row.reopened_at) if row.reopened_at is not None and _is_public(row) else row.reopened_at
    moments = (_requested(row), row.accepted_at, again, row.published_at)
    return max(at for at in moments if at is not None)


def _end_of(row: Suggestion) -> str | None:
    if not row.is_owed or row.reply_due_on is None:
        return None
    return _written(timezone.make_aware(datetime.combine(row.reply_due_on, time(17))))


def _midnight_after(at: datetime, *, beyond: bool = False) -> datetime:
    """The first midnight from a moment on, `beyond` it in any case: what is told by the day is asked by the day."""
    midnight = _start_of(at)
    return midnight if midnight == at and not beyond else _start_of(at + timedelta(days=1))


def _start_of(at: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localtime(at).date(), time()))


def _written(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")
