"""A column: where its value comes from, how it is shown, and by what the database sorts and finds it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from django.db.models import Choices
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xiuhua.ground.ui.acts import Words

Row = TypeVar("Row")
Cell = str | int | float | Decimal | date | datetime | bool | None
Kind = Literal["text", "chip", "mark", "date", "moment"]

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: where its value comes from and how it is shown.

    Parameters
    ----------
    key : str
        Name in the query string (``?sort=key``).
    title : str
        Head of the column, unit left out.
    value : callable
        Cell of a row: what is exported, and what plain rows are sorted by.
    unit : str
        Unit, named in the head.
    numeric : bool
        Right-aligned figures; sorted from high to low at the first click.
    shown : callable, optional
        How a value reads on screen.
    export_shown : bool
        The export holds what is shown, where the value itself only orders.
    link : callable, optional
        Address of the page about a row.
    order_by : str or several
        Lookups that a queryset is sorted by, such as ``"path"``; without them the column of a queryset does not sort.
    search : str or several
        Lookups in which the words of the search box are sought in a queryset, such as ``"name__icontains"``.
    kind : str
        ``text``; ``chip``, a short word about a state, in the colour of `tone`; ``mark``, a word behind its `symbol`;
        ``date``; ``moment``, a date with the time of day.
    tone : callable, optional
        Colour of a row's chip: good, soon, over, info, plum, outline, or nothing.
    symbol : callable, optional
        Symbol of the sprite that stands before a row's words.
    drawn : callable, optional
        Markup that stands in a row's cell in place of its words, such as a small chart; the export holds the value.
    mask : callable, optional
        Hides a text on screen and in the export alike, such as ``masking.mask_phone``.
    """

    key: str
    title: Words
    value: Callable[[Row], Cell]
    unit: Words = ""
    numeric: bool = False
    shown: Callable[[Any], str] | None = None
    export_shown: bool = False
    link: Callable[[Row], str] | None = None
    order_by: str | Sequence[str] = ()
    search: str | Sequence[str] = ()
    kind: Kind = "text"
    tone: Callable[[Row], str] | None = None
    symbol: Callable[[Row], str] | None = None
    drawn: Callable[[Row], SafeString] | None = None
    mask: Callable[[str], str] | None = None

    def cell(self, row: Row) -> Cell:
        """Value of a row, masked where the column masks."""
        value = self.value(row)
        return self.mask(value) if self.mask and isinstance(value, str) else value

    def text(self, row: Row) -> str:
        """What stands on screen."""
        value = self.cell(row)
        if value is None or value == "":
            return NOTHING
        if self.shown:
            return self.shown(value)
        return _dated(value) if isinstance(value, date) else str(value)

    def exported(self, row: Row) -> Cell:
        """What the export holds of a row."""
        return self.text(row) if self.export_shown else self.cell(row)

    @property
    def head(self) -> str:
        """Head of the column with its unit, in the reader's brackets."""
        if not self.unit:
            return str(self.title)
        return _("%(title)s（%(unit)s）") % {"title": self.title, "unit": self.unit}

    @property
    def orders(self) -> tuple[str, ...]:
        """Lookups that a queryset is sorted by."""
        return (self.order_by,) if isinstance(self.order_by, str) else tuple(self.order_by)

    @property
    def lookups(self) -> tuple[str, ...]:
        """Lookups in which a queryset is searched."""
        return (self.search,) if isinstance(self.search, str) else tuple(self.search)


def choice_words(name: str, choices: type[Choices]) -> Callable[[Any], str]:
    """What a row's choice is called, for a column: ``get_state_display`` would translate every choice for each row."""
    return lambda row: str(choices(getattr(row, name)).label)


def _dated(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%Y-%m-%d %H:%M")
