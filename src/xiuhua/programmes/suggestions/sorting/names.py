"""Names of people in free text (姓名): after a cue such as 我叫, before a form of address, beside a telephone."""

import re
from collections.abc import Iterator

import rjieba

from xiuhua.programmes.suggestions.sorting.surnames import (
    COMPOUND_SURNAMES,
    GIVEN,
    NOT_GIVEN,
    RARE_SURNAMES,
    SURNAMES,
    TITLES,
)

_GAP = r"[ \t]{0,3}"
_TITLE = "|".join(sorted(map(re.escape, TITLES), key=len, reverse=True))
_PLAINEST = re.compile(
    r"(?:我的?(?:名字)?(?:名?叫|是叫)|名叫|叫做|名字(?:是|叫|为)|姓" + _GAP + r"名|联" + _GAP + r"系" + _GAP + r"人"
    r"|(?:反映|建议|投诉|申请|来信|来电|来访|提议|报修|求助|举报|签名|登记|经办|收件|负责)人(?:姓名)?|署名|签名|落款|户主|产权人|本人姓名)"
    + _GAP
    + r"(?:是|为|叫|[:：,，])?"
    + _GAP
)
_CUES = re.compile(
    r"(?:(?:我们?|本人|这里|她|他)(?:就?是|叫)|本人|业主|住户|居民|租户|租客|房东|邻居|老人|老伯|找到?|联系|致电|同事|朋友|母亲|父亲"
    r"|[妈爸]妈?|老伴|爱人|丈夫|妻子|老公|老婆|儿子|女儿|孙子|孙女|外孙女?|外婆|外公|奶奶|爷爷|弟弟|哥哥|姐姐|妹妹|舅舅|叔叔|侄[子女]|婆婆|公公|岳[父母]|媳妇|女婿|阿姨|同学|学生|孩子|小孩|老师|师傅"
    r"|组长|书记|主任|经理|队长|医生|护士|站长|保安|社工|志愿者|代表|委员|党员|会员|通知|同住人|干部|医师|工人|退休职工|叫|室|户|谢谢|感谢|表扬|请)"
    + _GAP
    + r"(?:的|是|叫|为|姓名|[:：,，(（])?"
    + _GAP
)
_BEFORE_TITLE = re.compile(rf"(?=([一-鿿]{{2,4}}?)(?:{_TITLE}))")
_BESIDE = re.compile(
    r"(?<![一-鿿])([一-鿿]{2,4})" + _GAP + r"(?:[,，:：;；(（/、]?" + _GAP + r")"
    r"(?:(?:联系)?(?:电话|手机|方式)号?码?" + _GAP + r"[:：是]?" + _GAP + r"(?=[\d+(])|(?=(?:\+?86[- ]?)?1[3-9]\d)"
    r"|[男女](?=[,，。;； )）\d])|(?=\d{2}岁))"
)
_AFTER_PHONE = re.compile(r"1[3-9]\d{9}" + _GAP + r"[,，(（/、;；]?" + _GAP + r"([一-鿿]{2,4})(?![一-鿿])")
_LAST_LINE = re.compile(r"(?:^|[\n。！!?？；;])[ \t—-]*([一-鿿]{2,4}?)[ \t]*(?:敬上|上|启|拜托|谢谢)?[。.]?\s*$")
_ITEM = re.compile(r"[一-鿿]+")
_ROW = re.compile(r"(?<![一-鿿])[一-鿿]{2,4}(?:(?:[、,，]|[ ]{1,2})[一-鿿]{2,4}){1,30}")
_FOREIGN = re.compile(r"[一-鿿]{2,8}[·•・][一-鿿]{2,8}")
_GOES_ON = re.compile(
    rf"[^一-鿿]|$|[{''.join(sorted(NOT_GIVEN))}]|{_TITLE}|住|家住|家在|今年|现年|反映|来电|来信|电话|手机|联系|的|是|在|说|想|希望|建议|您好|你好|我|要|有|男|女|和|与|及|跟"
    r"|提出|投诉|曾|也|因|从|已|等|请|就|对|一家|一直|常|身份证|年龄|岁|能|会|不|先后|每天|昨天|今天|前天|最近|腿脚|独居|患|得了|家|找|来|去"
    r"|老两口|户|收|敬上|谢|态度|服务|谈|带|做|管|办|帮|陪|送|接|愿|同意|签|把|被|问|讲|写|天天|每|真|特别|刚"
)
_PLACE_FOLLOWS = re.compile(
    r"[一二三四五六七八九十]村|[村路弄街桥苑园坊楼号区浜河城庭寓邨湾]|小区|新村|公园|中学|小学|居委|花园|公寓|大厦|广场|社区|街道|派出所|医院|的(?:老?居民|住户|老?业主|人)"
)


_NO_HAN, _NEVER = re.compile(r"[^一-鿿]|$"), frozenset("了的过不来去上下")
_ENDS_IN_TITLE = re.compile(_TITLE)
_SURE_SURNAMES, _SURE_GIVEN = SURNAMES - RARE_SURNAMES, GIVEN - NOT_GIVEN


