"""Reads of the lift programme that screens, the API and reports share."""

from typing import cast

from django.db.models import Count, QuerySet

from xiuhua.ground.scope.grants import Seer
from xiuhua.programmes.lifts.models import Contact, Dossier, Flat, TeamMember
from xiuhua.programmes.lifts.models.dossier import DossierQuerySet
from xiuhua.programmes.lifts.reading import once
from xiuhua.programmes.lifts.rules.flats import FlatFacts


def dossiers(seer: Seer) -> QuerySet[Dossier]:
    """Dossiers that this reader may see, each with its stairwell, building and committee (one query)."""
    return cast("QuerySet[Dossier]", Dossier.objects.visible_to(seer).with_place())


def in_hand(seer: Seer) -> QuerySet[Dossier]:
    """Dossiers that the office counts as won: signed, being built or running."""
    return cast("QuerySet[Dossier]", Dossier.objects.visible_to(seer).in_hand())


def suitable_under(path: str, seer: Seer) -> DossierQuerySet:
    """Dossiers of a place whose stairwell a lift suits, as far as the reader sees them."""
    return Dossier.objects.visible_to(seer).with_place().under(path).suitable()


def flats_of(dossier: Dossier) -> list[Flat]:
    """Flats of a stairwell from the top down, each with its owners (two queries)."""
    return list(dossier.flats.prefetch_related("ownerships__owner").order_by("-floor", "room"))


@once
def flats_counted(dossier: Dossier) -> int:
    """How many flats a stairwell has (one query)."""
    return int(dossier.flats.count())


@once
def flat_facts(dossier: Dossier) -> list[FlatFacts]:
    """Flats of a stairwell as rules ask about them (one query)."""
    rows = dossier.flats.annotate(owners_count=Count("ownerships")).order_by("floor", "room")
    return [
        FlatFacts(flat.room, flat.floor, flat.area_dm2, flat.area_source, flat.stance, flat.owners_count)
        for flat in rows
    ]


@once
def team_of(dossier: Dossier) -> list[TeamMember]:
    """Who accompanies a stairwell now: coordinators, neighbours, professionals (one query)."""
    order = {part: place for place, part in enumerate(TeamMember.Part.values)}
    rows = dossier.team.filter(until__isnull=True).select_related("user", "flat")
    return sorted(rows, key=lambda one: (order[one.part], one.pk))


def carried_by(user_id: int) -> int:
    """How many stairwells under way a coordinator accompanies."""
    return TeamMember.objects.filter(
        user_id=user_id, part=TeamMember.Part.COORDINATOR, until__isnull=True, dossier__in=Dossier.objects.under_way()
    ).count()


def contacts_of(dossier: Dossier, seer: Seer) -> QuerySet[Contact]:
    """The contacts log of a stairwell, newest first."""
    rows = Contact.objects.visible_to(seer).filter(dossier=dossier).select_related("flat")
    return cast("QuerySet[Contact]", rows)
