"""Decisions of the lift programme, on plain values: no database, no clock."""
