"""Who reads the log opens nothing by it."""

import logging

import pytest
from django.conf import settings

from xiuhua.doors.logs import RefusalsInALine, SecretsLeftOut


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/say/f/Zk3_a-9/", "/say/f/…/"),
        ("/say/f/Zk3_a-9/rate/?once=1", "/say/f/…/rate/?once=1"),
        ("/booked/Zk3_a-9/cancel/", "/booked/…/cancel/"),
        ("/b/Zk3_a-9", "/b/…"),
        ("/sign-in/?next=/say/f/Zk3_a-9/", "/sign-in/?next=/say/f/…/"),
        ("/files/7d/small/?token=Zk3_a-9&v=1", "/files/7d/small/?token=…&v=1"),
        ("/say/board/", "/say/board/"),
    ],
)
def test_secret_part_of_an_address_is_left_out(address, told):
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "%s: %s", ("Not Found", address), None)
    assert SecretsLeftOut().filter(record)
    assert record.getMessage() == f"Not Found: {told}"


def test_every_handler_of_the_log_leaves_them_out():
    assert all({"secrets", "refusals"} <= {*handler["filters"]} for handler in settings.LOGGING["handlers"].values())


@pytest.mark.parametrize(("status", "is_traced"), [(403, False), (500, True), (None, True)])
def test_only_faults_of_ours_are_traced(status, is_traced):
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 1, "Forbidden", (), (ValueError, ValueError(), None)
    )
    if status is not None:
        record.status_code = status
    assert RefusalsInALine().filter(record)
    assert bool(record.exc_info) is is_traced
