"""Personal information (个人信息): legal bases, purposes, consents and terms of ``privacy.toml``."""

from dataclasses import dataclass
from enum import StrEnum

from xiuhua.ground.standards.figures import Figure, Named, Page


class BasisKind(StrEnum):
    """What a basis rests on."""

    DUTY = "duty"
    EMERGENCY = "emergency"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Basis(Named):
    """By what right a person's data are kept (处理依据).

    Parameters
    ----------
    law : Figure
        The law or regulation that gives the duty, or asks for the consent.
    carries : Figure
        Whether it lets the data be kept; its status is the weaker of the two and the one that a screen shows.
    """

    kind: BasisKind
    law: Figure
    carries: Figure


@dataclass(frozen=True, slots=True)
class Purpose(Named):
    """What a file may be opened for (查阅目的).

    Parameters
    ----------
    needed : Figure
        Whether the office opens files for it at all.
    though_kept_only : Figure, optional
        Whether it opens the values of somebody whose data are kept and not used (只存不用).
    """

    needed: Figure
    though_kept_only: Figure | None = None

    @property
    def opens_kept_only(self) -> bool:
        """Whether the values of somebody whose data are kept and not used are shown for it."""
        return self.though_kept_only is not None and bool(self.though_kept_only.value)


@dataclass(frozen=True, slots=True)
class ConsentPurpose(Named):
    """What people are asked to consent to (同意事项)."""

    asked: Figure


@dataclass(frozen=True, slots=True)
class PrivacyStandard:
    """Everything that ``privacy.toml`` says.

    Parameters
    ----------
    bases, purposes, oversight, consents : dict
        By key, in the order of the file; `oversight` is what the record's overseers open sealed values for.
    file_open_minutes : Figure
        How long an opened file stays open before its purpose is asked again.
    answer_days, copy_days : Figure
        Days in which a person's request is answered, and for which they may read the copy on their own page.
    guardian_below_years : Figure
        Below this age a guardian consents.
    impact_keep_years : Figure
        How long an impact assessment is kept.
    keep_birth_band_years : Figure
        To how many years the year of birth of someone erased is coarsened.
    """

    bases: dict[str, Basis]
    purposes: dict[str, Purpose]
    oversight: dict[str, Purpose]
    consents: dict[str, ConsentPurpose]
    file_open_minutes: Figure
    answer_days: Figure
    copy_days: Figure
    guardian_below_years: Figure
    impact_keep_years: Figure
    keep_birth_band_years: Figure

    def purpose_name(self, key: str) -> str:
        """What a purpose is called, of either kind; the key itself where the book has it no more."""
        found = self.purposes.get(key) or self.oversight.get(key)
        return found.name if found else key


def read_privacy(page: Page) -> PrivacyStandard:
    """Read the whole file."""
    tables = {table.name: table for table in page.pages()}
    return PrivacyStandard(
        bases={row.name: _basis(row) for row in tables["bases"].pages()},
        purposes=_purposes(tables["purposes"]),
        oversight=_purposes(tables["oversight"]),
        consents={
            row.name: ConsentPurpose(*_names(row), asked=row.figure("asked"))
            for row in tables["consents"].pages()
            if row.figure("asked").value
        },
        file_open_minutes=page.figure("file_open_minutes"),
        answer_days=tables["requests"].figure("answer_days"),
        copy_days=tables["requests"].figure("copy_days"),
        guardian_below_years=tables["children"].figure("guardian_below_years"),
        impact_keep_years=tables["impact"].figure("keep_years"),
        keep_birth_band_years=tables["erasure"].figure("keep_birth_band_years"),
    )


def _purposes(table: Page) -> dict[str, Purpose]:
    rows = {
        row.name: Purpose(
            *_names(row), needed=row.figure("needed"), though_kept_only=row.figure_or_none("though_kept_only")
        )
        for row in table.pages()
    }
    return {key: purpose for key, purpose in rows.items() if purpose.needed.value}


def _basis(row: Page) -> Basis:
    return Basis(*_names(row), kind=BasisKind(row.word("kind")), law=row.figure("law"), carries=row.figure("carries"))


def _names(row: Page) -> tuple[str, str, str]:
    return row.name, row.word("name_zh"), row.word("name_en")
