"""Forms: what an action refuses is said at the field that it is about."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import BaseForm

from xiuhua.ground.verdicts import Refused


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """Put the reasons of a refusal within the block on the form, each at its field; what was typed stays.

    A reason about something that the form has no field for stands above the form.
    """
    try:
        yield
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(reason.field if reason.field in form.fields else None, str(reason))
