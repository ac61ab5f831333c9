"""The verb of taking a list away."""

from typing import Any, cast

from django.db import models
from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actions import Audience, Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.privacy import permits
from xiuhua.ground.scope.roles import Sight


@action(
    "privacy.export_list",
    says=gettext_lazy("导出个人信息名单"),
    permits=permits.may_export,
    audience=Audience.OFFICE,
    shows=True,
)
def export_list(*, actor: Actor, kind: str, rows: int) -> Done[Any]:
    """Take a list away as a workbook (导出): which one, how many rows."""
    return Done(
        cast(models.Model, actor),
        spread={top: {"list": kind, "rows": rows} for top in actor.sees(Sight.PRIVACY)},
    )
