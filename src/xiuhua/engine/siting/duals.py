"""One step of the covering search: prices on clients that bound how few candidates can cover them.

A client pays a price u; a candidate is worth opening where the prices of its clients exceed 1. Whatever the prices,
sum(u) plus the sum over candidates of min(0, 1 - prices of its clients) is no more than the fewest that cover all. The
prices that make this greatest are looked for by deflected subgradient steps. On the way a candidate is closed, or
opened for good, where the opposite would push the bound beyond what is asked, and covers are built greedily by what is
left to pay.

References
----------
Beasley, J. E. (1990). A Lagrangian heuristic for set-covering problems. Naval Research Logistics 37(1), 151-164.
Caprara, A., Fischetti, M., Toth, P. (1999). A heuristic method for the set covering problem. Operations Research 47(5).
Camerini, P. M., Fratta, L., Maffioli, F. (1975). On improving relaxation methods by modified gradient techniques.
Mathematical Programming Study 3, 26-34.
"""

from __future__ import annotations

import numpy as np

from xiuhua.engine.searches.compiling import kernel
from xiuhua.engine.siting.dominance import CLOSED, FREE, OPEN, reduce

TOO_MANY, UNDECIDED = 0, 1

_SURE = 1e-6
_EVERY = 8
_PATIENCE, _LEAST_THETA = 10, 0.01
_LISTS = "int32[::1], int32[::1], int32[::1], int32[::1]"


@kernel(signature=f"int64({_LISTS}, uint8[::1], uint8[::1], float64[::1], int64, uint8[::1])")
def _greedy(row_start, row_cols, col_start, col_rows, row, col, price, most, found):  # type: ignore[no-untyped-def]
    """A cover in `found` with what is open, always next the candidate whose clients not yet covered pay most.

    Returns how many it takes, candidates that became needless left out; `most` + 1 where it takes more than `most`.
    """
    left = np.zeros(len(col))
    times = np.zeros(len(row), np.int32)
    count = 0
    for j in range(len(col)):
        found[j] = col[j] == OPEN
        count += found[j]
    uncovered = 0
    for i in range(len(row)):
        if row[i] == FREE:
            uncovered += 1
            for k in range(row_start[i], row_start[i + 1]):
                if col[row_cols[k]] == FREE:
                    left[row_cols[k]] += price[i] + 1e-3
    picked = np.empty(len(col), np.int32)
    picks = 0
    while uncovered > 0:
        best = np.argmax(left)
        if left[best] <= 0.0:  # what is free does not cover the rest
            return most + 1
        found[best] = 1
        picked[picks] = best
        picks += 1
        left[best] = -1.0
        for k in range(col_start[best], col_start[best + 1]):
            i = col_rows[k]
            if row[i] != FREE:
                continue
            times[i] += 1
            if times[i] == 1:
                uncovered -= 1
                for e in range(row_start[i], row_start[i + 1]):
                    left[row_cols[e]] -= price[i] + 1e-3
    count += picks
    for q in range(picks - 1, -1, -1):
        j = picked[q]
        needless = True
        for k in range(col_start[j], col_start[j + 1]):
            if row[col_rows[k]] == FREE and times[col_rows[k]] == 1:
                needless = False
                break
        if needless:
            found[j] = 0
            count -= 1
            for k in range(col_start[j], col_start[j + 1]):
                times[col_rows[k]] -= 1
    return min(count, most + 1)


@kernel(signature=f"void({_LISTS}, uint8[::1], uint8[::1])")
def cover_rows(row_start, row_cols, col_start, col_rows, row, col):  # type: ignore[no-untyped-def]
    """Take out the clients of open candidates."""
    for j in range(len(col)):
        if col[j] == OPEN:
            for k in range(col_start[j], col_start[j + 1]):
                row[col_rows[k]] = CLOSED


