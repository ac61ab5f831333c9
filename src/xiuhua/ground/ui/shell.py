"""What the frame around every page needs to know: where we are, who reads, what day it is, where one can go.

Rooms that lie above register what they know when their app is ready::

    shell.told_by(context.place_of)                                   # which subdistrict
    shell.person_told_by(person_of, sign_in="accounts:sign_in")       # who reads, else where to sign in
    shell.bell_told_by(waiting.bell_of)                               # what waits for them
    shell.searched_at("territory:search", _("搜索楼栋、门洞、居民"))      # the box in the top bar
    shell.fed_from("journal:feed")                                    # server-sent events for `feed.js`
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiuhua.ground.clock import now
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.language import script_words
from xiuhua.ground.ui.navigation import groups_for
from xiuhua.ground.ui.waiting import Bell


@dataclass(frozen=True, slots=True)
class Place:
    """The subdistrict whose work is on screen; `demo_notice` says what is invented, and is empty where nothing is."""

    name: str
    demo_notice: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who reads, as the top bar names them.

    Parameters
    ----------
    name : str
        Their own name, in full: it is theirs.
    role : str
        What they are here as, such as 中江第 5 微网格长.
    account : str
        Address of their account page; none, no link.
    sign_out : str
        Address that signs out on POST; none, no button.
    """

    name: str
    role: str | Promise = ""
    account: str = ""
    sign_out: str = ""

    @property
    def initial(self) -> str:
        return self.name[:1]


@dataclass(slots=True)
class _Told:
    """What the rooms above have registered."""

    person: Callable[[HttpRequest], Person | None] | None = None
    bell: Callable[[HttpRequest], Bell | None] | None = None
    sign_in: str = ""
    search: str = ""
    search_words: str | Promise = ""
    search_sight: Sight | None = None
    feed: str = ""


_tellers: list[Callable[[HttpRequest], Place | None]] = []
_told = _Told()


def told_by(teller: Callable[[HttpRequest], Place | None]) -> None:
    """Let `teller` say which place a request is about; the room that knows registers itself, since it lies above."""
    _tellers[:] = [teller]


def person_told_by(teller: Callable[[HttpRequest], Person | None], sign_in: str = "") -> None:
    """Let `teller` say who reads; `sign_in` names the url that visitors are led to."""
    _told.person, _told.sign_in = teller, sign_in


def bell_told_by(teller: Callable[[HttpRequest], Bell | None]) -> None:
    """Let `teller` say how many things wait for the reader."""
    _told.bell = teller


def searched_at(url_name: str, words: str | Promise, sight: Sight | None = None) -> None:
    """Put a search box into the top bar: it sends ``q`` to that url by POST, so that names stand in no address.

    With a sight, only for those who have it.
    """
    _told.search, _told.search_words, _told.search_sight = url_name, words, sight


def fed_from(url_name: str) -> None:
    """Let pages of people who signed in listen to the live feed at that url (``feed.js``)."""
    _told.feed = url_name


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of ``ui/base.html``: add it to the template engine's context processors."""
    place = next((told for teller in _tellers if (told := teller(request))), Place(""))
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "place": place,
        "demo_notice": place.demo_notice,
        "today": now(),
        "navigation": groups_for(request.path, getattr(request, "actor", None), request),
        "html_lang": "en" if language.startswith("en") else "zh-CN",
        "other_language": ("zh-hans", "中文") if language.startswith("en") else ("en", "English"),
        "script_words": script_words(language),
        **_reader(request),
    }


def person_of(request: HttpRequest) -> Person | None:
    """Who reads; None for a visitor."""
    return _told.person(request) if _told.person else None


def _reader(request: HttpRequest) -> dict[str, Any]:
    """Who reads and what is theirs; for a visitor, where to sign in."""
    person = person_of(request)
    if person is None:
        return {"sign_in_url": reverse(_told.sign_in) if _told.sign_in else ""}
    return {
        "person": person,
        "bell": _told.bell(request) if _told.bell else None,
        "search_url": reverse(_told.search) if _told.search and _searches(request) else "",
        "search_words": _told.search_words,
        "feed_url": reverse(_told.feed) if _told.feed else "",
    }


def _searches(request: HttpRequest) -> bool:
    reader: Seer | None = getattr(request, "actor", None)
    return _told.search_sight is None or (reader is not None and bool(reader.sees(_told.search_sight)))


def invented_people_notice(name: str) -> str:
    """Words for a demonstration subdistrict with a real boundary."""
    return _("演示数据：%(name)s的边界和地铁站是真的，街道走向、楼栋、设施和居民都是虚构的。") % {"name": name}
