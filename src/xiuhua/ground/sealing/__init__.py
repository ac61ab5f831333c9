"""Sealed fields (封存): personal values that lie encrypted in the database, under keys that lie elsewhere."""
