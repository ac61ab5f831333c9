"""Made-up rows."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

NOON = datetime(2023, 8, 3, 4, 0, tzinfo=UTC)
COMMITTEES = ["西村", "东村", "中江", "曹家村"]
STATES = [("ok", "按时", "good"), ("soon", "还剩 1 个工作日", "soon"), ("late", "超期 3 天", "over")]


@dataclass(frozen=True)
class Person:
    number: int
    name: str
    committee: str
    home: str
    phone: str
    state: tuple[str, str, str]
    visits: int | None
    at: datetime


PEOPLE = [
    Person(
        number,
        "王赵钱孙李周吴郑"[number % 8] + "秀英",
        COMMITTEES[number % 4],
        f"枣阳路 {160 + number} 弄 {number % 30 + 1} 号 {number % 6 + 1}0{number % 4 + 1} 室",
        f"1381234{number:04d}",
        STATES[number % 3],
        number % 7 or None,
        NOON - timedelta(hours=7 * number),
    )
    for number in range(230)
]
