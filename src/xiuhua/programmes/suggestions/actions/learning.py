"""Letting another model sort."""

from typing import Any

from django.utils.translation import gettext_lazy

from xiuhua.engine.texts import HeldOut, TextModel
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.programmes.suggestions import permits
from xiuhua.programmes.suggestions.models import LearntModel


@action(
    "suggestions.use_model",
    says=gettext_lazy("启用分类模型"),
    permits=permits.may_train,
    audience=Audience.OFFICE,
)
def use_model(*, actor: Actor, model: TextModel, held_out: HeldOut, report: dict[str, Any]) -> Done[LearntModel]:
    """Let a model sort suggestions from now on (启用分类模型); the one before stays on record.

    Whether it may is measured before: no model comes into use that does worse on rows that neither has learnt from,
    unless somebody wants it so (`learning.comparing.compared`).
    """
    LearntModel.objects.select_for_update().filter(in_use=True).update(in_use=False)
    row = LearntModel.objects.create(
        content=model.to_bytes(),
        held_out=held_out.fewer().to_bytes(),
        macro_f1=float(report["macro_f1"]),
        rows=int(report["rows"]),
        report=report,
        made_at=now(),
        in_use=True,
    )
    return Done(row, {"macro_f1": row.macro_f1, "rows": row.rows, "labels": len(model.labels)})
