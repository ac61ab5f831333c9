"""Erasing a person: nothing finds them any more, what was sealed about them cannot be read, and the chain is whole."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from expectations import by_hand, forbidden, refused, verbs_of
from ground.privacy.conftest import SYSTEM, TODAY, WANG, note_heads
from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.journal.models import Entry, Sealed, SubjectKey
from xiuhua.ground.journal.values import opened_values
from xiuhua.ground.journal.verify import verify
from xiuhua.ground.privacy import holdings, queries
from xiuhua.ground.privacy.actions import (
    erase_resident,
    file_request,
    lift_hold,
    record_consent,
    set_basis,
    set_hold,
    withdraw_consent,
)
from xiuhua.ground.privacy.overseen import things_found
from xiuhua.ground.privacy.rules import Ground
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.standards import on
from xiuhua.ground.territory.actions import open_household_file
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.territory.models.binding import Binding

SECRETS = {"name": WANG, "phone": "13812345678", "id_number": "310107194103070022"}


@pytest.fixture
def verified(settings, tmp_path):
    """Verify the record, its heads noted as after a commit."""
    settings.JOURNAL_HEADS = tmp_path / "heads"

    def found():
        note_heads()
        return verify()

    return found


@pytest.fixture
def on_record(officer, worker, wang):
    """Someone about whom the record has sealed things: a refused request, a hold that is lifted, an opened file."""
    open_household_file(actor=worker, household=wang.household, purpose="visit_due", note=f"给{WANG}送药")
    hold = set_hold(actor=officer, resident=wang, reason=f"{WANG}诉讼案", until=TODAY).subject
    lift_hold(actor=officer, hold=hold)
    file_request(actor=officer, resident=wang, kind="erase", channel="phone", asked_on=TODAY, words=f"{WANG}要求删除")
    return wang


def test_nothing_finds_an_erased_person(on_record, officer, worker):
    erase_resident(actor=officer, resident=on_record, ground=Ground.PURPOSE_OVER)
    for field, value in SECRETS.items():
        assert not Resident.objects.filter(sealed_equals(Resident, field, value)).exists()
        assert things_found(value, officer) == []
    row = Resident.objects.get(pk=on_record.pk)
    assert (row.name, row.phone, row.id_number, row.birth_date) == ("", "", "", None)
    assert (row.name_index, row.phone_index, row.id_number_index) == ("", "", "")
    assert (row.birth_year, row.sex) == (1940, "f"), "a decade, for sums"
    assert row.erased_at is not None
    assert on_record not in queries.residents_for(officer)


def test_what_the_record_sealed_about_them_is_gone_and_the_chain_is_whole(on_record, officer, verified):
    sealed = [row.entry for row in Sealed.objects.select_related("entry") if WANG in str(opened_values(row.entry))]
    assert len(sealed) >= 2
    before = verified()
    done = erase_resident(actor=officer, resident=on_record, ground=Ground.PURPOSE_OVER)
    assert done.facts["keys"] >= 2
    for row in Sealed.objects.select_related("entry"):
        assert WANG not in str(opened_values(row.entry))
    for entry in sealed:
        assert opened_values(entry) is None
    after = verified()
    assert after.whole
    assert after.entries == before.entries + 1


def test_what_is_written_about_them_later_does_not_open_what_was_shredded(on_record, officer, verified):
    hold = Entry.objects.get(verb="privacy.set_hold")
    erase_resident(actor=officer, resident=on_record, ground=Ground.PURPOSE_OVER)
    with refused("已经删除"):
        erase_resident(actor=officer, resident=on_record, ground=Ground.PURPOSE_OVER)
    assert SubjectKey.objects.filter(subject=f"territory.resident:{on_record.pk}").exists(), "the refusal has its own"
    assert opened_values(hold) is None
    assert verified().whole


def test_other_rooms_forget_them_too(on_record, officer):
    request = on_record.data_requests.get()
    erase_resident(actor=officer, resident=on_record, ground=Ground.PURPOSE_OVER)
    request.refresh_from_db()
    assert (request.words, request.asker, request.state) == ("", "", "answered")
    assert on_record.legal_holds.get().reason == ""


def test_their_account_is_closed_and_named_no_more(on_record, officer, noon):
    household = on_record.household
    with by_hand():
        user = User.objects.create(username="r1", name=WANG, phone="13812345678", kind=Kind.RESIDENT, made_at=noon)
        Binding.objects.create(
            user=user,
            path=household.path,
            stairwell=household.stairwell,
            room="501",
            household=household,
            resident=on_record,
            name=WANG,
            state="confirmed",
            asked_at=noon,
            decided_at=noon,
        )
    erase_resident(actor=officer, resident=on_record, ground=Ground.PURPOSE_OVER)
    user.refresh_from_db()
    assert (user.name, user.phone, user.is_active) == ("", "", False)
    assert not User.objects.filter(sealed_equals(User, "phone", "13812345678")).exists()
    binding = Binding.objects.get()
    assert (binding.name, binding.state) == ("", "ended")


def test_a_duty_is_not_undone_by_asking(officer, wang):
    with refused("上海市居民委员会工作条例 第二十四条"):
        erase_resident(actor=officer, resident=wang, ground=Ground.CONSENT_WITHDRAWN)
    wang.refresh_from_db()
    assert (wang.name, wang.erased_at) == (WANG, None)


def test_a_hold_comes_before_everything(officer, wang):
    hold = set_hold(actor=officer, resident=wang, reason="区法院（2023）民初 12 号", until=TODAY).subject
    with refused("暂停删除到 2023-08-03：区法院（2023）民初 12 号"):
        erase_resident(actor=officer, resident=wang, ground=Ground.PURPOSE_OVER)
    lift_hold(actor=officer, hold=hold)
    with refused("已经解除"):
        lift_hold(actor=officer, hold=hold)
    assert erase_resident(actor=officer, resident=wang, ground=Ground.PURPOSE_OVER).subject.erased_at


def test_a_hold_says_why_and_till_when(officer, wang):
    for reason, until, said in [("无", TODAY, "写得太少"), ("区法院案件", TODAY - timedelta(days=1), "已经过了")]:
        with refused(said):
            set_hold(actor=officer, resident=wang, reason=reason, until=until)


def test_consent_withdrawn_leads_to_the_list_and_from_there_to_erasure(officer, worker, wang):
    given = {"purpose": "keep_file", "given_on": TODAY, "evidence": "phone"}
    consent = record_consent(actor=worker, resident=wang, **given).subject
    set_basis(actor=officer, resident=wang, basis="consent")
    with refused("同意还没有撤回"):
        erase_resident(actor=officer, resident=wang, ground=Ground.CONSENT_WITHDRAWN)
    withdraw_consent(actor=worker, consent=consent)
    assert [row.held for row in queries.left_without_basis(officer, on(TODAY), TODAY)] == [False]
    hold = set_hold(actor=officer, resident=wang, reason="区法院案件", until=TODAY).subject
    assert [row.held for row in queries.left_without_basis(officer, on(TODAY), TODAY)] == [True]
    lift_hold(actor=officer, hold=hold)
    erase_resident(actor=officer, resident=wang, ground=Ground.CONSENT_WITHDRAWN)
    assert not queries.left_without_basis(officer, on(TODAY), TODAY).exists()
    wang.refresh_from_db()
    assert wang.left_at is None, "who withdraws a consent still lives there"


def test_who_moved_away_or_died_lives_here_no_more(officer, wang):
    erase_resident(actor=officer, resident=wang, ground=Ground.PURPOSE_OVER)
    assert wang not in Resident.objects.here()


def test_nobody_else_erases_or_holds(worker, elsewhere, auditor, wang):
    for actor in (worker, elsewhere, auditor):
        with forbidden():
            erase_resident(actor=actor, resident=wang, ground=Ground.PURPOSE_OVER)
        with forbidden():
            set_hold(actor=actor, resident=wang, reason="区法院案件", until=TODAY)


def test_whom_nobody_knows_any_more_is_asked_nothing(officer, worker, wang):
    erase_resident(actor=officer, resident=wang, ground=Ground.PURPOSE_OVER)
    with refused("已经删除"):
        record_consent(actor=worker, resident=wang, purpose="keep_file", given_on=TODAY, evidence="phone")
    with refused("已经删除"):
        file_request(actor=officer, resident=wang, kind="access", channel="phone", asked_on=TODAY)
    with refused("已经删除"):
        set_basis(actor=officer, resident=wang, basis="elder_care")
    assert verbs_of(wang)[0] == "privacy.erase_resident"


def test_a_room_cannot_register_its_holding_twice():
    with pytest.raises(ValueError, match="declared twice"):
        holdings.holds("territory.resident", "基本情况", None)


def test_the_system_itself_may_erase(wang):
    assert erase_resident(actor=SYSTEM, resident=wang, ground=Ground.TERM_OVER).subject.erased_at


def test_no_page_of_the_territory_shows_an_erased_person(on_record, officer, client_of):
    office, household = client_of(officer), on_record.household
    assert "王**" in office.get(household.get_absolute_url()).content.decode()
    erase_resident(actor=officer, resident=on_record, ground=Ground.TERM_OVER)
    assert office.get(on_record.get_absolute_url()).status_code == 404
    for page in (household.get_absolute_url(), household.stairwell.get_absolute_url(), reverse("territory:residents")):
        said = office.get(page).content.decode()
        assert "王**" not in said
        assert f"/residents/{on_record.pk}/" not in said
    assert list(Resident.objects.visible_to(SYSTEM)) == [household.residents.get(birth_year=2014)]


def test_the_database_itself_keeps_nothing_of_someone_erased(wang, officer):
    erase_resident(actor=officer, resident=wang, ground=Ground.TERM_OVER)
    wang.refresh_from_db()
    wang.name = WANG
    with by_hand(), pytest.raises(IntegrityError), transaction.atomic():
        wang.save(update_fields=["name"])
