"""The OR-Library p-median instances with odd numbers (Beasley 1985) and what is known of them."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

PACKED = Path(__file__).parent / "data" / "pmed.tar.xz"

NUMBERS = range(1, 40, 2)
MEDIANS = dict(zip(NUMBERS, [
    5819, 4250, 1355, 5631, 2734, 7696, 4374, 1729, 6999, 2845,
    9138, 4619, 1828, 8307, 3033, 10086, 4700, 10400, 5057, 9423,
], strict=True))  # fmt: skip
CENTERS = dict(
    zip(NUMBERS, [127, 93, 48, 64, 37, 59, 36, 18, 39, 18, 40, 22, 11, 32, 13, 30, 15, 30, 15, 23], strict=True)
)
"""Least total and least largest distance, as the literature has them."""


@dataclass(frozen=True, eq=False)
class Case:
    """One instance: distances float64[N, N] between all nodes, each a client and a candidate, and how many to open."""

    number: int
    cost: NDArray[np.float64]
    p: int

    @property
    def name(self) -> str:
        return f"pmed{self.number}"

    @property
    def radius(self) -> int:
        """The p-center optimum: the limit at which covering is asked for."""
        return CENTERS[self.number]

    @property
    def half_radius(self) -> int:
        """A limit within which p can cover about three quarters."""
        return self.radius // 2


def cases(folder: Path | None = None, numbers: Iterator[int] | range = NUMBERS) -> Iterator[Case]:
    """Instances read from ``pmed*.txt`` in a folder, or from the copy that comes with the benchmark."""
    for number in numbers:
        n, p, edges = _read(_text(number, folder))
        yield Case(number, _distances(n, edges), p)


def _text(number: int, folder: Path | None) -> str:
    name = f"pmed{number}.txt"
    if folder is not None:
        return (folder / name).read_text()
    with tarfile.open(PACKED) as packed:
        found = packed.extractfile(name)
        assert found is not None, name
        return found.read().decode()


def _read(text: str) -> tuple[int, int, NDArray[np.int64]]:
    """Number of nodes, p, and edges int64[E, 3]: two nodes from 0 and a length."""
    numbers = np.array(text.split(), np.int64)
    n, count, p = numbers[:3]
    edges = numbers[3:].reshape(count, 3) - np.array([1, 1, 0])
    return int(n), int(p), edges


def _distances(n: int, edges: NDArray[np.int64]) -> NDArray[np.float64]:
    """Shortest paths between all nodes; of an edge named twice the later length counts."""
    length = np.zeros((n, n))
    for u, v, metres in edges:
        length[u, v] = length[v, u] = metres
    found: NDArray[np.float64] = shortest_path(csr_array(length), directed=False)
    return found
