"""Layers as GeoJSON (RFC 7946)."""

import json
from collections.abc import Iterable

import shapely

from xiuhua.ground.layers.registry import Feature

DECIMALS = 6
"""Digits kept of a degree: a tenth of a metre, which the map cannot show."""


def feature_collection(features: Iterable[Feature]) -> str:
    """Write features as one GeoJSON text, coordinates rounded to `DECIMALS`."""
    rows = list(features)
    geometries = shapely.to_geojson(
        shapely.set_precision([row.geometry for row in rows], 10**-DECIMALS, mode="pointwise")
    )
    parts = [_feature(row, geometry) for row, geometry in zip(rows, geometries, strict=True)]
    return '{"type":"FeatureCollection","features":[' + ",".join(parts) + "]}"


def _feature(row: Feature, geometry: str) -> str:
    head = json.dumps({"type": "Feature", "id": row.id, "properties": row.properties}, ensure_ascii=False)
    return f'{head[:-1]},"geometry":{geometry}}}'
