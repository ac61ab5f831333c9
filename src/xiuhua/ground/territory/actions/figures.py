"""Verbs on the rule book's figures, as a subdistrict sets them for itself."""

from django.utils.translation import gettext_lazy

from xiuhua.ground import standards
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.standards import Value
from xiuhua.ground.territory import figures, permits, rules
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import OwnFigure, Subdistrict
from xiuhua.ground.territory.valued import value_in_words
from xiuhua.ground.verdicts import refuse_unless


@action(
    "territory.set_figure",
    says=gettext_lazy("自定数值"),
    permits=permits.may_set_figure,
    audience=Audience.OFFICE,
)
def set_figure(*, actor: Actor, subdistrict: Subdistrict, key: str, value: Value, reason: str) -> Done[Subdistrict]:
    """Set a figure for a subdistrict in place of the rule book's (自定数值); it holds at once.

    Raises
    ------
    Refused
        It is not the subdistrict's to set, is out of bounds, below the law's least or as it stands, or has no reason.
    """
    subdistrict = locked(subdistrict)
    book = standards.on(today(), at=subdistrict.path).named
    before = book[key]
    refuse_unless(rules.figure_can_be_set(key, value, reason, before, figures.floor_of(before, book)))
    at = now()
    subdistrict.own_figures.filter(key=key, ended_at__isnull=True).update(ended_at=at)
    OwnFigure.objects.create(
        subdistrict=subdistrict, key=key, value=value, reason=reason.strip(), set_by=actor.reference, set_at=at
    )
    figures.forget()
    words = f"{before.name} {value_in_words(key, before.value)} → {value_in_words(key, value)}"
    facts = {"figure": key, "was": before.value, "value": value, "told": words}
    return Done(subdistrict, facts, sealed={"reason": reason.strip()})


@action(
    "territory.return_to_standard",
    says=gettext_lazy("恢复标准值"),
    permits=permits.may_set_figure,
    audience=Audience.OFFICE,
)
def return_to_standard(*, actor: Actor, subdistrict: Subdistrict, key: str) -> Done[Subdistrict]:
    """Let the rule book's figure hold again (恢复标准值), at once.

    Raises
    ------
    Refused
        The subdistrict has not set it.
    """
    subdistrict = locked(subdistrict)
    row = subdistrict.own_figures.filter(key=key, ended_at__isnull=True).first()
    refuse_unless(rules.figure_can_be_returned(is_own=row is not None))
    assert row is not None
    row.ended_at = now()
    row.save(update_fields=["ended_at"])
    figures.forget()
    after = standards.on(today(), at=subdistrict.path).named[key]
    words = f"{after.name} {value_in_words(key, row.value)} → {value_in_words(key, after.value)}"
    return Done(subdistrict, {"figure": key, "was": row.value, "value": after.value, "told": words})
