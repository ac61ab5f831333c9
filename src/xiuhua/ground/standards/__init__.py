"""The rule book: numbers that a law, a standard or local practice sets, as data with source and status."""

from xiuhua.ground.standards.bookings import BookingStandard
from xiuhua.ground.standards.buildings import BuildingDefaults, BuildingType
from xiuhua.ground.standards.facilities import FacilityType, TagRule
from xiuhua.ground.standards.figures import DEPLOYED, OVERRIDDEN, Figure, Status, Value
from xiuhua.ground.standards.lifecircle import LEVELS, LifeCircleStandard, Requirement
from xiuhua.ground.standards.offices import OfficeStandard, Section
from xiuhua.ground.standards.personas import STANDARD, PersonaStandard
from xiuhua.ground.standards.privacy import Basis, BasisKind, ConsentPurpose, PrivacyStandard, Purpose
from xiuhua.ground.standards.projects import ProjectAction, ProjectStandard
from xiuhua.ground.standards.reader import LIFE_CIRCLES, Standards, on, told_by
from xiuhua.ground.standards.suggestions import Category, ReplyTemplate, SuggestionStandard, Term
from xiuhua.ground.standards.trust import TrustStandard

__all__ = [
    "DEPLOYED",
    "LEVELS",
    "LIFE_CIRCLES",
    "OVERRIDDEN",
    "STANDARD",
    "Basis",
    "BasisKind",
    "BookingStandard",
    "BuildingDefaults",
    "BuildingType",
    "Category",
    "ConsentPurpose",
    "FacilityType",
    "Figure",
    "LifeCircleStandard",
    "OfficeStandard",
    "PersonaStandard",
    "PrivacyStandard",
    "ProjectAction",
    "ProjectStandard",
    "Purpose",
    "ReplyTemplate",
    "Requirement",
    "Section",
    "Standards",
    "Status",
    "SuggestionStandard",
    "TagRule",
    "Term",
    "TrustStandard",
    "Value",
    "on",
    "told_by",
]
