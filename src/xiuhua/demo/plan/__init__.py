"""Draws the demonstration subdistrict: pure, from a seed, without a database."""

from xiuhua.demo.plan.drawing import boundary, draw_plan

__all__ = ["boundary", "draw_plan"]
