"""What the lift programme keeps."""

from xiuhua.programmes.lifts.models.contacts import Contact
from xiuhua.programmes.lifts.models.dossier import Dossier
from xiuhua.programmes.lifts.models.flats import Flat, Owner, Ownership
from xiuhua.programmes.lifts.models.gates import GatePass
from xiuhua.programmes.lifts.models.money import Instalment, Payment
from xiuhua.programmes.lifts.models.papers import Paper
from xiuhua.programmes.lifts.models.shares import Limit, Scheme, SchemeLine, Signature
from xiuhua.programmes.lifts.models.team import Centre, TeamMember

__all__ = [
    "Centre",
    "Contact",
    "Dossier",
    "Flat",
    "GatePass",
    "Instalment",
    "Limit",
    "Owner",
    "Ownership",
    "Paper",
    "Payment",
    "Scheme",
    "SchemeLine",
    "Signature",
    "TeamMember",
]
