"""The one pure pipeline of the life circle: page and command ask it, so that the same data give the same figures."""

from xiuhua.programmes.lifecircle.analysis.connect import ISLAND, MAIN, UNSNAPPED, Joined, join
from xiuhua.programmes.lifecircle.analysis.from_extract import TownOfExtract, town_of_extract
from xiuhua.programmes.lifecircle.analysis.notebook import Ground, Quarter, on_foot
from xiuhua.programmes.lifecircle.analysis.outcome import (
    LONGEST_MINUTES,
    MINUTES,
    Analysis,
    ComplianceRow,
    CoverageRow,
    SnapReport,
)
from xiuhua.programmes.lifecircle.analysis.pipeline import TUESDAY_10, analyse
from xiuhua.programmes.lifecircle.analysis.town import FacilityPoints, Origins, Places, Town

__all__ = [
    "ISLAND",
    "LONGEST_MINUTES",
    "MAIN",
    "MINUTES",
    "TUESDAY_10",
    "UNSNAPPED",
    "Analysis",
    "ComplianceRow",
    "CoverageRow",
    "FacilityPoints",
    "Ground",
    "Joined",
    "Origins",
    "Places",
    "Quarter",
    "SnapReport",
    "Town",
    "TownOfExtract",
    "analyse",
    "join",
    "on_foot",
    "town_of_extract",
]
