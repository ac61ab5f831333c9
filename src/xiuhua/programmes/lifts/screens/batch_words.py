"""Words about lots: what made a stairwell ready, what a lot is called short, how a number reads."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xiuhua.ground.ui.objects import Chip
from xiuhua.ground.ui.templatetags.ui import bar
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.flow import LiftFlow, Stage
from xiuhua.programmes.lifts.models import Batch, BatchMember, BatchPlan
from xiuhua.programmes.lifts.queries_batches import stage_counts

WAYS = ("done", "lot", "gap", "single", "later")
"""Roads in the order in which screens tell them."""


def because(member: BatchMember) -> str:
    """What made a stairwell as ready as it was, in a line."""
    return _("；").join(_point(*one) for one in member.because)


def _point(what: str, points: float, numbers: list[int]) -> str:
    return _("%(words)s %(points)+.2f") % {"words": _point_words(what, numbers), "points": points}


def _point_words(what: str, numbers: list[int]) -> str:
    if what == "gates":
        return _("关口过了 %(kept)s／%(all)s") % {"kept": numbers[0], "all": numbers[1]}
    if what == "wishes":
        told = {"for": numbers[0], "against": numbers[1], "all": numbers[2]}
        return _("%(all)s 户里愿意 %(for)s 户、不愿意 %(against)s 户") % told
    if what == "stuck":
        return _("%(days)s 天没有进展") % {"days": numbers[0]}
    return LiftFlow.title_of(what)


def degree(value: float) -> str:
    """A readiness in percent."""
    return f"{100 * value:.0f}%"


def points(value: float) -> str:
    """A value to two digits."""
    return f"{value:.2f}"


def gap_words(plan: BatchPlan) -> str:
    """How near to the best a plan is proven to be."""
    if plan.gap is None:
        return _("手工划的，不算上限")
    if plan.gap < 1e-6:
        return _("证明是最好的")
    return _("离上限最多 %(gap).1f%%") % {"gap": 100 * plan.gap}


def plan_chip(plan: BatchPlan) -> Chip:
    """State of a plan."""
    tone = {BatchPlan.State.DRAFT: "info", BatchPlan.State.ADOPTED: "good"}.get(BatchPlan.State(plan.state), "outline")
    return Chip(plan.get_state_display(), tone)


def batch_tone(batch: Batch) -> str:
    """Colour of a lot's state."""
    return {"proposed": "info", "adopted": "good"}.get(batch.state, "outline")


def state_words(batch: Batch) -> str:
    """State of a lot; a proposed one waits to be adopted."""
    return _("待采用") if batch.state == Batch.State.PROPOSED else str(batch.get_state_display())


def way_name(kind: str) -> str:
    """What a road is called (三化)."""
    return {
        "done": _("已建在建"),
        "lot": _("成片"),
        "gap": _("去零"),
        "single": _("零星"),
        "later": _("待成熟"),
    }[kind]


def stage_bar(counts: Any) -> SafeString:
    """Stages of a lot's stairwells as one bar, with the words for those who cannot see it."""
    told = [(stage, count) for stage, count in stage_counts(counts) if count]
    whole = sum(count for _stage, count in told) or 1
    said = _("，").join(f"{Stage(stage).label} {count}" for stage, count in told)
    x, parts = 0.0, []
    for stage, count in told:
        parts.append((stage, f"{x:.2f}", f"{100 * count / whole:.2f}"))
        x += 100 * count / whole
    rects = format_html_join("", '<rect class="seg-{}" x="{}%" width="{}%" height="12"/>', parts)
    drawn = format_html('<svg class="xh-stack" role="img" aria-label="{}">{}</svg>', said, rects)
    return format_html('<span class="l-stages">{}<small aria-hidden="true">{}</small></span>', drawn, said)


def degree_bar(value: float) -> SafeString:
    """A readiness as a bar with its figure."""
    return format_html('<span class="l-degree">{}<b>{}</b></span>', bar(value, "near"), degree(value))
