from xiuhua.ground.territory.models.binding import Binding
from xiuhua.ground.territory.models.figures import OwnFigure
from xiuhua.ground.territory.models.mapped import Facility, Landscape, WalkingNetwork
from xiuhua.ground.territory.models.nodes import (
    Building,
    Committee,
    Household,
    MicroGrid,
    Node,
    Resident,
    Sex,
    Stairwell,
    Subdistrict,
    Use,
)

__all__ = [
    "Binding",
    "Building",
    "Committee",
    "Facility",
    "Household",
    "Landscape",
    "MicroGrid",
    "Node",
    "OwnFigure",
    "Resident",
    "Sex",
    "Stairwell",
    "Subdistrict",
    "Use",
    "WalkingNetwork",
]
