"""What may be asked of composite reuse: arrays that come in are checked and copied here, contradictions named."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.siting.reuse.needs import Functions, Needs, Spaces
from xiuhua.engine.threads import cores

if TYPE_CHECKING:
    from xiuhua.engine.siting.reuse.hosting import Hosting

MOST_FUNCTIONS = 62
LARGEST_MONEY = 10**15


@dataclass(frozen=True, eq=False)
class Asked:
    """A checked question.

    Attributes
    ----------
    weight : float64[N, K]
        Unmet need.
    cost : float64[N, J]
        Walk, ``inf`` where out of reach.
    committee : int64[N]
        Place in `committees`.
    limit : float64[K]
        Longest walk of each function.
    need : float64[K, T]
        Floor area that each function takes in each part of the day.
    price, opening_cost : int64[J, K], int64[J]
        Money.
    fits : bool[J, K]
        Which space can host which function, alone at least.
    hosting : Hosting
        Which sets of functions each space can host.
    committees : int[C] or str[C]
        Codes of the committees, ascending.
    """

    weight: NDArray[np.float64]
    cost: NDArray[np.float64]
    committee: NDArray[np.int64]
    limit: NDArray[np.float64]
    need: NDArray[np.float64]
    price: NDArray[np.int64]
    opening_cost: NDArray[np.int64]
    fits: NDArray[np.bool_]
    hosting: Hosting
    committees: NDArray[Any]
    names: dict[str, Any]

    def within(self, function: int) -> NDArray[np.bool_]:
        """bool[N, J]: spaces that could meet a building's need for a function."""
        return np.asarray((self.cost <= self.limit[function]) & self.fits[:, function])

    def call(self, kind: str, number: int) -> str:
        """A space, function or committee as people call it."""
        names, code = self.names.get(kind), self.committees[number] if kind == "committee" else number
        return f"{kind} {code}" if names is None else f"{kind} {code} ({names[number]})"

    def by_committee(self, need: NDArray[np.float64]) -> NDArray[np.float64]:
        """float64[C]: needs float64[N, K] summed by committee."""
        return np.bincount(self.committee, need.sum(axis=1), len(self.committees)).astype(np.float64)

    @property
    def coverable(self) -> NDArray[np.bool_]:
        """bool[N, K]: needs that some space could meet."""
        each = [(self.weight[:, k] > 0) & self.within(k).any(axis=1) for k in range(len(self.limit))]
        return np.column_stack(each)


def checked(spaces: Spaces, functions: Functions, needs: Needs) -> Asked:
    """Check a question and write down what each space can host."""
    from xiuhua.engine.siting.reuse.case import hosting_of

    space_area = numbers("spaces.area", spaces.area, (-1,), least=0.0)
    area = numbers("functions.area", functions.area, (-1,), least=0.0)
    j, k = len(space_area), len(area)
    if j == 0 or k == 0:
        raise ValueError(f"{'spaces' if j == 0 else 'functions'}.area is empty: there is nothing to choose")
    if k > MOST_FUNCTIONS:
        raise ValueError(f"functions.area names {k} functions; at most {MOST_FUNCTIONS} are searched at once")
    slots, runs = _slots(spaces.slots, functions.slots, j, k)
    names = {"space": spaces.names, "function": functions.names, "committee": needs.committee_names}
    fits = _fits(spaces, functions, space_area, area, slots, runs)
    weight = numbers("needs.weight", needs.weight, (-1, k), least=0.0)
    if len(weight) == 0:
        raise ValueError("needs.weight has no rows: there is no building")
    committees, committee = _committees(needs.committee, len(weight))
    _refuse_names("spaces.names", spaces.names, j)
    _refuse_names("functions.names", functions.names, k)
    _refuse_names("needs.committee_names", needs.committee_names, len(committees))
    price = np.asarray(functions.fit_out_cost)
    price = whole("functions.fit_out_cost", price, (k,) if price.ndim == 1 else (j, k))
    return Asked(
        weight,
        _walks(needs.cost, len(weight), j),
        committee,
        numbers("functions.limit", functions.limit, (k,), least=0.0),
        np.where(runs, area[:, None], 0.0),
        np.array(np.broadcast_to(price, (j, k))),
        whole("spaces.opening_cost", spaces.opening_cost, (j,)),
        fits,
        hosting_of(space_area, slots, np.where(runs, area[:, None], 0.0), _clash(functions.exclusions, k), fits),
        committees,
        names,
    )


def checked_budget(asked: Asked, name: str, budget: Any) -> int:
    """Refuse a budget that buys nothing, unless it is 0 and says so."""
    money = int(whole(name, [budget], (1,))[0])
    useful = np.column_stack([asked.within(k)[asked.weight[:, k] > 0].any(axis=0) for k in range(len(asked.limit))])
    if useful.any():
        least = np.where(useful, asked.opening_cost[:, None] + asked.price, np.iinfo(np.int64).max)
        j, k = np.unravel_index(least.argmin(), least.shape)
        if 0 < money < least[j, k]:
            cheapest = f"{asked.call('function', int(k))} in {asked.call('space', int(j))}"
            raise ValueError(
                f"{name}: {money} is less than the cheapest choice that helps anyone, {cheapest} at {least[j, k]}"
            )
    return money


