from access.conftest import town, unhurried

__all__ = ["town", "unhurried"]
