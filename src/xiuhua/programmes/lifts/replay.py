"""The programme played again from its record (回放): who stood at which stage on which day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from xiuhua.programmes.lifts.flow import Stage
from xiuhua.programmes.lifts.indicators import Move

EPOCH = date(1970, 1, 1)
STAGES = [str(stage) for stage in Stage]


def replay(moves: Sequence[Move], *, until: date) -> dict[str, Any]:
    """Moves from stage to stage, as a script plays them.

    Returns
    -------
    dict
        ``stages``: names of the stages; ``moves``: [dossier, day, stage] in order, the day counted from 1 January 1970,
        the stage as its place among the names; ``first`` and ``last`` day. Before its first move a stairwell waits.
    """
    played = [[move.dossier, _number(move.on), STAGES.index(move.after)] for move in moves if move.before != move.after]
    last = _number(until)
    return {"stages": STAGES, "moves": played, "first": played[0][1] if played else last, "last": last}


def _number(day: date) -> int:
    return (day - EPOCH).days
