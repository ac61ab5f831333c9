"""The sections of an office (科室) of ``offices.toml``."""

from dataclasses import dataclass

from xiuhua.ground.standards.figures import Figure, Named, Page


@dataclass(frozen=True, slots=True)
class Section(Named):
    """A section of the office (科室).

    Parameters
    ----------
    business : str
        What it sees to, in Chinese.
    standing : Figure
        Whether the office has it; its status is the one that a screen shows.
    """

    business: str
    standing: Figure


@dataclass(frozen=True, slots=True)
class OfficeStandard:
    """The sections that the office has, by key, in the order of the file."""

    sections: dict[str, Section]

    def section_name(self, key: str) -> str:
        """What a section is called; the key itself where the book has it no more."""
        return self.sections[key].name if key in self.sections else key


def read_offices(page: Page) -> OfficeStandard:
    """Read the whole file."""
    tables = {table.name: table for table in page.pages()}
    rows = [_section(row) for row in tables["sections"].pages()]
    return OfficeStandard({row.key: row for row in rows if row.standing.value})


def _section(row: Page) -> Section:
    return Section(
        row.name, row.word("name_zh"), row.word("name_en"), row.word("business"), standing=row.figure("standing")
    )
