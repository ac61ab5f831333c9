"""Tables of the rule book (规则手册), written from its TOML files at build, so that they cannot drift."""

import math
from collections import Counter
from collections.abc import Iterable
from datetime import date

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from xiuhua.ground import standards
from xiuhua.ground.standards import Figure, Requirement, Status, reader
from xiuhua.ground.words import use_language

DAY = date(2023, 8, 3)
"""Day whose rules are printed: the one on which the demonstration's clock starts."""

LEVELS = {"15": "15-minute circle", "10": "10-minute circle", "5": "5-minute circle", "block": "block (居住街坊)"}
NEEDS = {"required": "▲", "optional": "△", "local": "ours"}
STATUSES = {
    Status.VERIFIED: "The text of the source was read and says so. Only such a figure may be shown as the rule itself.",
    Status.SECOND_HAND: "Another text quotes the source; the source itself was not read.",
    Status.PRACTICE: "What the subdistrict does and has set for itself.",
    Status.MEMORY: "From memory: somebody must check it before anyone relies on it.",
    Status.ASSUMPTION: "No rule says so. Assumed for a reason that is given, for the subdistrict to settle.",
}


class RuleBookTable(SphinxDirective):
    """A table made of the rule book; each kind says how its lines read."""

    def run(self) -> list[nodes.Node]:
        for path in [__file__, *sorted(reader.FOLDER.glob("*.toml"))]:
            self.env.note_dependency(str(path))
        with use_language("zh-hans"):
            lines = list(self.lines(standards.on(DAY)))
        return [nodes.container("", *self.parse_text_to_nodes("\n".join(lines)), classes=["rule-book"])]

    def lines(self, book: standards.Standards) -> Iterable[str]:
        """Markdown."""
        raise NotImplementedError


class Personas(RuleBookTable):
    """Who walks."""

    def lines(self, book: standards.Standards) -> Iterable[str]:
        yield "| persona | who is counted | m/s on the flat | metre of steps | zebra | signals | slope | steepest |"
        yield "|---|---|--:|--:|--:|--:|---|--:|"
        for one in book.personas.values():
            cells = [
                f"`{one.key}`<br>{one.name_zh}",
                f"`{one.population}`",
                f"{one.speed.number:g}<br>{_mark(one.speed)}",
                "closed" if math.isinf(one.steps_factor.number) else f"counts {one.steps_factor.number:g}",
                f"{one.crossing_delay_s.number:g} s",
                f"{one.signal_delay_s.number:g} s",
                "Tobler" if one.follows_slope.value else "no effect",
                "none" if math.isinf(one.max_slope.number) else f"{one.max_slope.number:.1%} {_mark(one.max_slope)}",
            ]
            yield f"| {' | '.join(cells)} |"


class PersonaSources(RuleBookTable):
    """Where the speeds come from."""

    def lines(self, book: standards.Standards) -> Iterable[str]:
        yield "| persona | status | source of the speed |"
        yield "|---|---|---|"
        for one in book.personas.values():
            yield f"| `{one.key}` | {_status(one.speed.status)} | {_source(one.speed)} |"


class Requirements(RuleBookTable):
    """A standard's facility table, level by level."""

    def lines(self, book: standards.Standards) -> Iterable[str]:
        entries = book.lifecircle("gb50180").entries
        for level, title in LEVELS.items():
            yield from ("", f"**{title[0].upper()}{title[1:]}**", "")
            yield "| facility | key | need | radius | source of the radius, else of the need |"
            yield "|---|---|---|--:|---|"
            for entry in entries:
                if entry.level == level:
                    yield f"| {' | '.join(_requirement(entry, book))} |"


def _requirement(entry: Requirement, book: standards.Standards) -> list[str]:
    kind, radius = book.facility_types[entry.facility_type], entry.radius_m
    return [
        f"{kind.name_zh}<br>{kind.name_en}",
        f"`{entry.facility_type}`",
        f"{NEEDS[entry.need]} {_mark(entry.need_figure)}",
        f"{radius.number:g} m<br>{_mark(radius)}" if radius else "—",
        _source(radius or entry.need_figure),
    ]


class Levels(RuleBookTable):
    """Minutes of each level."""

    def lines(self, book: standards.Standards) -> Iterable[str]:
        yield "| level | judged within | status | source |"
        yield "|---|--:|---|---|"
        for level, figure in book.lifecircle("gb50180").minutes:
            yield f"| {LEVELS[level]} | {figure.number:g} min | {_status(figure.status)} | {_source(figure)} |"


