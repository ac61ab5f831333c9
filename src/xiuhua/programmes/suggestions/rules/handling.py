"""What may be done with a suggestion in hand, besides what the flow says follows on what."""

import re
from collections.abc import Collection, Mapping
from datetime import date

from xiuhua.ground.standards.suggestions import Term
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

GAP = re.compile(r"【[^】]*】")
"""What a first draft leaves to be written."""

FEWEST_LETTERS = 5
"""Fewer say nothing."""

LONGEST_MEMO = 500
"""Letters of a word among colleagues."""

FEWEST_SAID = 10
"""Letters that a reply has at least besides its greeting."""

GREETING = re.compile(
    r"^\W*(?:尊敬的|敬爱的)?(?:[\u4e00-\u9fff]{0,4}?"
    r"(?:女士|先生|阿姨|叔叔|爷爷|奶奶|伯伯|老师|师傅|小姐|同学|大姐|大哥|居民|朋友|同志|业主)){0,2}\W*"
    r"(?:(?:您|你|大家|早上|上午|中午|下午|晚上)好)?\W*"
)
"""How a reply begins that has said nothing yet: 贾先生，您好！"""


def sorting_can_stand(nature: str, category: str, categories: Collection[str]) -> Verdict[bool]:
    """Whether nature and category are ones that there are."""
    reasons = []
    if nature not in ("suggestion", "service", "claim"):
        reasons.append(Reason(_("没有这种性质"), field="nature", mend=_("请从三种里选一种")))
    if category not in categories:
        reasons.append(Reason(_("没有这个类别"), field="category", mend=_("请从列表里选一个")))
    return Verdict(not reasons, *reasons)


def can_be_accepted(nature: str) -> Verdict[bool]:
    """Whether it can be taken up here (受理): a personal claim is no suggestion and goes down the petition road."""
    if nature == "claim":
        said = _("个人诉求不是建议，不在这里办")
        mend = _("请点「转信访」，那边有自己的期限；如果判断错了，先改性质")
        return Verdict(
            False, Reason(said, field="nature", mend=mend, cites="suggestions.nature.claim_is_no_suggestion")
        )
    return Verdict(True)


def can_be_passed_on(nature: str, road: str, roads: Mapping[str, str]) -> Verdict[bool]:
    """Whether it can be passed on down a road (转办): one that is there, and for things of its nature.

    Parameters
    ----------
    roads : mapping of str to str
        What each road is for: ``claim``, ``service``, or ``any``.
    """
    if road not in roads:
        return Verdict(False, Reason(_("还没有选转给谁"), field="road", mend=_("请从列表里选一个")))
    if roads[road] not in ("any", nature):
        said = _("这一件的性质不走这条路")
        return Verdict(False, Reason(said, field="road", mend=_("请先改性质，或者换一条路")))
    return Verdict(True)


def handed_to(section: str, unit_path: str, sections: Collection[str], *, unit_is_known: bool) -> Verdict[bool]:
    """Whether exactly one is named to take it in hand: a section of the office, or a committee."""
    if bool(section) == bool(unit_path):
        said = _("还没有选主办") if not section else _("主办只能是一个")
        return Verdict(False, Reason(said, field="unit", mend=_("请选一个科室，或者一个居委会")))
    if section and section not in sections:
        return Verdict(False, Reason(_("没有这个科室"), field="unit", mend=_("请从列表里选一个")))
    if unit_path and not unit_is_known:
        return Verdict(False, Reason(_("没有这个居委会"), field="unit", mend=_("请从列表里选一个")))
    return Verdict(True)


def reason_is_given(reason: str, field: str = "reason") -> Verdict[bool]:
    """Whether it is said why, in words that say something."""
    if len(reason.strip()) < FEWEST_LETTERS:
        mend = _("写清楚为什么，至少 %(count)s 个字，别人看得懂") % {"count": FEWEST_LETTERS}
        return Verdict(False, Reason(_("还没有写原因"), field=field, mend=mend))
    return Verdict(True)


def memo_can_be_left(words: str) -> Verdict[bool]:
    """Whether a word among colleagues says anything, and no more than one reads at a glance."""
    count = len(words.strip())
    if not count:
        return Verdict(False, Reason(_("留言还没有写"), field="words", mend=_("写给一起办这件事的同事")))
    if count > LONGEST_MEMO:
        mend = _("写了 %(count)s 个字，最多 %(most)s 个") % {"count": count, "most": LONGEST_MEMO}
        return Verdict(False, Reason(_("留言太长"), field="words", mend=mend))
    return Verdict(True)


