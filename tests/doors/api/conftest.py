from access.conftest import town, unhurried
from ground.conftest import subdistrict

__all__ = ["subdistrict", "town", "unhurried"]
