"""Grouping by night, and when somebody asks for it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from xiuhua.ground.jobs.registry import job, periodic
from xiuhua.ground.jobs.running import Running
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import actions, permits
from xiuhua.programmes.suggestions.topics import grouping

REGROUP = "suggestions.regroup"


@periodic("40 1 * * *", "suggestions.group", says=gettext_lazy("归并热点话题"))
def group_by_night(running: Running) -> None:
    """Find the topics of every office anew."""
    topics = 0
    for subdistrict in Subdistrict.objects.defer("geometry").order_by("path"):
        found = found_in(subdistrict, running.progress)
        with running.effect():
            _put_down(running.actor, subdistrict, found)
        topics += len(found)
    with running.effect():
        running.done({_("话题"): topics})


@job(REGROUP, says=gettext_lazy("重新归并热点话题"), permits=permits.may_ask_for_topics)
def regroup(running: Running) -> None:
    """Find the topics of one office anew."""
    subdistrict = Subdistrict.objects.defer("geometry").get(path=running.path)
    found = found_in(subdistrict, running.progress)
    with running.effect():
        _put_down(running.actor, subdistrict, found)
        counts = {_("话题"): len(found), _("归进话题的建议"): sum(len(one.members) for one in found)}
        running.done(counts, url=reverse("suggestions:topics"), link=_("看热点话题"))


def regroup_now(actor: Actor, subdistrict: Subdistrict) -> int:
    """Find the topics of an office here and now, without a job; how many there are."""
    found = found_in(subdistrict)
    _put_down(actor, subdistrict, found)
    return len(found)


def found_in(subdistrict: Subdistrict, tell: grouping.Tell = lambda _stage, _share: None) -> list[grouping.Found]:
    """The topics of an office as its suggestions stand now."""
    figures = on(today(), at=subdistrict.path).suggestions
    members = grouping.read(subdistrict.path, grouping.since(today(), figures))
    return grouping.find(members, figures, tell)


def _put_down(actor: Actor, subdistrict: Subdistrict, found: list[grouping.Found]) -> None:
    begin = grouping.since(today(), on(today(), at=subdistrict.path).suggestions)
    actions.group_topics(actor=actor, subdistrict=subdistrict, found=found, since=begin)
