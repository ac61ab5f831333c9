"""Reads about people's suggestions, within the reader's scope."""

import hashlib
import hmac
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

import shapely
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from shapely import Geometry

from xiuhua.ground.accounts.models import User
from xiuhua.ground.clock import now
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.paths import subdistrict_of
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.sealing.keyring import keyring
from xiuhua.ground.sealing.normal import digits_of
from xiuhua.ground.standards import on
from xiuhua.ground.standards.suggestions import Terms
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Committee, Subdistrict
from xiuhua.ground.territory.surroundings import name_of_point
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import rules
from xiuhua.programmes.suggestions.gazetteer import gazetteer_of
from xiuhua.programmes.suggestions.models import Reply, Suggestion
from xiuhua.programmes.suggestions.sorting.places import best_of

START_OF_DAY = datetime.min.time()
SAME_POINT = 1e-5
"""Degrees within which two points are one."""


def listed(seer: Seer) -> QuerySet[Suggestion]:
    """Suggestions that this person may see, with what lists name of each (one query)."""
    rows: QuerySet[Suggestion] = Suggestion.objects.visible_to(seer).select_related("assignee", "project")
    return rows


def by_token(token: str) -> Suggestion | None:
    """The suggestion that a follower's link is for."""
    found = Suggestion.objects.filter(sealed_equals(Suggestion, "token", token)).select_related(
        "merged_into", "project"
    )
    return found.first() if token else None


def own_of(user: User) -> QuerySet[Suggestion]:
    """What someone sent in under their own account."""
    rows: QuerySet[Suggestion] = Suggestion.objects.filter(user=user).order_by("-submitted_at")
    return rows


def replies_to(suggestion: Suggestion) -> list[Reply]:
    """What was said about it, in order."""
    return list(suggestion.replies.all())


def published(subdistrict: Subdistrict | None) -> QuerySet[Suggestion]:
    """What stands on the public board, newest first; of every office, where none is given."""
    rows: QuerySet[Suggestion] = Suggestion.objects.published().select_related("project", "merged_into", "spot")
    if subdistrict is not None:
        rows = rows.filter(subdistrict=subdistrict.path)
    return rows.order_by("-published_at", "-pk")


def public_place(suggestion: Suggestion) -> str:
    """Where it would be said to be on the board: as the map calls it, never in the person's own words, without a door.

    A code's place is called as it is.
    """
    if suggestion.spot is not None and suggestion.place == suggestion.spot.name:
        return suggestion.place
    known = best_of(gazetteer_of(suggestion.subdistrict).find(suggestion.place)) if suggestion.place else None
    if known is not None:
        return rules.public_place(known.name)
    point = public_point(suggestion)
    subdistrict = Subdistrict.objects.filter(path=suggestion.subdistrict).first() if point else None
    return rules.public_place(name_of_point(subdistrict, *point)) if subdistrict and point else ""


def public_point(suggestion: Suggestion) -> tuple[float, float] | None:
    """Where it stands on everybody's maps: at a code's own point, else on the grid, since a phone's is a door's."""
    point, spot = suggestion.point, suggestion.spot
    if point is None:
        return None
    if spot is not None and max(abs(point[0] - spot.lon), abs(point[1] - spot.lat)) < SAME_POINT:
        return point
    metres = on(today(), at=suggestion.subdistrict).suggestions.board.point_metres.number
    return rules.public_point(*point, metres=metres)


def published_by_category(subdistrict: Subdistrict | None) -> dict[str, int]:
    """How many stand on the board, by category."""
    rows = published(subdistrict).order_by().values_list("category").annotate(count=Count("pk"))
    return dict(rows)


def public_photos(rows: Iterable[Suggestion]) -> dict[int, StoredFile]:
    """The first photograph of each that everybody may see (one query)."""
    files = StoredFile.objects.of(*rows).standing().photos().filter(public_at__isnull=False).order_by("-pk")
    return {int(file.subject_id): file for file in files}


def public_figures(subdistrict: Subdistrict | None) -> dict[str, int]:
    """What the board says of this year: how many were heard, answered, adopted, done."""
    rows = Suggestion.objects.filter(submitted_at__gte=_start_of_year(today()))
    if subdistrict is not None:
        rows = rows.filter(subdistrict=subdistrict.path)
    return rows.aggregate(
        heard=Count("pk"),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        adopted=Count("pk", filter=Q(adopted_at__isnull=False)),
        done=Count("pk", filter=Q(project__state="done")),
    )


