"""The fourth step and the fifth: the site, its diary, acceptance, the lift itself, and what is done once it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from xiuhua.demo.lifts.house import Act, House, Step, working
from xiuhua.demo.lifts.office import book, sheet
from xiuhua.demo.lifts.pictures import site as site_at
from xiuhua.demo.lifts.timelines import LAST
from xiuhua.ground.files.prepared import Prepared
from xiuhua.programmes.lifts import actions, queries_shares
from xiuhua.programmes.lifts.models import Fault, Unit
from xiuhua.programmes.lifts.rules.faults import FaultFacts
from xiuhua.programmes.lifts.rules.units import UnitFacts, UpkeepFacts

KEPT_YEARS = 3
"""How long a contract of upkeep lasts."""

SHOWN = (0.3, 0.7)
"""From when to when of the building time there are pictures of the site."""

ACCOUNTED = 5
"""Of one lift in so many the account is kept in the system."""

UNINSPECTED = 17
"""One lift of so many has not been inspected when it was due."""


def built(house: House) -> list[Act]:
    """What is done between the beginning and the end of building."""
    gates = (
        Act(0.03, "site_notice", lambda on: house.do(actions.pass_gate, rule="site_notice", on=on)),
        Act(0.4, "hidden_works", _inspection(house, "hidden_works", "YB")),
        Act(0.93, "installation", _inspection(house, "installation", "JD")),
    )
    written = [
        Act(share, "diary", _writing(house, share, kind, words)) for share, kind, words in book()["diary"]["steps"]
    ]
    return sorted([*gates, *written], key=lambda act: act.share)


def finished(house: House) -> list[Act]:
    """What is done between the end of building and handing over."""
    return [
        Act(0.1, "diary", _writing(house, 1.0, "inspection", book()["diary"]["finishing"])),
        Act(
            0.4,
            "acceptance",
            lambda on: house.do(actions.pass_gate, rule="acceptance", on=on, file=sheet("Acceptance")),
        ),
        Act(0.65, "registration", lambda on: register(house, on)),
        Act(0.85, "upkeep", lambda on: keep(house, on)),
    ]


def delay(house: House, on: date, reason: str) -> None:
    """Put the site off."""
    started = house.line.days["build"]
    house.do(
        actions.note_delay, on=on, until_on=max(started + timedelta(days=165), on + timedelta(days=45)), reason=reason
    )


def register(house: House, on: date) -> Unit:
    """Put the lift on record with its certificate."""
    rng, levels = house.rng, house.dossier.stairwell.levels
    facts = UnitFacts(
        brand=rng.choice(book()["unit"]["brands"]),
        load_kg=rng.choice((400, 450, 450, 630)),
        stops=levels,
        maker_number=f"SJ{on:%y%m}{house.number:04d}",
        registration=f"梯11沪演{on:%y}{house.number:04d}",
        serves_wheelchair=rng.random() < 0.15,
    )
    unit: Unit = house.do(actions.register_unit, facts=facts, on=on)
    return unit


def keep(house: House, on: date) -> None:
    """Sign the contract of upkeep."""
    rng = house.rng
    facts = UpkeepFacts(
        from_on=on,
        until_on=on.replace(year=on.year + KEPT_YEARS, day=min(on.day, 28)),
        price_fen=rng.choice((420_000, 450_000, 480_000, 540_000)),
        household_fen=rng.choice((1500, 2000, 2500)),
    )
    actions.sign_upkeep(
        actor=house.worker, lift=_unit(house), firm=rng.choice(house.office.firms["upkeep"]), facts=facts
    )


def ran(house: House, *, since: date, known_from: date) -> Iterator[Step]:
    """What is done for a lift that runs: the yearly inspection, and that somebody saw to it not long ago."""
    due = since
    while (due := due.replace(year=due.year + 1, day=min(due.day, 28))) <= LAST:
        if house.number % UNINSPECTED or due.year < LAST.year:
            on = working(due, -12)
            if on >= known_from:
                yield Step(on, lambda on: _inspect(house, on))
    if since > known_from and (settled := working(since, 18)) < LAST:
        yield Step(settled, lambda on: _settle(house, on))
    yield Step(working(LAST, -2 - house.number % 11), lambda on: _serve(house, on))
    if house.number % ACCOUNTED == 0:
        yield Step(max(working(since, 20), LAST.replace(day=1)), lambda on: _account(house, on))


def faulty(house: House, told: dict[str, Any], at: datetime) -> Iterator[Step]:
    """A fault from the report to its end, or as far as it has come."""
    moment = at.time()
    yield Step(at.date(), lambda on: _report_fault(house, told, at), moment)
    for key, verb in (("arrived", _answer_fault), ("closed", _close_fault)):
        if told.get(key):
            then = at + timedelta(minutes=told[key])
            yield Step(then.date(), _seeing(house, told, then, verb), then.time())


def _seeing(house: House, told: dict[str, Any], at: datetime, verb: Callable[..., object]) -> Callable[[date], object]:
    return lambda on: verb(house, told, at)


def _report_fault(house: House, told: dict[str, Any], at: datetime) -> None:
    facts = FaultFacts(trapped=told.get("trapped", False), stopped=told.get("stopped", False), words=told["words"])
    actions.report_fault(actor=house.worker, lift=_unit(house), facts=facts, at=at)


def _answer_fault(house: House, told: dict[str, Any], at: datetime) -> None:
    actions.answer_fault(actor=house.worker, fault=_fault(house), arrived_at=at)


def _close_fault(house: House, told: dict[str, Any], at: datetime) -> None:
    actions.close_fault(actor=house.worker, fault=_fault(house), closed_at=at, cause=told["cause"], found=told["found"])


def _fault(house: House) -> Fault:
    rows = Fault.objects.filter(lift__dossier=house.dossier, closed_at__isnull=True)
    fault: Fault = rows.select_related("lift__dossier").latest("opened_at")
    return fault


def _settle(house: House, on: date) -> None:
    """Put in the final cost, a little below or above the agreed one, where shares are on record."""
    scheme = queries_shares.adopted_scheme(house.dossier)
    if scheme is not None:
        total = scheme.total_fen * house.rng.randint(976, 1012) // 1000
        subsidy = queries_shares.subsidy_of(house.dossier, total)
        house.do(actions.settle_cost, total_fen=total, subsidy_fen=subsidy, on=on)


def _account(house: House, on: date) -> None:
    """Put down half a year's money: what the households paid, and what it went for."""
    homes = sum(flat.floor > 1 for flat in house.flats)
    words = book()["fees"]["words"]
    for kind, fen in (("households", homes * 12_000), ("power", 26_840), ("upkeep", 240_000 // 4)):
        house.do(actions.note_fee, kind=kind, on=on, amount_fen=fen, words=words[kind])


def _inspect(house: House, on: date) -> None:
    actions.note_inspection(
        actor=house.worker, lift=_unit(house), on=on, passed=True, number=f"TJ{on:%Y%m}-{house.number:04d}"
    )


def _serve(house: House, on: date) -> None:
    actions.note_service(actor=house.worker, lift=_unit(house), on=on, found="清洁、润滑、试制动，正常")


def _unit(house: House) -> Unit:
    unit: Unit = Unit.objects.select_related("dossier__stairwell").get(dossier=house.dossier)
    return unit


def _writing(house: House, share: float, kind: str, words: str) -> Callable[[date], object]:
    """Write up the site, with a picture of the frame where the house is still being built."""
    photos: tuple[Prepared, ...] = ()
    if house.line.stage == "building" and SHOWN[0] < share < SHOWN[1]:
        photos = (site_at(round(1 + 5 * share)),)
    return lambda on: house.do(actions.write_diary, kind=kind, on=on, words=words, photos=photos)


def _inspection(house: House, rule: str, sign: str) -> Callable[[date], object]:
    return lambda on: house.do(actions.pass_gate, rule=rule, on=on, number=f"{sign}{on:%Y%m%d}-{house.number:03d}")
