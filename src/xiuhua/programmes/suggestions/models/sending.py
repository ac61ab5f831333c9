"""Programs of others that send in what people say (Open311), and what came through each."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import Scoped, ScopedManager
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.addresses import address_of
from xiuhua.programmes.suggestions.models.suggestion import Suggestion


class SendingApp(Scoped):
    """A program that may send in what people say (接入应用), with a key of which only the digest is kept."""

    path = models.CharField(_("区划代码"), max_length=9)
    name = models.CharField(_("应用"), max_length=60)
    contact = models.CharField(_("联系单位"), max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(_("发放人"), max_length=80)
    made_at = models.DateTimeField(_("发放时间"))
    ended_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    sight: ClassVar[Sight] = Sight.SUGGESTIONS
    objects = ScopedManager()

    class Meta:
        verbose_name = _("接入应用")
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where its key is ended."""
        return address_of("open311_apps:end", self.pk)


class Sending(Scoped):
    """Through which program a suggestion came (经由)."""

    suggestion = models.OneToOneField(Suggestion, models.CASCADE, related_name="sending")
    app = models.ForeignKey(SendingApp, models.PROTECT, related_name="sendings")

    sight: ClassVar[Sight] = Sight.SUGGESTIONS
    scope_path: ClassVar[str] = "suggestion__path"
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"{self.suggestion_id} {self.app_id}"
