"""A database for a whole module of tests: filled once, gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction

from xiuhua.ground.journal.guard import watch_writes


@contextmanager
def rolled_back() -> Iterator[None]:
    """A block of whose writes nothing stays; the record takes it for no transaction, as it does a test's own."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


@contextmanager
def kept_for_the_module(blocker: object) -> Iterator[None]:
    """Open the database to a module's fixtures and tests; whoever writes outside an action fails."""
    with blocker.unblock(), connection.execute_wrapper(watch_writes), rolled_back():  # type: ignore[attr-defined]
        yield


@contextmanager
def left_connected() -> Iterator[None]:
    """A block in which a request closes no connection, as in Django's own test client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
