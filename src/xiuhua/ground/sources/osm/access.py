"""Who may walk where: the pedestrian access rules of OpenStreetMap, one function a question, tags in and an answer out.

May this gate (大门) be passed? `gate_passage`. May this way be walked? `way_passage`. One way only? `foot_direction`.
What is it like to walk? `way_flags`. Nothing here reads a file or knows a network.
"""

import math
from collections.abc import Mapping
from enum import StrEnum

from xiuhua.engine.network import Flag

Tags = Mapping[str, str]


class Passage(StrEnum):
    """Whether someone on foot may pass.

    PRIVATE means: those who belong there may, strangers may not. What follows for routes is in `private`: one may walk
    out of a private place and not into it, so nobody takes a short cut through it.
    """

    OPEN = "open"
    PRIVATE = "private"
    CLOSED = "closed"


_PASSAGE_OF_VALUE = {
    **dict.fromkeys(
        ("yes", "designated", "permissive", "official", "public", "destination", "customers", "discouraged"),
        Passage.OPEN,
    ),
    **dict.fromkeys(("private", "residents", "permit", "employees", "members", "students"), Passage.PRIVATE),
    **dict.fromkeys(
        ("no", "use_sidepath", "military", "emergency", "agricultural", "forestry", "delivery", "prohibited"),
        Passage.CLOSED,
    ),
}

GATES = frozenset(
    {
        "gate", "lift_gate", "swing_gate", "wicket_gate", "kissing_gate", "hampshire_gate", "sliding_gate",
        "sliding_beam", "bump_gate", "turnstile", "full-height_turnstile", "sally_port",
    }
)  # fmt: skip
_PASSED_ON_FOOT = GATES | {
    "entrance", "bollard", "block", "cycle_barrier", "motorcycle_barrier", "bicycle_barrier", "bus_trap", "sump_buster",
    "cattle_grid", "coupure", "chain", "rope", "log", "kerb", "stile", "horse_stile", "height_restrictor", "toll_booth",
    "border_control", "planter", "spikes", "chicane", "jersey_barrier", "arch", "yes",
}  # fmt: skip

_WALKED = frozenset(
    {
        "footway", "path", "pedestrian", "steps", "corridor", "platform", "elevator", "crossing", "living_street",
        "residential", "service", "unclassified", "road", "track", "cycleway", "tertiary", "tertiary_link", "secondary",
        "secondary_link", "primary", "primary_link",
    }
)  # fmt: skip
_FOR_VEHICLES = frozenset({"motorway", "motorway_link", "trunk", "trunk_link", "busway", "bus_guideway", "raceway"})
_NOT_BUILT = frozenset({"construction", "proposed", "planned", "abandoned", "disused", "razed", "demolished", "no"})
_HAS_SIDEWALK = frozenset({"both", "left", "right", "yes"})
FOOTPATHS = frozenset({"footway", "path", "pedestrian", "steps", "corridor", "cycleway", "crossing"})
THROUGH_STREETS = frozenset(
    {
        "tertiary", "tertiary_link", "secondary", "secondary_link", "primary", "primary_link", "trunk", "trunk_link",
    }
)  # fmt: skip


def stated(value: str | None) -> Passage | None:
    """What the value of an access key says, or None where it is missing or not a word of the wiki's list.

    ``destination`` and ``customers`` are open: who walks there has business there. ``permit`` is private: the people of
    the place hold it. Of several values parted by semicolons the first known one counts.

    References
    ----------
    https://wiki.openstreetmap.org/wiki/Key:access#List_of_possible_values
    """
    if value is None:
        return None
    known = (_PASSAGE_OF_VALUE.get(word.strip()) for word in value.split(";"))
    return next((passage for passage in known if passage is not None), None)


def gate_passage(tags: Tags) -> Passage:
    """Whether the gate or other barrier at a node may be passed on foot (大门能否通行).

    First what is said of walkers (``foot``), for that is the nearer word; then, if it needs a key, only those it
    belongs to may pass, and where nobody is named, none; then what is said of everybody (``access``); then what
    kind of barrier it is, for the wiki lets nobody through a barrier that it does not describe as passable.

    References
    ----------
    https://wiki.openstreetmap.org/wiki/Barriers#Routing, https://wiki.openstreetmap.org/wiki/Tag:barrier=gate,
    https://wiki.openstreetmap.org/wiki/Key:locked ("not accessible without the key", which may be a card)
    """
    for_walkers, for_all = stated(tags.get("foot")), stated(tags.get("access"))
    if for_walkers is not None:
        return for_walkers
    if tags.get("locked") == "yes":
        return Passage.PRIVATE if for_all is Passage.PRIVATE else Passage.CLOSED
    if for_all is not None:
        return for_all
    return Passage.OPEN if tags.get("barrier", "yes") in _PASSED_ON_FOOT else Passage.CLOSED


def way_passage(tags: Tags) -> Passage:
    """Whether a way may be walked along.

    A way that is not built yet, never. A way for walkers or a street, unless ``foot`` or else ``access`` says
    otherwise. A motorway, trunk or motor road only with a sidewalk (人行道) or where ``foot`` says so;
    ``sidewalk=separate`` is no sidewalk, since the pavement is then a way of its own. A ferry (轮渡) only where
    ``foot`` says so: it is then part of somebody's walk, though waiting is not counted. Indoor passages and
    platforms are walked, for shortcuts through stations and malls are real.

    References
    ----------
    https://wiki.openstreetmap.org/wiki/OSM_tags_for_routing/Access_restrictions,
    https://wiki.openstreetmap.org/wiki/Key:sidewalk, https://wiki.openstreetmap.org/wiki/Tag:route=ferry
    """
    highway = tags.get("highway")
    if highway in _NOT_BUILT:
        return Passage.CLOSED
    for_walkers = stated(tags.get("foot"))
    if for_walkers is not None:
        return for_walkers if _is_a_route(tags) else Passage.CLOSED
    if highway in _FOR_VEHICLES or tags.get("motorroad") == "yes":
        return (stated(tags.get("access")) or Passage.OPEN) if has_sidewalk(tags) else Passage.CLOSED
    if highway in _WALKED or (highway is None and _is_platform(tags)):
        return stated(tags.get("access")) or Passage.OPEN
    return Passage.CLOSED


