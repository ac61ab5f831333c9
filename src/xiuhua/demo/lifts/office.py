"""Who carries the lifts of the demonstration: the centre and its sub-centres, coordinators, firms, what is said."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import count
from random import Random
from typing import Any

from xiuhua.demo.people import worker_as
from xiuhua.demo.plan.ground_facts import read_ground_facts
from xiuhua.ground.accounts.actions import invite_staff
from xiuhua.ground.accounts.models import User
from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.journal.actors import System
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Committee, Stairwell, Subdistrict
from xiuhua.programmes.lifts import actions, queries
from xiuhua.programmes.lifts.models import Contractor
from xiuhua.programmes.lifts.rules.centres import CentreFacts
from xiuhua.programmes.lifts.rules.contractors import ContractorFacts

SUB_CENTRES = 23
FIRST_NUMBER = 520
"""Staff numbers of the coordinators begin after it."""

FULL = 25
"""So many stairwells under way one coordinator accompanies; the next go to somebody of the centre."""

_NUMBERS, _STEP = 10**8, 73_939_133


@cache
def book() -> dict[str, Any]:
    """What is said and done about lifts, as it was written by hand."""
    return tomllib.loads(files("xiuhua.demo").joinpath("data", "lifts.toml").read_text("utf-8"))


class Phones:
    """Telephone numbers that are nobody's, each once."""

    def __init__(self, rng: Random) -> None:
        begin, start = read_ground_facts().people_names["phones_begin"], rng.randrange(_NUMBERS)
        self._numbers: Iterator[str] = (f"{begin}{(start + step * _STEP) % _NUMBERS:08d}" for step in count())

    def one(self) -> str:
        """The next number."""
        return next(self._numbers)


class Office:
    """The programme's own people and firms; nobody is there before `open` has been called."""

    def __init__(self, subdistrict: Subdistrict, rng: Random) -> None:
        self.subdistrict, self.rng = subdistrict, rng
        self.phones = Phones(rng)
        self.head = worker_as(Role.SECTION_HEAD)
        self.centre: list[User] = []
        self.firms: dict[str, list[Contractor]] = {}
        self.professionals = [(trade, name, self.phones.one()) for trade, name in book()["professionals"]["names"]]
        self._coordinators: dict[str, User] = {}
        self._carried: Counter[int] = Counter()

    def open(self) -> None:
        """Invite the coordinators, put the centres and the firms on record, open the dossiers."""
        self._invite()
        self._open_centres()
        for told in book()["firms"]:
            facts = ContractorFacts(
                told["kind"], told["name"], f"021-5400{self.rng.randrange(10**4):04d}", told["licence"]
            )
            firm = actions.enter_contractor(
                actor=self.lead, path=self.subdistrict.path, facts=facts, entered_on=today()
            ).subject
            self.firms.setdefault(firm.kind, []).append(firm)
        actions.open_dossiers(actor=self.lead, subdistrict=self.subdistrict)

    @property
    def lead(self) -> User:
        """The centre's first coordinator."""
        return self.centre[0]

    def works(self, path: str) -> User:
        """Who puts down what happens at a stairwell: its committee's coordinator, or the centre's."""
        return self._coordinators.get(committee_of(path), self.lead)

    def accompanies(self, path: str) -> User:
        """Who joins its team: the same, or somebody of the centre where that one has enough to carry."""
        for user in (self.works(path), *reversed(self.centre)):
            if queries.carried_by(user.pk) < FULL:
                return user
        return self.lead

    def _invite(self) -> None:
        lead, *more = book()["coordinators"]["centre"]
        self.centre = [worker_as(Role.LIFT_COORDINATOR)]
        assert self.centre[0].name == lead
        numbers = count(FIRST_NUMBER)
        self.centre += [self._invited(name, self.subdistrict.path, next(numbers)) for name in more]
        taken = {user.home: user for user in User.objects.filter(username="CF0112")}
        names = iter(book()["coordinators"]["names"].split())
        for committee in self._with_sub_centre():
            self._coordinators[committee.path] = taken.get(committee.path) or self._invited(
                next(names), committee.path, next(numbers)
            )

    def _invited(self, name: str, path: str, number: int) -> User:
        user: User = invite_staff(
            actor=System("demo"),
            path=path,
            username=f"CF{number:04d}",
            name=name,
            role=Role.LIFT_COORDINATOR,
            with_password=False,
            lasting=True,
        ).subject
        return user

    def _with_sub_centre(self) -> list[Committee]:
        """The committees with most stairwells that a lift suits, then those with most others."""
        walkups = Stairwell.objects.under(self.subdistrict.path).filter(has_lift=False)
        every = Counter(committee_of(path) for path in walkups.values_list("path", flat=True))
        suitable = Counter(
            committee_of(path) for path in walkups.filter(lift_suitable=True).values_list("path", flat=True)
        )
        rows = Committee.objects.under(self.subdistrict.path).order_by("path")
        order = sorted(rows, key=lambda row: (-suitable[row.path], -every[row.path], row.path))
        return sorted(order[:SUB_CENTRES], key=lambda row: str(row.path))

    def _open_centres(self) -> None:
        told, sub = book()["centre"], book()["sub_centre"]
        facts = CentreFacts(told["name"], told["address"], told["phone"], told["hours"])
        actions.open_centre(actor=self.head, path=self.subdistrict.path, facts=facts, opened_on=told["opened"])
        for place, path in enumerate(self._coordinators):
            name = Committee.objects.get(path=path).name.removesuffix("居委会").removesuffix("居民委员会")
            facts = CentreFacts(
                sub["name"].format(committee=name),
                sub["address"].format(committee=name),
                f"021-5400{1000 + place:04d}",
                sub["hours"],
            )
            actions.open_centre(actor=self.head, path=path, facts=facts, opened_on=_opened(sub["opened"], place))


def _opened(first: date, place: int) -> date:
    """The sub-centres opened one after the other, a few of them a month."""
    months = first.month - 1 + place // 3
    return date(first.year + months // 12, months % 12 + 1, 1 + place % 3 * 9)


@cache
def sheet(title: str) -> Prepared:
    """A sheet of paper with a few words (样张), where the office would keep a scan."""
    page = f"BT /F1 16 Tf 60 760 Td ({title}) Tj ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    text, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    text += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\n"
    text += f"startxref\n{text.index('xref')}\n%%EOF\n"
    return Prepared(Sort.DOCUMENT, text.encode("ascii"), "application/pdf", f"{title}.pdf")
