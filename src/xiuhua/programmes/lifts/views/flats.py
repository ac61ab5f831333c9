"""Flats, areas, owners and wishes of a stairwell; how it is measured. Only for those who see owners."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.masking import mask_name, mask_phone
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.ui.forms import Part as FormPart
from xiuhua.ground.ui.objects import ObjectPage, Part
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, permits, queries, words
from xiuhua.programmes.lifts.forms.dossiers import MeasuresForm
from xiuhua.programmes.lifts.forms.flats import AreasForm, FlatForm, OwnerForm, StancesForm
from xiuhua.programmes.lifts.models import Dossier, Flat, Owner
from xiuhua.programmes.lifts.screens import head
from xiuhua.programmes.lifts.views.asked import act_at_once, ask, dossier_or_404

EVERY_FLAT = "lifts/dossiers/every_flat.html"


@require_safe
@sight_required(Sight.OWNERS)
def flats(request: HttpRequest, pk: int) -> HttpResponse:
    """Every flat with its area and its owners; telephones masked."""
    return _flats_page(request, _dossier(request, pk)).respond(request)


@require_POST
@sight_required(Sight.OWNERS)
def open_owner(request: HttpRequest, pk: int, owner_pk: int) -> HttpResponse:
    """Show an owner's telephone, which goes on record."""
    dossier = _dossier(request, pk)
    owner = get_object_or_404(Owner, pk=owner_pk, dossier=dossier)
    opened = actions.open_owner(actor=actor_of(request), dossier=dossier, owner=owner).subject
    response = _flats_page(request, dossier, opened).respond(request)
    response.headers["Cache-Control"] = "no-store"
    return response


def _flats_page(request: HttpRequest, dossier: Dossier, opened: Owner | None = None) -> ObjectPage:
    rows = queries.flats_of(dossier)
    known = [flat.area_dm2 for flat in rows if flat.area_dm2 is not None]
    context = {
        "dossier": dossier,
        "rows": [(flat, [_owner_line(one, opened) for one in flat.ownerships.all()]) for flat in rows],
        "sum": words.square_metres(sum(known)) if known else "",
        "lacking": len(rows) - len(known),
        "without_owner": sum(not flat.ownerships.all() for flat in rows),
        "count": len(rows),
    }
    return head.page_of(
        request,
        dossier,
        sections=[Part(_("房屋和业主"), "lifts/dossiers/flats.html", context)],
        acts=[
            Act(_("登记意愿"), _url("stances", dossier), "i-check"),
            Act(_("补一户"), _url("add_flat", dossier), "i-plus"),
            Act(_("登记面积"), _url("areas", dossier), "i-ruler-2", primary=len(known) < len(rows)),
        ],
    )