@kernel(
    signature=f"Tuple((float64, int64, int64))({_LISTS}, uint8[::1], uint8[::1], float64[::1], float64[::1], int64,"
    "int64, int64, uint8[::1])",
)
def _ascend(  # type: ignore[no-untyped-def]
    row_start, row_cols, col_start, col_rows, row, col, price, share, opened, most, steps, cover
):
    """Raise the bound on how many more must be opened.

    Returns the bound, how many candidates were opened or closed by it, and `most`, one below the best cover met.
    `price` is left at the best found; `share` at how often each candidate was worth opening of late.
    """
    free = np.flatnonzero(row == FREE).astype(np.int32)
    start = np.zeros(len(free) + 1, np.int32)
    member = np.empty(row_start[-1], np.int32)
    for f in range(len(free)):
        at = start[f]
        for k in range(row_start[free[f]], row_start[free[f] + 1]):
            if col[row_cols[k]] == FREE:
                member[at] = row_cols[k]
                at += 1
        start[f + 1] = at
    u = price[free]
    best_u = u.copy()
    direction = np.zeros(len(free))
    paid = np.zeros(len(col))
    found = np.zeros(len(col), np.uint8)
    best = -np.inf
    theta, since, fixed = 1.0, 0, 0
    for step in range(steps):
        paid[:] = 0.0
        for f in range(len(free)):
            for k in range(start[f], start[f + 1]):
                paid[member[k]] += u[f]
        bound = u.sum()
        for j in range(len(col)):
            if col[j] == FREE:
                worth = paid[j] > 1.0
                share[j] = 0.9 * share[j] + (0.1 if worth else 0.0)
                if worth:
                    bound += 1.0 - paid[j]
        if bound > best + 1e-3 * (most + 1 - opened - best if best > -1e300 else 1.0):
            since = 0
        else:
            since += 1
        if bound > best:
            best = bound
            best_u[:] = u
        if opened + best > most + _SURE:
            break
        for j in range(len(col)):
            if col[j] == FREE and opened + bound + abs(1.0 - paid[j]) > most + _SURE:
                col[j] = CLOSED if paid[j] < 1.0 else OPEN
                fixed += 1
        if step % _EVERY == 0:
            for f in range(len(free)):
                price[free[f]] = u[f]
            count = _greedy(row_start, row_cols, col_start, col_rows, row, col, price, most, found)
            if count <= most:
                most = count - 1
                cover[:] = found
        if fixed:
            break
        if since >= _PATIENCE:
            theta *= 0.5
            since = 0
            u[:] = best_u
            direction[:] = 0.0
            if theta < _LEAST_THETA:
                break
            continue
        along, length = 0.0, 0.0
        slope = np.empty(len(free))
        for f in range(len(free)):
            g = 1.0
            for k in range(start[f], start[f + 1]):
                if paid[member[k]] > 1.0:
                    g -= 1.0
            if g < 0 and u[f] <= 0:
                g = 0.0
            slope[f] = g
            along += g * direction[f]
            length += direction[f] * direction[f]
        beta = -1.5 * along / length if along < 0 else 0.0
        length = 0.0
        for f in range(len(free)):
            direction[f] = slope[f] + beta * direction[f]
            length += direction[f] * direction[f]
        if length < 1e-12:
            break
        stride = theta * (most + 1 - opened - bound) / length
        for f in range(len(free)):
            u[f] = max(0.0, u[f] + stride * direction[f])
    for f in range(len(free)):
        price[free[f]] = best_u[f]
    return best, fixed, most


@kernel(
    signature=f"Tuple((int64, float64, int64, int64))({_LISTS}, uint8[::1], uint8[::1], float64[::1], int64, int64,"
    "uint8[::1])",
)
def look(row_start, row_cols, col_start, col_rows, row, col, price, most, steps, cover):  # type: ignore[no-untyped-def]
    """Whether a partial choice can still become a cover of at most `most` candidates.

    Parameters
    ----------
    row, col : uint8[N], uint8[M]
        State of clients and candidates (see `dominance.reduce`); reduced and fixed further, in place.
    price : float64[N]
        Prices to begin with; left at the best found.
    cover : uint8[M]
        The best cover met is left here.

    Returns
    -------
    verdict : int
        TOO_MANY where no cover of `most` remains, else UNDECIDED.
    bound : float
        No cover from here has fewer.
    branch : int
        Candidate to decide next, or -1.
    most : int
        As given, or one below the number of candidates in `cover`.
    """
    share = np.full(len(col), 0.5)
    while True:
        cover_rows(row_start, row_cols, col_start, col_rows, row, col)
        if reduce(row_start, row_cols, col_start, col_rows, row, col) < 0:
            return TOO_MANY, np.inf, -1, most
        opened = 0
        for j in range(len(col)):
            opened += col[j] == OPEN
        if opened > most:
            return TOO_MANY, float(opened), -1, most
        if not (row == FREE).any():
            for j in range(len(col)):
                cover[j] = col[j] == OPEN
            return TOO_MANY, float(opened), -1, opened - 1
        bound, fixed, most = _ascend(
            row_start, row_cols, col_start, col_rows, row, col, price, share, opened, most, steps, cover
        )
        if opened + bound > most + _SURE:
            return TOO_MANY, opened + bound, -1, most
        if fixed == 0:
            break
    branch, near = -1, np.inf
    for j in range(len(col)):
        if col[j] == FREE and abs(share[j] - 0.7) < near:
            branch, near = j, abs(share[j] - 0.7)
    return UNDECIDED, opened + bound, branch, most
