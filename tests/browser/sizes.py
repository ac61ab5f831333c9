"""Widths at which pages are looked at."""

PHONE, LAPTOP, OFFICE = (360, 780), (1024, 768), (1440, 900)
