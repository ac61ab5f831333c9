"""States of a stairwell's dossier (加梯档案) and what leads from one to the next; the stages of the map follow them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.workflow import Event, State, Workflow


class LiftFlow(Workflow):
    """From nothing begun to a lift that runs; set aside, with a reason, wherever it is not being built yet."""

    waiting = State(_("未启动"), initial=True)
    consulting = State(_("征询意愿"))
    designing = State(_("方案与分摊"))
    agreeing = State(_("公示与签约"))
    signed = State(_("已签约，办审批"))
    building = State(_("施工"))
    finishing = State(_("验收与登记"))
    running = State(_("已运行"), final=True)

    begin = Event(waiting.to(consulting), name=_("开始征询"))
    design = Event(consulting.to(designing), name=_("进入方案"))
    agree = Event(designing.to(agreeing), name=_("进入公示签约"))
    sign = Event(agreeing.to(signed), name=_("签约"))
    build = Event(signed.to(building), name=_("开工"))
    finish = Event(building.to(finishing), name=_("竣工"))
    hand_over = Event(finishing.to(running), name=_("交付使用"))
    set_aside = Event(
        consulting.to(waiting) | designing.to(waiting) | agreeing.to(waiting) | signed.to(waiting), name=_("搁置")
    )


class Stage(models.TextChoices):
    """The five colours of the map (五色): what a stage is called on it; unsuitable stairwells have none."""

    WAITING = "waiting", _("未启动")
    CONSULT = "consult", _("征询中")
    SIGNED = "signed", _("已签约")
    BUILDING = "building", _("施工中")
    RUNNING = "running", _("已运行")


STAGES = {
    "waiting": Stage.WAITING,
    "consulting": Stage.CONSULT,
    "designing": Stage.CONSULT,
    "agreeing": Stage.CONSULT,
    "signed": Stage.SIGNED,
    "building": Stage.BUILDING,
    "finishing": Stage.BUILDING,
    "running": Stage.RUNNING,
}
"""Stage of each state."""

STEPS = {
    "waiting": "",
    "consulting": "consult",
    "designing": "design",
    "agreeing": "sign",
    "signed": "sign",
    "building": "build",
    "finishing": "hand_over",
    "running": "hand_over",
}
"""Step (五步) of each state, a key of ``lifts.toml``."""

NEXT = {
    "waiting": "begin",
    "consulting": "design",
    "designing": "agree",
    "agreeing": "sign",
    "signed": "build",
    "building": "finish",
    "finishing": "hand_over",
}
"""The move that leads on from each state."""

IN_HAND = (Stage.SIGNED, Stage.BUILDING, Stage.RUNNING)
"""Stages that the office counts as won (已签约、施工和运行)."""
