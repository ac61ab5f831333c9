"""Made-up questions of composite reuse: a subdistrict with vacant spaces, functions, buildings and committees."""

from __future__ import annotations

import numpy as np

from xiuhua.engine.siting.reuse.needs import Functions, Needs, Spaces

WIDTH_M, HEIGHT_M = 3000.0, 2400.0
DETOUR = 1.3


def made_up(
    spaces: int = 40, functions: int = 12, seed: int = 1, buildings: int = 2000, committees: int = 27
) -> tuple[Spaces, Functions, Needs, int]:
    """Spaces, functions, needs and a budget for about a quarter of everything; the same for the same seed.

    Buildings stand in compounds, each committee looks after the buildings nearest to its office, walks are 1.3 times
    the straight line. A day has three parts. Money is in whole yuan, needs are whole residents.
    """
    rng = np.random.default_rng(seed)
    size = np.array([WIDTH_M, HEIGHT_M])
    office = rng.uniform(0, 1, (committees, 2)) * size
    compound = rng.uniform(0, 1, (buildings // 12, 2)) * size
    homes = compound[rng.integers(0, len(compound), buildings)] + rng.normal(0, 60, (buildings, 2))
    committee = np.hypot(*(homes[:, None] - office[None]).transpose(2, 0, 1)).argmin(axis=1)
    rooms = homes[rng.choice(buildings, spaces, replace=False)] + rng.normal(0, 40, (spaces, 2))
    walk = DETOUR * np.hypot(*(homes[:, None] - rooms[None]).transpose(2, 0, 1))
    residents = rng.integers(20, 180, buildings)
    share = rng.uniform(0.05, 0.4, functions)
    met = rng.random((buildings, functions)) < 0.25
    weight = np.where(met, 0, np.rint(residents[:, None] * share * rng.uniform(0.6, 1.4, (buildings, functions))))
    area = np.rint(rng.lognormal(4.9, 0.5, spaces).clip(40, 400))
    takes = np.rint(rng.lognormal(4.2, 0.5, functions).clip(25, 250))
    runs = rng.random((functions, 3)) < 0.6
    runs[np.arange(functions), rng.integers(0, 3, functions)] = True
    pairs = np.array([(a, b) for a in range(functions) for b in range(a) if rng.random() < 0.08]).reshape(-1, 2)
    opening = 1000 * rng.integers(60, 300, spaces)
    fit_out = 1000 * np.rint(takes * rng.uniform(0.5, 1.5, functions) + 10).astype(np.int64)
    limit = rng.choice([300.0, 500.0, 500.0, 800.0, 1000.0], functions)
    walk[walk > limit.max()] = np.inf
    budget = int(0.25 * (opening.sum() + 3 * fit_out.mean() * spaces)) // 1000 * 1000
    return (
        Spaces(area, opening, tolerance=rng.choice([0, 1, 2], spaces, p=[0.4, 0.3, 0.3])),
        Functions(takes, fit_out, limit, runs, rng.choice([0, 1, 2], functions, p=[0.6, 0.3, 0.1]), pairs),
        Needs(weight, walk, committee, [f"no. {c}" for c in range(committees)]),
        budget,
    )
