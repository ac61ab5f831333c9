"""How the demonstration's people speak and are answered: words that nobody else has said, names, telephones."""

from __future__ import annotations

import re
import tomllib
from csv import DictReader
from dataclasses import dataclass
from importlib.resources import files
from itertools import count
from random import Random
from typing import Any

from xiuhua.programmes.suggestions.sorting.words import title_of

_EITHER = re.compile(r"\[([^\[\]]*)\]")
_TRIES = 60
_LED_IN = 0.1
"""How often somebody begins with words that lists then show instead of the matter."""
_NUMBERS, _STEP = 10**8, 45_678_917

_FAMILIES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方邹孟熊秦邱江尹薛"
)
_CALLED = {
    "old": ("阿姨", "老伯", "老先生", "阿婆", "老师", "女士"),
    "parent": ("女士", "女士", "先生", "妈妈"),
    "young": ("女士", "先生", "小姐"),
    "rider": ("师傅", "先生", "师傅"),
    "shop": ("老板", "女士", "先生"),
    "teacher": ("老师",),
    "wheel": ("女士", "先生", "阿姨"),
    "dog": ("女士", "先生"),
    "any": ("女士", "先生", "先生", "女士", "阿姨", "师傅"),
}
_HELLO = ("{name}您好，", "{name}，您好！", "{name}：您好。", "{name}好，")


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence that was written by hand, with what became of it."""

    sort: str
    where: str
    who: str
    when: str
    unit: str
    fate: str
    photo: str
    words: str
    answer: str

    @property
    def nature(self) -> str:
        """What it is by nature."""
        return {"s": "service", "c": "claim"}.get(self.sort.partition(":")[0], "suggestion")

    @property
    def category(self) -> str:
        """What it is about."""
        return self.sort.rpartition(":")[2]


def table(name: str) -> list[dict[str, str]]:
    """The rows of a file of the data, as they were written."""
    text = files("xiuhua.demo").joinpath("data", "suggestions", f"{name}.csv").read_text("utf-8")
    return list(DictReader(text.splitlines()))


def book() -> dict[str, Any]:
    """How people begin, end, rate; how the office begins and ends."""
    return tomllib.loads(files("xiuhua.demo").joinpath("data", "suggestions", "voices.toml").read_text("utf-8"))


def either(text: str, rng: Random) -> str:
    """A text with one chosen of each ``[this|that]``."""
    return _EITHER.sub(lambda found: rng.choice(found[1].split("|")), text)


class Voices:
    """Puts words together such that no two of them are alike."""

    def __init__(self, rng: Random, phones_begin: str) -> None:
        self._rng, self._book, self._begin = rng, book(), phones_begin
        self._said: set[str] = set()
        start = rng.randrange(_NUMBERS)
        self._phones = (f"{phones_begin}{(start + step * _STEP) % _NUMBERS:08d}" for step in count())

    def said(self, words: str, who: str, here: str) -> tuple[str, str]:
        """What somebody says, and the heart of it."""
        for _try in range(_TRIES):
            core = either(words, self._rng).replace("{here}", here)
            begin, end = self._around("begin", who), self._around("end", who)
            if title_of(begin + core) != title_of(core) and self._rng.random() > _LED_IN:
                begin = ""
            if self._is_new(begin + core + end):
                return begin + core + end, core
        raise ValueError(f"said too often: {words}")

    def answer(self, words: str, name: str, *, last: bool = True, **told: str) -> tuple[str, str]:
        """What the office answers somebody, and the heart of it; only a `last` word is like no other."""
        for _try in range(_TRIES):
            core = either(words, self._rng)
            for gap, value in told.items():
                core = core.replace(f"{{{gap}}}", value)
            hello = self._rng.choice(_HELLO).format(name=name) if name else "您好，"
            whole = hello + core + (self._rng.choice(self._book["tail"]["words"]) if last else "")
            if self._is_new(whole) or not last:
                return whole, core
        raise ValueError(f"answered too often: {words}")

    def one_of(self, table_name: str, key: str) -> str:
        """One of the words of a table."""
        return str(self._rng.choice(self._book[table_name][key]))

    def name(self, who: str) -> str:
        """What somebody calls themselves; some say nothing of it."""
        return self._rng.choice(_FAMILIES) + self._rng.choice(_CALLED[who]) if self._rng.random() < 0.88 else ""

    def phone(self) -> str:
        """A telephone number that is nobody's."""
        return next(self._phones)

    def _around(self, place: str, who: str) -> str:
        mine = self._book[place].get(who, []) if self._rng.random() < 0.6 else []
        if not mine and place == "begin" and self._rng.random() < 0.55:
            return ""
        return str(self._rng.choice(mine or self._book[place]["any"]))

    def _is_new(self, text: str) -> bool:
        is_new = text not in self._said
        self._said.add(text)
        return is_new