def reply_can_be_sent(words: str, draft: str = "") -> Verdict[bool]:
    """Whether a reply says something of its own: no gap left open, and not the first draft as it stood.

    Parameters
    ----------
    draft : str
        The words that it started from; empty where it started from none.
    """
    words = words.strip()
    if len(words) < FEWEST_LETTERS:
        return Verdict(False, Reason(_("答复还没有写"), field="words", mend=_("写清楚做了什么、接下来怎样")))
    if gap := GAP.search(words):
        said = _("底稿里的「%(gap)s」还没有写") % {"gap": gap.group()[1:-1]}
        return Verdict(False, Reason(said, field="words", mend=_("把每个【】换成这一件的情况")))
    if _letters_said(words) < FEWEST_SAID:
        said = _("除了称呼和问候，还没有说什么")
        mend = _("写清楚做了什么、为什么、接下来怎样，至少 %(count)s 个字") % {"count": FEWEST_SAID}
        return Verdict(False, Reason(said, field="words", mend=mend))
    if draft and words == GAP.sub("", draft).strip():
        mend = _("请写上这一件的情况，居民看得出是不是套话")
        return Verdict(False, Reason(_("答复和底稿一模一样"), field="words", mend=mend))
    return Verdict(True)


def _letters_said(words: str) -> int:
    return sum(letter.isalnum() for letter in GREETING.sub("", words, count=1))


def can_be_merged(*, same: bool, other_is_merged: bool, has_merged: bool, same_subdistrict: bool) -> Verdict[bool]:
    """Whether one can be merged into another: chains of merged ones are not made."""
    if same:
        return Verdict(False, Reason(_("不能并到自己"), field="into", mend=_("请选另一件")))
    if not same_subdistrict:
        return Verdict(False, Reason(_("那一件是别的街道的"), field="into", mend=_("请选本街道的一件")))
    if other_is_merged:
        return Verdict(False, Reason(_("那一件自己已经并到别的里"), field="into", mend=_("请并到最后那一件")))
    if has_merged:
        mend = _("请把这几件都并到那一件，或者反过来并")
        return Verdict(False, Reason(_("已经有别的并到这一件里"), field="into", mend=mend))
    return Verdict(True)


def can_be_split(*, into_is_closed: bool) -> Verdict[bool]:
    """Whether one can be taken out again of what it was merged into."""
    if into_is_closed:
        return Verdict(False, Reason(_("合并后的那一件已经办结，拆不开了"), mend=_("可以另外登记一件")))
    return Verdict(True)


def can_be_extended(nature: str, *, is_complex: bool, extended: bool) -> Verdict[bool]:
    """Whether more time can be had: a claim once, others by being found complex (复杂事项), once too."""
    if nature == "claim" and extended:
        said = _("个人诉求只能延期一次，已经延过")
        return Verdict(False, Reason(said, cites="suggestions.terms.claim_extension.days"))
    if nature != "claim" and is_complex:
        said = _("已经按复杂事项办理，不能再延")
        return Verdict(False, Reason(said, cites="suggestions.terms.reply_complex.days"))
    return Verdict(True)


def can_be_adopted(*, nature: str, project_stands: bool) -> Verdict[bool]:
    """Whether it can be adopted into a project (采纳): a suggestion, into one that goes on."""
    if nature == "claim":
        said = _("个人诉求不是建议，不能采纳进项目")
        return Verdict(False, Reason(said, field="project", mend=_("请先改性质"), cites="suggestions.nature"))
    if not project_stands:
        return Verdict(False, Reason(_("这个项目已经停了"), field="project", mend=_("请选一个还在做的项目")))
    return Verdict(True)


def can_be_rated(*, told: bool, stars: int) -> Verdict[bool]:
    """Whether a person may say how satisfied they are, in one to five stars; a second time changes it."""
    if not told:
        return Verdict(False, Reason(_("还没有答复，先不评价"), mend=_("答复以后再来评")))
    if not 1 <= stars <= 5:
        return Verdict(False, Reason(_("还没有选几颗星"), field="stars", mend=_("请选 1 到 5 颗星")))
    return Verdict(True)


def can_be_reopened(*, reopened: bool, told_on: date | None, today: date, term: Term, words: str) -> Verdict[bool]:
    """Whether a person may ask that it be taken up again (要求重办): once, in time, saying what is amiss."""
    if reopened:
        mend = _("请打居委会电话，或者拨 12345")
        return Verdict(False, Reason(_("已经重新办过一次，不能再要求重办"), mend=mend))
    if told_on is not None and today > term.after(told_on):
        said = _("答复已经过了 %(days)s 天") % {"days": int(term.days.number)}
        return Verdict(False, Reason(said, mend=_("请作为新的一件再提一次"), cites="suggestions.terms.reopen.days"))
    return reason_is_given(words, "words")


def code_is_for(sent_to: str, phone: str, *, taken: bool) -> Verdict[bool]:
    """Whether a one-time code went to the telephone that is to be confirmed, and was taken just now."""
    if not taken:
        return Verdict(False, Reason(_("还没有填对验证码"), field="code", mend=_("请对照短信填")))
    if not phone or sent_to != phone:
        return Verdict(False, Reason(_("验证码不是发到这个手机号的"), field="code", mend=_("请重新要一次验证码")))
    return Verdict(True)
