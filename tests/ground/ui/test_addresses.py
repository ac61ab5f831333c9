"""Addresses of rows: as Django would reverse them, wherever the site is mounted."""

import pytest
from django.urls import reverse, set_script_prefix

from xiuhua.ground.ui.addresses import address_of


@pytest.mark.parametrize("name", ["territory:resident", "privacy:person", "lifecircle:run"])
def test_an_address_is_what_its_pattern_says(name):
    assert address_of(name, 1203) == reverse(name, args=[1203])


def test_a_site_below_another_is_followed():
    plain = address_of("territory:resident", 7)
    set_script_prefix("/office/")
    try:
        assert address_of("territory:resident", 7) == f"/office{plain}"
    finally:
        set_script_prefix("/")
