"""Consents: recorded by whoever takes them, withdrawn as easily, and what that means for the keeping."""

from datetime import date, timedelta

import pytest

from expectations import forbidden, refused, verbs_of
from ground.privacy.conftest import TODAY
from xiuhua.ground.journal.values import opened_values
from xiuhua.ground.privacy import queries
from xiuhua.ground.privacy.actions import record_consent, set_basis, withdraw_consent
from xiuhua.ground.privacy.models import Consent
from xiuhua.ground.standards import on

PAPER = {"evidence": "paper", "evidence_number": "同 2023-014"}
GIVEN = {"purpose": "keep_file", "given_on": TODAY, **PAPER}


def record_of(row):
    from xiuhua.ground.journal.models import Entry

    return Entry.objects.filter(subject_type=row._meta.label_lower, subject_id=str(row.pk)).latest("id")


def test_a_worker_records_what_someone_agreed_to(worker, wang):
    consent = record_consent(actor=worker, resident=wang, **GIVEN).subject
    consent.refresh_from_db()
    assert consent.in_force
    assert consent.about == "建立和保存个人档案"
    assert verbs_of(consent) == ["privacy.record_consent"]
    assert record_of(consent).territory == wang.path


def test_withdrawing_asks_for_nothing_and_is_done_by_the_same_people(worker, wang):
    consent = record_consent(actor=worker, resident=wang, **GIVEN).subject
    done = withdraw_consent(actor=worker, consent=consent)
    assert not done.subject.in_force
    assert done.facts["to_be_erased"] is False, "a duty carries the keeping"
    with refused("已经撤回"):
        withdraw_consent(actor=worker, consent=consent)


def test_a_guardians_name_is_sealed_in_the_record_under_the_childs_key(officer, child):
    consent = record_consent(actor=officer, resident=child, given_by="guardian", guardian="李建国", **GIVEN).subject
    entry = record_of(consent)
    assert "李建国" not in str(entry.facts)
    assert opened_values(entry) == {"guardian": "李建国"}
    assert entry.sealed.subject == f"territory.resident:{child.pk}"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"purpose": "advertising"}, "没有这个同意事项"),
        ({"given_on": TODAY + timedelta(days=1)}, "今天之后"),
        ({"evidence_number": " "}, "没有编号"),
        ({"given_by": "guardian"}, "没有写监护人姓名"),
    ],
)
def test_a_consent_that_is_none(worker, wang, change, said):
    with refused(said):
        record_consent(actor=worker, resident=wang, **{**GIVEN, **change})
    assert not Consent.objects.exists()


def test_a_child_under_14_does_not_agree_for_themselves(worker, child):
    with refused("未满 14 周岁"):
        record_consent(actor=worker, resident=child, **GIVEN)


def test_a_second_consent_to_the_same_waits_for_the_first_to_be_withdrawn(worker, wang):
    first = record_consent(actor=worker, resident=wang, **GIVEN).subject
    with refused("已经有一份有效的同意"):
        record_consent(actor=worker, resident=wang, **GIVEN)
    withdraw_consent(actor=worker, consent=first)
    assert record_consent(actor=worker, resident=wang, **GIVEN).subject.in_force


def test_a_worker_of_another_committee_neither_records_nor_withdraws(worker, elsewhere, wang):
    with forbidden():
        record_consent(actor=elsewhere, resident=wang, **GIVEN)
    consent = record_consent(actor=worker, resident=wang, **GIVEN).subject
    with forbidden():
        withdraw_consent(actor=elsewhere, consent=consent)


def test_the_audit_administrator_takes_no_consents(auditor, wang):
    with forbidden():
        record_consent(actor=auditor, resident=wang, **GIVEN)


def test_keeping_rests_on_consent_only_where_one_is_in_force(officer, worker, wang):
    with refused("没有有效的同意"):
        set_basis(actor=officer, resident=wang, basis="consent")
    record_consent(actor=worker, resident=wang, **{**GIVEN, "purpose": "photographs"})
    with refused("没有有效的同意"):
        set_basis(actor=officer, resident=wang, basis="consent")
    record_consent(actor=worker, resident=wang, **GIVEN)
    done = set_basis(actor=officer, resident=wang, basis="consent")
    assert done.facts == {"basis": ["committee_service", "consent"]}
    wang.refresh_from_db()
    assert wang.basis == "consent"


@pytest.mark.parametrize(("basis", "said"), [("because", "没有这项处理依据"), ("committee_service", "本来就是")])
def test_a_basis_that_is_none_or_the_same(officer, wang, basis, said):
    with refused(said):
        set_basis(actor=officer, resident=wang, basis=basis)


def test_only_the_privacy_officer_changes_the_basis(worker, elsewhere, wang):
    for actor in (worker, elsewhere):
        with forbidden():
            set_basis(actor=actor, resident=wang, basis="elder_care")


def test_withdrawing_what_alone_carried_puts_someone_on_the_list(officer, worker, wang, elsewhere):
    consent = record_consent(actor=worker, resident=wang, **GIVEN).subject
    set_basis(actor=officer, resident=wang, basis="consent")
    book = on(TODAY)
    assert list(queries.left_without_basis(officer, book, TODAY)) == []
    assert withdraw_consent(actor=worker, consent=consent).facts["to_be_erased"] is True
    assert list(queries.left_without_basis(officer, book, TODAY)) == [wang]
    assert list(queries.left_without_basis(elsewhere, book, TODAY)) == []


def test_consents_of_a_place_are_seen_there_and_above(officer, worker, elsewhere, wang):
    consent = record_consent(actor=worker, resident=wang, **{**GIVEN, "given_on": date(2023, 8, 1)}).subject
    assert list(queries.consents_for(officer)) == [consent]
    assert list(queries.consents_for(elsewhere)) == []
    assert list(queries.consents_for(worker)) == []
