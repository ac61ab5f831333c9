"""What the page is given: plain values that its scripts read."""

from __future__ import annotations

import base64
import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from xiuhua.ground.standards import FacilityType, Requirement, Status
from xiuhua.ground.words import CHINESE, ENGLISH, current_language, use_language
from xiuhua.programmes.lifecircle.analysis import MINUTES, Analysis

if TYPE_CHECKING:
    from shapely import Geometry

    from xiuhua.programmes.lifecircle.work import Finding

UNIT_S = 4
NEVER = 255
_DECIMALS = 6
_STOREY_M = 3.0
_NEAR_DEGREES = 0.0025
_SYMBOL = re.compile(r'<symbol id="([\w-]+)"([^>]*)>(.*?)</symbol>', re.DOTALL)


def payload(finding: Finding, sprite: str) -> dict[str, Any]:
    """Everything that the page shows; shares are the analysis's own, so that page and tables agree."""
    from xiuhua.programmes.lifecircle.summary import remarks

    analysis, book = finding.analysis, finding.book
    spoken = {}
    for key, language in (("zh", CHINESE), ("en", ENGLISH)):
        with use_language(language):
            spoken[key] = remarks(finding)
    origins = analysis.town.origins
    return {
        "lang": "zh" if current_language() == CHINESE else "en",
        "place": finding.order.extract.name,
        "counted": origins.counted,
        "minutes": list(MINUTES),
        "standard": {"zh": analysis.standard.name_zh, "en": analysis.standard.name_en},
        "remarks": spoken,
        "personas": _personas(analysis),
        "types": _types(analysis, book.facility_types),
        "origins": {
            "id": list(origins.id),
            "name": list(origins.label),
            "near": _near(finding),
            "residents": np.round(origins.weights["residents"], 2).tolist() if origins.counted else [0] * len(origins),
            "state": analysis.origin_state.tolist(),
            "lon": np.round(origins.lon, _DECIMALS).tolist(),
            "lat": np.round(origins.lat, _DECIMALS).tolist(),
        },
        "seconds": _packed(analysis.seconds),
        "layers": _layers(finding),
        "bounds": _bounds(origins.lon, origins.lat),
        "sprite": _symbols(sprite, [book.facility_types[kind].icon for kind in analysis.types]),
    }


def _personas(analysis: Analysis) -> list[dict[str, Any]]:
    return [
        {
            "key": persona.key,
            "name": {"zh": persona.name_zh, "en": persona.name_en},
            "speed": persona.speed.number,
            "status": _label(persona.speed.status),
            "shares": [np.round(analysis.shares(persona.key, minutes), 6).tolist() for minutes in MINUTES],
            "score": _number(analysis.score(persona.key)),
        }
        for persona in analysis.personas
    ]


def _types(analysis: Analysis, facility_types: dict[str, FacilityType]) -> list[dict[str, Any]]:
    entries = _closest(analysis.standard.entries)
    radii = {row.facility_type: row for row in reversed(analysis.compliance())}
    limits = analysis.minutes_required()
    rows = []
    for place, key in enumerate(analysis.types):
        kind, entry, radius = facility_types[key], entries[key], radii.get(key)
        rows.append(
            {
                "key": key,
                "name": {"zh": kind.name_zh, "en": kind.name_en},
                "icon": kind.icon,
                "level": entry.level,
                "need": entry.need,
                "minutes": _number(limits[place]),
                "facilities": analysis.facilities_of(key),
                "radius": radius
                and {"share": radius.share, "radius": radius.radius.number, "status": _label(radius.radius.status)},
            }
        )
    return rows


def _closest(entries: tuple[Requirement, ...]) -> dict[str, Requirement]:
    """The entry under which a type stands: that of the closest level requiring it, else of the closest listing it."""
    found: dict[str, Requirement] = {}
    for entry in entries:
        if entry.facility_type not in found or entry.need == "required":
            found[entry.facility_type] = entry
    return found


def _near(finding: Finding) -> list[str]:
    """For each origin the quarter that it stands in, or else the nearest street with a name; empty if none is near."""
    named = [piece for piece in finding.extract.landscape if piece.name]
    quarters = [piece for piece in named if piece.kind in ("quarter", "campus")]
    streets = [piece for piece in named if piece.kind in ("street", "lane")]
    origins = finding.analysis.town.origins
    doors = shapely.points(origins.lon, origins.lat)
    words = [""] * len(origins)
    if streets:
        tree = shapely.STRtree([piece.geometry for piece in streets])
        for door, place in tree.query_nearest(doors, max_distance=_NEAR_DEGREES, all_matches=False).T.tolist():
            words[door] = streets[place].name
    if quarters:
        tree = shapely.STRtree([piece.geometry for piece in quarters])
        for door, place in tree.query(doors, predicate="intersects").T.tolist():
            words[door] = quarters[place].name
    return words


