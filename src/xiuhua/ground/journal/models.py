from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.journal.guard import TABLE


class Audience(models.TextChoices):
    """Who may see that a verb happened, in timelines and feeds."""

    STAFF = "staff", _("工作人员")
    PUBLIC = "public", _("公开")


class Entry(models.Model):
    """One verb that happened (留痕): who, what, to which thing, when. Never changed and never removed.

    It holds verbs, identifiers and counts, no personal value and no free text.
    """

    at = models.DateTimeField(_("时间"))
    verb = models.CharField(_("动作"), max_length=80)
    actor = models.CharField(_("办理人"), max_length=80)
    subject_type = models.CharField(_("对象类别"), max_length=80)
    subject_id = models.CharField(_("对象编号"), max_length=40)
    territory = models.CharField(_("区划"), max_length=40, blank=True)
    audience = models.CharField(_("可见范围"), max_length=10, choices=Audience.choices)
    facts = models.JSONField(_("要点"), default=dict)

    class Meta:
        db_table = TABLE
        ordering = ["id"]
        verbose_name = _("留痕")
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="journal_by_subject"),
            models.Index(fields=["territory", "at"], name="journal_by_territory"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type}:{self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse()


def _refuse() -> NoReturn:
    message = f"{TABLE} is append-only"
    raise TypeError(message)
