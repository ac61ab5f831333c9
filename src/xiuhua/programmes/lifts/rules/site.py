"""The construction diary (施工日志) and delays (延期)."""

from collections.abc import Collection
from datetime import date, timedelta

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

MOST_LETTERS = 1000
ON_SITE = ("building", "finishing")
"""States in which there is a site."""


def entry_is_told(
    words: str, *, kind: str, kinds: Collection[str], on: date, started_on: date | None, today: date
) -> Verdict[bool]:
    """Whether something can be put into the diary: a site there is, words, a day since it began."""
    if started_on is None:
        return Verdict(False, Reason(_("还没有开工"), mend=_("记了开工再写施工日志")))
    faults = []
    if not words.strip():
        faults.append(
            Reason(_("还没有写做了什么"), field="words", mend=_("写一句就行，例如：基坑开挖 1.2 米，没有碰到管线"))
        )
    if len(words) > MOST_LETTERS:
        faults.append(Reason(_("最多 %(most)s 个字") % {"most": MOST_LETTERS}, field="words"))
    if kind not in kinds:
        faults.append(Reason(_("没有这种记录"), field="kind", mend=_("延期另有一张表，要写新的日期")))
    if on > today:
        faults.append(Reason(_("日期在今天以后"), field="on"))
    elif on < started_on:
        faults.append(Reason(_("日期比开工（%(day)s）还早") % {"day": started_on}, field="on", mend=_("请核对日期")))
    return Verdict(not faults, *faults)


def planned_finish(started_on: date, days: float) -> date:
    """When a site was to be finished, before anything delayed it."""
    return started_on + timedelta(days=int(days))


def delay_can_be_noted(until_on: date, *, planned_on: date, on: date, state: str) -> Verdict[bool]:
    """Whether a site can be put off to a day: it is being built, and the day is later than planned so far."""
    if state not in ON_SITE:
        return Verdict(False, Reason(_("现在没有在施工"), mend=_("开工以后、交付以前才有延期")))
    if until_on <= planned_on:
        return Verdict(
            False,
            Reason(
                _("新的日期要晚于现在的计划（%(day)s）") % {"day": planned_on},
                field="until_on",
                mend=_("没有拖后的，不用记延期"),
            ),
        )
    if until_on <= on:
        return Verdict(False, Reason(_("新的日期要在今天以后"), field="until_on"))
    return Verdict(True)
