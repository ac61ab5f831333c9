"""Votes of a stairwell (表决): who may vote, the ballots while they lie sealed, and the sheet that is published after.

A choice is nowhere in the database before the close but in `Ballot.sealed`, under a key that the vote draws for itself
and throws away when it is closed or cancelled.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import BlindIndexField, SealedField, SealedRow
from xiuhua.ground.sealing.normal import digits_of
from xiuhua.ground.ui.addresses import address_of
from xiuhua.programmes.lifts.models.dossier import Dossier
from xiuhua.programmes.lifts.models.flats import Flat, Owner
from xiuhua.programmes.lifts.models.mandates import Mandate
from xiuhua.programmes.lifts.models.shares import Scheme
from xiuhua.programmes.lifts.rules import ballots
from xiuhua.programmes.lifts.rules.votes import Tally, Weight


class Choice(models.TextChoices):
    """What one can vote (表决意见); abstaining takes part and does not agree."""

    AGREE = ballots.AGREE, _("同意")
    AGAINST = ballots.AGAINST, _("不同意")
    ABSTAIN = ballots.ABSTAIN, _("弃权")


class VoteQuerySet(ScopedQuerySet):
    """Votes of stairwells."""

    def open(self) -> Self:
        """Those that have not been closed or cancelled."""
        return self.filter(state=Vote.State.OPEN)

    def closed(self) -> Self:
        """Those that were counted, the newest first."""
        return self.filter(state=Vote.State.CLOSED).order_by("-closes_at", "-pk")


class Vote(SealedRow, Scoped):
    """One vote of a stairwell (表决), judged by the rule of the day on which it was opened.

    Areas are square decimetres. `key` opens the ballots; it is empty once the vote is closed or cancelled. A vote from
    before the system (`archived`, 纸质存档) has sums and no ballots.
    """

    class State(models.TextChoices):
        OPEN = "open", _("正在表决")
        CLOSED = "closed", _("已公布")
        CANCELLED = "cancelled", _("已取消")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="votes")
    attempt = models.PositiveSmallIntegerField(_("第几次启动"))
    number = models.PositiveSmallIntegerField(_("第几次表决"))
    question = models.CharField(_("表决事项"), max_length=60)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="votes", null=True, blank=True)
    opens_on = models.DateField(_("开始日期"))
    closes_at = models.DateTimeField(_("截止时间"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    archived = models.BooleanField(_("纸质存档"), default=False)
    key = SealedField(_("开票钥匙"), blank=True, default="")
    opened_by = models.CharField(_("发起人"), max_length=80)
    opened_at = models.DateTimeField(_("发起时间"))

    all_area_dm2 = models.PositiveIntegerField(_("全体面积"))
    all_heads = models.PositiveSmallIntegerField(_("全体人数"))
    part_area_dm2 = models.PositiveIntegerField(_("参与面积"), null=True, blank=True)
    part_heads = models.PositiveSmallIntegerField(_("参与人数"), null=True, blank=True)
    agree_area_dm2 = models.PositiveIntegerField(_("同意面积"), null=True, blank=True)
    agree_heads = models.PositiveSmallIntegerField(_("同意人数"), null=True, blank=True)
    against_area_dm2 = models.PositiveIntegerField(_("不同意面积"), null=True, blank=True)
    against_heads = models.PositiveSmallIntegerField(_("不同意人数"), null=True, blank=True)
    passed = models.BooleanField(_("通过"), null=True, blank=True)
    chain_head = models.CharField(_("票链末端"), max_length=64, blank=True)
    ballots_cast = models.PositiveIntegerField(_("投票次数"), default=0)
    ended_by = models.CharField(_("结束人"), max_length=80, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    reason = SealedField(_("取消原因"), blank=True, default="")

    sight: ClassVar[Sight] = Sight.LIFTS
    scope_path: ClassVar[str] = "dossier__path"
    objects = models.Manager.from_queryset(VoteQuerySet)()

    class Meta:
        verbose_name = _("表决")
        ordering = ["-closes_at", "-id"]
        indexes = [models.Index(fields=["state", "closes_at"], name="vote_by_closing")]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(state="open"), name="one_vote_open_a_dossier"),
            models.CheckConstraint(condition=Q(state__in=["open", "closed", "cancelled"]), name="vote_state_known"),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | Q(
                    passed__isnull=False,
                    part_area_dm2__lte=F("all_area_dm2"),
                    part_heads__lte=F("all_heads"),
                    agree_area_dm2__lte=F("part_area_dm2"),
                    agree_heads__lte=F("part_heads"),
                ),
                name="vote_closed_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(state="closed") | Q(passed__isnull=True, part_area_dm2__isnull=True, agree_heads=None),
                name="vote_open_tells_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}:{self.number}"

    def get_absolute_url(self) -> str:
        """Address of the page about the dossier's votes."""
        return address_of("lifts:votes", self.dossier_id)

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.dossier.path)

    @property
    def name(self) -> str:
        """Its name in commitments and on the published sheet; tells nothing of the place."""
        return f"xiuhua-vote-{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it has not been closed or cancelled."""
        return bool(self.state == self.State.OPEN)

    @property
    def whole(self) -> Weight:
        """Area and heads of everybody."""
        return Weight(self.all_area_dm2, self.all_heads)

    @property
    def tally(self) -> Tally | None:
        """How it came out; None before it is closed."""
        if self.part_area_dm2 is None or self.part_heads is None:
            return None
        return Tally(
            self.whole,
            Weight(self.part_area_dm2, self.part_heads),
            Weight(self.agree_area_dm2 or 0, self.agree_heads or 0),
            Weight(self.against_area_dm2 or 0, self.against_heads or 0),
        )


