"""What is done with milestones: added, reached, moved."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.projects import actions, permits
from xiuhua.programmes.projects.forms import DayForm, MilestoneForm, MoveForm
from xiuhua.programmes.projects.views.asked import ask, milestone_or_404, project_or_404


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PLACES)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a milestone to a project."""
    project, actor = project_or_404(request, pk), actor_of(request)
    require(permits.may_edit(actor, project=project))
    page = FormPage(title=_("增加节点"), submit=_("增加节点"), icon="i-plus")
    act = partial(actions.add_milestone, actor=actor, project=project)
    return ask(request, project, MilestoneForm(request.POST or None), page, act, _("节点加上了。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PLACES)
def reach(request: HttpRequest, pk: int) -> HttpResponse:
    """Note the day on which a milestone was reached."""
    milestone, actor = milestone_or_404(request, pk), actor_of(request)
    require(permits.may_edit_milestone(actor, milestone=milestone))
    title = _("记完成：%(title)s") % {"title": milestone.title}
    form = DayForm("done_on", _("哪天完成的"), request.POST or None)
    act = partial(actions.reach_milestone, actor=actor, milestone=milestone)
    page = FormPage(title=title, submit=_("记完成"), icon="i-check")
    return ask(request, milestone.project, form, page, act, _("节点完成了。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PLACES)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a milestone to another day, and say why."""
    milestone, actor = milestone_or_404(request, pk), actor_of(request)
    require(permits.may_edit_milestone(actor, milestone=milestone))
    title = _("改期：%(title)s") % {"title": milestone.title}
    say = [_("最初定的是 %(day)s，这一天会一直留着。") % {"day": milestone.first_due_on}]
    form = MoveForm(request.POST or None, initial={"due_on": milestone.due_on})
    act = partial(actions.move_milestone, actor=actor, milestone=milestone)
    page = FormPage(title=title, submit=_("改期"), icon="i-calendar-event", say=say)
    return ask(request, milestone.project, form, page, act, _("改期了，原因已经记下。"))
