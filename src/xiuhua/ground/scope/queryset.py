"""The one door to rows: `visible_to`."""

from typing import Any, ClassVar, Self, TypeVar

from django.db.models import Manager, Model, Q, QuerySet
from django.http import Http404

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.paths import EVERYWHERE, ancestors, end_of_subtree
from xiuhua.ground.scope.roles import Sight

Row = TypeVar("Row", bound=Model)
Rows = TypeVar("Rows", bound=QuerySet[Any])


def below(lookup: str, path: str) -> Q:
    """Rows whose `lookup` is a path or lies below it: a range, which an index seeks."""
    if path == EVERYWHERE:
        return Q()
    return Q(**{f"{lookup}__gte": path, f"{lookup}__lt": end_of_subtree(path)})


def filtered_first(rows: Rows, condition: Q) -> Rows:
    """Rows that meet a condition, which is put before whatever was asked already.

    Of two ranges of paths SQLite follows the one that comes first, and a reader's own is often the whole subdistrict.
    """
    found = rows.filter(condition)
    asked, conditions = len(rows.query.where.children), found.query.where.children
    found.query.where.children = [*conditions[asked:], *conditions[:asked]]
    return found


def where_seen(seer: Seer, sight: Sight, lookup: str = "path") -> Q:
    """The condition that `lookup`, a path, lies where a person sees a kind of thing."""
    tops = seer.sees(sight)
    if EVERYWHERE in tops:
        return Q()
    seen = Q(pk__in=[])
    for top in tops:
        seen |= below(lookup, top)
    return seen


class ScopedQuerySet(QuerySet[Any]):
    """Rows that hang in the territory; their model says by `sight` what kind of thing they are.

    `scope_path` is the lookup of a row's territory path. A model with `shown_above` shows the row itself, its name and
    outline, also to those who hold a role somewhere below it: where their own place lies is no secret to them.
    """

    def visible_to(self, seer: Seer) -> Self:
        """Rows that this person may see."""
        model: Any = self.model
        tops = seer.sees(model.sight)
        if EVERYWHERE in tops:
            return self
        if not tops:
            return self.none()
        seen = Q()
        for top in tops:
            seen |= below(model.scope_path, top)
        if model.shown_above:
            above = sorted({path for top in tops for path in ancestors(top)})
            seen |= Q(**{f"{model.scope_path}__in": above})
        return self.filter(seen)

    def under(self, path: str) -> Self:
        """The node of that path and all below it; the reader's own scope is asked apart."""
        model: Any = self.model
        return filtered_first(self, below(model.scope_path, path))


ScopedManager = Manager.from_queryset(ScopedQuerySet)


class Scoped(Model):
    """A row that hangs in the territory; its model declares a manager of a `ScopedQuerySet`."""

    sight: ClassVar[Sight]
    scope_path: ClassVar[str] = "path"
    shown_above: ClassVar[bool] = False

    class Meta:
        abstract = True


class OutOfSight(Http404):
    """What was asked for is not there for this reader; `row` where it is there for others, which is told to nobody."""

    def __init__(self, row: Model | None) -> None:
        super().__init__()
        self.row = row


def get_visible_or_404(rows: type[Row] | QuerySet[Row], seer: Seer, **lookup: Any) -> Row:
    """One row that this person may see.

    Raises
    ------
    OutOfSight
        There is none, or none for this reader: the answer does not tell which.
    """
    queryset: Any = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    row: Row | None = queryset.visible_to(seer).filter(**lookup).first()
    if row is None:
        raise OutOfSight(queryset.model._base_manager.filter(**lookup).first())
    return row
