"""Spreadsheets in and out (名册): templates, checking with the mend of every fault, all-or-nothing import."""
