"""What votes keep of a person: handed over in their copy without a choice, and emptied when they are erased."""

from datetime import date

from expectations import by_hand
from programmes.lifts.voting import PHOTO, closed, elector, opened, phone_of
from xiuhua.ground.privacy.actions import erase_resident
from xiuhua.ground.privacy.holdings import kept_of
from xiuhua.ground.privacy.rules import Ground
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Resident
from xiuhua.programmes.lifts import actions, queries_votes
from xiuhua.programmes.lifts.models import Ballot, Mandate, Objection
from xiuhua.programmes.lifts.rules.mandates import MandateTold


def test_it_stands_in_the_copy_and_goes_with_them_and_the_result_stays(brought_to, coordinator, town, staff):
    dossier = brought_to("designing")
    wang, owner = Resident.objects.get(birth_year=1941), dossier.flats.get(room="101").owners.get()
    with by_hand():
        wang.name, wang.phone = "王秀英", "15400000066"
        wang.save()
    told = MandateTold(wang.name, wang.phone, ["vote"], date(2023, 8, 1), date(2023, 12, 31))
    mandate = actions.give_mandate(actor=coordinator, dossier=dossier, owner=owner, told=told, file=PHOTO).subject
    flat = dossier.flats.get(household=wang.household)
    said = {"words": f"{wang.name}怕吵", "raised_on": date(2023, 8, 1), "flat": flat}
    actions.note_objection(actor=coordinator, dossier=dossier, **said)
    vote, proxy = opened(coordinator, dossier), phone_of(town, wang.phone)
    one = {"vote": vote, "elector": elector(vote, "101"), "choice": "agree", "by_mandate": mandate}
    actions.cast_ballot(actor=proxy, **one)
    vote = closed(coordinator, vote)

    officer = staff(Role.PRIVACY_OFFICER, at=town, name="何敏")
    copy = dict(kept_of(wang, officer))
    assert [len(copy[head]) for head in ("加梯里的委托", "加梯表决", "加梯异议")] == [1, 1, 1]
    assert "同意" not in "".join(line.said + line.what + line.note for line in copy["加梯表决"])

    erase_resident(actor=officer, resident=wang, ground=Ground.PURPOSE_OVER)
    assert (Mandate.objects.get().phone, Ballot.objects.get().phone) == ("", "")
    assert Mandate.objects.get().name == "王**"
    assert wang.name not in Objection.objects.get().words
    assert queries_votes.check(vote).decision
