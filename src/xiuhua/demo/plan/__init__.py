"""Draws the demonstration subdistrict: pure, from a seed, without a database."""

from xiuhua.demo.plan.drawing import draw_plan

__all__ = ["draw_plan"]
