"""What is done with a project: decided, begun, finished, given up, made public."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.projects import actions, lists, permits
from xiuhua.programmes.projects.forms import DayForm, PhotosForm, ReasonForm
from xiuhua.programmes.projects.views.asked import act_at_once, ask, project_or_404


@require_POST
@sight_required(Sight.PLACES)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that it is to be done."""
    return act_at_once(request, project_or_404(request, pk), actions.approve_project, _("立项了。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PLACES)
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Note the day on which work began."""
    project, actor = project_or_404(request, pk), actor_of(request)
    require(permits.may_edit(actor, project=project))
    page = FormPage(title=_("记开工"), submit=_("记开工"), icon="i-crane")
    form = DayForm("started_on", _("哪天开工的"), request.POST or None)
    act = partial(actions.start_project, actor=actor, project=project)
    return ask(request, project, form, page, act, _("记下了，在建。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PLACES)
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Note the day on which it was finished."""
    project, actor = project_or_404(request, pk), actor_of(request)
    require(permits.may_edit(actor, project=project))
    page = FormPage(title=_("记完成"), submit=_("记完成"), icon="i-circle-check")
    form = DayForm("finished_on", _("哪天完成的"), request.POST or None)
    act = partial(actions.finish_project, actor=actor, project=project)
    return ask(request, project, form, page, act, _("完成了，辛苦。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PLACES)
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it up, and say why."""
    project, actor = project_or_404(request, pk), actor_of(request)
    require(permits.may_edit(actor, project=project))
    say = [_("停办以后不能再开工；原因会一直留着。")]
    page = FormPage(title=_("停办项目"), submit=_("停办"), icon="i-ban", danger=True, say=say)
    act = partial(actions.stop_project, actor=actor, project=project)
    return ask(request, project, ReasonForm(request.POST or None), page, act, _("停办了，原因已经记下。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PLACES)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody read about it, after reading what they will read."""
    project, actor = project_or_404(request, pk), actor_of(request)
    require(permits.may_decide(actor, project=project))
    if request.method == "POST":
        return act_at_once(request, project, actions.publish_project, _("公开了，居民在手机上看得到。"))
    here = project.get_absolute_url()
    photos = StoredFile.objects.of(project).photos().filter(public_at=None)
    return FormPage(
        title=_("公开项目"),
        submit=_("公开"),
        icon="i-speakerphone",
        subtitle=project.name,
        say=[
            project.public_words or _("还没有写对外介绍。"),
            _("请看一遍：没有个人信息，照片上没有认得出的人。"),
        ],
        crumbs=[*lists.crumbs(), (project.name, here)],
        cancel=here,
        template="projects/publish.html",
        extra={"photos": list(photos)},
    ).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PLACES)
def unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off the public list, and say why."""
    project, actor = project_or_404(request, pk), actor_of(request)
    require(permits.may_decide(actor, project=project))
    page = FormPage(title=_("撤下公开的项目"), submit=_("撤下"), icon="i-eye-off", danger=True)
    act = partial(actions.unpublish_project, actor=actor, project=project)
    return ask(request, project, ReasonForm(request.POST or None), page, act, _("撤下了，居民看不到了。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PLACES)
def add_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep photographs of it."""
    project, actor = project_or_404(request, pk), actor_of(request)
    require(permits.may_edit(actor, project=project))
    form = PhotosForm(request.POST or None, request.FILES or None)
    page = FormPage(title=_("添加照片"), submit=_("添加照片"), icon="i-photo-plus")
    act = partial(actions.add_photos, actor=actor, project=project)
    return ask(request, project, form, page, act, _("照片存好了。"))


@require_POST
@sight_required(Sight.PLACES)
def publish_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody see the photographs that came since."""
    return act_at_once(request, project_or_404(request, pk), actions.publish_photos, _("新照片公开了。"))
