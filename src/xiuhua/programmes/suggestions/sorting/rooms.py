"""Door numbers in free text (室号): the room is found, the quarter, lane and building before it stay, being a place."""

import re
from collections.abc import Iterator

_GAP = r"[ \t]{0,2}"
_LINK = r"[ \t]{0,2}[-—–－/#,，、]?[ \t]{0,2}"
_COUNTED = (
    r"(?![\d年月元块毛弄号米平人个次天分度斤公辆线多余件台万亿%.:：位名岁路棵条只户家]"
    r"|栋|幢|小时|厘米|千|百|住户|居民|老人|平方|多|-\d(?!\d{0,3}号))"
)
"""What makes of a number no room: it counts something, or goes on."""
_HAN = "一二三四五六七八九十"
_SIDE = r"[东西南北中左右][东西南北]?(?:面|边|侧)?" + _GAP + r"(?:户|室|首|间|套|手|那户|那家|这户|人家)"

_BUILDING = rf"(?:(?<=[\d{_HAN}]号)|(?<=号楼)|(?<=号门)|(?<=[\dA-Za-z{_HAN}][栋幢座]))"

_PATTERNS = (
    # 12号301室, 3号5室, 1502A室, 301-302室
    re.compile(_BUILDING + _LINK + r"([A-Za-z甲乙丙丁]?\d{1,4}[A-Za-z]?(?:[-、/和及]\d{2,4})*)" + _GAP + r"室"),
    re.compile(r"(?<![\d.])([A-Za-z甲乙丙丁]?\d{3,4}[A-Za-z]?(?:[-、/和及]\d{2,4})*)" + _GAP + r"室(?![内外友温])"),
    # 二楼亭子间, 12号前客堂
    re.compile(r"(?<=号)((?:[一二三底]楼|底层)?(?:亭子间|[前后]楼|[前后]?客堂间?|灶[披头]间|三层阁|[前后]?厢房|统楼))"),
    # 三楼东户, 5层西边那户, 3楼302
    re.compile(rf"((?:\d{{1,2}}|[{_HAN}]{{1,3}})[楼层]{_GAP}{_SIDE})"),
    re.compile(rf"(?<=[号元栋幢座楼])(?:\d{{1,2}}|[{_HAN}]{{1,3}})[楼层]{_GAP}(\d{{3,4}}){_COUNTED}"),
    re.compile(rf"(?<=单元){_LINK}((?:\d{{1,2}}[楼层])?(?:{_SIDE}|\d{{3,4}}{_COUNTED}))"),
)
_WRITTEN_OUT = re.compile(
    r"(?<=[号楼栋幢元座住])"
    + _LINK
    + r"([一二三四五六七八九](?:[零〇○一二三四五六七八九]{2,3}|百零?[一二三四五六七八九十]{1,3}))"
    + r"(?=室|$|[^一-鿿]|的|住)"
    + rf"|(?<=[{_HAN}\d]号)([一二三四五六七八九][零〇○][一二三四五六七八九])(?![十百千\d])"
)
_WRITTEN_ROOM = re.compile(
    r"((?:[一二三四五六七八九]百零?)?[零〇○一二三四五六七八九十]{2,4})室(?![一二两三四五六七]厅|户|内|外|友|温)"
)
_PLAUSIBLE = (
    # 3号楼602, 12号 1301, B栋1203, 7座-902
    re.compile(_BUILDING + _LINK + r"(\d{3,4}(?:[、,，和及/]\d{3,4})*)" + _COUNTED),
    # 住12-301, 长风二村3-2-602, 88弄14-502, 8#602
    re.compile(
        r"(?:(?<=[弄村苑园里坊城庭邸楼家寓住业主户邨湾])|(?<=小区)|(?<=住在)|(?<=地址)|(?<=地址[:：])|(?<=住址[:：])|(?<=[:：，,。;；\n])|(?:^))"
        + _GAP
        + r"\d{1,3}[-—–－/#](?:\d{1,2}[-—–－/])?(\d{3,4})"
        + _COUNTED
    ),
    # 楼上502, 隔壁的301
    re.compile(
        r"(?:楼[上下]|隔壁|对[门面]|我家|我家是|家住|住在?|房号|室号|门牌号?|房间号?)(?:的|那户|那家|邻居|住户|人家|是|[:：])?"
        + _GAP
        + r"(\d{3,4})"
        + _COUNTED
    ),
    # 602的业主, 301那家
    re.compile(
        r"(?<![\d.第])(\d{3,4})(?:的)?(?=业主|租客|租户|房客|邻居|那户|那家|这户|这家|户主|的住户|的人家|的老人|的阿姨|的大爷|人家|的?[一-鿿](?:阿姨|老师|先生|女士|伯伯|老伯|大爷|爷叔|叔叔|奶奶|爷爷|师傅|阿婆|老太))"
    ),
)
_PUBLIC = re.compile(
    r"(?:居委会?|中心|学校|小学|中学|办事处|医院|服务站|大厅|活动室"
    r"|会议|物业处?|派出所|教学楼|办公楼)(?:\d+号)?(?:[\d一二三四五]+[楼层])?[ \t]?$"
)
_PLAN = re.compile(r"室[ \t]?[0-9一二两三四]厅|室户|室[内外友温]")
_DATE = re.compile(r"月[ \t]?\d{1,2}[号日][ \t]?$")


def rooms_in(text: str) -> Iterator[tuple[int, int]]:
    """Where rooms stand in a folded text, without the word 室 after them; they may overlap."""
    for pattern in (*_PATTERNS, _WRITTEN_OUT, _WRITTEN_ROOM):
        for found in pattern.finditer(text):
            group = found.lastindex or 1
            if not _is_public(text, *found.span(group)):
                yield found.span(group)
    for pattern in _PLAUSIBLE:
        for found in pattern.finditer(text):
            if _may_be_room(found[1]) and not _is_public(text, *found.span(1)):
                yield found.span(1)


def _may_be_room(number: str) -> bool:
    """Whether the first of some numbers has a floor of 1 to 45 and a door of 1 to 40."""
    number = re.split(r"\D", number)[0]
    return 1 <= int(number[:-2]) <= 45 and 1 <= int(number[-2:]) <= 40


def _is_public(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 14) : start]
    return bool(_PUBLIC.search(before) or _DATE.search(before) or _PLAN.match(text, end))
