"""What a reader asks of an analysis: who walks, to what, for how long; read from an address, never trusted."""

from collections.abc import Mapping
from dataclasses import dataclass

from xiuhua.ground.standards import FacilityType
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifecircle.analysis import MINUTES, Analysis
from xiuhua.programmes.lifecircle.names import persona_name, type_name

PERSONA, FACILITY_TYPE, LONGEST = "elder", "day_care", "15"
COMMON_TYPES = (FACILITY_TYPE, "market", "park", "health_station")
"""Facility types that are asked about most, first the one that a page opens with where it is on record."""
"""What is shown before anybody asks: whether elders (老年人) reach day care (日间照料), the office's first question."""

SHOWS = ("minutes", "lacks")
CHANGE = "change"
"""What the map colours: minutes to the type asked for, how many required types are lacking, or what has changed."""

SORTS = ("share", "-share", "name", "people", "-people", "out", "-out", "score", "-score", "change", "-change")
WORST_FIRST = "share"
LONGEST_WORD = 30


@dataclass(frozen=True, slots=True)
class Question:
    """One question to an analysis.

    Parameters
    ----------
    persona, facility_type : str
        Keys of the rule book.
    minutes : int
        5, 10 or 15, walked as that persona walks.
    show : str
        What the map colours, one of `SHOWS` or `CHANGE`.
    sort : str
        Order of the committees, one of `SORTS`.
    committee : int, optional
        Committee that is looked at.
    compare : int, optional
        Earlier run that this one is held against.
    """

    persona: str = PERSONA
    facility_type: str = FACILITY_TYPE
    minutes: int = 15
    show: str = "minutes"
    sort: str = WORST_FIRST
    committee: int | None = None
    compare: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as understood, and what of the address could not be."""

    question: Question
    notices: tuple[str, ...]


def read_question(address: Mapping[str, str], analysis: Analysis, types: Mapping[str, FacilityType]) -> Asked:
    """Read a question from an address; what is not understood is answered by the usual choice and said so.

    Parameters
    ----------
    address : mapping
        Query string: ``persona``, ``type``, ``minutes``, ``show``, ``sort``, ``committee``, ``compare``.
    types : mapping
        Facility types of the rule book, for their names.
    """
    notices: list[str] = []
    personas = [one.key for one in analysis.personas]
    persona = address.get("persona", PERSONA)
    if persona not in personas:
        notices.append(
            _("没有「%(asked)s」这种人群，下面按%(used)s算。") % {"asked": _cut(persona), "used": persona_name(PERSONA)}
        )
        persona = PERSONA
    usual = _usual_type(analysis)
    kind = address.get("type", usual)
    if kind not in analysis.types:
        notices.append(
            _("这次分析里没有「%(asked)s」这类设施，下面看%(used)s。")
            % {"asked": _cut(kind), "used": type_name(types[usual])}
        )
        kind = usual
    minutes = address.get("minutes", LONGEST)
    if minutes not in {str(one) for one in MINUTES}:
        notices.append(_("只能选 5、10 或 15 分钟，「%(asked)s」不行，下面按 15 分钟算。") % {"asked": _cut(minutes)})
        minutes = LONGEST
    compare = _number(address.get("compare", ""))
    return Asked(
        Question(
            persona=persona,
            facility_type=kind,
            minutes=int(minutes),
            show=_one_of(
                address.get("show", ""), (*SHOWS, CHANGE) if compare else SHOWS, CHANGE if compare else SHOWS[0]
            ),
            sort=_one_of(address.get("sort", ""), SORTS, "change" if compare else WORST_FIRST),
            committee=_number(address.get("committee", "")),
            compare=compare,
        ),
        tuple(notices),
    )


def _usual_type(analysis: Analysis) -> str:
    common = [kind for kind in COMMON_TYPES if kind in analysis.types]
    on_record = [kind for kind in common if kind not in analysis.town.unmapped]
    return (on_record or common or list(analysis.types))[0]


def _one_of(asked: str, choices: tuple[str, ...], usual: str) -> str:
    return asked if asked in choices else usual


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_WORD // 2 else None


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_WORD else f"{text[:LONGEST_WORD]}…"
