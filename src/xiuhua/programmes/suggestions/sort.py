"""Finding out what is said (分类): by nature, by category, and where it is, with how sure that is."""

from dataclasses import dataclass

from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.territory.surroundings import name_of_point
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import queries
from xiuhua.programmes.suggestions.gazetteer import gazetteer_of
from xiuhua.programmes.suggestions.heard import Heard, Sorted
from xiuhua.programmes.suggestions.learning.shelf import model_in_use
from xiuhua.programmes.suggestions.models import Nature
from xiuhua.programmes.suggestions.sorting.keywords import category_by_words
from xiuhua.programmes.suggestions.sorting.nature import nature_of
from xiuhua.programmes.suggestions.sorting.personal import masked
from xiuhua.programmes.suggestions.sorting.places import Mention, best_of
from xiuhua.programmes.suggestions.sorting.words import title_of

LONGEST_TITLE, LONGEST_PLACE = 60, 120
SURE_OF_PLACE = 0.55
"""Below it a name, such as that of a long road, says too little of where."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where something is: the territory's path, in words, and the point."""

    path: str
    place: str
    lon: float | None = None
    lat: float | None = None


def sorted_out(subdistrict: Subdistrict, heard: Heard) -> Sorted:
    """What the words say."""
    where, nature, categories = where_of(subdistrict, heard), nature_of(heard.words), categories_of(heard.words)
    (first, sure), (second, next_sure) = (*categories, ("", 0.0))[:2]
    return Sorted(
        path=where.path,
        place=masked(where.place)[:LONGEST_PLACE],
        lon=where.lon,
        lat=where.lat,
        title=title_for(heard),
        masked_words=masked(heard.words),
        nature=Nature(nature.nature),
        nature_sure=nature.confidence,
        category=first,
        category_sure=sure,
        category_next=second,
        category_next_sure=next_sure,
    )


def categories_of(words: str) -> list[tuple[str, float]]:
    """Categories by how likely they are: by the model in use, by words alone while none was trained."""
    model = model_in_use()
    if model is None:
        return category_by_words(words)
    (ranked,) = model.ranked([f"{title_of(words)}\n{words}"], 2)
    return [(_key_of(label), sure) for label, sure in ranked]


def _key_of(label: str) -> str:
    """The category that a label means: a model learnt from a sheet may know categories by their names."""
    known = on(today()).suggestions.categories
    if label in known:
        return label
    return next((key for key, one in known.items() if label in (one.name_zh, one.name_en)), "other")


def where_of(subdistrict: Subdistrict, heard: Heard) -> Where:
    """Where it is: by the point that was given, else by the place that was written, else by the words themselves."""
    if heard.lon is not None and heard.lat is not None:
        committee = queries.committee_at(subdistrict, heard.lon, heard.lat)
        place = heard.place or name_of_point(subdistrict, heard.lon, heard.lat)
        return Where(committee.path if committee else subdistrict.path, place)
    gazetteer = gazetteer_of(subdistrict.path)
    for text in filter(None, (heard.place, heard.words)):
        found = best_of(gazetteer.find(text))
        if found is not None and found.confidence >= SURE_OF_PLACE:
            return _at(subdistrict, found, heard.place)
    return Where(subdistrict.path, heard.place)


def _at(subdistrict: Subdistrict, found: Mention, written: str) -> Where:
    path = found.path[:12] if found.path else ""
    if not path and found.lon is not None and found.lat is not None:
        committee = queries.committee_at(subdistrict, found.lon, found.lat)
        path = committee.path if committee else ""
    return Where(path or subdistrict.path, written or found.name, found.lon, found.lat)


def title_for(heard: Heard) -> str:
    """What lists call it: its first words, or how it came."""
    title = title_of(heard.words)
    if title:
        return title[:LONGEST_TITLE]
    return _("一段语音") if any(file.sort == "voice" for file in heard.files) else _("一张照片")
