"""Sorting what people write: plain values in and out, no database."""
