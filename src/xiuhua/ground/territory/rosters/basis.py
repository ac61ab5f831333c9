"""By what right a person's data are kept, as a sheet says it (处理依据)."""

from collections.abc import Sequence

from xiuhua.ground.clock import now
from xiuhua.ground.rosters.rows import Row
from xiuhua.ground.standards import on
from xiuhua.ground.standards.privacy import BasisKind
from xiuhua.ground.words import gettext as _


def basis_names() -> dict[str, Sequence[str]]:
    """Names of the rule book's legal bases, by key."""
    return {key: (basis.name_zh, basis.name_en, key) for key, basis in on(now().date()).privacy.bases.items()}


def rests_on_consent(key: str) -> bool:
    """Whether a basis is the person's own consent."""
    basis = on(now().date()).privacy.bases.get(key)
    return basis is not None and basis.kind is BasisKind.CONSENT


def remind_of_consent(row: Row) -> None:
    """Where a person's consent is claimed, it must be on record as such."""
    if rests_on_consent(row["basis"]):
        row.remind("basis", _("写了本人同意"), _("同意书要另外登记，没有登记就不能依据同意"))
