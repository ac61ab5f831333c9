"""What a topic is called (话题名称): the words that its messages say and others do not, never anybody's name.

Class-based tf-idf: all messages of a topic count as one text, and a word weighs more the rarer it is in the others.

References
----------
Grootendorst, M. (2022). BERTopic: neural topic modeling with a class-based TF-IDF procedure. arXiv:2203.05794.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import rjieba

from xiuhua.programmes.suggestions.sorting.personal import masked
from xiuhua.programmes.suggestions.words import POLITE

MOST_WORDS = 3
KEPT_WORDS = 8
LONGEST_TERM = 6
LONGEST_READ = 400
"""Characters of a message that are read: what it is about stands at its beginning."""
SHARE = 0.3
"""Share of a topic's messages that have a telling word; at least two of them."""

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_THINGS = frozenset({"n", "ns", "nt", "nz", "vn", "an", "j", "s", "ng"})
"""Parts of speech that name things and places: no names of persons (nr), no pronouns, numbers, times."""
_DEEDS = frozenset({"v", "a", "b", "vg", "l", "i"})
"""Those that say what is done or how it is: they weigh less."""
_DEED_WEIGHS = 0.45
_PLACE = re.compile(
    r".+(?:路|弄|村|巷|苑|街|里|桥|河|站|公园|花园|公寓|广场|医院|学校|小学|中学|幼儿园|菜场|大楼)$"
    r"|^(?:公园|花园|公寓|广场|医院|学校|小学|中学|幼儿园|大楼|大门|马路)$"
)
"""A place by its own name or its kind; 菜场 alone may be what is the matter."""
_SAID_BY_ALL = frozenset(
    [
        *("建议", "希望", "能不能", "可不可以", "居民", "居委会", "街道", "社区", "小区", "现在", "问题", "地方"),
        *("时候", "每天", "早上", "晚上", "天天", "已经", "没有", "有没有", "解决", "处理", "反映", "麻烦", "谢谢"),
        *("请问", "领导", "部门", "我们", "你们", "他们", "大家", "自己", "一下", "不能", "不是", "还是", "觉得"),
        *("知道", "出来", "起来", "过来", "门口", "旁边", "附近", "上面", "下面", "里面", "这边", "那边", "这里"),
        *("那里", "老人", "孩子", "可以", "应该", "需要", "非常", "一直", "经常", "真的", "东西"),
    ]
)


@dataclass(slots=True)
class _Spoken:
    """Terms of one message: what each weighs, and where it is first said."""

    times: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    place: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Called:
    """What a group is called: its telling words, and which of its messages says most of them.

    `is_one`: at least half of them say the same word that is no place. Else they have nothing in common but where.
    """

    words: tuple[str, ...]
    nearest: int | None
    is_one: bool = True