def checked_floors(asked: Asked, floor: ArrayLike, floor_of: Literal["unmet", "coverable"]) -> NDArray[np.float64]:
    """float64[C]: need to be covered at least in each committee."""
    if floor_of not in ("unmet", "coverable"):
        raise ValueError(f"floor_of must be 'unmet' or 'coverable', not {floor_of!r}")
    unmet = asked.by_committee(asked.weight)
    share = np.asarray(floor)
    share = numbers("floor", np.full(len(unmet), share) if share.ndim == 0 else share, unmet.shape, 0.0)
    if share.max() > 1:
        raise ValueError(f"floor must be a share from 0 to 1, not {share.max()}")
    reachable = asked.by_committee(np.where(asked.coverable, asked.weight, 0.0))
    floors: NDArray[np.float64] = share * (unmet if floor_of == "unmet" else reachable)
    floors -= 1e-9 * np.maximum(1.0, floors)
    over = np.flatnonzero(floors > reachable)
    if len(over):
        c = int(over[0])
        raise ValueError(
            f"floor: {asked.call('committee', c)} is to have {share[c]:.1%} of its unmet need of {unmet[c]:g} covered, "
            f"but with every function in every space that suits it at most {reachable[c]:g} "
            f"({reachable[c] / unmet[c]:.1%}) lies within the limits"
        )
    return np.maximum(floors, 0.0)


def numbers(name: str, values: ArrayLike, shape: tuple[int, ...], least: float) -> NDArray[np.float64]:
    """Fresh float64 of a shape, -1 for any length, finite and not below `least`."""
    given = np.asarray(values)
    if given.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold numbers, not {given.dtype}")
    if given.ndim != len(shape) or any(want not in (-1, got) for want, got in zip(shape, given.shape, strict=True)):
        raise ValueError(f"{name} must have shape {_shape(shape)}, not {given.shape}")
    if not np.isfinite(given).all():
        raise ValueError(f"{name} must be finite")
    if given.size and given.min() < least:
        raise ValueError(f"{name} must not be below {least:g}, but one is {given.min()}")
    return np.array(given, np.float64, order="C")


def whole(name: str, values: ArrayLike, shape: tuple[int, ...]) -> NDArray[np.int64]:
    """Fresh int64 of a shape: whole numbers from 0."""
    given = numbers(name, values, shape, 0.0)
    if (given != np.floor(given)).any() or (given.size and given.max() > LARGEST_MONEY):
        wrong = given[(given != np.floor(given)) | (given > LARGEST_MONEY)].flat[0]
        raise ValueError(f"{name} must hold whole numbers up to {LARGEST_MONEY}, not {wrong}")
    return given.astype(np.int64)


def one_whole(name: str, value: Any, least: int) -> int:
    """One whole number not below `least`."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise ValueError(f"{name} must be a whole number, not {value!r}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, not {value}")
    return int(value)


def checked_search(seed: int, threads: int | None, progress: Any) -> tuple[int, int]:
    """Seed and threads, one a core where not said; refuses a `progress` that cannot be called."""
    if progress is not None and not callable(progress):
        raise TypeError(f"progress must be a function that is told how far the search is, not {progress!r}")
    if threads is None:
        threads = cores()
    return one_whole("seed", seed, 0), one_whole("threads", threads, 1)


def _committees(given: ArrayLike | None, n: int) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Codes in order, each once, and the place among them of each building's."""
    codes = np.zeros(n, np.int64) if given is None else np.asarray(given)
    if codes.shape != (n,):
        raise ValueError(f"needs.committee must have shape ({n},), not {codes.shape}")
    if codes.dtype.kind in "OT":
        codes = _of_one_kind(codes)
    if codes.dtype.kind == "f" and (np.isfinite(codes) & (codes == np.floor(codes)) & (abs(codes) <= 2**53)).all():
        codes = codes.astype(np.int64)
    if codes.dtype.kind not in "iuU":
        raise ValueError(f"needs.committee must hold whole numbers or names, one a building, not {codes.dtype}")
    committees, committee = np.unique(codes, return_inverse=True)
    return committees, committee.astype(np.int64)


def _of_one_kind(codes: NDArray[Any]) -> NDArray[Any]:
    """Objects as words or as numbers, if they are all of the same kind."""
    if all(isinstance(code, Real) and not isinstance(code, bool) for code in codes):
        return np.array(codes.tolist())
    wrong = [code for code in codes if not isinstance(code, str)]
    if wrong:
        raise ValueError(f"needs.committee must hold whole numbers or names, one a building, not {wrong[0]!r}")
    return codes.astype(np.str_)