def _packed(seconds: NDArray[np.float32]) -> str:
    """Seconds in steps of four, rounded up so that no limit of whole minutes is crossed, as base64 bytes."""
    steps = np.ceil(np.where(np.isfinite(seconds), seconds, 0.0) / UNIT_S - 1e-4)
    return base64.b64encode(np.where(np.isfinite(seconds), steps, NEVER).astype(np.uint8).tobytes()).decode()


def _layers(finding: Finding) -> dict[str, Any]:
    layers: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for number, piece in enumerate(finding.extract.landscape):
        layers[piece.kind].append(_feature(piece.geometry, {"id": f"{piece.kind}/{number}", "name": piece.name}))
    layers["building"] = _buildings(finding)
    layers["facility"] = _facilities(finding)
    if finding.boundary is not None:
        layers["subdistrict"].append(_feature(finding.boundary, {"id": "boundary", "name": ""}))
    return {name: {"type": "FeatureCollection", "features": features} for name, features in layers.items()}


def _buildings(finding: Finding) -> list[dict[str, Any]]:
    buildings = finding.extract.buildings
    origin = np.full(len(buildings.id), -1)
    rows = finding.made.building
    origin[rows[rows >= 0]] = np.flatnonzero(rows >= 0)
    levels = np.where(np.isnan(buildings.levels), _assumed_levels(finding), buildings.levels)
    return [
        _feature(
            outline,
            {
                "id": key,
                "name": name,
                "origin": int(at),
                "height": round(float(_STOREY_M * storeys), 1),
                "band": "none",
            },
        )
        for key, name, outline, at, storeys in zip(
            buildings.id, buildings.name, buildings.outline, origin, levels, strict=True
        )
    ]


def _assumed_levels(finding: Finding) -> NDArray[np.float64]:
    """Storeys that the reader assumed: floor area over footprint."""
    buildings, projection = finding.extract.buildings, finding.extract.network.projection
    if projection is None or not len(buildings.id):
        return np.ones(len(buildings.id))
    footprint = np.maximum(shapely.area(projection.flat(buildings.outline)), 1.0)
    levels: NDArray[np.float64] = np.maximum(np.round(buildings.floor_area_m2 / footprint), 1.0)
    return levels


def _facilities(finding: Finding) -> list[dict[str, Any]]:
    points, types = finding.extract.facilities, finding.book.facility_types
    asked = set(finding.analysis.types)
    return [
        _feature(
            shapely.Point(lon, lat),
            {"id": f"{number}", "name": name, "type": kind, "icon": _poi(types[kind].icon)},
        )
        for number, (kind, name, lon, lat) in enumerate(
            zip(points.facility_type, points.name, points.lon, points.lat, strict=True)
        )
        if kind in asked
    ]


def _feature(geometry: Geometry, properties: dict[str, Any]) -> dict[str, Any]:
    rounded = shapely.transform(geometry, lambda degrees: np.round(degrees, _DECIMALS))
    return {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(rounded))}


def _bounds(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> list[float]:
    """Where nearly all origins are: a stray one must not shrink the picture."""
    west, east = np.percentile(lon, (1, 99))
    south, north = np.percentile(lat, (1, 99))
    return [round(float(edge), _DECIMALS) for edge in (west, south, east, north)]


def _symbols(sprite: str, icons: list[str]) -> str:
    """The symbols of the types, all as ``poi-*``, which is what the map draws."""
    wanted = set(icons)
    return "".join(
        f'<symbol id="{_poi(name)}"{attributes}>{body}</symbol>'
        for name, attributes, body in _SYMBOL.findall(sprite)
        if name in wanted
    )


def _poi(icon: str) -> str:
    return icon if icon.startswith("poi-") else f"poi-{icon.removeprefix('i-')}"


def _label(status: Status) -> dict[str, str]:
    words = {}
    for key, language in (("zh", CHINESE), ("en", ENGLISH)):
        with use_language(language):
            words[key] = status.label
    return words


def _number(value: float) -> float | None:
    return round(float(value), 6) if value == value else None
