"""Verbs that let personal data out: opening a household's file, taking a list away."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actions import Audience, Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.standards import on
from xiuhua.ground.territory import permits, rules
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Household, Subdistrict
from xiuhua.ground.verdicts import refuse_unless


@action(
    "territory.open_household_file",
    says=gettext_lazy("打开一户一档"),
    permits=permits.may_open_file,
    audience=Audience.OFFICE,
)
def open_household_file(*, actor: Actor, household: Household, purpose: str, note: str = "") -> Done[Household]:
    """See a household's file whole (打开一户一档), for a purpose that goes on record.

    Raises
    ------
    Refused
        The rule book has no such purpose.
    """
    refuse_unless(rules.file_can_be_opened(purpose, on(today()).privacy.purposes))
    residents = household.residents.here().count()
    note = note.strip()
    return Done(household, {"purpose": purpose, "residents": residents}, sealed={"note": note} if note else {})


@action("territory.export_list", says=gettext_lazy("导出名单"), permits=permits.may_export, audience=Audience.OFFICE)
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
