"""Verbs that let personal data out: opening a household's file, taking a list away."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actions import Audience, Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.standards import on
from xiuhua.ground.territory import hooks, permits, rules
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Household, Resident, Subdistrict
from xiuhua.ground.verdicts import refuse_unless


@action(
    "territory.open_household_file",
    says=gettext_lazy("打开一户一档"),
    permits=permits.may_open_file,
    audience=Audience.OFFICE,
    shows=True,
)
def open_household_file(
    *, actor: Actor, household: Household, purpose: str, note: str = "", whose: Resident | None = None
) -> Done[Household]:
    """See a household's file whole (打开一户一档), for a purpose that goes on record.

    Those whose data are kept and not used (只存不用) stay masked, unless the purpose is one that the law leaves.

    Parameters
    ----------
    whose : Resident, optional
        The one whose page it is opened from.

    Raises
    ------
    Refused
        The rule book has no such purpose; whoever is in question is kept and not used, and it is none that the law
        leaves, or it is not said in words which case it is.
    """
    members, purposes, note = (
        list(household.residents.filter(erased_at=None).only("left_at")),
        on(today()).privacy.purposes,
        note.strip(),
    )
    kept_only = hooks.kept_only_among([one.pk for one in members])
    asked = {whose.pk} if whose is not None else {one.pk for one in members}
    refuse_unless(
        rules.file_can_be_opened(
            purpose, purposes, kept_only=bool(asked) and asked <= kept_only, some_kept_only=bool(kept_only), note=note
        )
    )
    facts: dict[str, Any] = {"purpose": purpose, "residents": sum(one.left_at is None for one in members)}
    if kept_only:
        stay_masked = not rules.is_shown(True, purpose, purposes)
        facts["masked" if stay_masked else "kept_only"] = sorted(kept_only)
    return Done(household, facts, sealed={"note": note} if note else {})


@action(
    "territory.export_list",
    says=gettext_lazy("导出名单"),
    permits=permits.may_export,
    audience=Audience.OFFICE,
    shows=True,
)
def export_list(
    *, actor: Actor, subdistrict: Subdistrict, kind: str, rows: int, asked: Sequence[str] = ()
) -> Done[Subdistrict]:
    """Take a list away as a file (导出名单), masked as on screen.

    Parameters
    ----------
    kind : str
        Which list, a key of `permits.LISTS`.
    rows : int
        How many rows the file holds.
    asked : sequence of str
        Names of the filters that were set; what was sought may be personal and is not told.
    """
    return Done(subdistrict, {"list": kind, "rows": rows, "asked": sorted(asked)})
