"""像是同一件: which suggestions are about the same matter, by words, place and time."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from xiuhua.engine.texts import TextIndex
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.sorting.alike import likeness, metres_between

CANDIDATES = 40
"""As many of the most alike by words are looked at by place and time too."""
AT_MOST = 5
OFFICES = 4
"""Offices whose words a process keeps."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Another suggestion that may be about the same matter, from 0 to 1, and why."""

    other: Suggestion
    score: float
    reasons: str


@dataclass(slots=True)
class _Kept:
    """The words of an office's suggestions as far as this process has read them."""

    index: TextIndex
    numbers: list[int] = field(default_factory=list)
    last: int = 0


_kept: OrderedDict[str, _Kept] = OrderedDict()
_reading = Lock()


def alike_to(suggestion: Suggestion, seer: Seer) -> list[Likely]:
    """Those that this person may see and that are likely the same matter, the likeliest first."""
    return [
        one
        for one in alike_words(suggestion.subdistrict, said_by(suggestion), seer, suggestion.lon, suggestion.lat)
        if one.other.pk != suggestion.pk
    ][:AT_MOST]


def alike_words(
    subdistrict: str, words: str, seer: Seer, lon: float | None = None, lat: float | None = None
) -> list[Likely]:
    """The same of words that are not on record yet, as when somebody enters them."""
    least = float(on(today(), at=subdistrict).suggestions.intake.alike.number)
    found = _candidates(subdistrict, words)
    rows = Suggestion.objects.visible_to(seer).filter(pk__in=list(found), merged_into=None)
    day = today()
    likely = []
    for row in rows:
        metres = None
        if lon is not None and lat is not None and row.lon is not None and row.lat is not None:
            metres = metres_between(lon, lat, row.lon, row.lat)
        judged = likeness(found[row.pk], metres, (day - row.submitted_on).days)
        if judged.sameness >= least:
            likely.append(Likely(row, judged.sameness, judged.reasons))
    return sorted(likely, key=lambda one: (-one.score, one.other.pk))[: AT_MOST + 1]


def said_by(suggestion: Suggestion) -> str:
    """What is compared: the title and the masked words."""
    return f"{suggestion.title} {suggestion.masked_words}"


def forget() -> None:
    """Read everything anew: for tests, whose numbers come again."""
    _kept.clear()


def _candidates(subdistrict: str, words: str) -> dict[int, float]:
    """Numbers of the suggestions whose words are most alike, and how much."""
    kept = _read_up(subdistrict)
    if not kept.numbers:
        return {}
    places, similarity = kept.index.alike(words, CANDIDATES)
    return {kept.numbers[place]: float(how) for place, how in zip(places, similarity, strict=True)}


def _read_up(subdistrict: str) -> _Kept:
    """What this process keeps, with what has come since."""
    with _reading:
        kept = _kept.pop(subdistrict, None)
        after = kept.last if kept else 0
        rows = Suggestion.objects.filter(subdistrict=subdistrict, pk__gt=after).order_by("pk")
        news = list(rows.values_list("pk", "title", "masked_words"))
        texts = [f"{title} {words}" for _pk, title, words in news]
        if kept is None:
            kept = _Kept(TextIndex.from_texts(texts))
        elif texts:
            kept.index.add(texts)
        kept.numbers += [pk for pk, _title, _words in news]
        kept.last = kept.numbers[-1] if kept.numbers else 0
        _kept[subdistrict] = kept
        while len(_kept) > OFFICES:
            _kept.popitem(last=False)
        return kept
