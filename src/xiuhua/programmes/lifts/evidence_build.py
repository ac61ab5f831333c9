"""What contractors, notices, registration and upkeep say about the rules that are read off the dossier."""

from django.urls import reverse

from xiuhua.ground import standards
from xiuhua.ground.standards.workdays import working_days_between
from xiuhua.ground.territory.days import today
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import evidence, queries_build
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.rules import contractors, notices, units
from xiuhua.programmes.lifts.rules.moves import Evidence


@evidence.reads("quotes")
def _quotes(dossier: Dossier) -> Evidence:
    """Enough firms were asked, and one is chosen."""
    rows = queries_build.quotes_of(dossier)
    chosen = next((row for row in rows if row.is_chosen), None)
    least = standards.on(today(), at=dossier.path).lifts.money.least_quotes.number
    verdict = contractors.quotes_are_settled(
        quotes=len(rows), least=least, chosen=chosen.contractor.name if chosen else ""
    )
    told = evidence.as_evidence(verdict)
    return Evidence(
        told.kept, told.words, chosen.chosen_on if chosen else None, reverse("lifts:quotes", args=[dossier.pk])
    )


@evidence.reads("notice")
def _notice(dossier: Dossier) -> Evidence:
    """A notice has hung for all its days."""
    row = queries_build.notice_of(dossier)
    verdict = notices.notice_has_run(
        posted_on=row.posted_on if row else None, until_on=row.until_on if row else None, today=today()
    )
    told = evidence.as_evidence(verdict)
    return Evidence(told.kept, told.words, row.until_on if row else None, reverse("lifts:notice", args=[dossier.pk]))


@evidence.reads("registration")
def _registration(dossier: Dossier) -> Evidence:
    """The lift is registered for use."""
    row = queries_build.unit_of(dossier)
    url = reverse("lifts:unit", args=[dossier.pk])
    return Evidence(True, row.registration, row.registered_on, url) if row else Evidence(False, "", None, url)


@evidence.reads("upkeep")
def _upkeep(dossier: Dossier) -> Evidence:
    """Somebody keeps the lift since this step began, and it is agreed what a household pays."""
    unit = queries_build.unit_of(dossier)
    since = dossier.moved_on or today()
    row = (
        unit.upkeeps.filter(from_on__lte=today(), until_on__gte=since).select_related("firm").first() if unit else None
    )
    verdict = units.upkeep_is_agreed(
        row.firm.name if row else "",
        until_on=row.until_on if row else None,
        household_fen=row.household_fen if row else None,
        yuan=f"{row.household_fen / 100:g}" if row else "",
    )
    told = evidence.as_evidence(verdict)
    return Evidence(told.kept, told.words, row.from_on if row else None, reverse("lifts:unit", args=[dossier.pk]))


@evidence.waits
def _applied(rule: str, dossier: Dossier) -> str:
    """For how long an authority has been asked."""
    row = queries_build.permit_of(rule, dossier)
    if row is None:
        return ""
    told = {"day": notices.short(row.applied_on, today()), "where": row.authority}
    return _("%(day)s送%(where)s，等了 %(days)s 个工作日") % {
        **told,
        "days": working_days_between(row.applied_on, today()),
    }
