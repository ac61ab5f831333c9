"""When two names mean the same (名称比对): 长风一村居委会 and 长风一村, 第 5 微网格 and 5, 88 弄 14 号 and 88弄14号."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from xiuhua.ground.words import gettext as _

_DASHES = re.compile(r"[‐-―－~～至]")
_COMMITTEE = re.compile(r"(社区)?(居民委员会|居委会|居民区|居委)$")
_GRID = re.compile(r"(综合)?(微网格|微格|网格)$")
_HAN_NUMBER = re.compile(r"(?P<tens>[一二三四五六七八九]?)(?P<ten>十?)(?P<ones>[一二三四五六七八九]?)")
_HAN = {figure: number for number, figure in enumerate("一二三四五六七八九", 1)}
_NEAR = 0.6
_LISTED = 8


@lru_cache(maxsize=1 << 15)
def same(text: str) -> str:
    """A name as it is compared: width, blanks, case and the kind of dash do not matter."""
    return _DASHES.sub("-", "".join(unicodedata.normalize("NFKC", text).split()).casefold())


def committee_key(name: str, subdistrict: str = "") -> str:
    """A committee's name without what it may be written with: its subdistrict before, 居委会 behind."""
    key = same(name).removeprefix(same(subdistrict)) if subdistrict else same(name)
    return _COMMITTEE.sub("", key) or key


def grid_key(name: str, committee: str = "") -> int | str:
    """A micro-grid's number where it is named by one, else its name without 微网格 behind."""
    key = same(name)
    if committee:
        key = key.removeprefix(same(committee)).removeprefix(committee_key(committee))
    key = _GRID.sub("", key).removeprefix("第").removesuffix("号") or key
    return number_in(key) or key


def number_in(text: str) -> int:
    """The number that a text is, in figures or Chinese numerals up to 99; 0 where it is none."""
    if text.isdecimal():
        return int(text)
    found = _HAN_NUMBER.fullmatch(text)
    if not found or not text or (found["tens"] and found["ones"] and not found["ten"]):
        return 0
    tens = _HAN.get(found["tens"], 1) if found["ten"] else 0
    return 10 * tens + (_HAN.get(found["ones"], 0) if found["ten"] else _HAN.get(text, 0))


def near(name: str, names: Iterable[str], most: int = 3) -> list[str]:
    """Names that resemble one, the likest first."""
    return difflib.get_close_matches(name, list(names), most, _NEAR)


def listed(names: Sequence[str | int]) -> str:
    """Names in a row of words; a run of numbers as 1 至 8, a long list cut."""
    numbers = [name for name in names if isinstance(name, int)]
    if len(names) > 2 and len(numbers) == len(names) and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return _("%(first)s 至 %(last)s") % {"first": numbers[0], "last": numbers[-1]}
    shown = _("、").join(str(name) for name in names[:_LISTED])
    return _("%(names)s等") % {"names": shown} if len(names) > _LISTED else shown


def mend_by_likeness(name: str, names: Sequence[str], where: str) -> str:
    """What to write in place of a name that nobody knows: the likest ones, else all that there are."""
    likely = near(name, names)
    if likely:
        return _("%(where)s有：%(names)s（相近的：%(near)s）") % {
            "where": where,
            "names": listed(list(names)),
            "near": _("、").join(likely),
        }
    if names:
        return _("%(where)s有：%(names)s") % {"where": where, "names": listed(list(names))}
    return _("%(where)s还没有登记") % {"where": where}
