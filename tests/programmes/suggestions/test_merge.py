"""Saying what a suggestion is, and which belong together."""

from datetime import date

from expectations import forbidden, refused
from xiuhua.ground.journal.models import Entry
from xiuhua.programmes.suggestions import actions


def test_what_it_is_is_confirmed_and_what_changed_is_on_record(said, worker):
    done = actions.confirm_sorting(actor=worker, suggestion=said, nature="service", category="housing").subject
    assert (done.nature, done.category, done.category_sure) == ("service", "housing", 1.0)
    assert done.sorted_at is not None
    assert Entry.objects.get(verb="suggestions.confirm_sorting").facts["fields"] == ["category", "nature"]


def test_a_claim_has_another_term_from_then_on(said, head):
    done = actions.confirm_sorting(actor=head, suggestion=said, nature="claim", category="other").subject
    assert done.reply_due_on == date(2023, 10, 2)


def test_it_is_moved_to_the_committee_that_it_is_about(said, head, east):
    done = actions.confirm_sorting(
        actor=head, suggestion=said, nature="suggestion", category="housing", path=east.path
    ).subject
    assert done.path == east.path


def test_what_there_is_not_is_refused(said, head):
    with refused("没有这种性质"):
        actions.confirm_sorting(actor=head, suggestion=said, nature="wish", category="housing")
    with refused("没有这个类别"):
        actions.confirm_sorting(actor=head, suggestion=said, nature="service", category="moon")
    with refused("没有这个居委会"):
        actions.confirm_sorting(actor=head, suggestion=said, nature="service", category="housing", path="310107014999")


def test_two_about_one_matter_become_one(said, say, head):
    other = say(words="坡口推不上去")
    done = actions.merge(actor=head, suggestion=other, into=said).subject
    assert (done.state, done.merged_into, done.due_on) == ("merged", said, None)


def test_merging_into_itself_or_in_chains_is_refused(said, say, head):
    second, third = say(words="二"), say(words="三")
    with refused("不能并到自己"):
        actions.merge(actor=head, suggestion=said, into=said)
    actions.merge(actor=head, suggestion=second, into=said)
    with refused("那一件自己已经并到别的里"):
        actions.merge(actor=head, suggestion=third, into=second)
    with refused("已经有别的并到这一件里"):
        actions.merge(actor=head, suggestion=said, into=third)


def test_it_is_taken_out_again(said, say, head):
    other = say(words="二")
    actions.merge(actor=head, suggestion=other, into=said)
    done = actions.split(actor=head, suggestion=other).subject
    assert (done.state, done.merged_into) == ("accepted", None)


def test_a_grid_worker_does_not_merge(said, say, worker):
    with forbidden():
        actions.merge(actor=worker, suggestion=say(words="二"), into=said)
