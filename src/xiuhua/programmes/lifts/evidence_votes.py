"""What votes and objections say about the rules: the newest vote has passed, every objection is answered."""

from django.urls import reverse

from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import evidence, queries_votes
from xiuhua.programmes.lifts.models import Dossier, Objection
from xiuhua.programmes.lifts.rules.moves import Evidence
from xiuhua.programmes.lifts.words import on_day


@evidence.reads("vote")
def newest_vote_passed(dossier: Dossier) -> Evidence:
    """The newest vote of this attempt was counted and has passed."""
    url = reverse("lifts:votes", args=[dossier.pk])
    vote = queries_votes.newest_vote(dossier)
    if vote is None:
        return Evidence(False, _("还没有表决"), url=url)
    if vote.is_open:
        told = _("正在表决，%(time)s 截止") % {"time": queries_votes.closing_words(vote)}
        return Evidence(False, told, url=url)
    found = queries_votes.result(vote)
    day = queries_votes.local_day(vote.closes_at)
    if found is None or not found.passed:
        return Evidence(False, _("%(day)s表决没有通过") % {"day": on_day(day)}, day, url)
    area = next(measure for measure in found.measures if measure.key == "agree" and measure.unit == "area")
    heads = next(measure for measure in found.measures if measure.key == "agree" and measure.unit == "heads")
    told = _("%(day)s，面积 %(area)s，人数 %(got)s／%(all)s") % {
        "day": on_day(day),
        "area": area.percent,
        "got": heads.got,
        "all": heads.of,
    }
    return Evidence(True, told, day, url)


@evidence.reads("objections")
def every_objection_answered(dossier: Dossier) -> Evidence:
    """No objection of this attempt waits for its answer; where nobody objected there is nothing to answer."""
    url = reverse("lifts:objections", args=[dossier.pk])
    rows = Objection.objects.filter(dossier=dossier, attempt=dossier.attempt)
    days = list(rows.values_list("answered_on", flat=True))
    waiting = days.count(None)
    if waiting:
        return Evidence(False, _("%(count)s 件异议还没有书面答复") % {"count": waiting}, url=url)
    if not days:
        return Evidence(True, _("没有异议"), url=url)
    return Evidence(True, _("%(count)s 件异议都答复了") % {"count": len(days)}, max(days), url)
