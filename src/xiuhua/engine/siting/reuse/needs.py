"""What composite reuse (复合利用) is asked with: spaces, functions that want one, and needs that nobody meets yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import ArrayLike


@dataclass(frozen=True, eq=False)
class Spaces:
    """J candidate spaces (闲置空间): vacant rooms, ground floors, courtyards.

    Attributes
    ----------
    area : float[J]
        Floor area of use, square metres.
    opening_cost : int[J]
        Money to bring a space into use whatever it hosts, in whole yuan or whole fen; 0 for one in use already.
    slots : bool[J, T], optional
        Parts of the day (时段) in which a space may be used; always, where not given.
    tolerance : int[J], optional
        Loudest noise class that a space bears, such as 0 under dwellings and 2 in a yard; any, where not given.
    names : sequence of str, optional
        How refusals call them; their numbers, where not given.
    """

    area: ArrayLike
    opening_cost: ArrayLike
    slots: ArrayLike | None = None
    tolerance: ArrayLike | None = None
    names: Any = None


@dataclass(frozen=True, eq=False)
class Functions:
    """K functions (功能) that a space may host: a canteen (食堂), child care (托育), a reading room.

    Attributes
    ----------
    area : float[K]
        Floor area that a function takes in each of its parts of the day, square metres. Functions that meet in a part
        of the day need their areas side by side; those that never meet may share the same floor.
    fit_out_cost : int[K] or int[J, K]
        Money to fit out a function in a space, in the unit of the opening costs.
    limit : float[K]
        Longest walk at which it still serves a building, in the unit of `Needs.cost`.
    slots : bool[K, T], optional
        Parts of the day in which it runs; in all of them, where not given.
    noise : int[K], optional
        Its noise class; silent, where not given.
    exclusions : int[E, 2], optional
        Pairs of functions that may not be in one space.
    suits : bool[J, K], optional
        Which space may have which function for any other reason, such as fire safety; all, where not given.
    names : sequence of str, optional
        How refusals call them; their numbers, where not given.
    """

    area: ArrayLike
    fit_out_cost: ArrayLike
    limit: ArrayLike
    slots: ArrayLike | None = None
    noise: ArrayLike | None = None
    exclusions: ArrayLike | None = None
    suits: ArrayLike | None = None
    names: Any = None


@dataclass(frozen=True, eq=False)
class Needs:
    """What N buildings lack.

    Attributes
    ----------
    weight : float[N, K]
        Unmet need of each building for each function, such as residents without one near; 0 where it is met. It counts
        once, when at least one space within the function's limit hosts it.
    cost : sparse or float[N, J]
        Walk from each building to each space, as from `reach.matrix`. In a sparse matrix what is not stored is out of
        reach, and a stored 0 is at the door; in an array out of reach is ``inf``.
    committee : int[N] or str[N], optional
        Residents' committee (居委会) of each building: any whole numbers, such as official codes, or names; one for
        all, where not given. What is given or answered by committee, C of them, follows the sorted codes, each once
        (`CompositeSolution.committees`).
    committee_names : sequence of str, optional
        How refusals call them, in that order; their codes, where not given.
    """

    weight: ArrayLike
    cost: Any
    committee: ArrayLike | None = None
    committee_names: Any = None
