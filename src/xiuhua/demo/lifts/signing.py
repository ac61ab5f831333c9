"""The third step: the notice, what people object to, signatures, the first money, permits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from xiuhua.demo.lifts.house import Act, House, Step, between, working
from xiuhua.demo.lifts.office import book, sheet
from xiuhua.demo.lifts.talks import listen
from xiuhua.programmes.lifts import actions, queries_shares
from xiuhua.programmes.lifts.models import Flat, Objection
from xiuhua.programmes.lifts.rules.money import parts_of

OBJECTED, TALKED = 0.25, 0.4
"""In how many stairwells somebody objects, and says something."""

WAYS = ("bank", "bank", "fund")
"""How households pay their first instalments, in turn."""

LONG = 9
"""Days that it takes at least for an objection to be answered."""


def agreed(
    house: House, begin: date, end: date, *, sign_from: date, signs: float = 1.0, objects: bool = True
) -> Iterator[Step]:
    """The notice and the signatures between two days.

    Parameters
    ----------
    sign_from : date
        The first day on which there were shares to be signed.
    signs : float
        The share of those who pay that have signed by the end.
    objects : bool
        Whether somebody may object.
    """
    yield Step(begin, lambda on: post(house, on))
    if objects and house.rng.random() < OBJECTED and (end - begin).days > LONG:
        told = house.rng.choice(book()["objections"])
        yield Step(working(begin, 2), lambda on: object_to(house, on, told["words"]))
        yield Step(working(begin, 5), lambda on: answer(house, on, told["answer"]))
    first = min(max(begin, sign_from), end)
    for share, part in ((0.4, 0.4), (0.7, 0.75), (1.0, 1.0)):
        yield Step(max(first, between(first, end, share)), _signing(house, part * signs))
    if house.rng.random() < TALKED:
        yield Step(end, lambda on: listen(house, on, "agreeing"))


def post(house: House, on: date) -> None:
    """Post the notice."""
    house.do(actions.post_notice, posted_on=on, place=house.rng.choice(book()["places"]["notice"]))


def object_to(house: House, on: date, words: str) -> None:
    """Let somebody of the lower floors object."""
    flat = house.rng.choice(house.flats[:4])
    house.do(actions.note_objection, words=words, raised_on=on, flat=flat)


def answer(house: House, on: date, words: str) -> None:
    """Answer the objection in writing."""
    row = Objection.objects.select_related("dossier").get(dossier=house.dossier, answered_on__isnull=True)
    actions.answer_objection(actor=house.worker, objection=row, answer=words, answered_on=on)


def sign(house: House, on: date, share: float) -> None:
    """Let households sign until so large a share of those who pay has; one more in any case."""
    scheme = queries_shares.adopted_scheme(house.dossier)
    assert scheme is not None
    payers = [line for line in queries_shares.lines_of(scheme) if line.amount_fen > 0]
    waiting = [line for line in payers if not hasattr(line, "signature")]
    signed = len(payers) - len(waiting)
    for line in waiting[: max(1, int(len(payers) * share) - signed)]:
        actions.sign_share(actor=house.worker, flat=_flat(house, line.flat), on=on)


def permits(house: House, *, waives: bool = False) -> list[Act]:
    """What is done between signing and building; where no pipes lie before the door, that gate is waived."""
    places = book()["places"]
    return [
        Act(0.12, "account", lambda on: account(house, on)),
        Act(0.3, "drawing_review", _papers(house, "drawing_review")),
        Act(0.42, "planning asked", lambda on: apply_for(house, on, "planning", places["planning"])),
        Act(0.55, "pipes", lambda on: waive(house) if waives else _papers(house, "pipes")(on)),
        Act(0.72, "planning", lambda on: grant(house, on, "planning", "沪普规建")),
        Act(0.8, "permit asked", lambda on: apply_for(house, on, "construction_permit", places["permit"])),
        Act(0.95, "permit", lambda on: grant(house, on, "construction_permit", "普建施")),
    ]


def account(house: House, on: date) -> None:
    """Note the first instalments one by one; where the agreement is on paper only, that the account is open."""
    scheme = queries_shares.adopted_scheme(house.dossier)
    if scheme is None:
        house.do(actions.pass_gate, rule="account", on=on)
        return
    percents = [part.percent for part in queries_shares.plan_of(scheme)]
    payers = [line for line in queries_shares.lines_of(scheme) if line.amount_fen > 0]
    for place, line in enumerate(payers):
        actions.note_payment(
            actor=house.worker,
            flat=_flat(house, line.flat),
            amount_fen=parts_of(line.amount_fen, percents)[0],
            on=on,
            way=WAYS[place % len(WAYS)],
        )


def waive(house: House) -> None:
    """Let the section head waive what the utilities would have to write."""
    actions.waive_gate(actor=house.office.head, dossier=house.dossier, rule="pipes", reason=book()["waiver"]["reason"])


def apply_for(house: House, on: date, rule: str, authority: str) -> None:
    """Ask an authority for a permit."""
    house.do(
        actions.note_permit,
        rule=rule,
        applied_on=on,
        authority=authority,
        receipt=f"受理 {on:%Y%m%d}{house.number:03d}",
    )


def grant(house: House, on: date, rule: str, sign: str) -> None:
    """Note a permit's number."""
    house.do(actions.pass_gate, rule=rule, on=on, number=f"{sign}〔{on.year}〕{house.number:03d} 号")


def _papers(house: House, rule: str) -> Callable[[date], object]:
    return lambda on: house.do(actions.pass_gate, rule=rule, on=on, file=sheet(rule.replace("_", " ")))


def _signing(house: House, share: float) -> Callable[[date], object]:
    return lambda on: sign(house, on, share)


def _flat(house: House, flat: Flat) -> Flat:
    flat.dossier = house.dossier
    return flat
