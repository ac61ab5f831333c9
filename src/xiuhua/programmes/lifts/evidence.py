"""What the dossier itself says about the rules that nobody puts in by hand: one reader a kind of evidence.

A room of the programme adds its own when the app is ready::

    @evidence.reads("vote")
    def passed_vote(dossier: Dossier) -> Evidence: ...
"""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from xiuhua.ground import standards
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.addresses import address_of
from xiuhua.ground.verdicts import Verdict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import queries
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.rules import flats, team
from xiuhua.programmes.lifts.rules.moves import Evidence

Reader = Callable[[Dossier], Evidence]
Waiter = Callable[[str, Dossier], str]
_readers: dict[str, Reader] = {}
_waiters: list[Waiter] = []


def reads(kind: str) -> Callable[[Reader], Reader]:
    """Let a function say whether rules of that kind of evidence are kept.

    Raises
    ------
    ValueError
        Another one reads that kind.
    """

    def mark(reader: Reader) -> Reader:
        if _readers.setdefault(kind, reader) is not reader:
            message = f"evidence {kind!r} is read twice"
            raise ValueError(message)
        return reader

    return mark


def kinds() -> frozenset[str]:
    """Kinds of evidence that are read off the dossier."""
    return frozenset(_readers)


def told_by(kind: str, dossier: Dossier) -> Evidence:
    """What the dossier says about rules of that kind.

    Raises
    ------
    KeyError
        No room of the programme reads that kind.
    """
    return _readers[kind](dossier)


def waits(waiter: Waiter) -> Waiter:
    """Let a function say what is under way for a rule that people put in; it gets the rule's key and the dossier."""
    _waiters.append(waiter)
    return waiter


def meanwhile(rule: str, dossier: Dossier) -> str:
    """What is under way for a rule that is not kept yet (送审后第 3 个工作日), in words; empty where nothing is."""
    return next((words for waiter in _waiters if (words := waiter(rule, dossier))), "")


def as_evidence(verdict: Verdict[bool], url: str = "") -> Evidence:
    """A verdict as evidence: its reasons are the words; `url` leads to where it is mended."""
    return Evidence(verdict.decision, _("；").join(reason.text for reason in verdict.reasons), url=url)


@reads("suitability")
def _suitability(dossier: Dossier) -> Evidence:
    """The stairwell has been judged fit."""
    suitable = dossier.stairwell.lift_suitable
    words = {True: _("初评合格"), False: dossier.stairwell.unsuitable_because, None: _("还没有初评")}[suitable]
    return Evidence(bool(suitable), words, dossier.measured_on, address_of("lifts:measure", dossier.pk))


@reads("registers")
def _registers(dossier: Dossier) -> Evidence:
    """Every flat has its area and an owner."""
    facts = queries.flat_facts(dossier)
    told = as_evidence(flats.registers_are_whole(facts, by_room=False), address_of("lifts:flats", dossier.pk))
    return replace(told, named=as_evidence(flats.registers_are_whole(facts)).words)


@reads("wishes")
def _wishes(dossier: Dossier) -> Evidence:
    """Enough households wish for a lift."""
    share = Fraction(str(standards.on(today(), at=dossier.path).lifts.vote.wishes.value))
    verdict = flats.wishes_reach(queries.flat_facts(dossier), share)
    return as_evidence(verdict, address_of("lifts:stances", dossier.pk))


@reads("team")
def _team(dossier: Dossier) -> Evidence:
    """The accompanying team is whole."""
    figures = standards.on(today(), at=dossier.path).lifts.team
    verdict = team.team_is_whole([one.part for one in queries.team_of(dossier)], figures)
    return as_evidence(verdict, address_of("lifts:team", dossier.pk))