class BuildingAssumptions(RuleBookTable):
    """What a map does not say about buildings."""

    def lines(self, book: standards.Standards) -> Iterable[str]:
        buildings = book.buildings
        rows = {
            "floor area a resident": (buildings.floor_area_m2_per_resident, "m²"),
            "smallest outline that is a home": (buildings.smallest_home_m2, "m²"),
            "farthest door from a path": (buildings.snap_limit_m, "m"),
            "storeys of `building=yes`": (buildings.untold.levels, ""),
            "the same inside `landuse=residential`": (buildings.untold_in_quarter.levels, ""),
        }
        rows |= {f"share lived in, `{use}`": (share, "") for use, share in buildings.lived_share.items()}
        yield "| figure | value | status | why |"
        yield "|---|--:|---|---|"
        for name, (figure, unit) in rows.items():
            yield f"| {name} | {figure.number:g} {unit} | {_status(figure.status)} | {_source(figure)} |"


class Trust(RuleBookTable):
    """Signing in, sessions, codes, retention of the record."""

    def lines(self, book: standards.Standards) -> Iterable[str]:
        yield "| figure | value | a subdistrict may set | status | source |"
        yield "|---|--:|--:|---|---|"
        for key, figure in book.trust.figures.items():
            cells = (f"`{key}`", _value(figure.value), _own(figure), _status(figure.status), _source(figure))
            yield f"| {' | '.join(cells)} |"


class Statuses(RuleBookTable):
    """How sure a figure is, and how many are."""

    def lines(self, book: standards.Standards) -> Iterable[str]:
        figures = [figure for one in book.personas.values() for figure in one.figures]
        for entry in book.lifecircle("gb50180").entries:
            figures += [entry.need_figure, *([entry.radius_m] if entry.radius_m else [])]
        count = Counter(figure.status for figure in figures)
        yield "| status | on screen | meaning | personas and GB 50180 |"
        yield "|---|---|---|--:|"
        for status, meaning in STATUSES.items():
            yield f"| `{status.value}` | {status.label} | {meaning} | {count[status]} |"


class FacilityTypes(RuleBookTable):
    """Facility types and their OpenStreetMap tags."""

    def lines(self, book: standards.Standards) -> Iterable[str]:
        yield "| key | facility | OpenStreetMap tags (any line; all of a line) | note |"
        yield "|---|---|---|---|"
        for kind in book.facility_types.values():
            notes = [kind.note]
            if kind.drawn_as:
                notes.append(f"Only drawn as an {kind.drawn_as}.")
            if kind.not_inside:
                notes.append(f"Not inside {_rules(kind.not_inside)}")
            if kind.part_of and kind.part_of_within_m:
                within = kind.part_of_within_m
                notes.append(f"A door, within {within.number:g} m {_mark(within)}, of {_rules(kind.part_of)}")
            cells = (f"`{kind.key}`", f"{kind.name_zh}<br>{kind.name_en}", _rules(kind.osm) or "no tag")
            yield f"| {' | '.join(cells)} | {'<br>'.join(filter(None, notes))} |"


def _value(value: standards.Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _own(figure: Figure) -> str:
    """What a subdistrict may set: bounds of a number, else the values to choose from."""
    words = [_value(value) for value in figure.own]
    return (" or " if isinstance(figure.value, bool | str) else " to ").join(words) or "—"


def _rules(rules: Iterable[standards.TagRule]) -> str:
    return "<br>".join(
        f"`{', '.join(f'{key}={_inside_a_cell(pattern)}' for key, pattern in rule.conditions)}`" for rule in rules
    )


def _mark(figure: Figure) -> str:
    return f"({figure.status.label})"


def _status(status: Status) -> str:
    return f"`{status.value}`<br>{status.label}"


def _source(figure: Figure) -> str:
    where = f", {figure.clause}" if figure.clause else ""
    return _inside_a_cell(f"{figure.source}{where}")


def _inside_a_cell(text: str) -> str:
    return text.replace("|", "\\|")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    for name, table in {
        "personas": Personas,
        "persona-sources": PersonaSources,
        "requirements": Requirements,
        "levels": Levels,
        "building-assumptions": BuildingAssumptions,
        "statuses": Statuses,
        "trust": Trust,
        "facility-types": FacilityTypes,
    }.items():
        app.add_directive(name, table)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
