"""What may be planned, hung on a wall, and said to be done with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

LONGEST_TITLE, LONGEST_PLACE, LONGEST_TOPIC, LONGEST_NOTE = 60, 120, 12, 200
MOST_TOPICS, MOST_ITEMS = 5, 40


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event as it is planned; `topics` are the columns of its wall."""

    kind: str
    title: str
    path: str
    place: str
    starts_at: datetime
    ends_at: datetime
    topics: Sequence[str]
    theme: str = ""
    about: str = ""
    lon: float | None = None
    lat: float | None = None
    is_public: bool = True


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """A line of a programme."""

    starts_at: time
    title: str
    who: str = ""
    place: str = ""


def event_can_be_planned(facts: EventFacts, *, is_inside: bool | None) -> Verdict[bool]:
    """Whether an event can stand in the calendar so; every reason at once, each at its field."""
    reasons = []
    if not facts.title or len(facts.title) > LONGEST_TITLE:
        mend = _("写居民看了就想来的名称，最多 %(most)s 个字") % {"most": LONGEST_TITLE}
        reasons.append(Reason(_("名称还没有写好"), field="title", mend=mend))
    if not facts.place or len(facts.place) > LONGEST_PLACE:
        reasons.append(Reason(_("地点还没有写好"), field="place", mend=_("写到门牌或哪个门，居民照着找")))
    if facts.ends_at <= facts.starts_at:
        reasons.append(Reason(_("结束比开始早"), field="ends_at", mend=_("请核对两个时间")))
    if is_inside is False:
        reasons.append(Reason(_("这个位置不在本街道"), field="lon", mend=_("请核对经纬度，或者空着")))
    if (facts.lon is None) != (facts.lat is None):
        reasons.append(Reason(_("经度和纬度要么都填，要么都空着"), field="lat"))
    reasons += _about_topics(facts.topics)
    return Verdict(not reasons, *reasons)


def _about_topics(topics: Sequence[str]) -> list[Reason]:
    if not 1 <= len(topics) <= MOST_TOPICS:
        said = _("便签墙要有 1 到 %(most)s 个话题") % {"most": MOST_TOPICS}
        return [Reason(said, field="topics", mend=_("一行写一个"))]
    if long := [topic for topic in topics if len(topic) > LONGEST_TOPIC]:
        told = {"topic": long[0], "most": LONGEST_TOPIC}
        return [Reason(_("话题「%(topic)s」太长，最多 %(most)s 个字") % told, field="topics")]
    if len(set(topics)) < len(topics):
        return [Reason(_("有两个话题一样"), field="topics")]
    return []


def topics_can_be_left(*, topics: int, last_used: int | None) -> Verdict[bool]:
    """Whether a wall can have so many columns: those in which notes hang stay."""
    if last_used is None or last_used < topics:
        return Verdict(True)
    said = _("第 %(number)s 个话题下面还有便签，不能去掉") % {"number": last_used + 1}
    return Verdict(False, Reason(said, field="topics", mend=_("改名可以；要去掉，先把便签移到别的列")))


def programme_can_stand(items: Sequence[ItemFacts]) -> Verdict[bool]:
    """Whether these lines make a programme."""
    if len(items) > MOST_ITEMS:
        return Verdict(False, Reason(_("议程最多 %(most)s 项") % {"most": MOST_ITEMS}, field="programme"))
    return Verdict(True)


def event_can_be_said_held(*, now: datetime, starts_at: datetime) -> Verdict[bool]:
    """Whether it can be put down that an event took place: once it has begun."""
    if now >= starts_at:
        return Verdict(True)
    return Verdict(False, Reason(_("活动还没有开始"), mend=_("开始以后再登记办完")))


def event_can_be_reported(*, conclusions: str, now: datetime, ends_at: datetime, unturned: int) -> Verdict[bool]:
    """Whether an event's report is whole: it is over, says what came of it, and no note was left on the wall."""
    reasons = []
    if now < ends_at:
        reasons.append(Reason(_("活动还没有结束"), mend=_("结束以后再完成小结")))
    if not conclusions.strip():
        reasons.append(Reason(_("还没有写结论"), field="conclusions", mend=_("写几句大家说了什么、接下来谁做什么")))
    if unturned:
        said = _("墙上还有 %(count)s 张便签没有转成建议") % {"count": unturned}
        reasons.append(Reason(said, mend=_("到便签墙上转成建议；重复的合并，不算数的撕下")))
    return Verdict(not reasons, *reasons)


def event_can_be_called_off(*, reason: str) -> Verdict[bool]:
    """Whether it is said why an event is called off."""
    if reason.strip():
        return Verdict(True)
    return Verdict(False, Reason(_("还没有写为什么取消"), field="reason", mend=_("报了名的人会看到这句话")))


def note_can_be_put_up(*, letters: int, topic: int, topics: int, state: str) -> Verdict[bool]:
    """Whether a note can be hung on a wall: it says something, in one of the columns, while the event is open."""
    reasons = []
    if not letters:
        reasons.append(Reason(_("便签上还没有字"), field="words"))
    if letters > LONGEST_NOTE:
        told = {"letters": letters, "most": LONGEST_NOTE}
        mend = _("一张便签写一件事，长的分成几张")
        reasons.append(Reason(_("便签写了 %(letters)s 个字，最多 %(most)s 个") % told, field="words", mend=mend))
    reasons += _about_wall(topic, topics, state)
    return Verdict(not reasons, *reasons)


def note_can_be_moved(*, topic: int, topics: int, state: str) -> Verdict[bool]:
    """Whether a note can hang in a column."""
    reasons = _about_wall(topic, topics, state)
    return Verdict(not reasons, *reasons)


def notes_can_be_merged(*, same: bool, same_event: bool, hang: bool, turned: bool) -> Verdict[bool]:
    """Whether two notes say one thing: two of one wall, both still hanging, the first not made into a suggestion."""
    if same or not same_event or not hang:
        return Verdict(False, Reason(_("这两张便签不能合并"), mend=_("请选墙上另一张")))
    if turned:
        return Verdict(False, Reason(_("这张已经转成建议"), mend=_("在人民建议里合并")))
    return Verdict(True)


def note_can_be_taken_down(*, hangs: bool, turned: bool) -> Verdict[bool]:
    """Whether a note can be taken off the wall; what is a suggestion already is handled as such."""
    if not hangs:
        return Verdict(False, Reason(_("这张便签已经不在墙上")))
    if turned:
        return Verdict(False, Reason(_("这张已经转成建议"), mend=_("在人民建议里办")))
    return Verdict(True)


def _about_wall(topic: int, topics: int, state: str) -> list[Reason]:
    reasons = []
    if not 0 <= topic < topics:
        reasons.append(Reason(_("没有这个话题"), field="topic"))
    if state in ("reported", "called_off"):
        reasons.append(Reason(_("这场活动已经收尾，墙上不能再改")))
    return reasons
