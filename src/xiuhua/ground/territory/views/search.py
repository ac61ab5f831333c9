"""The search of the top bar: places, homes, people and what rooms above add, as far as the reader sees them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory import hooks, lists, queries, search
from xiuhua.ground.territory.models import Building, Committee
from xiuhua.ground.territory.seen import sees
from xiuhua.ground.ui.lists import Column, ListPage, any_of, sought
from xiuhua.ground.ui.lists.query import Found, words_of
from xiuhua.ground.ui.objects import ObjectPage, Related
from xiuhua.ground.words import gettext as _

FEW = 8
"""Finds of a kind that are shown; the list has them all."""


@sensitive_post_parameters("q")
@sight_required(Sight.PLACES)
@require_http_methods(["GET", "HEAD", "POST"])
def everything(request: HttpRequest) -> HttpResponse:
    """Whatever is called or lies as the words say; a single find is opened at once.

    The words come by POST and stand neither in the address nor in the title, which browsers remember.
    """
    if request.method == "POST":
        return sought.asked_by_post(request)
    asked = sought.words_for(request)
    if asked is None:
        return sought.anew(request)
    words = words_of(asked)
    kinds = _kinds(request, words) if words else []
    found = [(name, page, rows) for name, page, asked in kinds if (rows := _few(name, asked))]
    if len(found) == 1 and len(found[0][2]) == 1:
        return redirect(found[0][2][0])
    return ObjectPage(
        title=_("查找"),
        subtitle=_("找「%(words)s」") % {"words": " ".join(words)} if found else _nothing(words),
        sections=[_section(request, name, page, rows) for name, page, rows in found],
    ).respond(request)


def _few(name: str, asked: Found) -> list[Any]:
    rows = list(asked[: FEW + 1])
    return queries.with_kept_only(rows) if name == "territory:residents" else rows


def _kinds(request: HttpRequest, words: list[str]) -> list[hooks.Kind]:
    """Name, columns and finds of each kind of thing that the reader sees, people first."""
    reader = lists.reader_of(request)
    seer = reader.seer
    kinds: list[hooks.Kind] = []
    if sees(request, Sight.PEOPLE):
        people = search.residents_named(queries.listed_residents(seer), words)
        kinds.append(("territory:residents", lists.residents(reader), people))
    if sees(request, Sight.HOUSEHOLDS):
        homes = search.households_with(queries.listed_households(seer), words, seer)
        kinds.append(("territory:households", lists.households(reader), homes))
    by_name = any_of(words, "name__icontains")
    doors = search.stairwells_with(queries.addressed_stairwells(seer), words, seer)
    return [
        *kinds,
        ("territory:stairwells", lists.stairwells(reader), doors),
        ("territory:buildings", lists.buildings(reader), _plain(Building, seer).filter(by_name)),
        ("territory:committees", lists.committees(reader), _plain(Committee, seer).filter(by_name)),
        ("territory:facilities", lists.facilities(reader), queries.listed_facilities(seer).filter(by_name)),
        *hooks.kinds_found(request, words),
    ]


def _plain(model: Any, seer: Actor) -> QuerySet[Any]:
    """What is called so, without its outline and without what the list counts in it."""
    rows: QuerySet[Any] = model.objects.visible_to(seer).defer("geometry")
    return rows


def _nothing(words: list[str]) -> str:
    how = _("写地址里的字，或完整的姓名、电话、证件号。")
    return _("没有找到「%(words)s」。%(how)s") % {"words": " ".join(words), "how": how} if words else how


def _section(request: HttpRequest, name: str, page: ListPage[Any], rows: list[Any]) -> Related:
    """Finds of a kind; those that are not private are listed by the words themselves."""
    by = sought.TOKEN if page.private else sought.WORDS
    value = request.GET.get(sought.TOKEN, "") if page.private else sought.words_for(request) or ""
    address = f"{reverse(name)}?{urlencode({by: value})}"
    columns: list[Column[Any]] = [column for column in page.columns if column.key not in lists.COUNTED]
    return Related(page.title, columns, rows[:FEW], more=(_("全部"), address) if len(rows) > FEW else None)
