"""The left navigation: four groups, listing what programmes have registered and nothing else.

A programme registers its pages when its app is ready::

    navigation.register("看", _("生活圈"), "lifecircle:page", order=20)
"""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GROUPS: dict[str, str | Promise] = {"看": _("看"), "听": _("听"), "谋": _("谋"), "办": _("办")}
"""What an office does all day: watch, listen, plan, carry out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in the navigation."""

    group: str
    title: str | Promise
    url_name: str
    icon: str | None = None
    order: int = 100


@dataclass(slots=True)
class Link:
    """An entry as drawn for one request."""

    title: str | Promise
    url: str
    icon: str | None
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


_entries: list[Entry] = []


def register(group: str, title: str | Promise, url_name: str, icon: str | None = None, order: int = 100) -> None:
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
    _entries.append(Entry(group, title, url_name, icon, order))


def entries() -> list[Entry]:
    """All registered pages, in the order in which they are drawn."""
    place = list(GROUPS)
    return sorted(_entries, key=lambda entry: (place.index(entry.group), entry.order))


def groups_for(path: str) -> list[Group]:
    """Return the groups that have pages, with the link in which `path` lies marked as current."""
    groups = {key: Group(key, sign) for key, sign in GROUPS.items()}
    for entry in entries():
        groups[entry.group].links.append(Link(entry.title, reverse(entry.url_name), entry.icon))
    around = [link for group in groups.values() for link in group.links if path.startswith(link.url)]
    if around:
        max(around, key=lambda link: len(link.url)).current = True
    return [group for group in groups.values() if group.links]
