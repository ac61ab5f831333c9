"""A project and its milestones, with every date that was moved and why."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager, ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.models import Committee, Subdistrict
from xiuhua.ground.ui.addresses import address_of
from xiuhua.programmes.projects.flow import TONES, ProjectFlow
from xiuhua.programmes.projects.rules import MilestoneFacts, ProjectFacts


class ProjectQuerySet(ScopedQuerySet):
    """Projects."""

    def open(self) -> Self:
        """Those that something can still follow on."""
        return self.filter(state__in=ProjectFlow.open_states())

    def public(self) -> Self:
        """Those that everybody may read about."""
        return self.filter(published_at__isnull=False)

    def late_on(self, day: date) -> Self:
        """Those with a milestone that was due before a day and is not reached."""
        return self.open().filter(
            Exists(Milestone.objects.filter(project=OuterRef("pk"), done_on__isnull=True, due_on__lt=day))
        )

    def with_progress(self) -> Self:
        """Each with how many milestones it has, how many are reached, when the next and the last are due."""
        ahead = Q(milestones__done_on__isnull=True)
        return self.annotate(
            milestones_count=Count("milestones"),
            reached_count=Count("milestones", filter=~ahead),
            next_due_on=Min("milestones__due_on", filter=ahead),
            last_due_on=Max("milestones__due_on"),
        )


class Project(Scoped):
    """Something that the office does for a place (项目), under one of its actions (行动).

    It hangs where it lies, at a committee or at the whole subdistrict; a section or a committee answers for it. What
    everybody reads about it is written apart, and another person than its writer makes it public.
    """

    subdistrict = models.ForeignKey(Subdistrict, models.PROTECT, related_name="projects")
    path = models.CharField(_("区划代码"), max_length=40)
    number = models.CharField(_("编号"), max_length=20)
    name = models.CharField(_("项目名称"), max_length=60)
    action = models.CharField(_("行动"), max_length=20)
    place = models.CharField(_("地点"), max_length=120)
    lon = models.FloatField(_("经度"), null=True, blank=True)
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    owner_section = models.CharField(_("牵头科室"), max_length=20, blank=True)
    owner_committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("牵头居委会"),
    )
    state = models.CharField(_("状态"), max_length=10, choices=ProjectFlow.choices, default="proposed")
    budget_fen = models.BigIntegerField(_("预算"), null=True, blank=True, help_text=_("分"))
    starts_on = models.DateField(_("计划开工"), null=True, blank=True)
    ends_on = models.DateField(_("计划完成"), null=True, blank=True)
    summary = models.TextField(_("做什么"), max_length=2000)

    proposed_by = models.CharField(_("提出人编号"), max_length=80)
    proposed_at = models.DateTimeField(_("提出时间"))
    approved_at = models.DateTimeField(_("立项时间"), null=True, blank=True)
    started_on = models.DateField(_("开工日期"), null=True, blank=True)
    finished_on = models.DateField(_("完成日期"), null=True, blank=True)
    stopped_on = models.DateField(_("停办日期"), null=True, blank=True)
    stopped_because = models.TextField(_("停办原因"), max_length=500, blank=True)

    public_words = models.TextField(_("对外介绍"), max_length=1000, blank=True)
    public_words_by = models.CharField(_("对外介绍由谁写"), max_length=80, blank=True)
    published_at = models.DateTimeField(_("公开时间"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.PLACES
    shown_above: ClassVar[bool] = True
    objects = models.Manager.from_queryset(ProjectQuerySet)()

    class Meta:
        verbose_name = _("项目")
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["path", "state"], name="project_by_place"),
            models.Index(fields=["published_at"], name="project_by_publication"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "number"], name="project_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=[str(state.value) for state in ProjectFlow.states]), name="project_state_known"
            ),
            models.CheckConstraint(
                condition=Q(budget_fen__isnull=True) | Q(budget_fen__gte=0), name="project_budget_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True) | Q(lon__isnull=False, lat__isnull=False),
                name="project_point_whole",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(starts_on__lte=F("ends_on")),
                name="project_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(owner_section="") | Q(owner_committee__isnull=False), name="project_has_owner"
            ),
            models.CheckConstraint(
                condition=~Q(state="stopped") | ~Q(stopped_because=""), name="project_stopped_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(public_words=""), name="project_public_in_words"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the page about it."""
        return address_of("projects:project", self.pk)

    def facts(self) -> ProjectFacts:
        """What is said of it, as rules ask about it."""
        said = {name: getattr(self, name) for name in ProjectFacts.__dataclass_fields__ if name != "owner_committee"}
        return ProjectFacts(**said, owner_committee=self.owner_committee.path if self.owner_committee else "")

    @property
    def parts_on_record(self) -> list[tuple[str, str]]:
        """Its milestones, for the timeline of the project."""
        return [(Milestone._meta.label_lower, str(pk)) for pk in self.milestones.values_list("pk", flat=True)]

    @property
    def is_open(self) -> bool:
        """Whether something can still follow on its state."""
        return self.state in ProjectFlow.open_states()

    @property
    def public(self) -> bool:
        """Whether everybody may read about it."""
        return self.published_at is not None

    @property
    def state_words(self) -> str:
        """What its state is called."""
        return ProjectFlow.title_of(self.state)

    @property
    def tone(self) -> str:
        """Colour of the chip that names its state."""
        return TONES.get(self.state, "")


class Milestone(Scoped):
    """A step that a project is to have taken by a day (节点); `first_due_on` is what was said first."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones")
    title = models.CharField(_("节点"), max_length=60)
    due_on = models.DateField(_("应完成"))
    first_due_on = models.DateField(_("最初定的日期"))
    done_on = models.DateField(_("实际完成"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.PLACES
    scope_path: ClassVar[str] = "project__path"
    shown_above: ClassVar[bool] = True
    objects = ScopedManager()

    class Meta:
        verbose_name = _("项目节点")
        ordering = ["due_on", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "title"], name="milestone_title_once")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Address of the page on which it stands."""
        return self.project.get_absolute_url()

    @property
    def territory_path(self) -> str:
        """Where in the territory it hangs."""
        return str(self.project.path)

    def facts(self) -> MilestoneFacts:
        """What rules ask about it."""
        return MilestoneFacts(self.title, self.due_on, self.first_due_on, self.done_on)


class Slip(models.Model):
    """That a milestone's day was moved, and why (移期)."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="slips")
    was_due_on = models.DateField(_("原定"))
    due_on = models.DateField(_("改到"))
    reason = models.CharField(_("原因"), max_length=200)
    moved_at = models.DateTimeField(_("改期时间"))

    class Meta:
        verbose_name = _("移期")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.was_due_on} → {self.due_on}"

    @property
    def days(self) -> int:
        """How many days later; fewer than none where it was brought forward."""
        return (self.due_on - self.was_due_on).days
