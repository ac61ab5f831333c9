"""What every page about a dossier has on top: the way here, the stage, a line of facts, the five steps, the tabs."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.territory.names import committee_name
from xiuhua.ground.ui.acts import Act, Crumbs
from xiuhua.ground.ui.objects import Chip, ObjectPage, Section, Tab
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import gates, permits, queries, words
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.screens import gates as gate_words
from xiuhua.programmes.lifts.screens import sections as parts
from xiuhua.programmes.lifts.screens.thread import steps_of

NAMES_SHOWN = 5


def page_of(
    request: HttpRequest,
    dossier: Dossier,
    *,
    sections: Sequence[Section] = (),
    aside: Sequence[Section] = (),
    acts: Sequence[Act] | None = None,
    template: str = "lifts/dossiers/page.html",
    extra: dict[str, Any] | None = None,
) -> ObjectPage:
    """A page about a dossier; `acts` in place of what is to be done next, where the page has deeds of its own."""
    actor = actor_of(request)
    ahead = gates.next_gates(dossier)
    return ObjectPage(
        title=dossier.address,
        subtitle=line_of_facts(actor, dossier),
        crumbs=crumbs(dossier),
        chips=[Chip(_("第 %(number)s 次启动") % {"number": dossier.attempt})] if dossier.attempt > 1 else [],
        acts=_acts(request, actor, dossier, ahead) if acts is None else acts,
        steps=steps_of(dossier, [gate for gate in ahead if gate.is_open]),
        tabs=tabs(request, dossier),
        sections=sections,
        aside=aside,
        template=template,
        extra={
            "dossier": dossier,
            "stage_words": stage_words(dossier),
            "stage_class": dossier.symbol.removeprefix("lift-"),
            "styles": parts.styles(),
            **(extra or {}),
        },
    )


def crumbs(dossier: Dossier) -> Crumbs:
    """The map, the committee's list, the batch that it is built in."""
    committee = dossier.stairwell.building.committee
    listed = f"{reverse('lifts:list')}?committee={committee.path}"
    way = [(_("五色加梯地图"), reverse("lifts:map")), (committee_name(committee), listed)]
    batch = getattr(dossier, "batch", None)
    return [*way, (str(batch), batch.get_absolute_url())] if batch else way


def stage_words(dossier: Dossier) -> str:
    """What its stage is called; what a lift does not suit has none."""
    return _("不具备条件") if dossier.stairwell.lift_suitable is False else dossier.stage_words


def line_of_facts(actor: Actor, dossier: Dossier) -> str:
    """Year, storeys, flats, entry; and who accompanies it."""
    flats = queries.flats_counted(dossier) or dossier.stairwell.levels * dossier.stairwell.households_per_floor
    built = _("，").join(words.built(dossier, flats))
    team = queries.team_of(dossier)
    if not team:
        return built
    sees = permits.may_work(actor, dossier=dossier)
    names = words.team_words(team, sees_owners=sees)
    told = _("%(built)s；陪伴小组：%(names)s") % {"built": built, "names": _("、").join(names[:NAMES_SHOWN])}
    return told + _("等 %(count)s 人") % {"count": len(team)} if len(names) > NAMES_SHOWN else told


def tabs(request: HttpRequest, dossier: Dossier) -> list[Tab]:
    """The overview, and the pages of the parts."""
    here = dossier.get_absolute_url()
    return [Tab(_("总览"), here, current=request.path == here), *parts.tabs_of(request, dossier)]


def _acts(request: HttpRequest, actor: Actor, dossier: Dossier, ahead: Sequence[Any]) -> list[Act]:
    on_map = f"{reverse('lifts:map')}?stairwell={dossier.pk}"
    acts = [Act(_("在地图上看"), on_map, "i-map-2"), *parts.deeds_of(request, dossier)]
    if (blocked := gate_words.blocked_move(actor, dossier, ahead)) is not None:
        acts.append(blocked)
    if (first := parts.primary_of(request, dossier)) is not None:
        acts.append(first)
    return acts
