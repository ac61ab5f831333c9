"""Pages of impact assessments."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import UserRequest, sight_required
from xiuhua.ground.accounts.places import names_of
from xiuhua.ground.privacy import actions, lists, queries
from xiuhua.ground.privacy.forms import AssessmentForm
from xiuhua.ground.privacy.models import ImpactAssessment
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage, Part, refusals_on
from xiuhua.ground.ui.objects import Chip, Fact, Facts, ObjectPage
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _


@require_safe
@sight_required(Sight.PRIVACY)
def assessment_list(request: UserRequest) -> HttpResponse:
    """Every impact assessment."""
    page = lists.assessments_page()
    return page.respond(request, queries.assessments_for(request.actor))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PRIVACY)
def new_assessment(request: UserRequest) -> HttpResponse:
    """Put an impact assessment on record."""
    tops = request.actor.sees(Sight.PRIVACY)
    names = names_of(tops)
    places = [(top, names.get(top, top)) for top in tops]
    form = AssessmentForm(request.POST or None, places=places, initial={"decided_on": today()})
    if form.is_valid():
        with refusals_on(form):
            done = actions.record_assessment(actor=request.actor, **form.cleaned_data)
            messages.success(request, _("影响评估登记好了。"))
            return redirect(done.subject)
    return FormPage(
        title=_("登记影响评估"),
        submit=_("登记评估"),
        icon="i-check",
        crumbs=[*lists.home_crumbs(), (_("影响评估"), reverse("privacy:assessments"))],
        say=[
            _("开始处理之前做。登记之后不能改；处理变了，重新评估一次。"),
            _("里面不要写具体某个人的信息。"),
        ],
        parts=[
            Part(_("评估什么"), ["title", ("trigger", "path"), "purpose"]),
            Part(_("评估的内容"), ["necessity", "risks", "measures"], hint=_("个人信息保护法第五十六条列的三项。")),
            Part(_("结论"), ["decision", "decided_on"]),
        ],
    ).respond(request, form, cancel=reverse("privacy:assessments"))


@require_safe
@sight_required(Sight.PRIVACY)
def assessment(request: UserRequest, assessment_id: int) -> HttpResponse:
    """One impact assessment."""
    row = _assessment(request, assessment_id)
    kept = on(row.decided_on).privacy.impact_keep_years
    over = today() >= row.keep_until
    remove = Act(
        _("删除"),
        reverse("privacy:remove_assessment", args=[row.pk]),
        "i-trash",
        danger=True,
        blocked="" if over else _("保存到 %(day)s") % {"day": row.keep_until},
    )
    return ObjectPage(
        title=row.title,
        subtitle=row.get_trigger_display(),
        subject=row,
        crumbs=[*lists.home_crumbs(), (_("影响评估"), reverse("privacy:assessments"))],
        chips=[Chip(row.get_decision_display(), {"go": "good", "measures": "soon", "stop": "over"}[row.decision])],
        acts=[remove],
        facts=[
            Fact(_("评估日期"), row.decided_on),
            Fact(_("至少保存到"), row.keep_until, source=kept),
            Fact(_("地方"), names_of([row.path]).get(row.path, row.path)),
        ],
        sections=[
            Facts(
                _("评估的内容"),
                [
                    Fact(_("目的和方式"), row.purpose),
                    Fact(_("是否合法、正当、必要"), row.necessity),
                    Fact(_("影响和风险"), row.risks),
                    Fact(_("保护措施"), row.measures),
                ],
            )
        ],
    ).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PRIVACY)
def remove_assessment(request: UserRequest, assessment_id: int) -> HttpResponse:
    """Remove an assessment whose time is over."""
    row = _assessment(request, assessment_id)
    if request.method == "POST":
        try:
            actions.remove_assessment(actor=request.actor, assessment=row)
        except Refused as refused:
            messages.warning(request, str(refused))
            return redirect(row)
        messages.success(request, _("已经删除。"))
        return redirect("privacy:assessments")
    return FormPage(
        title=_("删除影响评估"),
        submit=_("删除"),
        danger=True,
        say=[_("保存期已经满了的才能删除。"), _("删除之后恢复不了。")],
        crumbs=[*lists.home_crumbs(), (row.title, row.get_absolute_url())],
    ).respond(request, cancel=row.get_absolute_url())


def _assessment(request: UserRequest, assessment_id: int) -> ImpactAssessment:
    return get_visible_or_404(queries.assessments_for(request.actor), request.actor, pk=assessment_id)
