"""Flats that a sheet of residents names (住户): found in their stairwell, or founded when new."""

from dataclasses import dataclass
from typing import Any

from xiuhua.ground.rosters.rows import Row, Write
from xiuhua.ground.scope.paths import HOUSEHOLD
from xiuhua.ground.territory.models import Household, Stairwell
from xiuhua.ground.territory.rosters.cells import floor_of
from xiuhua.ground.territory.rosters.names import same
from xiuhua.ground.territory.rosters.within import Numbers
from xiuhua.ground.words import gettext as _

_TOLD = {"area": "living_area_m2", "tenure": "tenure", "floor": "floor"}


@dataclass(slots=True)
class Home:
    """A flat: its number in the database, 0 while it is new, and its path.

    `said` is what the sheet has said of it so far, by column, with the line: its rows must not contradict each other.
    """

    pk: int
    path: str
    household: Household | None = None
    said: dict[str, tuple[Any, int]] | None = None

    @property
    def is_new(self) -> bool:
        return self.pk == 0


class Homes:
    """Flats on record below a path, and those that the sheet adds.

    What is on record is kept as plain tuples: a subdistrict has some 45,000 flats.
    """

    def __init__(self, path: str) -> None:
        columns = ("stairwell_id", "room", "pk", "path", "floor", "living_area_m2", "tenure")
        rows = Household.objects.under(path).order_by().values_list(*columns)
        self._known = {(stairwell, same(room)): rest for stairwell, room, *rest in rows.iterator()}
        self._homes: dict[tuple[int, str], Home] = {}
        self._numbers = Numbers((rest[1] for rest in self._known.values()), HOUSEHOLD)

    def home(self, row: Row, stairwell: Stairwell) -> Home | None:
        """The flat that a row names in a stairwell; None where it cannot be (then the row says why)."""
        if not row.tells("room"):
            return None
        key = (stairwell.pk, same(row["room"]))
        home = self._homes.get(key) or self._on_record(key)
        if home is None:
            home = self._founded(row, stairwell)
            if home is None:
                return None
        self._homes[key] = home
        self._hear(row, home, key)
        return home

    def _on_record(self, key: tuple[int, str]) -> Home | None:
        rest = self._known.get(key)
        return Home(rest[0], rest[1]) if rest else None

    def _founded(self, row: Row, stairwell: Stairwell) -> Home | None:
        floor = self._floor(row, stairwell)
        if floor is None:
            return None
        path = self._numbers.next_under(stairwell.path)
        if path is None:
            row.refuse("room", _("这个门洞的住户编号用完了"), _("对一下门洞"))
            return None
        household = Household(stairwell=stairwell, path=path, room=row["room"], floor=floor)
        return Home(0, path, household)

    @staticmethod
    def _floor(row: Row, stairwell: Stairwell) -> int | None:
        """The floor of a new flat, as told or as its number has it."""
        if "floor" in row.faults:
            return None
        floor = row["floor"] if row["floor"] is not None else floor_of(row["room"])
        column = "floor" if row["floor"] is not None else "room"
        if floor is None:
            row.refuse(column, _("看不出在几楼"), _("在「楼层」一列写上，例如 3"))
        elif floor > stairwell.levels:
            said = {"address": stairwell.address, "levels": stairwell.levels, "floor": floor}
            row.refuse(column, _("%(address)s只有 %(levels)s 层，没有 %(floor)s 楼") % said, _("对一下室号和楼层"))
        else:
            return int(floor)
        return None

    def _hear(self, row: Row, home: Home, key: tuple[int, str]) -> None:
        """Take in what a row says of its flat, and refuse what contradicts an earlier row."""
        fields = []
        for column, name in _TOLD.items():
            value = row[column]
            if value is None:
                continue
            home.said = home.said if home.said is not None else {}
            first, number = home.said.setdefault(column, (value, row.number))
            if first != value:
                row.refuse(column, _("同一户，和第 %(number)s 行写的不一样") % {"number": number}, _("两行写成一样"))
            elif number == row.number and getattr(household := self._household(home, key), name) != value:
                setattr(household, name, value)
                fields.append(name)
        if fields and not home.is_new and home.household is not None:
            row.writes.append(Write(home.household, tuple(fields)))

    def _household(self, home: Home, key: tuple[int, str]) -> Household:
        if home.household is None:
            pk, path, floor, area, tenure = self._known[key]
            home.household = Household(
                pk=pk, path=path, stairwell_id=key[0], floor=floor, living_area_m2=area, tenure=tenure
            )
        return home.household
