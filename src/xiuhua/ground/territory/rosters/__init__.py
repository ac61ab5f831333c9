"""Spreadsheets that lay out the territory and say who lives there (区划名册): one file a kind."""

from xiuhua.ground.rosters import kinds
from xiuhua.ground.territory.rosters.buildings import BuildingRoster
from xiuhua.ground.territory.rosters.committees import CommitteeRoster
from xiuhua.ground.territory.rosters.facilities import FacilityRoster
from xiuhua.ground.territory.rosters.micro_grids import MicroGridRoster
from xiuhua.ground.territory.rosters.reach import places_reached
from xiuhua.ground.territory.rosters.residents import ResidentRoster
from xiuhua.ground.territory.rosters.stairwells import StairwellRoster

KINDS = (CommitteeRoster, MicroGridRoster, BuildingRoster, StairwellRoster, ResidentRoster, FacilityRoster)


def register_all() -> None:
    """Offer the territory's kinds, and say for which places somebody may import."""
    kinds.places_told_by(places_reached)
    for kind in KINDS:
        kinds.register(kind)
