"""办理时限: section heads and leaders set terms and limits of their office, within bounds; what the law says stands."""

from datetime import date

import pytest

from expectations import forbidden, refused
from programmes.suggestions.conftest import VISITOR
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.actions import set_figure
from xiuhua.ground.territory.models import OwnFigure

REPLY, CLAIM, SURE = "suggestions.terms.reply.days", "suggestions.terms.claim.days", "suggestions.intake.sort_sure"
WHY = "八月例会定的，人手够"


@pytest.fixture
def address(town) -> str:
    return f"/suggestions/terms/{town.pk}/"


@pytest.mark.parametrize("role", [Role.SECTION_HEAD, Role.LEADER])
def test_they_set_a_term_and_what_comes_from_then_on_follows_it(client_of, staff, town, address, say, role):
    browser = client_of(staff(role, at=town))
    assert browser.get("/suggestions/terms/").url == address
    assert "可以填 3～15 天" in browser.get(f"{address}{REPLY}/").content.decode()
    assert browser.post(f"{address}{REPLY}/", {"value": "3", "reason": WHY}).url == address
    page = browser.get(address).content.decode()
    assert page.count(">本街道</span>") == 1
    assert say().reply_due_on == date(2023, 8, 8)


def test_what_the_law_says_is_shown_with_its_clause_and_set_by_nobody(client_of, head, town, address):
    page = client_of(head).get(address).content.decode()
    assert "60\u00a0天" in page
    assert "第三十四条" in page
    assert f"{address}{CLAIM}/" not in page
    assert client_of(head).get(f"{address}{CLAIM}/").status_code == 404
    with refused("不由街道定"):
        set_figure(actor=head, subdistrict=town, key=CLAIM, value=90, reason=WHY)


def test_a_fraction_is_taken_where_the_bounds_are_fractions(client_of, head, address):
    assert client_of(head).post(f"{address}{SURE}/", {"value": "0.7", "reason": WHY}).url == address
    assert OwnFigure.objects.get().value == 0.7
    answer = client_of(head).post(f"{address}{SURE}/", {"value": "1.7", "reason": WHY})
    assert "请填 0.5 到 0.99 之间的数" in answer.content.decode()


def test_each_book_has_its_own_setters(client_of, staff, head, town, address, worker):
    guard = staff(Role.SECURITY_ADMIN, at=town)
    for actor, key in ((guard, REPLY), (head, "trust.sign_in.tries"), (worker, REPLY), (VISITOR, REPLY)):
        with forbidden():
            set_figure(actor=actor, subdistrict=town, key=key, value=4, reason=WHY)
    assert client_of(guard).get(address).status_code == 403
    assert client_of(worker).get(address).status_code == 404
    assert client_of(head).get(f"{address}trust.sign_in.tries/").status_code == 404
    assert "办理时限" in client_of(head).get("/suggestions/").content.decode()
    assert "/suggestions/terms/" not in client_of(worker).get("/suggestions/").content.decode()


def test_a_head_of_a_committee_only_reads_them(client_of, staff, west, address):
    narrow = client_of(staff(Role.SECTION_HEAD, at=west))
    assert f"{address}{REPLY}/" not in narrow.get(address).content.decode()
    assert narrow.post(f"{address}{REPLY}/", {"value": "3", "reason": WHY}).status_code == 403