def decided() -> Iterable[tuple[str, str]]:
    """Texts and the categories that people found them to be about: what a model learns from."""
    rows = Suggestion.objects.filter(sorted_at__isnull=False).order_by("pk")
    return (
        (f"{title}\n{words}", category)
        for title, words, category in rows.values_list("title", "masked_words", "category")
    )


def lies_within(subdistrict: Subdistrict, lon: float | None, lat: float | None) -> bool | None:
    """Whether a point lies in the subdistrict; None where none is given."""
    if lon is None or lat is None:
        return None
    return bool(shapely.contains_xy(_prepared(subdistrict.pk, subdistrict.geometry), lon, lat))


def committee_at(subdistrict: Subdistrict, lon: float, lat: float) -> Committee | None:
    """The committee in whose area a point lies."""
    near = Committee.objects.filter(subdistrict=subdistrict).touching(lon, lat, lon, lat)
    return next((row for row in near if shapely.contains_xy(row.geometry, lon, lat)), None)


def sender_digest(address: str, day: date) -> str:
    """Digest of an address for one day: tells floods apart, and says of nobody who it was."""
    ring = keyring()
    key = ring.key("suggestions/sender", ring.ids[-1])
    return hmac.new(key, f"{day}|{address}".encode(), hashlib.sha256).hexdigest()


def sent_from(sender: str, since: datetime) -> int:
    """How many came from one address since a moment."""
    return Suggestion.objects.filter(sender=sender, submitted_at__gte=since).count() if sender else 0


def room_at(sender: str, most: int, within: timedelta) -> datetime:
    """When another may come from one address, of which so many may within a time."""
    newest = Suggestion.objects.filter(sender=sender).order_by("-submitted_at").values_list("submitted_at", flat=True)
    counted = list(newest[most - 1 : most]) if most > 0 else []
    return (counted[0] if counted else now()) + within


def tomorrow() -> datetime:
    """When the next day begins."""
    return timezone.make_aware(datetime.combine(today() + timedelta(days=1), START_OF_DAY))


def sent_by_phone(phone: str, day: date) -> int:
    """How many came with one telephone on a day."""
    if not digits_of(phone):
        return 0
    begin = timezone.make_aware(datetime.combine(day, START_OF_DAY))
    rows = Suggestion.objects.filter(sealed_equals(Suggestion, "phone", phone), submitted_at__gte=begin)
    return int(rows.count())


def reply_due(suggestion: Suggestion, terms: Terms) -> date:
    """The day by which a reply is owed: our own term, or the earlier day that wherever it comes from named.

    Of one that was taken up again it is counted from then.
    """
    since = suggestion.reopened_at or suggestion.submitted_at
    due = rules.reply_due_on(
        suggestion.nature,
        is_complex=suggestion.is_complex,
        extended=suggestion.extended_at is not None,
        received_on=timezone.localtime(since).date(),
        terms=terms,
    )
    outside = suggestion.outside_due_on if suggestion.reopened_at is None else None
    return min(due, outside) if outside is not None else due


def next_due(suggestion: Suggestion, terms: Terms) -> date | None:
    """The next term that runs; who cannot be reached is not owed a first contact."""
    reachable = bool(suggestion.phone or suggestion.user_id)
    return rules.due_on(
        suggestion.state,
        contacted=suggestion.contacted_at is not None or not reachable,
        contact_due_on=suggestion.contact_due_on,
        accept_due_on=terms.accept.after(suggestion.submitted_on),
        reply_due_on=reply_due(suggestion, terms),
    )


def sections_of(subdistrict: str) -> Collection[str]:
    """Keys of the sections that the office has."""
    return on(today(), at=subdistrict).offices.sections


def is_committee_of(subdistrict: str, path: str) -> bool:
    """Whether a path is that of a committee of the subdistrict."""
    return subdistrict_of(path) == subdistrict and Committee.objects.filter(path=path).exists()


def is_place_of(subdistrict: str, path: str) -> Verdict[bool]:
    """Whether a path is the subdistrict's own, or that of one of its committees."""
    if path == subdistrict or is_committee_of(subdistrict, path):
        return Verdict(True)
    return Verdict(False, Reason(_("没有这个居委会"), field="path", mend=_("请从列表里选一个")))


def _start_of_year(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day.replace(month=1, day=1), START_OF_DAY))


@lru_cache(maxsize=16)
def _prepared(_number: int, geometry: Geometry) -> Geometry:
    shapely.prepare(geometry)
    return geometry