def names_in(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand in a folded text, each with its family name; they may overlap."""
    for cue in _PLAINEST.finditer(text):
        yield from _at(text, cue.end(), plain=True)
        yield from (found.span() for found in [_FOREIGN.match(text, cue.end())] if found)
    for cue in _CUES.finditer(text):
        yield from _at(text, cue.end(), plain=False)
    for found in _BEFORE_TITLE.finditer(text):
        if _stands_alone(text, *found.span(1)) and _is_name(found[1], rare=False):
            yield found.span(1)
    yield from _uncued(text)
    yield from _listed(text)
    for pattern in (_BESIDE, _AFTER_PHONE, _LAST_LINE):
        for found in pattern.finditer(text):
            if _is_name(found[1], rare=pattern is not _LAST_LINE):
                yield found.span(1)


def family_name_length(name: str) -> int:
    """How many characters of a name are the family's."""
    return 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1


def _at(text: str, start: int, *, plain: bool) -> Iterator[tuple[int, int]]:
    """The name that begins at a place right after a cue, if one does."""
    family = 2 if text[start : start + 2] in COMPOUND_SURNAMES else 1
    if family == 1 and text[start : start + 1] not in SURNAMES:
        return
    if _ENDS_IN_TITLE.match(text, start + family):
        return
    for given in (2,) if not plain and text[start] in RARE_SURNAMES else (2, 1):
        end = start + family + given
        if _fits(text, start, start + family, end, plain=plain):
            yield start, end
            return


def _listed(text: str) -> Iterator[tuple[int, int]]:
    """Names that stand in a row, such as 王芳、李娜、张伟."""
    for row in _ROW.finditer(text):
        items = [(row.start() + item.start(), row.start() + item.end()) for item in _ITEM.finditer(row[0])]
        named = [item for item in items if _is_name(text[item[0] : item[1]], rare=False)]
        if len(named) >= 2:
            yield from named
            yield from _at(text, items[-1][0], plain=False)


def _uncued(text: str) -> Iterator[tuple[int, int]]:
    """Names of three characters that can be nothing else: all of them usual, none part of an ordinary word."""
    for start, char in enumerate(text):
        end = start + 3
        if char not in _SURE_SURNAMES or not set(text[start + 1 : end]) <= _SURE_GIVEN or len(text) < end:
            continue
        if (
            _GOES_ON.match(text, end)
            and not _PLACE_FOLLOWS.match(text, end)
            and (not rjieba.has_word(text[start : start + 2]) or _is_known_name(text[start + 1 : end]))
            and _stands_alone(text, start, end)
            and _is_name(text[start:end], rare=False)
        ):
            yield start, end


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no ordinary word reaches into a name from before it or out of it."""
    before = text[start - 1 : start + 1] if start else ""
    return not (len(before) == 2 and rjieba.has_word(before)) and not _is_word_across(text, start, end)


def _fits(text: str, start: int, middle: int, end: int, *, plain: bool) -> bool:
    given = text[middle:end]
    if len(given) < end - middle or not all("一" <= char <= "鿿" for char in given):
        return False
    if set(given) & NOT_GIVEN:
        return plain and _NO_HAN.match(text, end) is not None and text[middle] not in _NEVER
    if _PLACE_FOLLOWS.match(text, end):
        return False
    ends_well, usual = _GOES_ON.match(text, end) is not None, set(given) <= GIVEN
    word = _word_at(text, start)
    if plain:
        return ends_well if usual else ends_well and word < end - start
    if not usual or word > end - start:
        return False
    if word == end - start or _is_word_across(text, start, end):
        return False
    return ends_well or word == 0


def _is_name(words: str, *, rare: bool) -> bool:
    """Whether the whole of some words is a name."""
    family = 2 if words[:2] in COMPOUND_SURNAMES else 1
    given = words[family:]
    if family == 1 and words[0] not in SURNAMES:
        return False
    if words[0] in RARE_SURNAMES and not rare and len(given) < 2:
        return False
    if not 1 <= len(given) <= 2 or not set(given) <= GIVEN or set(given) & NOT_GIVEN or given in TITLES:
        return False
    return _word_at(words, 0) < len(words)


def _word_at(text: str, start: int) -> int:
    """Length of the longest ordinary word of the dictionary that begins at a place; 0 if none of two or more does."""
    for length in (4, 3, 2):
        word = text[start : start + length]
        if len(word) == length and rjieba.has_word(word) and not _is_known_name(word):
            return length
    return 0


def _is_known_name(word: str) -> bool:
    tags = rjieba.tag(word)
    return len(tags) == 1 and tags[0][1].startswith("nr")


def _is_word_across(text: str, start: int, end: int) -> bool:
    """Whether the last character of a name and the one after it are one word, so that the name ends too late."""
    following = text[end - 1 : end + 1]
    return len(following) == 2 and rjieba.has_word(following) and not _GOES_ON.match(text, end)
