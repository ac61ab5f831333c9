"""Firms on the list, a lift in service, and who lives beside it."""

import io
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from xiuhua.ground.accounts.actions.residents import open_own
from xiuhua.ground.journal.actors import System, Visitor
from xiuhua.ground.territory.actions import ask_binding, confirm_binding
from xiuhua.ground.territory.models import Household
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.models import Contractor, Dossier, Unit
from xiuhua.programmes.lifts.rules.contractors import ContractorFacts
from xiuhua.programmes.lifts.rules.units import UnitFacts

SYSTEM = System("test")
NOON = datetime.fromisoformat("2023-08-03T12:00:00+08:00")
UNIT = UnitFacts("通力 3000S", 630, 6, "KN-2023-0417", "梯11沪B00417(23)")
LISTED_ON = date(2023, 1, 5)


@pytest.fixture
def firm(town) -> Callable[..., Contractor]:
    """A firm on the list: ``firm("沪西电梯工程", "works")``."""

    def enter(name: str, kind: str = "works") -> Contractor:
        facts = ContractorFacts(kind, name, "021-00000000")
        return actions.enter_contractor(actor=SYSTEM, path=town.path, facts=facts, entered_on=LISTED_ON).subject

    return enter


@pytest.fixture
def lift_in_construction(brought_to, coordinator) -> Unit:
    """Registered, not handed over."""
    dossier = brought_to("finishing")
    return actions.register_unit(actor=coordinator, dossier=dossier, facts=UNIT, on=date(2023, 7, 25)).subject


@pytest.fixture
def lift_in_service(lift_in_construction, coordinator, waived) -> Unit:
    """Registered on 25 July, handed over on 1 August."""
    dossier = Dossier.objects.get()
    waived(dossier)
    actions.hand_over(actor=coordinator, dossier=dossier, on=date(2023, 8, 1))
    return Unit.objects.get()


@pytest.fixture
def resident(dossier):
    """Lives in 501 of the stairwell, as the committee has confirmed."""
    user = open_own(actor=Visitor(), phone="15400000501").subject
    home = Household.objects.get(stairwell=dossier.stairwell, room="501")
    binding = ask_binding(actor=user, stairwell=dossier.stairwell, room="501", name="王秀英").subject
    confirm_binding(actor=SYSTEM, binding=binding, household=home)
    return user


@pytest.fixture
def stranger(town):
    """Has an account, and lives elsewhere."""
    return open_own(actor=Visitor(), phone="15400000999").subject


@pytest.fixture
def photo() -> Callable[[], SimpleUploadedFile]:
    """A photograph as a browser sends it: ``photo()``."""

    def taken() -> SimpleUploadedFile:
        file = io.BytesIO()
        Image.new("RGB", (40, 30), "#b0a48c").save(file, "JPEG")
        return SimpleUploadedFile("site.jpg", file.getvalue(), content_type="image/jpeg")

    return taken
