"""The declared table of who gets what (``matrix.txt``), as rows."""

from dataclasses import dataclass
from pathlib import Path

from permissions.addresses import Address
from permissions.readers import COLUMNS

TABLE = Path(__file__).with_name("matrix.txt")


@dataclass(frozen=True, slots=True)
class Row:
    """What every reader gets at an address, of their own place; and what those who are let in get of another."""

    method: str
    route: str
    things: tuple[str, ...]
    cells: dict[str, str]
    elsewhere: str

    @property
    def name(self) -> str:
        """What it is called in reports."""
        return f"{self.method} {self.route}"

    @property
    def address(self) -> Address:
        """The address, to be filled."""
        return Address(self.route)

    @property
    def is_api(self) -> bool:
        """Whether it is an operation of the API."""
        return self.route.startswith("/api/v1/")


def rows() -> list[Row]:
    """Every row of the table."""
    lines = [line.split() for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [
        Row(
            method,
            route,
            () if things == "." else tuple(things.split(",")),
            dict(zip(COLUMNS, cells, strict=True)),
            other,
        )
        for method, route, things, cells, other in lines
    ]
