"""Who pays what (分摊): drafts at the meeting, the adopted one, who signed it, and limits told in confidence."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import SealedField, SealedRow
from xiuhua.programmes.lifts.models.dossier import Dossier
from xiuhua.programmes.lifts.models.flats import Flat, Owner
from xiuhua.programmes.lifts.models.papers import Paper


class Scheme(SealedRow, Scoped):
    """A draft of the shares (第几稿), as it was worked out: what it came to stands in its lines.

    `table` keeps what the meeting chose, so that the draft can be taken up again: percentages or coefficients by floor,
    how a floor's households split. Once the final cost is known (`settled_on`), what each owes stands in its line's
    `final_fen`.
    """

    class Kind(models.TextChoices):
        GUIDANCE = "guidance", _("指导区间")
        GUANGZHOU = "guangzhou", _("广州系数")
        DONGPU = "dongpu", _("东圃系数")
        OWN = "own", _("本门洞系数")
        AREA = "area", _("按面积")
        EQUAL = "equal", _("每户一样")
        BENEFIT = "benefit", _("按受益")
        SHAPLEY = "shapley", _("沙普利值")
        CONSENT = "consent", _("最多户接受")

    class State(models.TextChoices):
        DRAFT = "draft", _("讨论稿")
        PROPOSED = "proposed", _("提交表决")
        ADOPTED = "adopted", _("已定稿")
        SUPERSEDED = "superseded", _("已被替换")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="schemes")
    attempt = models.PositiveSmallIntegerField(_("第几次启动"))
    number = models.PositiveSmallIntegerField(_("第几稿"))
    kind = models.CharField(_("分法"), max_length=10, choices=Kind.choices)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    total_fen = models.BigIntegerField(_("总价"))
    subsidy_fen = models.BigIntegerField(_("政府补贴"))
    subsidy_because = SealedField(_("补贴另定的理由"), blank=True, default="")
    table = models.JSONField(_("各层系数"), default=dict)
    limits_used = models.PositiveSmallIntegerField(_("用到几户心里价位"), null=True, blank=True)
    limits_kept = models.PositiveSmallIntegerField(_("几户在心里价位以内"), null=True, blank=True)
    on = models.DateField(_("日期"))
    by = models.CharField(_("起草人"), max_length=80)
    at = models.DateTimeField(_("起草时间"))
    adopted_on = models.DateField(_("定稿日期"), null=True, blank=True)
    final_total_fen = models.BigIntegerField(_("结算总价"), null=True, blank=True)
    final_subsidy_fen = models.BigIntegerField(_("结算补贴"), null=True, blank=True)
    settled_on = models.DateField(_("结算日期"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("分摊方案")
        ordering = ["dossier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="scheme_number_once"),
            models.UniqueConstraint(
                fields=["dossier", "attempt"], condition=Q(state="adopted"), name="one_scheme_adopted"
            ),
            models.CheckConstraint(
                condition=Q(subsidy_fen__gte=0) & Q(total_fen__gte=F("subsidy_fen")), name="scheme_money_is_sound"
            ),
            models.CheckConstraint(
                condition=~Q(state="adopted") | Q(adopted_on__isnull=False), name="scheme_adopted_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}:{self.number}"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)

    @property
    def residents_fen(self) -> int:
        """What the households bear together by the contract."""
        return self.total_fen - self.subsidy_fen

    @property
    def final_residents_fen(self) -> int | None:
        """What they bear together by the final cost; None until it is known."""
        if self.final_total_fen is None or self.final_subsidy_fen is None:
            return None
        return self.final_total_fen - self.final_subsidy_fen


class SchemeLine(Scoped):
    """What one household pays under a scheme, by the area on record then; one that does not take part pays nothing."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="lines")
    flat = models.ForeignKey(Flat, models.PROTECT, related_name="scheme_lines")
    area_dm2 = models.PositiveIntegerField(_("专有面积"), null=True, blank=True, help_text=_("平方分米"))
    amount_fen = models.BigIntegerField(_("应出"))
    takes_part = models.BooleanField(_("参加"), default=True)
    final_fen = models.BigIntegerField(_("结算后应出"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.OWNERS
    scope_path: ClassVar[str] = "scheme__dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("每户分摊")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "flat"], name="scheme_line_once"),
            models.CheckConstraint(
                condition=Q(amount_fen__gte=0) & (Q(takes_part=True) | Q(amount_fen=0)), name="share_is_sound"
            ),
            models.CheckConstraint(condition=Q(final_fen__isnull=True) | Q(final_fen__gte=0), name="final_is_sound"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id}:{self.flat_id}"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.scheme.dossier.path)

    @property
    def due_fen(self) -> int:
        """What the household owes: by the final cost where that is known, else by the agreement."""
        return self.amount_fen if self.final_fen is None else self.final_fen


class Limit(SealedRow, Scoped):
    """The most that a household says it would pay (心里价位), told in confidence.

    No page, export, API or entry shows it, not to those who typed it either: it is read by one thing only, the scheme
    that keeps most of them, and that says how many and never whose.
    """

    flat = models.OneToOneField(Flat, models.CASCADE, related_name="limit")
    amount_fen = SealedField(_("心里价位"))
    on = models.DateField(_("日期"))

    sight: ClassVar[Sight] = Sight.OWNERS
    scope_path: ClassVar[str] = "flat__dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("心里价位")

    def __str__(self) -> str:
        return "•••"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.flat.dossier.path)


class Signature(Scoped):
    """That a household has signed the agreement on its share (签字)."""

    line = models.OneToOneField(SchemeLine, models.PROTECT, related_name="signature")
    owner = models.ForeignKey(Owner, models.SET_NULL, related_name="signatures", null=True, blank=True)
    on = models.DateField(_("签字日期"))
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="signatures", null=True, blank=True)
    by = models.CharField(_("登记人"), max_length=80)
    at = models.DateTimeField(_("登记时间"))

    sight: ClassVar[Sight] = Sight.OWNERS
    scope_path: ClassVar[str] = "line__scheme__dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("分摊签字")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.line_id}:{self.on}"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.line.scheme.dossier.path)