class Elector(Scoped):
    """One head of a vote (表决权人), as it stood when the vote was opened: its rooms, area and who speaks for it.

    `key` is drawn by lot: by it the published sheet can be recomputed without saying whose line is whose. A head
    without `owner` counts in the whole, and nobody can vote for it.
    """

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="electors")
    key = models.CharField(_("票号"), max_length=12)
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="elector_rows", null=True, blank=True)
    flats = models.ManyToManyField(Flat, related_name="elector_rows")
    rooms = models.CharField(_("房屋"), max_length=120)
    area_dm2 = models.PositiveIntegerField(_("专有面积"))
    heads = models.PositiveSmallIntegerField(_("人数"), default=1)

    sight: ClassVar[Sight] = Sight.OWNERS
    scope_path: ClassVar[str] = "vote__dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("表决权人")
        ordering = ["rooms"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "key"], name="elector_key_once"),
            models.UniqueConstraint(fields=["vote", "owner"], name="elector_owner_once"),
        ]

    def __str__(self) -> str:
        return self.rooms

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.vote.dossier.path)


class Ballot(SealedRow):
    """One ballot as it was cast (选票): rows are only added, the last of an elector before the close counts.

    It is deliberately no scoped row: nobody sees it, and so nobody sees the photograph of a paper ballot that is kept
    with it. Each is linked to the one before it.
    """

    class Channel(models.TextChoices):
        PHONE = "phone", _("手机")
        PAPER = "paper", _("纸质")

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="ballots")
    elector = models.ForeignKey(Elector, models.PROTECT, related_name="ballots")
    number = models.PositiveIntegerField(_("序号"))
    commitment = models.CharField(_("承诺值"), max_length=64)
    link = models.CharField(_("票链"), max_length=64)
    sealed = models.CharField(_("封存的票"), max_length=200)
    channel = models.CharField(_("方式"), max_length=8, choices=Channel.choices)
    phone = SealedField(_("投票的手机号"), blank=True, default="")
    phone_index = BlindIndexField("phone", normal=digits_of)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="ballots", null=True, blank=True)
    by = models.CharField(_("投票人"), max_length=80)
    at = models.DateTimeField(_("投票时间"))

    class Meta:
        verbose_name = _("选票")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="ballot_number_once"),
            models.CheckConstraint(condition=Q(channel__in=["phone", "paper"]), name="ballot_channel_known"),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id}:{self.number}"

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.vote.dossier.path)


class SheetLine(Scoped):
    """One line of the sheet that is published after the close (逐户核对): no name and no room."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="sheet")
    receipt = models.CharField(_("回执号"), max_length=14)
    key = models.CharField(_("票号"), max_length=12)
    area_dm2 = models.PositiveIntegerField(_("专有面积"))
    heads = models.PositiveSmallIntegerField(_("人数"))
    choice = models.CharField(_("投了什么"), max_length=7, choices=Choice.choices)
    nonce = models.CharField(_("随机数"), max_length=32)

    sight: ClassVar[Sight] = Sight.OWNERS
    scope_path: ClassVar[str] = "vote__dossier__path"
    objects = ScopedManager()

    class Meta:
        verbose_name = _("逐户核对")
        ordering = ["receipt"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "key"], name="sheet_line_once"),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.vote.dossier.path)
