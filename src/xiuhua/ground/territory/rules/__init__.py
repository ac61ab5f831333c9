"""What must hold before the territory and its people go on record, or are changed there."""

from xiuhua.ground.territory.rules.binding import (
    applicant_can_be_seen,
    binding_can_be_asked,
    binding_can_be_confirmed,
    binding_can_be_ended,
    binding_can_be_refused,
    room_as_told,
)
from xiuhua.ground.territory.rules.figures import figure_can_be_returned, figure_can_be_set, figure_stands
from xiuhua.ground.territory.rules.files import file_can_be_opened, is_shown, purposes_offered
from xiuhua.ground.territory.rules.laying import plan_can_be_laid_out, subdistrict_can_be_founded
from xiuhua.ground.territory.rules.people import (
    PersonFacts,
    PersonTold,
    household_has_room,
    id_number_is_free,
    person_as_told,
    resident_can_be_brought_back,
    resident_can_be_corrected,
    resident_can_move_out,
)
from xiuhua.ground.territory.rules.places import (
    BuildingFacts,
    HouseholdFacts,
    building_can_be_corrected,
    household_can_be_corrected,
    stairwell_can_be_judged,
)

__all__ = [
    "BuildingFacts",
    "HouseholdFacts",
    "PersonFacts",
    "PersonTold",
    "applicant_can_be_seen",
    "binding_can_be_asked",
    "binding_can_be_confirmed",
    "binding_can_be_ended",
    "binding_can_be_refused",
    "building_can_be_corrected",
    "figure_can_be_returned",
    "figure_can_be_set",
    "figure_stands",
    "file_can_be_opened",
    "household_can_be_corrected",
    "household_has_room",
    "id_number_is_free",
    "is_shown",
    "person_as_told",
    "plan_can_be_laid_out",
    "purposes_offered",
    "resident_can_be_brought_back",
    "resident_can_be_corrected",
    "resident_can_move_out",
    "room_as_told",
    "stairwell_can_be_judged",
    "subdistrict_can_be_founded",
]
