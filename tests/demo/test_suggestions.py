"""A year of people's suggestions in the demonstration: every state, in order of time, answered one by one."""

from collections import Counter
from itertools import pairwise

from xiuhua.demo import build as demo
from xiuhua.demo.suggestions.voices import table
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.journal.verify import verify
from xiuhua.ground.territory.days import today
from xiuhua.programmes.suggestions.flow import SuggestionFlow
from xiuhua.programmes.suggestions.models import Reply, Source, Spot, Suggestion
from xiuhua.programmes.suggestions.sorting.personal import find

ANSWERS = (Reply.Kind.ANSWER, Reply.Kind.ADOPTED, Reply.Kind.DECLINED)


def test_every_state_and_most_sources_are_there(built):
    states = Counter(Suggestion.objects.values_list("state", flat=True))
    assert set(states) == {state for state, _title in SuggestionFlow.choices()}
    sources = set(Suggestion.objects.values_list("source", flat=True))
    assert sources >= {Source.PHONE, Source.PLACE, Source.TELEPHONE, Source.HOTLINE, Source.VISIT, Source.PAPER}
    assert set(Suggestion.objects.values_list("nature", flat=True)) == {"suggestion", "service", "claim"}
    assert Spot.objects.count() > 8


def test_nothing_happens_after_the_demonstration_starts_or_before_the_office_opens(built):
    times = list(Entry.objects.filter(verb__startswith="suggestions.").order_by("id").values_list("at", flat=True))
    assert times[0] > demo.OPENED_AT
    assert times[-1] < demo.STARTS_AT
    assert all(earlier <= later for earlier, later in pairwise(times))
    assert not Reply.objects.filter(said_at__gte=demo.STARTS_AT).exists()


def test_terms_run_where_something_is_owed_and_who_is_late_was_told_of(built):
    assert not Suggestion.objects.owed().filter(due_on=None).exists()
    assert not Suggestion.objects.exclude(pk__in=Suggestion.objects.owed()).exclude(due_on=None).exists()
    late = Suggestion.objects.overdue(today())
    assert 0 < late.count() < 8
    assert late.exclude(escalated_at=None).exists()
    assert Suggestion.objects.waiting().filter(due_on__gte=today()).count() > 3


def test_the_public_board_names_nobody_and_was_checked_by_a_second_person(built):
    shown = Suggestion.objects.published()
    assert shown.count() > 2
    for one in shown:
        assert not any(find(text) for text in (one.public_title, one.public_words, one.public_answer))
        assert one.published_at < demo.STARTS_AT
    told = dict(Entry.objects.filter(verb="suggestions.publish").values_list("subject_id", "actor"))
    assert all(told[str(one.pk)] != one.public_drafted_by for one in shown)


def test_no_two_answers_are_alike_and_no_gap_is_left_open(built):
    own = Reply.objects.filter(kind__in=ANSWERS, suggestion__merged_into=None)
    words = [reply.words for reply in own]
    assert len(set(words)) == len(words) > 20
    assert not [text for text in words if any(sign in text for sign in "【】{}[]|")]
    said = [one.words for one in Suggestion.objects.all()]
    assert len(set(said)) == len(said)
    assert not [text for text in said if any(sign in text for sign in "{}[]|")]


def test_what_is_adopted_hangs_on_a_project_and_hears_when_it_moves(built):
    adopted = Suggestion.objects.exclude(adopted_at=None)
    assert adopted.count() > 2
    assert not adopted.filter(project=None).exists()
    assert Reply.objects.filter(kind=Reply.Kind.PROGRESS).exists()
    assert not Job.objects.exclude(state="done").exists()


def test_somebody_with_an_account_finds_their_own_in_several_states(built):
    own = Suggestion.objects.exclude(user=None)
    assert own.values("user").distinct().count() == 2
    assert own.values("state").distinct().count() >= 3


def test_pictures_say_that_nobody_took_them(built):
    files = StoredFile.objects.of(*Suggestion.objects.all())
    assert files
    assert all("演示图" in file.name for file in files)


def test_the_record_is_sound(built):
    assert not [fault for fault in verify().faults if "库外" not in fault.what]  # noted there when a build commits


def test_enough_was_written_by_hand():
    files = ("slow", "elderly", "children", "green", "housing", "order", "city", "roads", "hot", "waiting")
    assert len({row["words"] for name in files for row in table(name)}) > 250
