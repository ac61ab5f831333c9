"""Invented residents who ask to be bound to their homes (演示居民), for the workers of one committee to answer."""

from xiuhua.demo.people import HOME
from xiuhua.ground.accounts.actions.residents import resident_of
from xiuhua.ground.territory import actions
from xiuhua.ground.territory.models import Binding, Committee, Resident, Subdistrict

ASKING = 3


def let_some_ask(subdistrict: Subdistrict) -> list[Binding]:
    """Let a few elders of one committee ask; the last mistakes the room, so that a worker has something to find out."""
    found = who_ask(subdistrict)
    return [
        actions.ask_binding(
            actor=resident_of(one.phone),
            stairwell=one.household.stairwell,
            room=one.household.room if place < ASKING - 1 else "1909",
            name=one.name,
        ).subject
        for place, one in enumerate(found)
    ]


def who_ask(subdistrict: Subdistrict) -> list[Resident]:
    """The elders who come to have an account: some of one committee, with telephones of their own."""
    committees = Committee.objects.under(subdistrict.path).order_by("path")
    committee = committees.filter(name__startswith=HOME).first() or committees.first()
    if committee is None:
        return []
    elders = Resident.objects.here().under(committee.path).exclude(phone_index="").filter(birth_year__lte=1958)
    return list(elders.select_related("household__stairwell").order_by("path")[: ASKING * 7 : 7])
