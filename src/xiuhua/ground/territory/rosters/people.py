"""Who of those on record a row means (认人): by identity number, else by name within the flat."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Max

from xiuhua.ground.rosters.rows import Row
from xiuhua.ground.scope.paths import RESIDENT, child_path, subdistrict_of, within
from xiuhua.ground.sealing.fields import BlindIndexField
from xiuhua.ground.sealing.keyring import keyring
from xiuhua.ground.sealing.normal import name_of
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.territory.rosters.homes import Home
from xiuhua.ground.words import gettext as _


@dataclass(slots=True)
class Claim:
    """A row, the flat that it names, and whom it means."""

    row: Row
    home: Home
    found: Resident | None = None
    elsewhere: Resident | None = None


@dataclass(slots=True)
class People:
    """People on record around an import, looked up a chunk at a time in four queries.

    Parameters
    ----------
    path : str
        What the import is about; nobody outside it is touched.
    """

    path: str
    _numbers: dict[str, int] = field(default_factory=dict)
    _seen: dict[int, tuple[int, bool]] = field(default_factory=dict)
    _met: dict[int, int] = field(default_factory=dict)

    def find(self, claims: Sequence[Claim]) -> None:
        """Say on each claim whom it means, and refuse those that mean nobody clearly."""
        self._by_id_number([claim for claim in claims if claim.row.tells("id_number")])
        self._by_name([claim for claim in claims if claim.found is None and claim.elsewhere is None])
        self._count_heads([claim.home for claim in claims if claim.found is None or _moves(claim)])
        for claim in claims:
            self._only_once(claim)

    def next_path(self, home: Home) -> str | None:
        """A free path for one more person in a flat; None where there is no room for more."""
        number = self._numbers.get(home.path, 0) + 1
        if number >= 10**RESIDENT:
            return None
        self._numbers[home.path] = number
        return child_path(home.path, number, RESIDENT)

    def _by_id_number(self, claims: Sequence[Claim]) -> None:
        index = _index("id_number")
        by_index = {
            made: claim
            for claim in claims
            for kid in keyring().ids
            if (made := index.made_from(claim.row["id_number"], kid))
        }
        if not by_index:
            return
        rows = Resident.objects.under(subdistrict_of(self.path)).filter(
            id_number_index__in=list(by_index), erased_at__isnull=True
        )
        for person in rows.order_by("left_at"):  # whoever lives here comes before whoever left
            claim = by_index[person.id_number_index]
            if within(person.path, self.path):
                claim.found = person if claim.found is None or person.left_at is None else claim.found
            elif person.left_at is None:
                claim.elsewhere = person

    def _by_name(self, claims: Sequence[Claim]) -> None:
        homes = {claim.home.pk for claim in claims if not claim.home.is_new}
        if not homes:
            return
        housemates: dict[int, list[Resident]] = {}
        for person in Resident.objects.here().filter(household__in=homes, erased_at__isnull=True):
            housemates.setdefault(person.household_id, []).append(person)
        for claim in claims:
            if claim.row.tells("name"):
                self._match_name(claim, housemates.get(claim.home.pk, ()))

    @staticmethod
    def _match_name(claim: Claim, housemates: Collection[Resident]) -> None:
        row = claim.row
        named = [person for person in housemates if name_of(person.name) == name_of(row["name"])]
        if row["id_number"]:
            numbered = [person for person in named if person.id_number]
            named = [person for person in named if not person.id_number]
            if numbered and not named:
                row.refuse(
                    "id_number",
                    _("这一户册上有同名的人，证件号不一样"),
                    _("对一下证件；册上的写错了，先在住户档案里更正"),
                )
        if len(named) > 1 and row["birth_date"] is not None:
            named = [person for person in named if person.birth_date == row["birth_date"]]
        if len(named) > 1:
            said = {"count": len(named)}
            row.refuse("name", _("这一户册上有 %(count)s 位同名的人") % said, _("写上证件号，才分得清"))
        elif named:
            claim.found = named[0]

    def _count_heads(self, homes: Iterable[Home]) -> None:
        """Learn how many numbers are taken in flats that get someone."""
        wanted = {home.pk: home.path for home in homes if not home.is_new and home.path not in self._numbers}
        taken = Resident.objects.filter(household__in=wanted).order_by().values_list("household").annotate(Max("path"))
        self._numbers.update({wanted[pk]: int(last[-RESIDENT:]) for pk, last in taken} if wanted else {})

    def _only_once(self, claim: Claim) -> None:
        """Refuse a second row about the same person."""
        row = claim.row
        if claim.found is not None:
            first = self._met.setdefault(claim.found.pk, row.number)
            if first != row.number:
                row.refuse("name", _("和第 %(number)s 行是同一个人") % {"number": first}, _("两行留一行"))
                return
        if not row.tells("name"):
            return
        key = hash((claim.home.path, name_of(row["name"])))
        number, had_id = self._seen.setdefault(key, (row.number, bool(row["id_number"])))
        if number != row.number and not (had_id and row["id_number"]):
            row.refuse(
                "name",
                _("和第 %(number)s 行同一户、同姓名") % {"number": number},
                _("是同一个人，删一行；是两个人，两行都写上证件号"),
            )


def _moves(claim: Claim) -> bool:
    return claim.found is not None and claim.found.household_id != claim.home.pk


def _index(of: str) -> BlindIndexField:
    index = Resident._meta.get_field(f"{of}_index")
    assert isinstance(index, BlindIndexField)
    return index
