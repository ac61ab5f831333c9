"""OpenStreetMap extracts (开放街图): the walking network, buildings, facilities and the land that the map draws.

Whether a gate may be passed is decided in `access.gate_passage`, whether a way may be walked in
`access.way_passage`, and which way a private gate opens in `private.outward`.
"""

from xiuhua.ground.sources.osm.access import Passage, gate_passage, way_passage
from xiuhua.ground.sources.osm.buildings import BuildingDefaults, Buildings
from xiuhua.ground.sources.osm.extract import Extract, read_extract
from xiuhua.ground.sources.osm.landscape import Landscape
from xiuhua.ground.sources.osm.network import read_walk_network
from xiuhua.ground.sources.osm.places import FacilityKind, FacilityPoints

__all__ = [
    "BuildingDefaults",
    "Buildings",
    "Extract",
    "FacilityKind",
    "FacilityPoints",
    "Landscape",
    "Passage",
    "gate_passage",
    "read_extract",
    "read_walk_network",
    "way_passage",
]
