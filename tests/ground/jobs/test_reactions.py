"""What one room does when another's verb has happened: once, and never lost."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from expectations import by_hand, forbidden, refused, verbs_of
from ground.jobs.conftest import COMMITTEE, SUBDISTRICT, SYSTEM
from ground.jobs.sample.reactions import FOLLOWS, HAPPENED, MENDED
from xiuhua.ground.clock import now
from xiuhua.ground.jobs import actions, reactions, work
from xiuhua.ground.jobs.models import Job, Reacted
from xiuhua.ground.jobs.pulse import InlinePulse
from xiuhua.ground.jobs.running import Running
from xiuhua.ground.jobs.states import REACT, State
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.journal.record import Happening, put_on_record
from xiuhua.ground.journal.verbs import verbs
from xiuhua.ground.scope.roles import Role


def happen(**facts: object) -> Entry:
    with by_hand():
        return put_on_record(Happening(HAPPENED, SYSTEM, territory=SUBDISTRICT, facts=facts))[0]


def asked() -> Job:
    return Job.objects.get(kind=REACT)


def followed() -> int:
    return Job.objects.filter(kind=FOLLOWS).count()


def _sample() -> reactions.Reaction:
    return next(one for one in reactions.reactions() if HAPPENED in one.verbs)


@pytest.fixture
def loose_end(db, effects) -> Job:
    happen(awkward=True)
    work.run_waiting()
    return asked()


def test_what_follows_is_done_on_behalf_of_whoever_acted(effects):
    entry = happen()
    work.run_waiting()
    told = Entry.objects.get(verb="jobs.enqueue", facts__kind=FOLLOWS)
    assert (told.actor, told.behalf, told.territory) == ("system:reactions", entry.actor, SUBDISTRICT)


def test_it_is_asked_for_with_the_entry_and_needs_no_worker(db):
    happen()
    assert (asked().state, followed()) == (State.WAITING, 0)


def test_what_is_rolled_back_asks_for_nothing(db):
    with transaction.atomic():
        happen()
        transaction.set_rollback(True)
    assert not Job.objects.filter(kind=REACT).exists()


def test_the_same_entry_told_and_delivered_twice_acts_once(effects):
    entry = happen()
    with by_hand():
        reactions.answer([entry])
    work.run_waiting()
    work.run(asked().pk)
    with by_hand():
        reactions.answer([entry])
    work.run_waiting()
    assert followed() == 1
    assert Reacted.objects.filter(entry=entry).count() == 1


def test_a_worker_killed_in_between_leaves_nothing_and_the_next_one_does_it(effects):
    entry = happen()
    taken = work._take(asked().pk)
    dying = Running(taken, InlinePulse(taken))

    def act_and_die() -> None:
        with dying.effect():
            _sample().function(entry=entry, actor=SYSTEM)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        act_and_die()
    assert followed() == 0
    Job.objects.filter(pk=taken.pk).update(heartbeat=timezone.now() - timedelta(hours=1))
    work.run(taken.pk)
    assert (asked().state, followed()) == (State.DONE, 1)


def test_a_refusal_waits_for_the_section_head_who_has_it_done_again(ask, loose_end, staff, client_of):
    browser = client_of(staff(Role.SECTION_HEAD, SUBDISTRICT))
    for address in (reverse("jobs:loose_ends"), reverse("waiting")):
        page = browser.get(address).content.decode()
        assert "没有接上的事" in page
        assert "街道还没有登记" in page
    ask(MENDED.removeprefix("sample."))
    browser.post(reverse("jobs:redo_loose_end", args=[loose_end.pk]))
    work.run_waiting()
    loose_end.refresh_from_db()
    assert (loose_end.state, followed()) == (State.DONE, 1)
    assert "jobs.redo_reaction" in verbs_of(loose_end)


def test_what_is_not_wanted_any_more_is_let_be_with_a_reason(loose_end, staff, client_of):
    head = staff(Role.SECTION_HEAD, SUBDISTRICT)
    browser, drop = client_of(head), reverse("jobs:drop_loose_end", args=[loose_end.pk])
    page = browser.get(reverse("jobs:loose_end", args=[loose_end.pk])).content.decode()
    assert "出了一件事" in page
    assert "街道还没有登记" in page
    assert browser.post(drop, {"reason": " "}).status_code == 422
    assert browser.post(drop, {"reason": "已经当面说过"}).status_code == 302
    loose_end.refresh_from_db()
    assert loose_end.state == State.STOPPED
    assert not Job.objects.loose_ends().exists()
    with refused("已经有人处理了"):
        actions.redo_reaction(actor=head, job=loose_end)


@pytest.mark.parametrize("role", [Role.COMMITTEE_HEAD, Role.LEADER])
def test_others_have_no_say(role, loose_end, staff, client_of):
    other = staff(role, SUBDISTRICT)
    with forbidden():
        actions.redo_reaction(actor=other, job=loose_end)
    with forbidden():
        actions.drop_reaction(actor=other, job=loose_end, reason="不要")
    assert client_of(other).get(reverse("jobs:loose_end", args=[loose_end.pk])).status_code == 403


def test_a_section_head_of_a_committee_does_not_find_what_is_the_subdistricts(loose_end, staff, client_of):
    browser = client_of(staff(Role.SECTION_HEAD, COMMITTEE))
    assert browser.get(reverse("jobs:loose_end", args=[loose_end.pk])).status_code == 404


def test_what_waits_is_not_forgotten_by_night(loose_end):
    long_after = now() + timedelta(days=400)
    mine = actions.enqueue(actor=SYSTEM, kind="jobs.forget").subject
    actions.forget_jobs(actor=SYSTEM, job=mine, ended_before=long_after, own_before=long_after)
    assert Job.objects.loose_ends().get() == loose_end


def test_a_second_reaction_of_the_same_name_is_a_mistake():
    again = _sample().function
    with pytest.raises(ValueError, match="declared twice"):
        reactions.reacts_to("any.verb", says="又来")(again)


def test_every_verb_that_something_answers_is_declared(client, db):
    client.get("/sign-in/")
    assert {verb for one in reactions.reactions() for verb in one.verbs} <= {verb.name for verb in verbs()}
