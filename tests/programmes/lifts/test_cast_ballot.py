import json
from datetime import date

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection

from expectations import forbidden, refused
from programmes.lifts.voting import AFTER, PHOTO, SYSTEM, all_vote, at, closed, elector, opened, phone_of
from xiuhua.ground.journal.actions import idempotency_key
from xiuhua.ground.journal.models import Answer, Entry
from xiuhua.programmes.lifts import actions, queries_votes
from xiuhua.programmes.lifts.actions.flats import OwnerTold
from xiuhua.programmes.lifts.models import Ballot
from xiuhua.programmes.lifts.rules.mandates import MandateTold
from xiuhua.programmes.lifts.rules.votes import Weight


@pytest.fixture
def vote(brought_to, coordinator):
    """The twelve of 西村 vote until 13 August, six in the evening."""
    return opened(coordinator, brought_to("designing"))


@pytest.fixture
def voter(town):
    """The owner of 101, on the phone."""
    return phone_of(town, "15400000001")


def test_a_ballot_is_taken_and_answered_with_a_receipt(vote, voter):
    done = actions.cast_ballot(actor=voter, vote=vote, elector=elector(vote, "101"), choice="agree")

    assert len(done.facts["receipt"]) == 14
    assert done.subject.channel == "phone"
    told = queries_votes.participation(vote)
    assert told.part == Weight(5236, 1)
    assert not told.enough
    entry = Entry.objects.filter(verb="lifts.cast_ballot").get()
    assert entry.facts == {"vote": vote.pk, **{key: done.facts[key] for key in ("commitment", "receipt")}}


def test_the_last_ballot_before_the_close_counts(vote, voter, coordinator):
    mine = elector(vote, "101")
    for choice in ("against", "abstain", "agree"):
        receipt = actions.cast_ballot(actor=voter, vote=vote, elector=mine, choice=choice).facts["receipt"]
    vote = closed(coordinator, vote)

    assert vote.tally.part == vote.tally.agree == Weight(5236, 1)
    assert [(line.receipt, line.choice) for line in vote.sheet.all()] == [(receipt, "agree")]


def test_a_household_changes_its_mind_so_often_and_no_more(vote, voter):
    told = {"actor": voter, "vote": vote, "elector": elector(vote, "101")}
    for _number in range(20):
        actions.cast_ballot(**told, choice="agree")
    with refused("已经投过 20 张票，不能再改"):
        actions.cast_ballot(**told, choice="against")


def test_after_the_close_the_answer_names_the_closing_time(vote, voter):
    with at(AFTER), refused("表决已于 8 月 13 日 18:00 截止，不能再投票"):
        actions.cast_ballot(actor=voter, vote=vote, elector=elector(vote, "101"), choice="agree")


def test_nobody_casts_for_somebody_else(vote, voter, coordinator, section_head):
    for actor in (voter, coordinator, section_head):
        with forbidden():
            actions.cast_ballot(actor=actor, vote=vote, elector=elector(vote, "102"), choice="agree")


def test_one_telephone_casts_for_one_elector_unless_by_mandate(consulting, brought_to, coordinator, town, dossier):
    flat = consulting.flats.get(room="602")
    actions.remove_owner(actor=coordinator, dossier=consulting, flat=flat, owner=flat.owners.get())
    told = OwnerTold("她的母亲", "15400000001")
    mother = actions.add_owner(actor=coordinator, dossier=consulting, flat=flat, told=told).subject
    vote = opened(coordinator, brought_to("designing"))
    voter = phone_of(town, "15400000001")
    actions.cast_ballot(actor=voter, vote=vote, elector=elector(vote, "101"), choice="agree")

    with refused("这个手机号已经为 101 投过票，一个手机号只能投一户"):
        actions.cast_ballot(actor=voter, vote=vote, elector=elector(vote, "602"), choice="agree")
    told = MandateTold("业主02", "15400000002", ["vote"], date(2023, 8, 1), date(2023, 12, 31), "邻居")
    mandate = actions.give_mandate(actor=coordinator, dossier=consulting, owner=mother, told=told, file=PHOTO).subject
    neighbour = phone_of(town, "15400000002")
    for room, by in (("102", None), ("602", mandate)):
        actions.cast_ballot(actor=neighbour, vote=vote, elector=elector(vote, room), choice="agree", by_mandate=by)
    assert queries_votes.participation(vote).part.heads == 3


def test_a_flat_without_a_known_owner_counts_in_the_whole_and_nobody_casts_for_it(consulting, brought_to, coordinator):
    flat = consulting.flats.get(room="602")
    dossier = brought_to("designing")
    actions.remove_owner(actor=coordinator, dossier=dossier, flat=flat, owner=flat.owners.get())
    vote = opened(coordinator, dossier)

    assert vote.whole == Weight(68520, 12)
    with refused("这一户没有登记业主"):
        actions.cast_ballot(actor=SYSTEM, vote=vote, elector=elector(vote, "602"), choice="agree")


def test_the_office_puts_in_paper_but_never_over_a_ballot_from_a_phone(vote, voter, coordinator):
    kept = {"actor": coordinator, "vote": vote, "choice": "against"}
    with refused("还没有附上选票照片"):
        actions.cast_paper_ballot(**kept, elector=elector(vote, "102"), photo=None)
    actions.cast_paper_ballot(**kept, elector=elector(vote, "102"), photo=PHOTO)
    actions.cast_ballot(actor=voter, vote=vote, elector=elector(vote, "101"), choice="agree")
    with refused("这一户已经在手机上投过票"):
        actions.cast_paper_ballot(**kept, elector=elector(vote, "101"), photo=PHOTO)


def test_an_unknown_choice_is_refused(vote, voter):
    with refused("还没有选"):
        actions.cast_ballot(actor=voter, vote=vote, elector=elector(vote, "101"), choice="maybe")


def test_sent_twice_by_a_phone_is_one_ballot(vote, voter):
    with idempotency_key("a1"):
        told = {"actor": voter, "vote": vote, "elector": elector(vote, "101"), "choice": "agree"}
        assert actions.cast_ballot(**told).facts == actions.cast_ballot(**told).facts
    assert Ballot.objects.count() == 1


def test_nothing_in_the_database_tells_a_choice_before_the_close(vote, voter, town):
    """The same ballots with other choices leave rows of which no column, as text or as JSON, holds a choice."""
    with idempotency_key("a1"):
        actions.cast_ballot(actor=voter, vote=vote, elector=elector(vote, "101"), choice="against")
    all_vote(vote, {"102": "agree", "201": "abstain"})

    told = " ".join(_texts_of(table) for table in connection.introspection.table_names() if _may_tell(table))
    for word in ("agree", "against", "abstain", "不同意", "弃权"):
        assert word not in told
    assert len({len(row.sealed) for row in Ballot.objects.all()}) == 1
    vote.refresh_from_db()
    assert vote.key not in told
    assert vote.key not in serializers.serialize("json", [vote, *Ballot.objects.all()])
    assert not Answer.objects.filter(facts__icontains="against").exists()


def _may_tell(table: str) -> bool:
    """Tables of the office's own; what a model's columns are called and the words of stances are not choices."""
    return table.startswith(("lifts_", "journal_", "files_", "jobs_")) and table not in ("lifts_flat",)


def _texts_of(table: str) -> str:
    names = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert table in names or not table.startswith("lifts_")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return " ".join(json.dumps(row, default=str, ensure_ascii=False) for row in cursor.fetchall())
