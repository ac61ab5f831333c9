"""What many speak of (热点话题): suggestions about the same matter, counted week by week."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Sum
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.paths import EVERYWHERE
from xiuhua.ground.scope.queryset import Scoped, ScopedManager, ScopedQuerySet, where_seen
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.addresses import address_of


class TopicQuerySet(ScopedQuerySet):
    """Topics, by where they are spoken of."""

    def visible_to(self, seer: Seer) -> Self:
        """Those of which something was said where this person looks."""
        if EVERYWHERE in seer.sees(Sight.SUGGESTIONS):
            return self
        parts = TopicPart.objects.visible_to(seer).filter(topic=OuterRef("pk"))
        return self.filter(where_seen(seer, Sight.SUGGESTIONS) | Q(Exists(parts)))

    def current(self) -> Self:
        """Those that are still spoken of."""
        return self.filter(is_current=True)

    def counted_for(self, seer: Seer) -> Self:
        """With `seen`: how many of each lie where this person looks."""
        if EVERYWHERE in seer.sees(Sight.SUGGESTIONS):
            return self.annotate(seen=Sum("parts__count"))
        return self.annotate(seen=Sum("parts__count", filter=where_seen(seer, Sight.SUGGESTIONS, "parts__path")))


class Topic(Scoped):
    """A matter that several spoke of (热点话题). It keeps its number, its name and its links from night to night.

    `path` is the committee that all of it is about, or the subdistrict where it is about several. `weeks` counts by
    ISO week (``{"2023-W31": 4}``); `factor` is how many times the usual this week's count is, none where the usual is
    nothing. `public_name` is made of published words alone.
    """

    subdistrict = models.CharField(_("街道"), max_length=9)
    path = models.CharField(_("区划代码"), max_length=12)
    name = models.CharField(_("名称"), max_length=40)
    is_named = models.BooleanField(_("名称由人定"), default=False)
    public_name = models.CharField(_("公开名称"), max_length=40, blank=True)
    title = models.CharField(_("最像的一件"), max_length=60, blank=True)
    words = models.JSONField(_("常说的词"), default=list)
    category = models.CharField(_("类别"), max_length=40, default="other")
    count = models.PositiveIntegerField(_("件数"), default=0)
    people = models.PositiveIntegerField(_("人数"), default=0)
    weeks = models.JSONField(_("每周件数"), default=dict)
    is_rising = models.BooleanField(_("升温"), default=False)
    factor = models.FloatField(_("几倍"), null=True, blank=True)
    first_at = models.DateTimeField(_("第一次说起"))
    last_at = models.DateTimeField(_("最近一次"))
    is_current = models.BooleanField(_("还在说"), default=True)
    grouped_at = models.DateTimeField(_("归并时间"))

    sight: ClassVar[Sight] = Sight.SUGGESTIONS
    objects = models.Manager.from_queryset(TopicQuerySet)()

    class Meta:
        verbose_name = _("热点话题")
        ordering = ["-is_rising", "-count", "-last_at", "id"]
        indexes = [models.Index(fields=["subdistrict", "is_current"], name="topic_current")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="topic_has_a_name"),
            models.CheckConstraint(condition=Q(last_at__gte=models.F("first_at")), name="topic_begins_before_it_ends"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of its page."""
        return address_of("suggestions:topic", self.pk)


class TopicPart(Scoped):
    """What of a topic was said about one committee, or about the subdistrict where nobody knows which."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="parts")
    path = models.CharField(_("区划代码"), max_length=12)
    count = models.PositiveIntegerField(_("件数"))
    weeks = models.JSONField(_("每周件数"), default=dict)

    sight: ClassVar[Sight] = Sight.SUGGESTIONS
    objects = ScopedManager()

    class Meta:
        ordering = ["-count", "path"]
        indexes = [models.Index(fields=["path", "topic"], name="topic_part_by_place")]
        constraints = [models.UniqueConstraint(fields=["topic", "path"], name="topic_part_once")]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.path} {self.count}"
