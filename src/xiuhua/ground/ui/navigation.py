"""The left navigation: what an office does all day, listing what programmes have registered and a reader may open.

A programme registers its pages when its app is ready::

    navigation.register("看", _("生活圈"), "lifecircle:home", order=20, sight=Sight.PLANS)
    navigation.register("办", _("加装电梯"), "lifts:home", badge=lambda request: open_lifts(request.actor))
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.roles import Sight

GROUPS: dict[str, str | Promise] = {"看": _("看"), "听": _("听"), "谋": _("谋"), "办": _("办"), "管": _("管")}
"""What an office does all day: watch, listen, plan, carry out; and last, quietly, look after the system itself."""

QUIET = frozenset({"管"})
"""Groups that stand back from the day's work."""

Badge = Callable[[HttpRequest], int | str | None]
"""Says what stands behind a link, such as how many wait; None or 0 for nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in the navigation."""

    group: str
    title: str | Promise
    url_name: str
    icon: str | None = None
    order: int = 100
    sight: Sight | None = None
    badge: Badge | None = None
    when: Callable[[Seer], bool] | None = None

    def open_to(self, reader: Seer | None) -> bool:
        """Whether this reader may open the page."""
        if self.sight is None and self.when is None:
            return True
        if reader is None or (self.sight is not None and not reader.sees(self.sight)):
            return False
        return self.when is None or self.when(reader)


@dataclass(slots=True)
class Link:
    """An entry as drawn for one request."""

    title: str | Promise
    url: str
    icon: str | None
    badge: int | str | None = None
    current: bool = False


@dataclass(slots=True)
class Group:
    """A group with its links; open when the reader is in it."""

    key: str
    sign: str | Promise
    links: list[Link] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return any(link.current for link in self.links)

    @property
    def quiet(self) -> bool:
        return self.key in QUIET


_entries: list[Entry] = []


def register(
    group: str,
    title: str | Promise,
    url_name: str,
    icon: str | None = None,
    order: int = 100,
    *,
    sight: Sight | None = None,
    badge: Badge | None = None,
    when: Callable[[Seer], bool] | None = None,
) -> None:
    """Add a page to the navigation.

    Parameters
    ----------
    group : str
        One of `GROUPS`.
    title : str or lazy string
        What the link says; pass ``gettext_lazy`` text so that it follows the reader's language.
    url_name : str
        Name of a url without arguments; everything below its path counts as "in it".
    icon : str, optional
        Symbol of the sprite, such as ``i-map``, drawn where the navigation is narrow.
    order : int
        Place within the group, low first.
    sight : Sight, optional
        Shown only to those who see something of this kind somewhere; without it, to everyone.
    badge : callable, optional
        Gets the request and says what stands behind the link.
    when : callable, optional
        Gets the reader and says whether they may open the page, where that is more than a sight.

    Raises
    ------
    ValueError
        There is no such group, or the page is registered already.
    """
    if group not in GROUPS:
        message = f"no navigation group {group!r}; there are {', '.join(GROUPS)}"
        raise ValueError(message)
    if any(entry.url_name == url_name for entry in _entries):
        message = f"page {url_name!r} is registered twice"
        raise ValueError(message)
    _entries.append(Entry(group, title, url_name, icon, order, sight, badge, when))


def entries() -> list[Entry]:
    """All registered pages, in the order in which they are drawn."""
    place = list(GROUPS)
    return sorted(_entries, key=lambda entry: (place.index(entry.group), entry.order))


def groups_for(path: str, reader: Seer | None = None, request: HttpRequest | None = None) -> list[Group]:
    """Return the groups in which `reader` may open something, with the link in which `path` lies marked as current."""
    groups = {key: Group(key, sign) for key, sign in GROUPS.items()}
    for entry in entries():
        if entry.open_to(reader):
            badge = entry.badge(request) if entry.badge and request else None
            groups[entry.group].links.append(Link(entry.title, reverse(entry.url_name), entry.icon, badge or None))
    around = [link for group in groups.values() for link in group.links if path.startswith(link.url)]
    if around:
        max(around, key=lambda link: len(link.url)).current = True
    return [group for group in groups.values() if group.links]
