"""Who imports whom, room by room, read from the code itself."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import grimp
from layout import COLUMNS

ROOT = Path(__file__).parents[2]
PACKAGE = "xiuhua"
SPLIT_FLOORS = ("programmes", "ground", "engine")
"""Floors whose packages and modules are rooms; the others are one room each."""


@dataclass(frozen=True)
class House:
    """The rooms of each floor and the imports between them.

    Attributes
    ----------
    floors : dict of str to rows of rooms
        From the top; a row lies above what it may import, as the import contracts say.
    parts : dict of str to list of str
        Modules that a room is made of, where its name alone does not say it.
    imports : Counter of (room, room)
        Modules of the first that import from the second.
    named : set of (room, room)
        The first names a module of the second as text (settings, addresses, the command line's doors).
    """

    floors: dict[str, list[list[str]]]
    parts: dict[str, list[str]]
    imports: Counter[tuple[str, str]]
    named: set[tuple[str, str]]

    @property
    def rooms(self) -> list[str]:
        """All rooms, from the top."""
        return [room for rows in self.floors.values() for row in rows for room in row]


def read_house() -> House:
    """Read the code and its contracts."""
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    modules = sorted(graph.modules)
    pairs = Counter(
        (_room(importer), _room(imported))
        for importer in modules
        for imported in graph.find_modules_directly_imported_by(importer)
    )
    imports = Counter({pair: count for pair, count in pairs.items() if pair[0] != pair[1]})
    one_box = _knots(sorted({room for module in modules if (room := _room(module))}), imports)
    imports = _joined(imports, one_box)
    named = {(one_box[a], one_box[b]) for a, b in _names_as_text(modules)}
    parts: dict[str, list[str]] = {}
    for room, box in one_box.items():
        parts.setdefault(box, []).append(room.rpartition(".")[2])
    for floor in ("doors", "demo"):
        parts[floor] = sorted({module.split(".")[2] for module in modules if module.startswith(f"{PACKAGE}.{floor}.")})
    rooms = sorted(set(one_box.values()))
    floors = {floor: _rows(floor, rooms, imports) for floor in _floor_order()}
    return House(floors, parts, imports, {pair for pair in named if pair[0] != pair[1] and pair not in imports})


def without_detours(imports: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    """Arrows that no longer way along other arrows says already (the transitive reduction)."""
    after: dict[str, set[str]] = {}
    for a, b in imports:
        after.setdefault(a, set()).add(b)

    def reached(room: str) -> set[str]:
        seen: set[str] = set()
        waiting = list(after.get(room, ()))
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting.extend(after.get(one, ()))
        return seen

    below = {room: reached(room) for room in after}
    return sorted((a, b) for a, b in imports if not any(b in below.get(c, ()) for c in after[a] - {b}))


def _room(module: str) -> str:
    _package, floor, *rest = [*module.split("."), "", ""][:4]
    return f"{floor}.{rest[0]}" if floor in SPLIT_FLOORS and rest[0] else "" if floor in SPLIT_FLOORS else floor


def _knots(rooms: list[str], imports: Counter[tuple[str, str]]) -> dict[str, str]:
    """Room to the box it is drawn in: those that import one another are one box, named by the busiest."""
    after: dict[str, set[str]] = {room: {b for a, b in imports if a == room} for room in rooms}

    def reached(room: str) -> set[str]:
        seen, waiting = set(), [room]
        while waiting:
            for other in after.get(waiting.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return seen

    below = {room: reached(room) for room in rooms}
    boxes = {}
    for room in rooms:
        knot = sorted({room} | {other for other in below[room] if room in below.get(other, ())})
        asked = {one: sum(count for (_, b), count in imports.items() if b == one) for one in knot}
        boxes[room] = max(knot, key=lambda one: (asked[one], one))
    return boxes


def _joined(imports: Counter[tuple[str, str]], boxes: dict[str, str]) -> Counter[tuple[str, str]]:
    joined: Counter[tuple[str, str]] = Counter()
    for (a, b), count in imports.items():
        if a and b and boxes[a] != boxes[b]:
            joined[boxes[a], boxes[b]] += count
    return joined


def _names_as_text(modules: list[str]) -> set[tuple[str, str]]:
    known = set(modules)
    pairs = set()
    for module in modules:
        for text in _texts(module):
            while text and text not in known:
                text = text.rpartition(".")[0]
            if text and _room(text) and _room(module):
                pairs.add((_room(module), _room(text)))
    return pairs


def _texts(module: str) -> list[str]:
    path = ROOT / "src" / Path(*module.split("."))
    file = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
    if not file.exists():
        return []
    tree = ast.parse(file.read_text("utf-8"))
    strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [text.partition(":")[0] for text in strings if re.fullmatch(rf"{PACKAGE}(\.\w+)+(:\w+)?", text)]


def _contracts() -> list[dict[str, object]]:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts: list[dict[str, object]] = pyproject["tool"]["importlinter"]["contracts"]
    return [contract for contract in contracts if contract["type"] == "layers"]


def _floor_order() -> list[str]:
    whole = next(contract for contract in _contracts() if "containers" not in contract)
    return [str(layer).rpartition(".")[2] for layer in whole["layers"]]  # type: ignore[attr-defined]


def _rows(floor: str, rooms: list[str], imports: Counter[tuple[str, str]]) -> list[list[str]]:
    if floor not in SPLIT_FLOORS:
        return [[floor]]
    mine = [room for room in rooms if room.startswith(f"{floor}.")]
    for contract in _contracts():
        if f"{PACKAGE}.{floor}" in contract.get("containers", ()):  # type: ignore[operator]
            order = [re.split(r"\s*[|:]\s*", str(layer)) for layer in contract["layers"]]  # type: ignore[attr-defined]
            rows = [[f"{floor}.{name}" for name in row if f"{floor}.{name}" in mine] for row in order]
            others = [room for room in mine if not any(room in row for row in rows)]
            return [row for row in [others, *rows] if row]
    return _by_depth(mine, imports)


def _by_depth(rooms: list[str], imports: Counter[tuple[str, str]]) -> list[list[str]]:
    depth = dict.fromkeys(rooms, 0)
    for _ in rooms:
        for a, b in imports:
            if a in depth and b in depth:
                depth[b] = max(depth[b], depth[a] + 1)
    rows = [[room for room in rooms if depth[room] == row] for row in sorted(set(depth.values()))]
    return [part for row in rows for part in _parts(row)]


def _parts(row: list[str]) -> Iterator[list[str]]:
    """A row that is too long for the picture, in as few rows of nearly one length as it takes."""
    count = -(-len(row) // COLUMNS)
    for number in range(count):
        yield row[number * len(row) // count : (number + 1) * len(row) // count]
