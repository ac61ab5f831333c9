"""Lots of stairwells that a contractor builds together (成片), and the road of each stairwell."""

from xiuhua.engine.batches.kinds import Kind, Kinds, kinds
from xiuhua.engine.batches.lots import Batches, Lots, Terms, appraise, propose

__all__ = ["Batches", "Kind", "Kinds", "Lots", "Terms", "appraise", "kinds", "propose"]
