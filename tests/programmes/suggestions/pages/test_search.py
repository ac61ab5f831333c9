"""The top bar finds suggestions by number and by what was said, for those who see them."""

import pytest


def asked(browser, words):
    response = browser.post("/territory/search/", {"q": words})
    return browser.get(response.headers["Location"]) if response.status_code == 303 else response


@pytest.mark.parametrize("words", ["2023-0803-001", "共享单车 坡口"])
def test_a_single_one_is_opened(client_of, worker, said, words):
    assert asked(client_of(worker), words).headers["Location"] == said.get_absolute_url()


def test_several_stand_in_a_table(client_of, worker, say):
    first, second = say(), say()
    page = asked(client_of(worker), "共享单车").content.decode()
    assert first.get_absolute_url() in page
    assert second.get_absolute_url() in page


@pytest.mark.parametrize("words", ["13812342046", "王秀英", "王女士"])
def test_nobody_is_found_by_who_they_are(client_of, worker, said, words):
    assert "没有找到" in asked(client_of(worker), words).content.decode()


def test_another_committee_finds_none(client_of, stranger, said):
    assert "没有找到" in asked(client_of(stranger), said.number).content.decode()