def _owner_line(ownership: Any, opened: Owner | None) -> dict[str, Any]:
    owner = ownership.owner
    shown = opened is not None and opened.pk == owner.pk
    return {
        "owner": owner,
        "speaks": ownership.speaks,
        "name": owner.name if shown else mask_name(owner.name),
        "phone": owner.phone if shown else mask_phone(owner.phone),
        "shown": shown,
    }


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def areas(request: HttpRequest, pk: int) -> HttpResponse:
    """The areas of all flats at once, checked against the register's sum."""
    dossier = _dossier(request, pk)
    rows = sorted(queries.flats_of(dossier), key=lambda flat: (flat.floor, flat.room))
    form = AreasForm(rows, request.POST or None)
    page = FormPage(
        title=_("登记专有面积"),
        submit=_("登记面积"),
        icon="i-ruler-2",
        say=[_("照产证写，两位小数；表决和分摊都按它算。")],
        template=EVERY_FLAT,
        extra={"unit": _("平方米")},
    )
    act = partial(actions.set_areas, actor=actor_of(request), dossier=dossier)
    return ask(request, dossier, form, page, act, _("面积登记好了。"), back=_url("flats", dossier))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def stances(request: HttpRequest, pk: int) -> HttpResponse:
    """What every household wishes, on one page."""
    dossier = _dossier(request, pk)
    rows = sorted(queries.flats_of(dossier), key=lambda flat: (flat.floor, flat.room))
    form = StancesForm(rows, request.POST or None)
    page = FormPage(
        title=_("登记意愿"),
        submit=_("登记意愿"),
        icon="i-check",
        say=[_("问到几户改几户，没改的不动。意愿只是问问，作数的是表决。")],
        template=EVERY_FLAT,
    )
    act = partial(actions.note_stance, actor=actor_of(request), dossier=dossier)
    return ask(request, dossier, form, page, act, _("意愿登记好了。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def correct_flat(request: HttpRequest, pk: int, flat_pk: int | None = None) -> HttpResponse:
    """Correct a flat, or put one down that the register lacks."""
    dossier = _dossier(request, pk)
    flat = get_object_or_404(Flat, pk=flat_pk, dossier=dossier) if flat_pk else None
    first = (
        {"room": flat.room, "floor": flat.floor, "area": flat.area_dm2, "area_source": flat.area_source} if flat else {}
    )
    title = _("%(room)s 室") % {"room": flat.room} if flat else _("补一户")
    page = FormPage(
        title=title,
        submit=_("登记"),
        icon="i-check",
        parts=[FormPart("", [("room", "floor"), ("area", "area_source")])],
    )
    act = partial(actions.correct_flat, actor=actor_of(request), dossier=dossier, flat=flat)
    form = FlatForm(request.POST or None, initial=first)
    return ask(request, dossier, form, page, act, _("登记好了。"), back=_url("flats", dossier))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def add_owner(request: HttpRequest, pk: int, flat_pk: int) -> HttpResponse:
    """Put down an owner of a flat."""
    dossier = _dossier(request, pk)
    flat = get_object_or_404(Flat, pk=flat_pk, dossier=dossier)
    page = FormPage(
        title=_("登记 %(room)s 室的业主") % {"room": flat.room},
        submit=_("登记业主"),
        icon="i-user",
        say=[_("一人有几套的，每套都登记，姓名和电话写得一样，系统会认作一个人。")],
        parts=[FormPart("", [("name", "phone"), ("speaks", "away")])],
    )
    act = partial(actions.add_owner, actor=actor_of(request), dossier=dossier, flat=flat)
    return ask(
        request, dossier, OwnerForm(request.POST or None), page, act, _("业主登记好了。"), back=_url("flats", dossier)
    )


@require_POST
@sight_required(Sight.OWNERS)
def remove_owner(request: HttpRequest, pk: int, flat_pk: int, owner_pk: int) -> HttpResponse:
    """Take an owner off a flat, as when it is sold."""
    dossier = _dossier(request, pk)
    flat = get_object_or_404(Flat, pk=flat_pk, dossier=dossier)
    owner = get_object_or_404(Owner, pk=owner_pk, dossier=dossier)
    return act_at_once(
        request,
        actions.remove_owner,
        _("撤下了。"),
        back=_url("flats", dossier),
        dossier=dossier,
        flat=flat,
        owner=owner,
    )


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Put down how the stairwell is built, and judge whether a lift suits it."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    figures = words.book(dossier.path).suitability
    page = FormPage(
        title=_("可行性初评"),
        submit=_("评一评"),
        icon="i-ruler-2",
        say=[_("量到多少填多少；全部填了才判，不合适的原因会一条一条列出来。")],
        parts=[
            FormPart(_("量一量"), [("front_m", "spacing_m", "fire_lane_m")]),
            FormPart(_("看一看"), [("entry", "stair"), "pipes", ("pipes_can_move", "structure_sound"), "measured_on"]),
        ],
        template="lifts/dossiers/measure.html",
        extra={
            "figures": [
                (figure.name, figure)
                for figure in (figures.least_levels, figures.front_m, figures.spacing_m, figures.fire_lane_m)
            ]
        },
    )
    act = partial(actions.measure_stairwell, actor=actor, dossier=dossier)
    return ask(request, dossier, MeasuresForm(dossier, request.POST or None), page, act, _("初评记下了。"))


def _dossier(request: HttpRequest, pk: int) -> Dossier:
    """The dossier, for whoever carries it."""
    dossier = dossier_or_404(request, pk)
    require(permits.may_work(actor_of(request), dossier=dossier))
    return dossier


def _url(name: str, dossier: Dossier) -> str:
    return reverse(f"lifts:{name}", args=[dossier.pk])
