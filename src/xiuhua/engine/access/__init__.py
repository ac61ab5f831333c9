"""Who reaches what: coverage (覆盖率), scores, who is left out, inequality, and floating catchments (`fca`)."""

import xiuhua.engine.access.fca as fca
from xiuhua.engine.access.inequality import gini, lorenz
from xiuhua.engine.access.shares import CompositeScore, composite_by, coverage, coverage_by, score, share_by
from xiuhua.engine.access.unserved import LeftOut, left_out

__all__ = [
    "CompositeScore",
    "LeftOut",
    "composite_by",
    "coverage",
    "coverage_by",
    "fca",
    "gini",
    "left_out",
    "lorenz",
    "score",
    "share_by",
]
