"""What holds until something more is put on record (留痕没有增加，数就没有变).

State changes by actions only, and each adds an entry to the chain of its subdistrict. So what was counted at one head
of a chain is right for as long as that head stands, in this process and in any other.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from contextvars import ContextVar
from typing import Any, TypeVar

from xiuhua.ground.journal.models import Chain
from xiuhua.ground.scope.paths import EVERYWHERE, subdistrict_of

Value = TypeVar("Value")
MOST = 100
"""How many results a process keeps."""

Heads = tuple[tuple[str, str], ...]

_kept: OrderedDict[Hashable, tuple[Heads, Any]] = OrderedDict()
_looked: ContextVar[dict[frozenset[str], Heads] | None] = ContextVar("heads_looked_at", default=None)


def look_once(during: bool) -> None:
    """Let what follows look at each head once only, such as one request: for a middleware."""
    _looked.set({} if during else None)


def look_again() -> None:
    """Look at the heads anew: an entry was added here."""
    if _looked.get():
        _looked.set({})


def until_recorded(
    key: Hashable, paths: Iterable[str], work: Callable[[], Value], *, worth: Callable[[Value], bool]
) -> Value:
    """Return what `work` gives, kept since the heads that stand now where it is worth keeping.

    Parameters
    ----------
    key : hashable
        What is worked out, and from what, the reader's scope included.
    paths : iterable of str
        Territory paths that the result is about.
    work : callable
        Works it out; what it gives is shared, and not to be changed.
    worth : callable
        Whether a result took so long that it is worth keeping: what is counted at once is counted anew.
    """
    heads = _heads(paths)  # before the work: what is recorded meanwhile makes it stale
    kept = _kept.get(key)
    if kept is not None and kept[0] == heads:
        _kept.move_to_end(key)
        found: Value = kept[1]
        return found
    value = work()
    if worth(value):
        _kept[key] = heads, value
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return value


def _heads(paths: Iterable[str]) -> Heads:
    """Where the chains of some paths have got to."""
    places = frozenset(subdistrict_of(path) for path in paths)
    looked = _looked.get()
    if looked is not None and places in looked:
        return looked[places]
    chains = Chain.objects.order_by("name")
    if EVERYWHERE not in places:
        chains = chains.filter(name__in=places)
    found = tuple(chains.values_list("name", "mac"))
    if looked is not None:
        looked[places] = found
    return found
