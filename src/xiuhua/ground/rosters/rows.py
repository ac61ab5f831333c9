"""A row of a spreadsheet on its way in (名册的一行): what it says, what is wrong with it, what it would change."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.verdicts import Reason


class Outcome(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", _("新增")
    CHANGED = "changed", _("更新")
    SAME = "same", _("不变")
    ERROR = "error", _("错")


@dataclass(frozen=True, slots=True)
class Write:
    """One row of a table that an import would insert (no `fields`) or update (those `fields` of it).

    A `shared` one may be named by many rows of the sheet, and is written once.
    """

    instance: models.Model
    fields: tuple[str, ...] = ()
    shared: bool = False


@dataclass(slots=True)
class Row:
    """A row with its cells cleaned, which `RosterKind.resolve` compares with what is on record.

    Parameters
    ----------
    number : int
        Its line in the sheet, as Excel shows it.
    values : dict
        Cleaned cells by column name; None where a cell is empty, faulty or not in the sheet.

    Attributes
    ----------
    faults, reminders : dict of str to Reason
        What is wrong, and what merely deserves a look, by column name; ``""`` is the row as a whole. One of each a
        column: the first one stands.
    path : str
        Territory path below which the row counts in the record (one journal entry a committee); taken from the
        written instance where `resolve` does not set it.
    told : list of str
        What changes, in the words of the sheet, where the fields' own names would not tell it (室号, where household
        and path change).
    """

    number: int
    values: dict[str, Any]
    faults: dict[str, Reason] = field(default_factory=dict)
    reminders: dict[str, Reason] = field(default_factory=dict)
    path: str = ""
    outcome: Outcome = Outcome.SAME
    target: int | None = None
    writes: list[Write] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def __getitem__(self, column: str) -> Any:
        """The cleaned value of a column, None where it is empty, faulty or not in the sheet."""
        return self.values.get(column)

    def tells(self, *columns: str) -> bool:
        """Whether all these cells are filled and sound, so that they can be looked up.

        Asked first, it keeps a cell that is already faulty from being complained about twice, while the other cells of
        the row are still looked at: the reader learns of everything at the first try.
        """
        return all(self.values.get(column) is not None and column not in self.faults for column in columns)

    def refuse(self, column: str, text: str, mend: str = "") -> None:
        """Say that a cell is wrong: `text` the cause, `mend` what to write instead, both in the reader's language."""
        self.faults.setdefault(column, Reason(text, mend=mend or None))

    def remind(self, column: str, text: str, mend: str = "") -> None:
        """Say that a cell deserves a look; the import goes ahead without."""
        self.reminders.setdefault(column, Reason(text, mend=mend or None))

    def creates(self, instance: models.Model, beside: Iterable[models.Model] = ()) -> None:
        """The row puts this unsaved instance on record, and those `beside` it (a household that nobody had yet).

        A foreign key may name an instance that is itself unsaved: it is linked by ``path`` once both stand. Many rows
        may have the same instance beside them; it is written once.
        """
        self.outcome = Outcome.NEW
        self._writes(instance, (), beside)

    def updates(self, instance: models.Model, fields: Iterable[str], beside: Iterable[models.Model] = ()) -> None:
        """The row changes these fields of an instance on record, whose attributes hold the new values already.

        Only these columns are written, so that what somebody else changed meanwhile elsewhere in the row stands; a
        sealed field takes its blind index along. Without any field the row stays as it is.
        """
        names = tuple(fields)
        self.target = instance.pk
        if names:
            self.outcome = Outcome.CHANGED
        self._writes(instance, names, beside)

    def keeps(self, instance: models.Model) -> None:
        """The row says what is on record already."""
        self.updates(instance, ())

    @property
    def changed_fields(self) -> list[str]:
        """What the fields are called that would change, for the preview."""
        if self.told:
            return self.told
        fields: Iterable[Any] = (write.instance._meta.get_field(name) for write in self.writes for name in write.fields)
        words = (str(field.verbose_name) for field in fields)
        return list(dict.fromkeys(words))

    def _writes(self, instance: models.Model, fields: tuple[str, ...], beside: Iterable[models.Model]) -> None:
        self.writes += [Write(other, shared=True) for other in beside]
        if fields or instance.pk is None:
            self.writes.append(Write(instance, fields))
        self.path = self.path or territory_path(instance)


def territory_path(instance: models.Model) -> str:
    """The path by which a row hangs in the territory, following its model's ``scope_path``."""
    found: Any = instance
    for attribute in getattr(instance, "scope_path", "path").split("__"):
        found = getattr(found, attribute, None)
    return found or ""