class Namer:
    """Knows the words of all messages; asked what a group of them is called."""

    def __init__(self, texts: Sequence[str], groups: Sequence[int]) -> None:
        self._spoken = [_terms(text[:LONGEST_READ]) for text in texts]
        self._all: dict[str, float] = defaultdict(float)
        for one in self._spoken:
            for term, times in one.times.items():
                self._all[term] += times
        classes = len({group for group in groups if group >= 0}) + 1
        self._usual = sum(self._all.values()) / classes

    def called(self, members: Sequence[int], titles: Mapping[int, str]) -> Called:
        """The telling words of a group in the order in which people say them, and the message nearest to its centre.

        Parameters
        ----------
        members : sequence of int
            Places of its messages.
        titles : mapping
            Title of each, for the nearest.
        """
        scores = self._scores(members)
        best = sorted(scores, key=lambda term: (-scores[term], -len(term), term))
        words = _apart(best, KEPT_WORDS)
        first = self._in_order(words[:MOST_WORDS], members)
        nearest = self._nearest(scores, members, titles)
        return Called((*first, *words[MOST_WORDS:]), nearest, self._is_one(scores, members))

    def _is_one(self, scores: Mapping[str, float], members: Sequence[int]) -> bool:
        matters = _without_places(scores)
        return any(2 * sum(term in self._spoken[one].times for one in members) >= len(members) for term in matters)

    def _scores(self, members: Sequence[int]) -> dict[str, float]:
        within: dict[str, float] = defaultdict(float)
        having: Counter[str] = Counter()
        for member in members:
            having.update(self._spoken[member].times.keys())
            for term, times in self._spoken[member].times.items():
                within[term] += times
        least = max(2, math.ceil(SHARE * len(members)))
        return {
            term: times * math.log1p(self._usual / self._all[term]) * math.sqrt(len(term))
            for term, times in within.items()
            if having[term] >= least and _is_nobodys(term)
        }

    def _in_order(self, words: Sequence[str], members: Sequence[int]) -> list[str]:
        """Words in the order in which they are mostly said."""

        def usual_place(word: str) -> float:
            places = [self._spoken[member].place[word] for member in members if word in self._spoken[member].place]
            return sum(places) / len(places)

        return sorted(words, key=usual_place)

    def _nearest(self, scores: Mapping[str, float], members: Sequence[int], titles: Mapping[int, str]) -> int | None:
        """Which message's title says most of what the group says, for its length."""

        def says(member: int) -> float:
            title = titles[member]
            return sum(score for term, score in scores.items() if term in title) / math.sqrt(len(title) + 4)

        named = [member for member in members if titles.get(member)]
        return max(named, key=lambda member: (says(member), -member)) if named else None


def name_of(words: Sequence[str]) -> str:
    """A name of telling words: 枣阳路、共享单车、坡口."""
    return "、".join(words[:MOST_WORDS])


def said_of(text: str, *, where: bool = True) -> str:
    """The things that a message speaks of, each once: what groups it, without the words that all letters have.

    Parameters
    ----------
    where : bool
        Whether the places that it names are among them.
    """
    things = dict.fromkeys(term for term, _place, is_thing in _found(text[:LONGEST_READ]) if is_thing)
    return " ".join(things if where else _without_places(things))


def _without_places(terms: Iterable[str]) -> list[str]:
    """Terms that say what is the matter, not where: no places, and no parts of their names."""
    every = list(terms)
    places = [term for term in every if _PLACE.search(term)]
    return [term for term in every if not any(term in place for place in places)]


def _terms(text: str) -> _Spoken:
    """Words that stand alone, and neighbours that make one: 枣阳 and 路."""
    spoken = _Spoken()
    for term, place, is_thing in _found(text):
        spoken.times[term] += 1 if is_thing else _DEED_WEIGHS
        spoken.place.setdefault(term, place)
    return spoken


def _found(text: str) -> Iterator[tuple[str, int, bool]]:
    """(term, where it stands, whether it names a thing) of a message."""
    before, is_tail, place = "", False, 0
    for word, kind in rjieba.tag(text):
        carries = (kind in _THINGS or kind in _DEEDS) and bool(_HAN.fullmatch(word)) and word not in _SAID_BY_ALL
        if carries and 2 <= len(word) <= LONGEST_TERM:
            yield word, place, kind in _THINGS
        if carries and before and (not is_tail or len(word) == 1) and _is_one(before, word, kind):
            yield before + word, place - len(before), True
        is_tail = bool(before) and len(word) == 1
        before = word if carries and kind != "l" else ""
        place += len(word)


def _is_one(before: str, word: str, kind: str) -> bool:
    """Whether two neighbours make one term: the second is a thing or a place, the first says which."""
    return kind in _THINGS and kind != "s" and len(before) + len(word) <= LONGEST_TERM


def _is_nobodys(term: str) -> bool:
    """Whether a term names nobody."""
    return not POLITE.fullmatch(term) and masked(term) == term


def _apart(terms: Sequence[str], most: int) -> list[str]:
    """The first terms that share no two characters in a row with one before."""
    chosen: list[str] = []
    for term in terms:
        pairs = {term[at : at + 2] for at in range(len(term) - 1)}
        if all(pairs.isdisjoint(one[at : at + 2] for at in range(len(one) - 1)) for one in chosen):
            chosen.append(term)
        if len(chosen) == most:
            break
    return chosen
