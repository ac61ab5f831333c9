"""Whether somebody suggests, asks for a service or makes a claim (性质): by cue words, with the reasons.

A suggestion wants something to be otherwise for everybody; a request for service says that something is broken now; a
personal claim is a dispute of one's own, which the Shanghai rule on suggestions sends down the petition road (art. 10).
"""

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from xiuhua.ground.words import gettext as _
from xiuhua.ground.words import gettext_noop
from xiuhua.programmes.suggestions.sorting.folding import folded


class Kind(StrEnum):
    """What somebody wants, by the keys of the model's natures."""

    SUGGESTION = "suggestion"
    SERVICE = "service"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a text was taken for.

    Parameters
    ----------
    confidence : float
        From 0 to 1: the share of the weights that speak for it.
    reasons : tuple of str
        What in the text spoke for it, in words for the office.
    """

    nature: Kind
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cue:
    nature: Kind
    weight: float
    why: str
    words: re.Pattern[str]


def _cue(nature: Kind, weight: float, why: str, words: str) -> _Cue:
    return _Cue(nature, weight, why, re.compile(words))


_WISHES, _BETTER = gettext_noop("说的是希望怎么做"), gettext_noop("说的是添置或改进")
_BROKEN, _URGENT = gettext_noop("说的是眼下坏了的东西"), gettext_noop("要人马上来")
_OWN, _DISPUTE = gettext_noop("说的是自己的权益"), gettext_noop("有争议，或者已经走过别的途径")

_CUES = (
    _cue(Kind.SUGGESTION, 2.2, _WISHES, r"建议|能不能|能否|可不可以|可否|不如|最好能?|应该|倡议|提议|想要一个|如果能"),
    _cue(Kind.SUGGESTION, 1.6, _WISHES, r"希望|盼望|期待|想请|愿意|为什么不"),
    _cue(
        Kind.SUGGESTION, 1.2, _BETTER,
        r"增加|增设|增添|加密|拓宽|延长|改成|改造|改为|改道|划定|规划|统一|公示|定期|多[办种放开装听做]|"
        r"早点加装|加装|扩大|扩招|推广|开放|认养|试点|引进|重铺|整治|表扬",
    ),
    _cue(
        Kind.SERVICE, 2.4, _BROKEN,
        r"(?:灯|门|门禁|电梯|水管|管|器材|锁|泵|空调|监控|对讲|设备|水龙头|开关|跳闸|闸)[^，。；！]{0,6}(?:坏了|坏掉|不亮了?|爆了|断了|失灵|不动)"
        r"|堵了|堵住了|冒出来|困人|困在|停电|停水|没电了|没水了|漏电|煤气味|燃气味|泄漏|井盖不见|塌了|刮倒|倒下来|掉下来砸"
        r"|往下滴|漏到|漫到|没人收|没人应|着火|喷水|冒烟|联系不上",
    ),
    _cue(Kind.SERVICE, 1.2, _BROKEN, r"坏了|漏水|断了|堵塞|不亮|破了|松了|积水没退"),
    _cue(
        Kind.SERVICE, 2.0, _URGENT,
        r"报修|来修|修一下|修一修|派人|快来|赶快|马上|尽快(?:处理|修|拆|派|来)|紧急|急[！!，。]?$|救命|(?<!以)请来|来人|求助|现在就",
    ),
    _cue(
        Kind.CLAIM, 3.2, _OWN,
        r"拖欠|欠薪|欠我|讨薪|不发工资|赔偿|赔我|赔钱|补偿款|退款|退钱|退我|还我|医药费|误工费|精神损失|道歉|做主|讨个?公道|给(?:我|个|我一个|我个)说法"
        r"|违法辞退|开除|工伤|安置房|(?:要求|请|必须)(?:重新算|恢复|撤销|补缴|补发|返还)|押金",
    ),
    _cue(
        Kind.CLAIM, 2.6, _DISPUTE,
        r"信访|上访|仲裁|起诉|打官司|法院|申诉|不服|行政复议|举报[^，。]{0,8}(?:人|干部|经理)|打伤|骂我|打我|骗了?我",
    ),
    _cue(
        Kind.CLAIM, 1.6, _OWN,
        r"(?:我|我们?家|我[妈爸儿女老])的?[^，。；]{0,8}(?:低保|廉租房|公租房|救助|补贴|补助|退休金|养老金|工资|动迁|拆迁|户口|遗产|房产证|贷款)"
        r"|被(?:停了|取消|拒绝|退回|扣)|少算|多收了?我|我要投诉|要求他|要求你们",
    ),
)  # fmt: skip
_ABOUT_OWN = re.compile(r"我家|我妈|我爸|我的|我老板|帮我|给我|我不服|本人")
_START = {Kind.SUGGESTION: 1.0, Kind.SERVICE: 0.0, Kind.CLAIM: -0.4}


def nature_of(text: str) -> Judged:
    """Judge a text: of what speaks for each of the three, the greatest weight wins."""
    said = folded(text).text
    weights, reasons = dict(_START), {nature: list[str]() for nature in Kind}
    for cue in _CUES:
        found = sorted({match[0] for match in cue.words.finditer(said)}, key=said.index)
        if found:
            weights[cue.nature] += cue.weight * (1 + 0.25 * min(len(found) - 1, 2))
            reasons[cue.nature].append(_("%(why)s：%(words)s") % {"why": _(cue.why), "words": "、".join(found[:3])})
    if reasons[Kind.CLAIM] and _ABOUT_OWN.search(said):
        weights[Kind.CLAIM] += 0.6
    shares = {nature: math.exp(weight) for nature, weight in weights.items()}
    nature = max(shares, key=lambda one: shares[one])
    confidence = min(0.97, shares[nature] / sum(shares.values()))
    return Judged(nature, round(confidence, 2), tuple(reasons[nature]) or (_("没有报修和个人诉求的字样"),))
