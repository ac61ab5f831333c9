"""What suggestions add to the one map."""

from collections.abc import Iterator

from shapely import Point

from xiuhua.ground.layers.registry import Feature, Layer, register
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.words import gettext_noop
from xiuhua.programmes.suggestions.models import Suggestion


def register_all() -> None:
    """Register the layer of suggestions with a point."""
    register(Layer("suggestion", gettext_noop("人民建议"), _suggestions, Sight.SUGGESTIONS))


def _suggestions(path: str, seer: Seer) -> Iterator[Feature]:
    book = on(today(), at=path[:9]).suggestions
    rows = Suggestion.objects.visible_to(seer).under(path).filter(lon__isnull=False).exclude(state="merged")
    fields = ("pk", "lon", "lat", "number", "title", "category", "state", "source")
    for pk, lon, lat, number, title, category, state, source in rows.order_by().values_list(*fields):
        kind = book.categories.get(category)
        yield Feature(
            pk,
            Point(lon, lat),
            {
                "number": number,
                "title": title,
                "category": category,
                "category_name": kind.name_zh if kind else category,
                "tone": kind.tone if kind else "",
                "state": state,
                "source": source,
            },
        )
