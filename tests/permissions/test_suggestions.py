"""What people say is read by those who look after the place, and by whoever said it; by nobody else, on any way."""

from itertools import product

import pytest

from expectations import by_hand
from permissions.readers import COLUMNS, Reader
from permissions.town import Place, Town, worker
from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.clock import now
from xiuhua.ground.files import keeping
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.journal.actors import System, Visitor
from xiuhua.ground.journal.queries import happened_for
from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import Role, Sight, sights_of
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.models import Reply, Suggestion

ROLES = [role for role in COLUMNS.values() if isinstance(role, Role)]


@pytest.fixture(scope="module")
def replied(town, django_db_blocker) -> Town:
    """Each place's suggestion with a reply, a photograph and an entry of its own."""
    for place in town.places:
        one = place.things["suggestion"]
        with by_hand():
            Reply.objects.create(
                suggestion=one, kind="contact", words=f"{place.letter}家的灯知道了", by="system:test", said_at=now()
            )
            photo = Prepared(Sort.PHOTO, f"{place.letter}家的灯".encode(), "image/jpeg", "a.jpg")
            keeping.keep(photo, subject=one)
        actions.escalate(actor=System("test"), suggestion=one)
    return town


def seen(place: Place, seer) -> list[bool]:
    """Whether somebody sees a place's suggestion, its reply and what happened to it."""
    one = place.things["suggestion"]
    return [
        Suggestion.objects.visible_to(seer).filter(pk=one.pk).exists(),
        Reply.objects.visible_to(seer).filter(suggestion=one).exists(),
        happened_for(seer).filter(subject_type="suggestions.suggestion", subject_id=str(one.pk)).exists(),
    ]


@pytest.mark.parametrize("role", ROLES)
def test_who_holds_a_role_sees_those_of_their_place_and_no_other(replied, role):
    sees = Sight.SUGGESTIONS in sights_of(role)
    for held_at in {path for place in replied.places for path in (place.path, place.path[:9])}:
        actor = worker(role, held_at)
        for place in replied.places:
            here = within(place.path, held_at)
            rows = seen(place, actor)
            assert rows[:2] == [sees and here] * 2, (role, held_at, place.path)
            assert not rows[2] or here, (role, held_at, place.path)


@pytest.mark.parametrize("role", ROLES)
def test_files_pages_map_and_search_tell_a_role_nothing_else(replied, role):
    own, others = replied.own, replied.foreign
    sees = Sight.SUGGESTIONS in sights_of(role)
    reader = Reader(str(role), worker(role, own.path))
    for place in replied.places:
        one = place.things["suggestion"]
        file = StoredFile.objects.of(one).get()
        told = [reader.ask("GET", address).status for address in (one.get_absolute_url(), file.get_absolute_url())]
        assert (200 in told) == (sees and place is own), (role, place.path, told)
    for address in (f"/map/{own.path[:9]}/suggestion.geojson", "/feed/?since=0"):
        text = reader.ask("GET", address).text
        assert not [place.letter for place in others if f"{place.letter}家弄口" in text]
    found = reader.ask("POST", "/territory/search/", {"q": "没有灯"}, keep=True).text
    assert not [place.letter for place in others if f"{place.letter}家弄口" in found]


def test_a_resident_sees_what_they_said_themselves_and_nothing_of_a_neighbour(replied):
    mine, theirs = replied.own.things["suggestion"], replied.next_door.things["suggestion"]
    dweller = replied.own.things["neighbour"]
    with by_hand():
        Suggestion.objects.filter(pk=mine.pk).update(user=dweller)
    reader = Reader("resident", dweller)
    page = reader.ask("GET", "/say/mine/").text
    assert (mine.title in page, theirs.title in page) == (True, False)
    for one, may in ((mine, True), (theirs, False)):
        file = StoredFile.objects.of(one).get()
        assert (reader.ask("GET", file.get_absolute_url()).status == 200) == may
        assert reader.ask("GET", one.get_absolute_url()).status in {403, 404}
    assert not Suggestion.objects.visible_to(dweller).exists()


def test_a_visitor_sees_none(replied):
    for place, seer in product(replied.places, (Visitor(), User(kind=Kind.RESIDENT))):
        assert seen(place, seer)[:2] == [False, False]
    page = Reader("visitor", None).ask("GET", "/say/mine/").text
    assert not [place.letter for place in replied.places if f"{place.letter}家弄口" in page]
