"""Pages that list what is on record."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory import lists, queries


@sight_required(Sight.PLACES)
@require_safe
def committees(request: HttpRequest) -> HttpResponse:
    """Residents' committees."""
    reader = lists.reader_of(request)
    return lists.committees(reader).respond(request, queries.committees_counted(reader.seer, reader.day))


@sight_required(Sight.PLACES)
@require_safe
def micro_grids(request: HttpRequest) -> HttpResponse:
    """Micro-grids."""
    reader = lists.reader_of(request)
    return lists.micro_grids(reader).respond(request, queries.listed_micro_grids(reader.seer, reader.day))


@sight_required(Sight.PLACES)
@require_safe
def buildings(request: HttpRequest) -> HttpResponse:
    """Buildings."""
    reader = lists.reader_of(request)
    return lists.buildings(reader).respond(request, queries.listed_buildings(reader.seer, reader.day))


@sight_required(Sight.PLACES)
@require_safe
def stairwells(request: HttpRequest) -> HttpResponse:
    """Stairwells."""
    reader = lists.reader_of(request)
    return lists.stairwells(reader).respond(request, queries.listed_stairwells(reader.seer, reader.day))


@sensitive_post_parameters("q")
@sight_required(Sight.HOUSEHOLDS)
@require_http_methods(["GET", "HEAD", "POST"])
def households(request: HttpRequest) -> HttpResponse:
    """Households."""
    reader = lists.reader_of(request)
    return lists.households(reader).respond(request, queries.listed_households(reader.seer))


@sensitive_post_parameters("q")
@sight_required(Sight.PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def residents(request: HttpRequest) -> HttpResponse:
    """Residents who live here; those who have left, where that is asked."""
    reader = lists.reader_of(request)
    rows = queries.listed_residents(reader.seer, left=request.GET.get("state") == "left")
    return lists.residents(reader).respond(request, rows)


@sight_required(Sight.PLACES)
@require_safe
def facilities(request: HttpRequest) -> HttpResponse:
    """Facilities."""
    reader = lists.reader_of(request)
    return lists.facilities(reader).respond(request, queries.listed_facilities(reader.seer))
