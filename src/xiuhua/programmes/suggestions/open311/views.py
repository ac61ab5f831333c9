"""The addresses of GeoReport v2. Whoever is signed in is a visitor here: it is programs that ask."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from xiuhua.ground.accounts.guards import address_of
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import Refused, TooMany
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import queries
from xiuhua.programmes.suggestions.heard import Circumstances
from xiuhua.programmes.suggestions.intake import looked_at
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.open311 import actions, asked, told
from xiuhua.programmes.suggestions.open311.definitions import DEFINITIONS
from xiuhua.programmes.suggestions.open311.written import answer
from xiuhua.programmes.suggestions.open311.wrong import Wrong

Answer = Callable[..., HttpResponse]


def endpoint(*methods: str) -> Callable[[Answer], Answer]:
    """An address that programs ask: what is wrong is told in the form that they asked for."""

    def mark(view: Answer) -> Answer:
        @csrf_exempt
        @wraps(view)
        def asked_for(request: HttpRequest, form: str, **parts: str) -> HttpResponse:
            request.actor = Visitor()  # type: ignore[attr-defined]
            try:
                if request.method not in {*methods, *(("HEAD",) if "GET" in methods else ())}:
                    raise Wrong(405, _("这个地址不能这样用"))
                response = view(request, form, **parts)
            except Wrong as wrong:
                response = failed(form, wrong)
                if wrong.code == 405:
                    response.headers["Allow"] = ", ".join(methods)
            except TooMany as held_back:
                response = failed(form, Wrong(429, *map(str, held_back.reasons)))
                response.headers["Retry-After"] = str(held_back.wait_s)
            except Refused as refused:
                response = failed(form, Wrong(400, *map(str, refused.reasons)))
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return asked_for

    return mark


def failed(form: str, wrong: Wrong) -> HttpResponse:
    """Answer with what is wrong."""
    errors = [{"code": wrong.code, "description": words} for words in wrong.descriptions]
    return answer(form, "errors", "error", errors, status=wrong.code)


@endpoint("GET")
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Service discovery."""
    return answer(form, "discovery", "", told.discovery(request))


@endpoint("GET")
def services(request: HttpRequest, form: str) -> HttpResponse:
    """GET service list."""
    return answer(form, "services", "service", told.services(asked.jurisdiction_of(request.GET)))


@endpoint("GET")
def definition(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """GET service definition."""
    subdistrict = asked.jurisdiction_of(request.GET)
    if code not in DEFINITIONS or code not in on(today(), at=subdistrict.path).suggestions.categories:
        raise Wrong(404, _("「%(code)s」没有另外要问的") % {"code": code[:40]})
    return answer(form, "service_definition", "", told.definition(code))


@endpoint("GET", "POST")
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """GET service requests, and POST one."""
    if request.method == "POST":
        return _take(request, form)
    app = asked.key_of(request.GET)
    subdistrict = asked.jurisdiction_of(request.GET, app)
    rows = told.chosen(told.seen(subdistrict, app), asked.wanted(request.GET))
    return answer(form, "service_requests", "request", told.requests(rows, subdistrict, request))


@endpoint("GET")
def one_request(request: HttpRequest, form: str, number: str) -> HttpResponse:
    """GET service request."""
    app = asked.key_of(request.GET)
    subdistrict = asked.jurisdiction_of(request.GET, app)
    rows = list(told.seen(subdistrict, app).filter(number=number))
    if not rows:
        raise Wrong(404, _("没有「%(number)s」，或者它没有公开") % {"number": number[:40]})
    return answer(form, "service_requests", "request", told.requests(rows, subdistrict, request))


@endpoint("GET")
def token(_request: HttpRequest, form: str, token: str) -> HttpResponse:
    """GET service_request_id from a token: of the link that whoever said something was given."""
    found = queries.by_token(token)
    if found is None:
        raise Wrong(404, _("没有这个 token"))
    return answer(form, "service_requests", "request", [{"service_request_id": found.number, "token": token}])


FORMS_TAKEN = ("application/x-www-form-urlencoded", "multipart/form-data")


def _take(request: HttpRequest, form: str) -> HttpResponse:
    if request.content_type not in FORMS_TAKEN:
        raise Wrong(415, _("只收 %(forms)s") % {"forms": _("、").join(FORMS_TAKEN)})
    app = asked.key_of(request.POST, needed=True)
    assert app is not None
    subdistrict = asked.jurisdiction_of(request.POST, app)
    heard, found = looked_at(subdistrict, asked.heard(request.POST, subdistrict))
    sender, is_many = asked.sender_of(request, app, address_of(request))
    circumstances = Circumstances(found, sender=queries.sender_digest(sender, today()), at_event=is_many)
    suggestion = actions.send_by_app(
        actor=Visitor(), app=app, subdistrict=subdistrict, heard=heard, circumstances=circumstances
    ).subject
    made = {
        "service_request_id": suggestion.number,
        "service_notice": _notice(request, suggestion),
        "account_id": request.POST.get("account_id") or None,
    }
    return answer(form, "service_requests", "request", [made], status=201)


def _notice(request: HttpRequest, suggestion: Suggestion) -> str:
    """By when there is an answer, and the link by which the person follows it."""
    link = request.build_absolute_uri(reverse("say:follow", args=[suggestion.token]))
    said = {"day": f"{suggestion.reply_due_on:%Y-%m-%d}", "link": link}
    return _("街道在 %(day)s 前答复。这是查看和评价的链接，请只交给本人：%(link)s") % said
