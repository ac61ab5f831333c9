"""What the pages share: the suggestion that is meant, and deeds whose form lies beside it or on a page of its own."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.ui import forms as ui_forms
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.programmes.suggestions import queries, screen
from xiuhua.programmes.suggestions.models import Suggestion


def suggestion_or_404(request: HttpRequest, pk: int) -> Suggestion:
    """The suggestion that is meant; the frame around the page then speaks of its subdistrict."""
    actor = actor_of(request)
    row = get_visible_or_404(queries.listed(actor).select_related("assignee", "project", "merged_into"), actor, pk=pk)
    request.subdistrict = Subdistrict.objects.defer("geometry").get(path=row.subdistrict)  # type: ignore[attr-defined]
    return row


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent, be it nothing; None where the page is only asked for."""
    return request.POST if request.method == "POST" else None


def where_it_lies(
    request: HttpRequest,
    row: Suggestion,
    *,
    forms: dict[str, Form] | None = None,
    whole: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Answer with the page on which a form was sent: the inbox as it was asked for, or the suggestion's own."""
    here = request.POST.get("here", "")
    if not here:
        return screen.object_page(request, screen.reading_of(request, row, forms=forms, whole=whole), status=status)
    inbox = screen.inbox_of(request, QueryDict(here), at=row.pk)
    reading = screen.reading_of(request, row, inbox=inbox, forms=forms, whole=whole)
    return screen.inbox_page(request, inbox, reading, status=status, is_reading=True)


def on_from(request: HttpRequest, row: Suggestion) -> HttpResponse:
    """Lead on after a deed: to the same place of the inbox, and there to the next one where this one has left."""
    here, after = request.POST.get("here", ""), request.POST.get("after", "")
    if not here:
        return redirect(row)
    inbox = screen.inbox_of(request, QueryDict(here), at=row.pk)
    at = row.pk if inbox.holds(row.pk) else int(after) if after.isdecimal() else None
    return redirect(inbox.url(at=at))


def deed(
    request: HttpRequest, row: Suggestion, name: str, form: Form, act: Callable[[], Any], said: str
) -> HttpResponse:
    """Do what a form beside the suggestion asks for; what is refused is said, what was typed stays.

    Somebody else may have been quicker: the page then shows it as it is now.
    """
    if form.is_valid():
        with refusals_on(form):
            act()
            messages.success(request, said)
            return on_from(request, row)
    return where_it_lies(request, suggestion_or_404(request, row.pk), forms={name: form}, status=422)


def ask(
    request: HttpRequest, row: Suggestion, form: Form, page: FormPage, act: Callable[[], Any], said: str
) -> HttpResponse:
    """Show the page of a verb, and act once its form is sound."""
    here = row.get_absolute_url()
    crumbs = [*screen.crumbs(), (row.number, here)]
    return page.act_on(request, form, act, said, subtitle=row.title, crumbs=crumbs, cancel=here)


def act_at_once(request: HttpRequest, row: Suggestion, act: Callable[[], Any], said: str) -> HttpResponse:
    """Act without more being asked, and lead on."""
    ui_forms.act_at_once(request, act, said)
    return on_from(request, row)
