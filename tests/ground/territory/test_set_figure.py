"""What a subdistrict sets for itself of the rule book: within bounds, on record, and for everybody at once."""

from datetime import timedelta

import pytest

from expectations import by_hand, forbidden, refused
from ground.accounts.door import DOOR, alert_of, last_entry
from xiuhua.ground import clock, standards
from xiuhua.ground.accounts.policy import must_use_two_factors, policy
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.journal.values import opened_values
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.standards import OVERRIDDEN, Status
from xiuhua.ground.territory.actions import return_to_standard, set_figure
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import OwnFigure, Subdistrict

TRIES, MONTHS, TWO_STEPS = "trust.sign_in.tries", "trust.journal.months", "trust.two_factor.required"
WHY = "七月安全例会定的"


@pytest.fixture
def keeper(staff, subdistrict):
    return staff(Role.SECURITY_ADMIN, at=subdistrict)


@pytest.fixture
def neighbour(subdistrict) -> Subdistrict:
    with by_hand():
        return Subdistrict.objects.create(
            path="310107015",
            name="邻街道",
            **{field: getattr(subdistrict, field) for field in ("geometry", "west", "south", "east", "north")},
        )


@pytest.fixture
def set_to(keeper, subdistrict):
    """Set a figure: ``set_to(TRIES, 3)``."""

    def act(key, value, why=WHY, **who):
        return set_figure(**{"actor": keeper, "subdistrict": subdistrict, **who}, key=key, value=value, reason=why)

    return act


def test_own_figure_holds_at_once_and_only_there(set_to, subdistrict, neighbour):
    set_to("trust.session.idle_minutes", 10)
    here = policy(f"{subdistrict.path}001").session.idle_minutes
    assert (here.value, here.status, here.source) == (10, Status.PRACTICE, OVERRIDDEN)
    assert policy(neighbour.path).session.idle_minutes.value == 30
    assert standards.on(today()).trust.session.idle_minutes.value == 30


def test_it_is_on_record_with_its_reason_sealed(set_to, keeper, subdistrict):
    set_to(TRIES, 3)
    entry = last_entry()
    assert (entry.verb, entry.actor, entry.subject_id) == (
        "territory.set_figure",
        keeper.reference,
        str(subdistrict.pk),
    )
    assert entry.facts == {"figure": TRIES, "was": 5, "value": 3, "told": "连错几次锁住 5 次 → 3 次"}
    assert opened_values(entry) == {"reason": WHY}
    assert WHY not in str(Entry.objects.values())


def test_standard_holds_again_when_it_is_returned_to(set_to, keeper, subdistrict):
    set_to(TRIES, 3)
    set_to(TRIES, 4)
    return_to_standard(actor=keeper, subdistrict=subdistrict, key=TRIES)
    assert policy(subdistrict.path).sign_in.tries.value == 5
    assert last_entry().facts["told"] == "连错几次锁住 4 次 → 5 次"
    with refused("没有自定过"):
        return_to_standard(actor=keeper, subdistrict=subdistrict, key=TRIES)


@pytest.mark.parametrize(
    ("key", "value", "why", "said"),
    [
        (TRIES, 5, WHY, "现在就是这样"),
        (TRIES, 2, WHY, "超出了街道可以定的范围；请填 3 到 10 之间的数"),
        (TRIES, 11, WHY, "超出了街道可以定的范围"),
        (TRIES, 3.5, WHY, "要填一个整数"),
        (TRIES, True, WHY, "要填一个整数"),
        (TRIES, 3, "  好 ", "没有写清楚为什么"),
        (MONTHS, 5, WHY, "法律要求不少于 6（《网络安全法》"),
        ("trust.journal.least_months", 3, WHY, "不由街道定"),
        ("trust.two_factor.administrations", False, WHY, "不由街道定"),
        ("trust.two_factor.sight", "everything", WHY, "没有这个选项"),
        (TWO_STEPS, 1, WHY, "没有这个选项"),
    ],
)
def test_what_may_not_be_set_is_refused(set_to, key, value, why, said):
    with refused(said):
        set_to(key, value, why)
    assert not OwnFigure.objects.exists()


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.LEADER])
def test_only_the_security_administrator_of_the_place_sets(set_to, staff, worker_of, subdistrict, neighbour, role):
    for actor in (staff(role, at=subdistrict), worker_of(Role.SECURITY_ADMIN, neighbour.path)):
        with forbidden():
            set_to(TRIES, 3, actor=actor)


def test_case_of_another_day_is_judged_by_the_figure_of_that_day(set_to, keeper, subdistrict, noon):
    def tries_on(day):
        return standards.on(day, at=subdistrict.path).trust.sign_in.tries.value

    first = today()
    set_to(TRIES, 3)
    with clock.stopped_at(noon + timedelta(days=2)):
        return_to_standard(actor=keeper, subdistrict=subdistrict, key=TRIES)
        assert [tries_on(first + timedelta(days=days)) for days in (-1, 0, 1, 2)] == [5, 3, 3, 5]


def test_own_figure_falls_when_the_book_allows_it_no_more(set_to, subdistrict):
    set_to(MONTHS, 12)
    with by_hand():
        OwnFigure.objects.update(value=3)
        OwnFigure.objects.create(
            subdistrict=subdistrict, key="trust.gone.away", value=1, reason=WHY, set_by="x", set_at=clock.now()
        )
    assert policy(subdistrict.path).journal.months.value == 36


