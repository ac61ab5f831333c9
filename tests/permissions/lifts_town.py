"""What the lift programme keeps of each place of the town: a function a piece, called by ``build``.

Names carry the place's letter; telephones and names that lie sealed go into ``place.sealed``, and as they read masked
into ``place.masked``.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from xiuhua.ground.clock import now
from xiuhua.ground.files import keeping
from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.lifts.models import (
    Batch,
    BatchMember,
    BatchPlan,
    Centre,
    Contact,
    Contractor,
    DiaryEntry,
    Dossier,
    Elector,
    Fault,
    FeeLine,
    Flat,
    Instalment,
    Limit,
    Mandate,
    Mediation,
    Notice,
    Objection,
    Owner,
    Ownership,
    Paper,
    Payment,
    Permit,
    Question,
    Quote,
    Scheme,
    SchemeLine,
    SheetLine,
    Signature,
    TeamMember,
    Unit,
    Upkeep,
    Vote,
)

if TYPE_CHECKING:
    from permissions.town import Place

DAY = date(2023, 3, 1)


def build(place: "Place") -> None:
    """Everything of the programme at one place; a piece finds what the earlier ones made in ``place.things``."""
    for piece in (dossiers, batches, votes, shares, questions, building):
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
    place.sealed.add(phone)
    place.masked.add(mask_phone(phone))
    return {
        "dossier": dossier,
        "flat": flat,
        "owner": owner,
        "member": member,
        "paper": paper,
        "centre": centre,
        "rule": "briefing",
        "lift_figure": "lifts.pace.stuck_days",
        "room": flat.room,
    }


def batches(place: "Place") -> dict[str, Any]:
    """A plan of the committee's, whose one lot is in force and holds the stairwell."""
    letter, dossier = place.letter, place.things["dossier"]
    plan = BatchPlan.objects.create(
        path=place.path,
        number=1,
        state="adopted",
        on=DAY,
        least=1,
        most=9,
        reach_m=60,
        ready=0.5,
        setup=1,
        walk=0,
        value=0.4,
        bound=0.4,
        by="system:test",
        at=now(),
    )
    batch = Batch.objects.create(
        plan=plan,
        path=place.path,
        place=1,
        quarter=f"{letter}家新村",
        serial=1,
        state="adopted",
        size=1,
        readiness=0.9,
        metres=0,
        value=0.4,
        contiguous=True,
        adopted_on=DAY,
        adopted_by="system:test",
    )
    BatchMember.objects.create(batch=batch, dossier=dossier, readiness=0.9, because=[["signed", 0.9, []]])
    dossier.batch = batch
    dossier.save(update_fields=["batch"])
    return {"batch_plan": plan, "batch": batch, "deed": "contact"}


def votes(place: "Place") -> dict[str, Any]:
    """A vote that is open and one that was counted, each with its elector; a mandate, an objection, a mediation."""
    letter, dossier, owner = place.letter, place.things["dossier"], place.things["owner"]
    told: dict[str, Any] = {"dossier": dossier, "attempt": 1, "by": "system:test", "at": now()}
    weights = {"all_area_dm2": 5200, "all_heads": 1}
    vote = Vote.objects.create(
        dossier=dossier,
        attempt=1,
        number=2,
        question=f"{letter}家同意装吗",
        opens_on=DAY,
        closes_at=now() + timedelta(days=9),
        key="00" * 32,
        chain_head="0" * 64,
        opened_by="system:test",
        opened_at=now(),
        **weights,
    )
    elector = Elector.objects.create(vote=vote, key="A" * 12, owner=owner, rooms=place.things["room"], area_dm2=5200)
    counted = Vote.objects.create(
        dossier=dossier,
        attempt=1,
        number=1,
        question=f"{letter}家头一次",
        opens_on=DAY,
        closes_at=now() - timedelta(days=40),
        state="closed",
        opened_by="system:test",
        opened_at=now(),
        part_area_dm2=5200,
        part_heads=1,
        agree_area_dm2=0,
        agree_heads=0,
        against_area_dm2=5200,
        against_heads=1,
        passed=False,
        chain_head="0" * 64,
        **weights,
    )
    SheetLine.objects.create(
        vote=counted, receipt=f"{letter}0", key="B" * 12, area_dm2=5200, heads=1, choice="against", nonce="0" * 32
    )
    phone = f"15{place.path[8]}7000{place.path[11]}002"
    until = {"given_on": DAY, "until": DAY + timedelta(days=400)}
    mandate = Mandate.objects.create(
        dossier=dossier,
        owner=owner,
        name=f"{letter}女儿",
        phone=phone,
        covers=["vote"],
        by_document=True,
        by="system:test",
        at=now(),
        **until,
    )
    objection = Objection.objects.create(
        **told, flat=place.things["flat"], words=f"{letter}家怕吵", raised_on=DAY, due_on=DAY
    )
    Mediation.objects.create(
        **told, on=DAY, mediator=f"{letter}老许", households=1, outcome="failed", words=f"{letter}家没谈拢"
    )
    place.sealed.add(phone)
    return {
        "vote": vote,
        "elector": elector,
        "counted_vote": counted,
        "mandate": mandate,
        "objection": objection,
    }


