"""What the lift programme keeps."""

from xiuhua.programmes.lifts.models.batches import Batch, BatchMember, BatchPlan
from xiuhua.programmes.lifts.models.contacts import Contact
from xiuhua.programmes.lifts.models.contractors import Contractor, Quote
from xiuhua.programmes.lifts.models.dossier import Dossier
from xiuhua.programmes.lifts.models.faults import Fault
from xiuhua.programmes.lifts.models.fees import FeeLine
from xiuhua.programmes.lifts.models.flats import Flat, Owner, Ownership
from xiuhua.programmes.lifts.models.gates import GatePass
from xiuhua.programmes.lifts.models.mandates import Mandate
from xiuhua.programmes.lifts.models.money import Instalment, Payment
from xiuhua.programmes.lifts.models.notices import Notice, Permit
from xiuhua.programmes.lifts.models.objections import Mediation, Objection
from xiuhua.programmes.lifts.models.papers import Paper
from xiuhua.programmes.lifts.models.questions import Question
from xiuhua.programmes.lifts.models.shares import Limit, Scheme, SchemeLine, Signature
from xiuhua.programmes.lifts.models.site import Delay, DiaryEntry
from xiuhua.programmes.lifts.models.team import Centre, TeamMember
from xiuhua.programmes.lifts.models.units import Inspection, Service, Unit, Upkeep
from xiuhua.programmes.lifts.models.votes import Ballot, Choice, Elector, SheetLine, Vote

__all__ = [
    "Ballot",
    "Batch",
    "BatchMember",
    "BatchPlan",
    "Centre",
    "Choice",
    "Contact",
    "Contractor",
    "Delay",
    "DiaryEntry",
    "Dossier",
    "Elector",
    "Fault",
    "FeeLine",
    "Flat",
    "GatePass",
    "Inspection",
    "Instalment",
    "Limit",
    "Mandate",
    "Mediation",
    "Notice",
    "Objection",
    "Owner",
    "Ownership",
    "Paper",
    "Payment",
    "Permit",
    "Question",
    "Quote",
    "Scheme",
    "SchemeLine",
    "Service",
    "SheetLine",
    "Signature",
    "TeamMember",
    "Unit",
    "Upkeep",
    "Vote",
]
