"""What the frame around every page needs to know: where we are, what day it is, where one can go."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiuhua.ground.clock import now
from xiuhua.ground.ui.language import script_words
from xiuhua.ground.ui.navigation import groups_for


@dataclass(frozen=True, slots=True)
class Place:
    """The subdistrict whose work is on screen; `demo_notice` says what is invented, and is empty where nothing is."""

    name: str
    demo_notice: str = ""


_tellers: list[Callable[[HttpRequest], Place | None]] = []


def told_by(teller: Callable[[HttpRequest], Place | None]) -> None:
    """Let `teller` say which place a request is about; the room that knows registers itself, since it lies above."""
    _tellers[:] = [teller]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of ``ui/base.html``: add it to the template engine's context processors."""
    place = next((told for teller in _tellers if (told := teller(request))), Place(""))
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "place": place,
        "demo_notice": place.demo_notice,
        "today": now(),
        "navigation": groups_for(request.path),
        "html_lang": "en" if language.startswith("en") else "zh-CN",
        "other_language": ("zh-hans", "中文") if language.startswith("en") else ("en", "English"),
        "script_words": script_words(language),
    }


def invented_people_notice(name: str) -> str:
    """Words for a demonstration subdistrict with a real boundary."""
    return _("演示数据：%(name)s的边界和地铁站是真的，街道走向、楼栋、设施和居民都是虚构的。") % {"name": name}
