"""One form of the phone, drawn from the form itself; taken over by the outbox where it can, else a plain form.

::

    SAY = PhoneForm(title=_("我要反映"), submit=_("交给街道"), letter="suggestions.submit", named_by="words")

    def say(request):
        form = SayForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            with refusals_on(form):
                done = actions.submit(actor=request.actor, …)
                return redirect(…)
        return SAY.respond(request, form)
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from xiuhua.ground.ui.acts import Words
from xiuhua.ground.ui.forms import answered_form


@dataclass(frozen=True, slots=True)
class PhoneForm:
    """A phone page with one form.

    Parameters
    ----------
    title, submit : str
        Head of the page; what the button says will happen: 交给街道, never 提交.
    letter : str
        Kind of letter that the outbox makes of it (`outbox.register`); empty, it is only ever posted.
    named_by : str
        Field whose first words name the letter in the list of what waits, on this phone only.
    say : sequence of str
        Sentences above the form.
    note : str
        A line under the button.
    back, action : str
        Where the arrow leads (default: home); where a plain form is posted (default: the page itself).
    template, extra : str, dict
        A template that extends ``ui/phone_form.html`` (blocks `before`, `fields`, `after`), and what it needs.
    """

    title: Words
    submit: Words
    letter: str = ""
    named_by: str = ""
    say: Sequence[Words] = ()
    note: Words = ""
    back: str = ""
    action: str = ""
    template: str = "ui/phone_form.html"
    extra: dict[str, Any] = field(default_factory=dict)

    def respond(
        self, request: HttpRequest, form: BaseForm, *, status: int | None = None, **changes: Any
    ) -> HttpResponse:
        """Answer with the page; 422 where the form was refused. `changes` replace fields of the page."""
        page = replace(self, **changes)
        return answered_form(request, page.template, {"page": page, "form": form, **page.extra}, form, status)