def _refuse_names(name: str, names: Any, size: int) -> None:
    if names is None:
        return
    if isinstance(names, str) or not hasattr(names, "__len__") or not hasattr(names, "__getitem__"):
        raise ValueError(f"{name} must be a list of names, not {names!r}")
    if len(names) != size:
        raise ValueError(f"{name} must have {size} names, not {len(names)}")


def _slots(
    slots: ArrayLike | None, runs: ArrayLike | None, j: int, k: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    given = [np.asarray(each) for each in (slots, runs) if each is not None]
    parts = given[0].shape[-1] if given and given[0].ndim == 2 else 1
    both = []
    for name, each, size in (("spaces.slots", slots, j), ("functions.slots", runs, k)):
        rows = np.ones((size, parts), np.bool_) if each is None else np.asarray(each)
        if rows.shape != (size, parts) or parts == 0:
            raise ValueError(
                f"{name} must have shape ({size}, {parts}), a column each part of the day, not {rows.shape}"
            )
        if rows.dtype.kind not in "biuf" or ((rows != 0) & (rows != 1)).any():
            raise ValueError(f"{name} must hold true and false, or 1 and 0")
        both.append(np.array(rows, np.bool_))
    idle = np.flatnonzero(~both[1].any(axis=1))
    if len(idle):
        raise ValueError(f"functions.slots: function {idle[0]} runs in no part of the day")
    return both[0], both[1]


def _fits(
    spaces: Spaces,
    functions: Functions,
    room: NDArray[np.float64],
    area: NDArray[np.float64],
    slots: NDArray[np.bool_],
    runs: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """bool[J, K], where no function is left without any space."""
    j, k = len(room), len(area)
    tests: dict[str, NDArray[np.bool_]] = {
        "functions.area": room[:, None] + 1e-6 >= area,
        "functions.slots": np.asarray(~(runs[None, :, :] & ~slots[:, None, :]).any(axis=2)),
    }
    noise = np.zeros(k, np.int64) if functions.noise is None else whole("functions.noise", functions.noise, (k,))
    if spaces.tolerance is not None:
        tests["functions.noise"] = whole("spaces.tolerance", spaces.tolerance, (j,))[:, None] >= noise
    if functions.suits is not None:
        suits = np.asarray(functions.suits)
        if suits.shape != (j, k) or suits.dtype.kind != "b":
            raise ValueError(f"functions.suits must be bool of shape ({j}, {k}), not {suits.dtype} of {suits.shape}")
        tests["functions.suits"] = suits
    fits = np.ones((j, k), np.bool_)
    for name, passed in tests.items():
        fits &= passed
        lost = np.flatnonzero(~fits.any(axis=0))
        if len(lost):
            called = lost[0] if functions.names is None else f"{lost[0]} ({functions.names[lost[0]]})"
            why = (
                "no space suits it"
                if not bool(passed[:, lost[0]].any())
                else "each that suits it so is unfit for another reason"
            )
            raise ValueError(f"{name}: function {called} can be in no space: {why}; leave it out or add a space")
    return fits


def _clash(exclusions: ArrayLike | None, k: int) -> NDArray[np.bool_]:
    clash = np.zeros((k, k), np.bool_)
    if exclusions is None or np.size(exclusions) == 0:
        return clash
    pairs = whole("functions.exclusions", exclusions, (-1, 2))
    if pairs.max() >= k or (pairs[:, 0] == pairs[:, 1]).any():
        raise ValueError(f"functions.exclusions must be pairs of two different functions from 0 to {k - 1}")
    clash[pairs[:, 0], pairs[:, 1]] = clash[pairs[:, 1], pairs[:, 0]] = True
    return clash


def _walks(cost: Any, n: int, j: int) -> NDArray[np.float64]:
    """float64[N, J]; what a sparse matrix does not state is ``inf``."""
    if getattr(cost, "shape", np.shape(cost)) != (n, j):
        raise ValueError(f"needs.cost must have shape ({n}, {j}), a row each building and a column each space")
    if hasattr(cost, "tocoo"):
        stated = cost.tocoo()
        walks = np.full((n, j), np.inf)
        np.minimum.at(walks, (stated.row, stated.col), np.asarray(stated.data, np.float64))
        values = stated.data
    else:
        values = np.asarray(cost)
        if values.dtype.kind not in "biuf":
            raise ValueError(f"needs.cost must hold numbers, not {values.dtype}")
        walks = np.array(values, np.float64)
    if np.isnan(values).any() or (np.size(values) and np.min(values) < 0):
        raise ValueError(
            "needs.cost must not be negative or NaN; where a space is out of reach, leave it out or say inf"
        )
    return walks


def _shape(shape: tuple[int, ...]) -> str:
    return "(" + ", ".join("any" if want < 0 else str(want) for want in shape) + ("," if len(shape) == 1 else "") + ")"