def test_door_of_several_subdistricts_follows_the_safest(set_to, subdistrict, neighbour):
    set_to(TRIES, 8)
    assert (policy(subdistrict.path).sign_in.tries.value, policy().sign_in.tries.value) == (8, 5)
    set_to("trust.sign_in.lock_minutes", 60)
    assert policy().sign_in.lock_minutes.value == 60
    set_to("trust.two_factor.sight", "places")
    assert policy().two_factor.sight.value == "places"


def test_door_of_one_subdistrict_counts_as_it_says(set_to, client, keeper, db):
    set_to(TRIES, 3)
    said = [alert_of(client.post(DOOR, {"number": keeper.username, "password": "wrong"})) for _ in range(3)]
    assert "还能试 2 次" in said[0]
    assert "锁住了" in said[2]
    assert "还能试 2 次" in alert_of(client.post(DOOR, {"number": "CF9999", "password": "wrong"}))


def test_subdistrict_has_the_last_word_on_two_steps(set_to, keeper, subdistrict, settings):
    settings.TWO_FACTOR = False
    assert not must_use_two_factors(keeper)
    set_to(TWO_STEPS, True)
    assert must_use_two_factors(keeper)
    settings.TWO_FACTOR = True
    set_to(TWO_STEPS, False)
    assert not must_use_two_factors(keeper)


def test_figure_set_in_one_process_holds_at_the_next_request_of_another(client_of, keeper, subdistrict, noon):
    browser = client_of(keeper)
    browser.get("/account/")
    with by_hand():  # as another process does
        OwnFigure.objects.create(
            subdistrict=subdistrict,
            key="trust.session.idle_minutes",
            value=5,
            reason=WHY,
            set_by="x",
            set_at=clock.now(),
        )
    with clock.stopped_at(noon + timedelta(minutes=6)):
        assert "5 分钟没有动过" in browser.get("/account/", follow=True).content.decode()


class TestPages:
    """The page of the figures, and the two deeds on one of them."""

    @pytest.fixture
    def address(self, subdistrict) -> str:
        return f"/territory/figures/{subdistrict.pk}/"

    def test_page_lists_every_figure_with_who_says_so(self, client_of, keeper, set_to, address):
        set_to(TRIES, 3)
        browser = client_of(keeper)
        assert browser.get("/territory/figures/").url == address
        page = browser.get(address).content.decode()
        assert all(figure.name in page for figure in standards.on(today()).trust.figures.values())
        assert page.count(">本街道</span>") == 1
        assert "连错几次锁住 5 次 → 3 次" in page
        assert f"{address}{TRIES}/return/" in page
        assert f"{address}trust.journal.least_months/" not in page

    @pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
    def test_other_administrators_read_it_only(self, client_of, staff, subdistrict, address, role):
        browser = client_of(staff(role, at=subdistrict))
        assert f"{address}{TRIES}/" not in browser.get(address).content.decode()
        assert browser.get(f"{address}{TRIES}/").status_code == 403

    def test_another_subdistricts_administrator_finds_none(self, client_of, worker_of, neighbour, address):
        browser = client_of(worker_of(Role.SECURITY_ADMIN, neighbour.path))
        assert browser.get(address).status_code == 404
        assert browser.post(f"{address}{TRIES}/", {"value": "3", "reason": WHY}).status_code == 404

    def test_number_is_set_and_returned(self, client_of, keeper, address, subdistrict):
        browser = client_of(keeper)
        assert "可以填 3～10 次" in browser.get(f"{address}{TRIES}/").content.decode()
        assert browser.post(f"{address}{TRIES}/", {"value": "3", "reason": WHY}).url == address
        assert policy(subdistrict.path).sign_in.tries.value == 3
        assert "现在：3 次。恢复以后：5 次" in browser.get(f"{address}{TRIES}/return/").content.decode()
        assert browser.post(f"{address}{TRIES}/return/").url == address
        assert policy(subdistrict.path).sign_in.tries.value == 5

    @pytest.mark.parametrize(
        ("key", "chosen", "value"),
        [(TWO_STEPS, "True", True), ("trust.two_factor.sight", "households", "households")],
    )
    def test_words_are_chosen(self, client_of, keeper, address, subdistrict, key, chosen, value):
        browser = client_of(keeper)
        assert browser.post(f"{address}{key}/", {"value": chosen, "reason": WHY}).url == address
        assert OwnFigure.objects.get(key=key).value == value

    @pytest.mark.parametrize(
        ("value", "said"), [("2", "请填 3 到 10 之间的数"), ("", "还没有填"), ("three", "请填一个整数")]
    )
    def test_refusal_stands_at_its_field(self, client_of, keeper, address, value, said):
        response = client_of(keeper).post(f"{address}{TRIES}/", {"value": value, "reason": WHY})
        assert response.status_code == 422
        assert said in response.content.decode()

    @pytest.mark.parametrize(
        "key",
        ["trust.journal.least_months", "trust.no.such", "personas.elder.speed_m_s", "suggestions.terms.reply.days"],
    )
    def test_figure_that_is_not_the_subdistricts_has_no_page(self, client_of, keeper, address, key):
        assert client_of(keeper).get(f"{address}{key}/").status_code == 404
