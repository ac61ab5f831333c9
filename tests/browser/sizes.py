"""Widths at which pages are looked at."""

PHONE, OFFICE = (360, 780), (1440, 900)
