"""What people type, made fit to keep and to list (文字整理): cleaned of what nobody sees, and given a short title."""

import re
import unicodedata

from xiuhua.programmes.suggestions.sorting.personal import Kind, find

LONGEST_TITLE = 24
_FULL = {0xFF00 + place: 0x20 + place for place in range(1, 0x5F) if chr(0x20 + place).isalnum()} | {0x3000: " "}
"""Letters and digits of full width; punctuation of full width is how Chinese is written."""
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_MARKS = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u20d0-\u20f0\ufe00-\ufe0f]{2})[\u0300-\u036f\u0483-\u0489\u20d0-\u20f0\ufe00-\ufe0f]+"
)
_BLANKS, _LINES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f]+"), re.compile(r" ?\n ?(?:\n ?)+")
_SAME = re.compile(r"([^\d\w\s])\1{3,}|([^\W\d])\2{7,}")

_CLAUSE = re.compile(r"[^。！？!?；;，,：…~～\n]+")
_GREETING = re.compile(
    r"^(?:(?:您|你|你们|大家|领导|各位|同志|老师|街道|居委会?|亲爱的|尊敬的|敬爱的)[^，,。]{0,10}(?:好|们|领导|同志|部门|主任|书记|办)"
    r"|hi|hello|早上好|下午好|晚上好|谢谢[^，,。]{0,6}|麻烦了|不好意思|打扰了?|请问(?:一下)?|是这样的?|情况如下|有个?建议|有件事|你好|您好|喂)"
    r"[呀啊哦吗：: ]*$",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"^(?:我们?|本人|这里|家)(?:叫|姓|就?是|住|家住|家在|在|来自)(?!不|没).{0,24}$|^家?住.{0,20}$|^(?:本人|我).{0,6}(?:岁|年纪大了?|退休了?)$"
    r"|^(?:今年|现年)?.{0,4}岁了?$|^.{0,14}(?:居民|业主|住户)$|^(?:电话|手机|联系方式|微信|姓名|地址|住址)"
)
_LEAD_IN = re.compile(
    r"^(?:我们?|本人|大家|居民们?|市民(?:来电)?|来电人)?"
    r"(?:(?:很|真心|还|也)?(?:想要?|要)(?:反映|提|说|问|建议|咨询)(?:一下|一个|个|下|几点|一点)?(?:问题|建议|意见|情况|关于)?"
    r"|反映(?:一下|一个|个)?(?:问题|情况)?|有(?:一个|个|几个|几点)?(?:小)?建议|提(?:一个|个|点)?(?:小)?建议|请问(?:一下)?|关于)"
    r"[：: ]*(?:就是|是)?(?:关于)?"
)
_TAIL = re.compile(r"的(?:问题|事情?|情况)$")


def cleaned(text: str, most: int | None = None) -> str:
    """A text without what nobody sees; what it says stays as it was written, scripts and tags included.

    Control, zero-width and direction characters go; letters and digits of full width become plain; more than three of
    the same mark, more than one blank and more than one empty line are what their first ones say.

    Parameters
    ----------
    most : int, optional
        So many characters are kept.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(char for char in text if char == "\n" or char == "\t" or _is_seen(char)).translate(_FULL)
    text = _LINES.sub("\n\n", _BLANKS.sub(" ", _MARKS.sub(r"\1", text)))
    text = _SAME.sub(lambda found: found[0][:3], text).strip()
    return text if most is None else text[:most].rstrip()


def title_of(words: str) -> str:
    """The first clause that tells what it is about, of at most 24 characters, without greeting and personal data.

    Returns
    -------
    str
        Empty where they tell nothing.
    """
    clauses = [clause for clause in map(_telling, _CLAUSE.findall(cleaned(words, 1000))) if clause]
    first = next((k for k, clause in enumerate(clauses) if len(clause) >= 4), 0)
    title = ""
    for clause in clauses[first:]:
        longer = f"{title}，{clause}" if title else clause
        if title and (len(title) >= 10 or len(longer) > LONGEST_TITLE):
            break
        title = longer
    if not title:
        title = _without_personal_data(cleaned(words, 200)).replace("\n", " ").strip(" ，,。")
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip("，、 ") + "…"


def _telling(clause: str) -> str:
    """What a clause says of the matter; nothing where it greets, introduces the writer or is a telephone number."""
    clause = clause.strip(" \t:：“”\"'（）()-—")
    if _GREETING.match(clause) or _WHO.match(clause):
        return ""
    if any(one.kind not in {Kind.ROOM, Kind.NAME} for one in find(clause)):
        return ""
    clause = _LEAD_IN.sub("", _without_personal_data(clause)).strip(" :：")
    clause = _TAIL.sub("", clause)
    return "" if _GREETING.match(clause) else clause


def _without_personal_data(text: str) -> str:
    """The text with rooms cut out and the rest masked: a title is read by everybody."""
    pieces, at = [], 0
    for one in find(text):
        pieces.append(text[at : one.start])
        at = one.end
        if one.kind is Kind.ROOM:
            at += text[at : at + 1] in {"室", "户"}
        elif one.kind is Kind.NAME:
            pieces.append(one.text[:1] + "某")
    return "".join([*pieces, text[at:]])


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN and char not in _FILLERS
