"""What the lift programme keeps of each place of the town: a function a piece, called by ``build``.

Names carry the place's letter; telephones and names that lie sealed go into ``place.sealed``, and as they read masked
into ``place.masked``.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from xiuhua.ground.clock import now
from xiuhua.ground.files import keeping
from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.programmes.lifts.models import (
    Centre,
    Contact,
    Dossier,
    Flat,
    Owner,
    Ownership,
    Paper,
    TeamMember,
)

if TYPE_CHECKING:
    from access.town import Place

DAY = date(2023, 3, 1)


def build(place: "Place") -> None:
    """Everything of the programme at one place; a piece finds what the earlier ones made in ``place.things``."""
    for piece in (dossiers,):
        place.things |= piece(place)


def dossiers(place: "Place") -> dict[str, Any]:
    """A stairwell under way, with a flat, its owner, a coordinator, a paper and a talk; a sub-centre."""
    letter, stairwell = place.letter, place.things["stairwell"]
    dossier = Dossier.objects.create(
        stairwell=stairwell,
        path=stairwell.path,
        state="consulting",
        stage="consult",
        attempt=1,
        begun_on=DAY,
        moved_on=DAY,
        progressed_on=DAY,
        snag=f"{letter}家两户没谈拢",
    )
    household = place.things["household"]
    flat = Flat.objects.create(
        dossier=dossier, household=household, room=household.room, floor=household.floor, area_dm2=5200
    )
    phone = f"15{place.path[8]}7000{place.path[11]}001"
    owner = Owner.objects.create(dossier=dossier, name=f"{letter}业主", phone=phone)
    Ownership.objects.create(flat=flat, owner=owner)
    member = TeamMember.objects.create(
        dossier=dossier, part="coordinator", user=place.things["staff"], name=f"{letter}专员", since=DAY
    )
    paper = Paper.objects.create(
        dossier=dossier, kind="survey", title=f"{letter}家初评", version=1, dated=DAY, by="system:test", at=now()
    )
    keeping.keep(
        Prepared(Sort.DOCUMENT, b"%PDF-1.4 " + letter.encode(), "application/pdf", f"{letter}家.pdf"),
        subject=paper,
        title=f"{letter}家初评",
    )
    Contact.objects.create(
        dossier=dossier, flat=flat, kind="visit", on=DAY, words=f"{letter}家怕挡光", by="system:test", at=now()
    )
    centre = Centre.objects.create(
        path=place.path,
        name=f"{letter}家加梯分中心",
        address=f"{letter}家路 1 号",
        phone="021-00000000",
        hours="9:00 至 17:00",
        opened_on=DAY,
    )
    place.sealed |= {phone, owner.name}
    place.masked.add(mask_phone(phone))
    return {
        "dossier": dossier,
        "flat": flat,
        "owner": owner,
        "member": member,
        "paper": paper,
        "centre": centre,
        "rule": "briefing",
        "room": flat.room,
    }