def has_sidewalk(tags: Tags) -> bool:
    """Whether the way itself has a pavement on at least one side.

    References
    ----------
    https://wiki.openstreetmap.org/wiki/Key:sidewalk
    """
    if tags.get("sidewalk") in _HAS_SIDEWALK:
        return True
    return any(tags.get(f"sidewalk:{side}") == "yes" for side in ("both", "left", "right"))


def foot_direction(tags: Tags) -> int:
    """1 where walkers may go along the way as drawn only, -1 where against it only, 0 both ways.

    Plain ``oneway`` is for vehicles and does not bind walkers. A moving stair or pavement carries in one direction;
    ``conveying=reversible`` and ``conveying=yes`` do not say which, so both are open.

    References
    ----------
    https://wiki.openstreetmap.org/wiki/Key:oneway:foot, https://wiki.openstreetmap.org/wiki/Key:foot:backward,
    https://wiki.openstreetmap.org/wiki/Key:conveying
    """
    oneway = tags.get("oneway:foot")
    if oneway is not None:
        return {"yes": 1, "1": 1, "true": 1, "-1": -1, "reverse": -1}.get(oneway, 0)
    if stated(tags.get("foot:backward")) is Passage.CLOSED:
        return 1
    if stated(tags.get("foot:forward")) is Passage.CLOSED:
        return -1
    return {"forward": 1, "backward": -1}.get(tags.get("conveying", ""), 0)


def way_flags(tags: Tags) -> Flag:
    """What a walker meets along a way: steps, bridge, tunnel, darkness, indoors. Crossings are `crossing_flags`.

    Steps with a ramp (坡道) for wheelchairs are a path to everybody. Any other ramp leaves them steps, even one for
    pushchairs, since what bars wheelchairs is flagged once for both. A moving stair is steps: no wheelchair goes up it.
    A passage under a building is no tunnel. ``level`` alone does not mean indoors: decks and platforms have levels.

    References
    ----------
    https://wiki.openstreetmap.org/wiki/Tag:highway=steps, https://wiki.openstreetmap.org/wiki/Key:ramp:wheelchair,
    https://wiki.openstreetmap.org/wiki/Key:indoor,
    https://wiki.openstreetmap.org/wiki/Simple_Indoor_Tagging, https://wiki.openstreetmap.org/wiki/Key:lit
    """
    flags = Flag(0)
    if tags.get("highway") == "steps" and tags.get("ramp:wheelchair") != "yes":
        flags |= Flag.STEPS
    if tags.get("bridge", "no") != "no":
        flags |= Flag.BRIDGE
    if tags.get("tunnel", "no") not in ("no", "building_passage"):
        flags |= Flag.TUNNEL
    if tags.get("lit") == "no":
        flags |= Flag.UNLIT
    if tags.get("highway") == "corridor" or tags.get("indoor", "no") != "no":
        flags |= Flag.INDOOR
    return flags


def is_crossing_way(tags: Tags) -> bool:
    """Whether the way leads over a carriageway from kerb to kerb.

    References
    ----------
    https://wiki.openstreetmap.org/wiki/Tag:footway=crossing
    """
    return tags.get("highway") == "crossing" or "crossing" in (
        tags.get("footway"), tags.get("path"), tags.get("cycleway"), tags.get("pedestrian")
    )  # fmt: skip


def crossing_flags(tags: Tags) -> Flag:
    """What a crossing (过街) costs, for the tags of its node or its way: CROSSING, and SIGNALS where lights hold
    one up.

    Over rails as over a road. ``crossing=no`` is no crossing.

    References
    ----------
    https://wiki.openstreetmap.org/wiki/Key:crossing, https://wiki.openstreetmap.org/wiki/Tag:railway=level_crossing
    """
    over_rails = tags.get("railway") in ("crossing", "level_crossing", "tram_crossing", "tram_level_crossing")
    if not (over_rails or tags.get("highway") == "crossing" or is_crossing_way(tags)) or tags.get("crossing") == "no":
        return Flag(0)
    signals = (
        "traffic_signals" in (tags.get("crossing"), tags.get("crossing_ref"))
        or tags.get("crossing:signals", "no") != "no"
        or (over_rails and tags.get("crossing:light") == "yes")
    )
    return Flag.CROSSING | Flag.SIGNALS if signals else Flag.CROSSING


def slope(tags: Tags) -> float:
    """Rise over run as drawn, from ``incline`` in per cent or degrees; 0 where it tells no number.

    References
    ----------
    https://wiki.openstreetmap.org/wiki/Key:incline
    """
    text = tags.get("incline", "")
    try:
        if text.endswith("%"):
            rise = float(text[:-1]) / 100
        elif text.endswith("°"):
            rise = math.tan(math.radians(float(text[:-1])))
        else:
            return 0.0
    except ValueError:
        return 0.0
    return rise if abs(rise) < 1 else 0.0


def _is_platform(tags: Tags) -> bool:
    return (
        tags.get("railway") == "platform"
        or tags.get("public_transport") == "platform"
        or tags.get("man_made") == "pier"
    )


def _is_a_route(tags: Tags) -> bool:
    return "highway" in tags or tags.get("route") == "ferry" or _is_platform(tags)
