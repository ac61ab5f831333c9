"""What a covering problem need not consider: clients covered whenever another is, candidates never better than another.

Columns are candidates, rows are clients. Both directions of the relation are kept as lists, which never change, and as
rows of bits, in which what was taken out is cleared: whether one set lies within another is then a few words' work.
Each set is only compared with those that share its rarest member, for no other can contain it.

References
----------
Toregas, C., Swain, R., ReVelle, C., Bergman, L. (1971). The location of emergency service facilities.
Operations Research 19(6), 1363-1373.
"""

from __future__ import annotations

import numpy as np

from xiuhua.engine.searches.compiling import kernel

CLOSED, FREE, OPEN = 0, 1, 2

_ONE = np.uint64(1)
_LISTS = "int32[::1], int32[::1], int32[::1], int32[::1]"
_BITS = "uint64[:, ::1], uint64[:, ::1], int32[::1], int32[::1]"


@kernel(signature="uint64[:, ::1](int32[::1], int32[::1], uint8[::1], uint8[::1], int64)")
def _as_bits(start, member, on, member_state, width):  # type: ignore[no-untyped-def]
    """Bits of the free members of each set that still counts."""
    bits = np.zeros((len(on), (width + 63) // 64), np.uint64)
    for a in range(len(on)):
        if on[a] == FREE:
            for k in range(start[a], start[a + 1]):
                b = member[k]
                if member_state[b] == FREE:
                    bits[a, b >> 6] |= _ONE << np.uint64(b & 63)
    return bits


@kernel(signature="int32[::1](int32[::1], int32[::1], uint8[::1], uint8[::1])")
def _sizes(start, member, on, member_state):  # type: ignore[no-untyped-def]
    size = np.zeros(len(on), np.int32)
    for a in range(len(on)):
        if on[a] == FREE:
            for k in range(start[a], start[a + 1]):
                size[a] += member_state[member[k]] == FREE
    return size


@kernel(signature="void(int64, int32[::1], int32[::1], uint8[::1], uint64[:, ::1], int32[::1])")
def _take_out(a, start, member, member_state, bits, size):  # type: ignore[no-untyped-def]
    """Clear one thing in the sets of the other direction."""
    word, keep = a >> 6, ~(_ONE << np.uint64(a & 63))
    for k in range(start[a], start[a + 1]):
        b = member[k]
        if member_state[b] == FREE:
            bits[b, word] &= keep
            size[b] -= 1


@kernel(signature="boolean(uint64[:, ::1], int64, int64)")
def _lies_within(bits, a, b):  # type: ignore[no-untyped-def]
    for w in range(bits.shape[1]):  # noqa: SIM110 (plain for numba)
        if bits[a, w] & ~bits[b, w]:
            return False
    return True


@kernel(signature="int64(int64, int32[::1], int32[::1], uint8[::1], int32[::1])")
def _rarest(a, start, member, member_state, size):  # type: ignore[no-untyped-def]
    found = -1
    for k in range(start[a], start[a + 1]):
        b = member[k]
        if member_state[b] == FREE and (found < 0 or size[b] < size[found]):
            found = b
    return found


@kernel(signature=f"int64({_LISTS}, uint8[::1], uint8[::1], {_BITS})")
def _drop_rows(row_start, row_cols, col_start, col_rows, row, col, row_bits, col_bits, row_size, col_size):  # type: ignore[no-untyped-def]
    """Take out clients whose candidates include all those of another client."""
    dropped = 0
    for a in range(len(row)):
        if row[a] != FREE:
            continue
        rare = _rarest(a, row_start, row_cols, col, col_size)
        for k in range(col_start[rare], col_start[rare + 1]):
            b = col_rows[k]
            if b != a and row[b] == FREE and row_size[b] >= row_size[a] and _lies_within(row_bits, a, b):
                row[b] = CLOSED
                _take_out(b, row_start, row_cols, col, col_bits, col_size)
                dropped += 1
    return dropped


@kernel(signature=f"int64({_LISTS}, uint8[::1], uint8[::1], {_BITS})")
def _drop_columns(row_start, row_cols, col_start, col_rows, row, col, row_bits, col_bits, row_size, col_size):  # type: ignore[no-untyped-def]
    """Take out candidates whose clients are all covered by another candidate."""
    dropped = 0
    for a in range(len(col)):
        if col[a] != FREE:
            continue
        needless = col_size[a] == 0
        if not needless:
            rare = _rarest(a, col_start, col_rows, row, row_size)
            for k in range(row_start[rare], row_start[rare + 1]):
                b = row_cols[k]
                if b != a and col[b] == FREE and col_size[b] >= col_size[a] and _lies_within(col_bits, a, b):
                    needless = True
                    break
        if needless:
            col[a] = CLOSED
            _take_out(a, col_start, col_rows, row, row_bits, row_size)
            dropped += 1
    return dropped


@kernel(signature=f"int64({_LISTS}, uint8[::1], uint8[::1])")
def reduce(row_start, row_cols, col_start, col_rows, row, col):  # type: ignore[no-untyped-def]
    """Open what must be open and take out what need not be considered, until nothing changes.

    Parameters
    ----------
    row_start, row_cols, col_start, col_rows : int32
        Candidates of each client and clients of each candidate, as CSR.
    row : uint8[N]
        FREE where a client is still to be covered; changed in place.
    col : uint8[M]
        CLOSED, FREE or OPEN; changed in place. Clients of open candidates must not be FREE.

    Returns
    -------
    int
        How many candidates were opened; -1 where a client cannot be covered any more.
    """
    row_bits = _as_bits(row_start, row_cols, row, col, len(col))
    col_bits = _as_bits(col_start, col_rows, col, row, len(row))
    row_size = _sizes(row_start, row_cols, row, col)
    col_size = _sizes(col_start, col_rows, col, row)
    opened = 0
    changed = True
    while changed:
        changed = False
        for a in range(len(row)):
            if row[a] == FREE and row_size[a] == 0:
                return -1
            if row[a] == FREE and row_size[a] == 1:
                must = _rarest(a, row_start, row_cols, col, col_size)
                col[must] = OPEN
                opened += 1
                changed = True
                for k in range(col_start[must], col_start[must + 1]):
                    b = col_rows[k]
                    if row[b] == FREE:
                        row[b] = CLOSED
                        _take_out(b, row_start, row_cols, col, col_bits, col_size)
        args = (row_start, row_cols, col_start, col_rows, row, col, row_bits, col_bits, row_size, col_size)
        if _drop_rows(*args) + _drop_columns(*args) > 0:
            changed = True
    return opened


@kernel(signature=f"void({_LISTS}, uint8[::1], uint8[::1])")
def close_dominated(row_start, row_cols, col_start, col_rows, row, col):  # type: ignore[no-untyped-def]
    """Close candidates whose clients are all covered by another candidate, one of equals left; in place."""
    row_bits = _as_bits(row_start, row_cols, row, col, len(col))
    col_bits = _as_bits(col_start, col_rows, col, row, len(row))
    row_size = _sizes(row_start, row_cols, row, col)
    col_size = _sizes(col_start, col_rows, col, row)
    _drop_columns(row_start, row_cols, col_start, col_rows, row, col, row_bits, col_bits, row_size, col_size)
