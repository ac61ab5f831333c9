"""What is asked: jurisdiction, key, list of requests, a new request; each read as the specification has it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from xiuhua.ground.clock import now
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Building, Subdistrict
from xiuhua.ground.territory.queries import subdistricts
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions.heard import Heard
from xiuhua.programmes.suggestions.models import SendingApp, Source
from xiuhua.programmes.suggestions.open311.actions import app_of
from xiuhua.programmes.suggestions.open311.definitions import answers_told
from xiuhua.programmes.suggestions.open311.wrong import Wrong

LONGEST_DESCRIPTION, LONGEST_URL = 4_000, 500
SPAN = timedelta(days=90)
OPEN, CLOSED = "open", "closed"
_ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,40})\](?:\[\d*\])?")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests are asked for; `numbers` go before all else."""

    numbers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    statuses: frozenset[str] = frozenset({OPEN, CLOSED})
    begin: datetime | None = None
    end: datetime | None = None


def key_of(given: QueryDict, *, needed: bool = False) -> SendingApp | None:
    """The program that asks.

    Raises
    ------
    Wrong
        A key is given that is none, or none is given where one is needed.
    """
    key = given.get("api_key", "").strip()
    app = app_of(key)
    if app is None and (key or needed):
        raise Wrong(403, _("api_key 不对，或者已经停用；请向街道申请") if key else _("没有 api_key；请向街道申请"))
    return app


def jurisdiction_of(given: QueryDict, app: SendingApp | None = None) -> Subdistrict:
    """The subdistrict that is meant: the one that is named, that of the key, or the only one there is.

    Raises
    ------
    Wrong
        There is no such one, the key is another's, or there are several and nothing tells which.
    """
    named, rows = given.get("jurisdiction_id", "").strip(), subdistricts()
    path = named or (app.path if app else "")
    found = [row for row in rows if not path or row.path == path]
    if not found:
        raise Wrong(404, _("没有 jurisdiction_id 是「%(named)s」的街道") % {"named": named})
    if len(found) > 1:
        paths = "、".join(row.path for row in found)
        raise Wrong(400, _("没有 jurisdiction_id；这里有 %(paths)s") % {"paths": paths})
    if app is not None and app.path != found[0].path:
        raise Wrong(403, _("这个 api_key 是另一个街道发的"))
    return found[0]


def wanted(given: QueryDict) -> Wanted:
    """Which requests a list is to hold.

    Raises
    ------
    Wrong
        A moment is none, or has no zone; the span is longer than 90 days; there is no such status.
    """
    numbers = _listed(given, "service_request_id")
    if numbers:
        return Wanted(numbers)
    statuses = _listed(given, "status") or (OPEN, CLOSED)
    if not {*statuses} <= {OPEN, CLOSED}:
        raise Wrong(400, _("status 只能是 open、closed"))
    begin, end = _moment(given, "start_date"), _moment(given, "end_date")
    if begin and end and not timedelta(0) <= end - begin <= SPAN:
        raise Wrong(400, _("start_date 到 end_date 最多 90 天，而且 start_date 在前"))
    begin, end = (begin or (end or now()) - SPAN), (end or (begin + SPAN if begin else now()))
    return Wanted((), _listed(given, "service_code"), frozenset(statuses), begin, end)


def sender_of(request: HttpRequest, app: SendingApp, address: str) -> tuple[str, bool]:
    """By what a sender is told apart from others, and whether it is a hall of many: the program itself."""
    own = request.POST.get("device_id") or request.POST.get("account_id") or ""
    return f"{app.pk}|{own or address}"[:300], not own


def heard(given: QueryDict, subdistrict: Subdistrict) -> Heard:
    """A new request.

    Raises
    ------
    Wrong
        Something that is needed is missing, or what is given is none.
    """
    code = given.get("service_code", "").strip()
    if not code:
        raise Wrong(400, _("没有 service_code"))
    if code not in on(today(), at=subdistrict.path).suggestions.categories:
        raise Wrong(404, _("没有「%(code)s」这个 service_code") % {"code": code[:40]})
    lon, lat, place = _where(given, subdistrict)
    return Heard(
        words="\n".join(filter(None, (_description(given), *answers_told(code, _attributes(given)), *_besides(given)))),
        source=Source.OPEN311,
        name=_name(given),
        phone=given.get("phone", "").strip()[:30],
        place=place,
        lon=lon,
        lat=lat,
        category=code,
    )


def _where(given: QueryDict, subdistrict: Subdistrict) -> tuple[float | None, float | None, str]:
    place, address_id = given.get("address_string", "").strip(), given.get("address_id", "").strip()
    if given.get("lat", "").strip() or given.get("long", "").strip():
        return _number(given, "long", 180), _number(given, "lat", 90), place
    if place:
        return None, None, place
    if not address_id:
        raise Wrong(400, _("没有写在哪里：要 lat 和 long，或者 address_string，或者 address_id"))
    building = Building.objects.under(subdistrict.path).filter(path=address_id).first()
    if building is None:
        raise Wrong(400, _("没有「%(number)s」这个 address_id") % {"number": address_id[:40]})
    return building.door_lon, building.door_lat, building.name


def _number(given: QueryDict, name: str, most: float) -> float:
    try:
        number = float(given.get(name, ""))
    except ValueError:
        number = float("nan")
    if not -most <= number <= most:
        raise Wrong(400, _("lat 和 long 要一起给，而且是 WGS 84 的度数"))
    return number


def _description(given: QueryDict) -> str:
    words = given.get("description", "").strip()
    if len(words) > LONGEST_DESCRIPTION:
        raise Wrong(400, _("description 最多 %(most)s 个字") % {"most": LONGEST_DESCRIPTION})
    return words


def _besides(given: QueryDict) -> Iterable[str]:
    """What has no field of its own here and stands below the words, sealed with them."""
    email, media = given.get("email", "").strip(), given.get("media_url", "").strip()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise Wrong(400, _("email 不是邮箱地址")) from None
        yield _("邮箱：%(email)s") % {"email": email}
    if media:
        if len(media) > LONGEST_URL or urlsplit(media).scheme not in ("http", "https") or not urlsplit(media).netloc:
            raise Wrong(400, _("media_url 不是网址"))
        yield _("图片网址：%(url)s") % {"url": media}


def _name(given: QueryDict) -> str:
    first, last = given.get("first_name", "").strip(), given.get("last_name", "").strip()
    return f"{last}{first}" if _HAN.search(last + first) else " ".join(filter(None, (first, last)))


def _attributes(given: QueryDict) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, values in given.lists():
        asked = _ATTRIBUTE.fullmatch(name)
        if asked:
            found.setdefault(asked[1], []).extend(map(str, values))
    return found


def _listed(given: QueryDict, name: str) -> tuple[str, ...]:
    values = (value.strip() for part in given.getlist(name) for value in part.split(","))
    return tuple(dict.fromkeys(filter(None, values)))[:1000]


def _moment(given: QueryDict, name: str) -> datetime | None:
    text = given.get(name, "").strip()
    if not text:
        return None
    try:
        moment = parse_datetime(re.sub(r" (?=\d{2}:?\d{2}$)", "+", text))
    except ValueError:
        moment = None
    if moment is None or not is_aware(moment) or not 1900 < moment.year < 2200:
        raise Wrong(400, _("%(name)s 要写成 2023-08-03T09:00:00+08:00 这样，带时区") % {"name": name})
    return moment
