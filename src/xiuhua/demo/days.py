"""Some working days of the invented office (演示台账): files opened, consents, requests, a faulty sheet."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from xiuhua.demo.people import worker_as
from xiuhua.ground import clock
from xiuhua.ground.accounts.models import User
from xiuhua.ground.privacy import actions as privacy
from xiuhua.ground.privacy.models import Consent, DataRequest, ImpactAssessment
from xiuhua.ground.rosters.actions import Upload, check_roster
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory import actions
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Household, Resident, Subdistrict

DAYS = 10
"""How many days before the demonstration starts the days that are told one by one begin."""

ELDERLY_BEFORE = 1953
"""Who was born earlier was seventy when the demonstration starts."""

VISITED = (
    ("visit_due", "八月高温走访"),
    ("phone_care", ""),
    ("resident_calls", "来居委会问敬老卡"),
    ("visit_due", "空调坏了，回访"),
    ("emergency", "楼道跌倒，陪送医院"),
)
"""What files were opened for, one a day."""

SHEET = """门洞,室号,姓名,证件号,电话
{door},301,王秀英,31010719480315002,15400000001
{door},302,李国强,310107195102300014,15400000002
{door},303,赵 敏,,1540000000
"""
"""A sheet as committees send them: a figure short, a day that is none, nothing to tell the age by."""

At = Callable[[int, int], AbstractContextManager[None]]


def work_some_days(subdistrict: Subdistrict, until: datetime) -> None:
    """Let three of the office's people work at one committee, at the hours they would."""
    head, worker, officer = worker_as(Role.COMMITTEE_HEAD), worker_as(Role.GRID_WORKER), worker_as(Role.PRIVACY_OFFICER)
    elders = list(
        Resident.objects.here()
        .under(worker.home)
        .filter(birth_year__lt=ELDERLY_BEFORE)
        .select_related("household__stairwell")
        .order_by("path")[:12]
    )

    def at(day: int, hour: int) -> AbstractContextManager[None]:
        return clock.stopped_at(until.replace(hour=hour) - timedelta(days=DAYS - day))

    _assess(officer, subdistrict, at)
    _open_files(worker, [elder.household for elder in elders], at)
    _take_consents(head, elders, at)
    _ask_and_answer(officer, elders, at)
    _send_a_sheet(head, elders, at)


def _assess(officer: User, subdistrict: Subdistrict, at: At) -> None:
    with at(1, 10):
        privacy.record_assessment(
            actor=officer,
            path=subdistrict.path,
            title="七十岁以上老人一户一档",
            trigger=ImpactAssessment.Trigger.SENSITIVE,
            purpose="记下老人住在哪里、怎样联系、多久走访一次，由微网格长在走访前打开查看。",
            necessity="不知道谁独居，就谈不上上门；只留走访用得到的几项，不留病历。",
            risks="手机丢失或者截屏会把老人独居的情况泄露出去，给上门推销和诈骗以可乘之机。",
            measures="列表一律遮住；打开要选事由并留痕；每月由个人信息保护负责人抽查十户。",
            decision=ImpactAssessment.Decision.MEASURES,
            decided_on=today(),
        )


def _open_files(worker: User, homes: list[Household], at: At) -> None:
    for day, ((purpose, note), home) in enumerate(zip(VISITED, homes, strict=False), start=2):
        with at(day, 9 + day % 3):
            actions.open_household_file(actor=worker, household=home, purpose=purpose, note=note)


def _take_consents(head: User, elders: list[Resident], at: At) -> None:
    for number, elder in enumerate(elders[:5], start=1):
        with at(1 + number, 14):
            consent = privacy.record_consent(
                actor=head,
                resident=elder,
                purpose="health_notes",
                given_on=today(),
                evidence=Consent.Evidence.PAPER,
                evidence_number=f"JKQK-2023-{number:03d}",
            ).subject
    if elders:
        with at(8, 15):
            privacy.withdraw_consent(actor=head, consent=consent)


def _ask_and_answer(officer: User, elders: list[Resident], at: At) -> None:
    asked = (
        (4, DataRequest.Kind.ACCESS, DataRequest.Channel.COUNTER, ""),
        (6, DataRequest.Kind.CORRECT, DataRequest.Channel.PHONE, "手机号换了，走访前打的还是旧号码"),
        (9, DataRequest.Kind.ERASE, DataRequest.Channel.LETTER, "房子已经卖掉，搬到松江女儿家了"),
    )
    for (day, kind, channel, words), elder in zip(asked, elders[5:], strict=False):
        with at(day, 11):
            request = privacy.file_request(
                actor=officer, resident=elder, kind=kind, channel=channel, asked_on=today(), words=words
            ).subject
        if kind == DataRequest.Kind.ACCESS:
            with at(day + 1, 16):
                privacy.answer_access(actor=officer, request=request, form="page")
    for elder in elders[8:9]:
        with at(7, 10):
            privacy.set_hold(
                actor=officer,
                resident=elder,
                reason="房屋继承诉讼，法院来函要求保留居住记录",
                until=today() + timedelta(days=180),
            )


def _send_a_sheet(head: User, elders: list[Resident], at: At) -> None:
    if elders:
        door = elders[0].household.stairwell.name
        with at(9, 17):
            check_roster(
                actor=head,
                kind="residents",
                path=head.home,
                upload=Upload("中江居民增补.csv", SHEET.format(door=door).encode("utf-8-sig")),
                wait=True,
            )