def shares(place: "Place") -> dict[str, Any]:
    """A scheme in force with its one flat, which has signed, paid, and told what it would pay at most."""
    letter, dossier, flat = place.letter, place.things["dossier"], place.things["flat"]
    told: dict[str, Any] = {"by": "system:test", "at": now()}
    scheme = Scheme.objects.create(
        dossier=dossier,
        attempt=1,
        number=1,
        kind="area",
        state="adopted",
        total_fen=72_000_000,
        subsidy_fen=20_000_000,
        subsidy_because=f"{letter}家另批",
        on=DAY,
        adopted_on=DAY,
        **told,
    )
    line = SchemeLine.objects.create(scheme=scheme, flat=flat, amount_fen=52_000_000)
    Instalment.objects.create(scheme=scheme, number=1, words="签约后", percent=100)
    Signature.objects.create(line=line, on=DAY, **told)
    Limit.objects.create(flat=flat, amount_fen="51234500", on=DAY)
    payment = Payment.objects.create(
        dossier=dossier, flat=flat, kind="paid", number=1, amount_fen=100, on=DAY, way="bank", **told
    )
    return {"scheme": scheme, "scheme_number": 1, "payment": payment}


def building(place: "Place") -> dict[str, Any]:
    """What builds and keeps its lift: a quote, a notice, a day of the diary, the lift with a fault, its account."""
    letter, dossier, path = place.letter, place.things["dossier"], place.path
    told: dict[str, Any] = {"by": "system:test", "at": now()}
    firms = {
        kind: Contractor.objects.get_or_create(
            path=path[:9], kind=kind, name=f"沪西{kind}", defaults={"phone": "021-00000000", "entered_on": DAY}
        )[0]
        for kind in ("works", "upkeep")
    }
    quote = Quote.objects.create(
        dossier=dossier,
        attempt=1,
        contractor=firms["works"],
        price_fen=70_000_000,
        days=110,
        warranty_months=24,
        quoted_on=DAY,
    )
    Permit.objects.create(dossier=dossier, attempt=1, rule="planning", applied_on=DAY, authority=f"{letter}家规划局")
    notice = Notice.objects.create(
        subdistrict=Subdistrict.objects.get(path=path[:9]),
        dossier=dossier,
        attempt=1,
        year=2023,
        serial=int(path[9:]) + 1,
        number=f"{letter}街加梯〔2023〕第 1 号",
        code=f"notice-{path}"[-20:],
        place=f"{letter}家门洞口",
        posted_on=DAY,
        until_on=DAY + timedelta(days=10),
    )
    DiaryEntry.objects.create(dossier=dossier, kind="work", on=DAY, words=f"{letter}家基坑开挖", **told)
    unit = Unit.objects.create(
        dossier=dossier,
        brand="通力",
        load_kg=630,
        stops=6,
        maker_number=f"{letter}1",
        registration=f"梯{letter}1",
        registered_on=DAY,
        inspect_by=DAY,
    )
    Upkeep.objects.create(
        lift=unit,
        firm=firms["upkeep"],
        from_on=DAY,
        until_on=DAY + timedelta(days=365),
        price_fen=360_000,
        household_fen=2500,
    )
    fault = Fault.objects.create(
        lift=unit,
        stopped=True,
        words=f"{letter}家停在四楼",
        priority=2,
        opened_at=now(),
        due_at=now(),
        by="system:test",
    )
    fee = FeeLine.objects.create(dossier=dossier, kind="power", on=DAY, amount_fen=100, words=f"{letter}家电费", **told)
    return {
        "contractor": firms["works"],
        "quote": quote,
        "notice": notice,
        "notice_code": notice.code,
        "permit_rule": "planning",
        "fault": fault,
        "fee": fee,
    }


def questions(place: "Place") -> dict[str, Any]:
    """A question of the resident who is bound there."""
    letter, stairwell = place.letter, place.things["stairwell"]
    row = Question.objects.create(
        stairwell=stairwell,
        path=stairwell.path,
        user=place.things["neighbour"],
        words=f"{letter}家厨房会不会挡光",
        asked_at=now(),
    )
    return {"question": row}
