from ground.conftest import subdistrict
from permissions.conftest import town, unhurried

__all__ = ["subdistrict", "town", "unhurried"]
