"""Pages of jobs: the list, one job with its progress, stop and retry. Whoever is let in is signed in (`doors.urls`)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from xiuhua.ground.jobs import actions, permits, queries
from xiuhua.ground.jobs.lists import JOBS, asker_of
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.templatetags.jobs import shown
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.ui.forms import act_at_once
from xiuhua.ground.ui.lists.workbook import file_response
from xiuhua.ground.ui.objects import Fact, Facts, ObjectPage, Part
from xiuhua.ground.words import gettext as _


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """All jobs that the reader may see."""
    return JOBS.respond(request, queries.jobs_of(actor_of(request)))


@require_safe
def job_page(request: HttpRequest, job_id: int) -> HttpResponse:
    """One job: how far it is, what came of it, what can be done."""
    job = _job(request, job_id)
    page = ObjectPage(
        title=job.title,
        subject=job,
        crumbs=[(_("后台任务"), reverse("jobs:list"))],
        sections=[
            Part(_("进度"), "jobs/parts/section.html", {"job": job}),
            Facts(
                _("交办"),
                [
                    Fact(_("种类"), job.kind_words),
                    Fact(_("交办人"), asker_of(job)),
                    Fact(_("交办时间"), job.made_at),
                ],
            ),
        ],
    )
    return page.respond(request)


@require_safe
def progress(request: HttpRequest, job_id: int) -> HttpResponse:
    """How far a job is, alone: what the page asks for every other second."""
    job = _job(request, job_id)
    response = render(request, "jobs/parts/progress.html", shown(job, request))
    if not job.open:
        response.headers["HX-Trigger"] = "xh:job-ended"
    return response


@require_safe
def file(request: HttpRequest, job_id: int) -> HttpResponse:
    """The file that a job made, for whoever asked for it."""
    job = _job(request, job_id)
    if not permits.may_have_file(actor_of(request), job=job):
        raise PermissionDenied
    found = queries.file_of(job)
    if found is None:
        messages.warning(request, _("文件只留一天，已经不在了；要的话请再办一次。"))
        return redirect(job)
    return file_response(found.workbook, found.name)


@require_POST
def stop(request: HttpRequest, job_id: int) -> HttpResponse:
    """Stop a job."""
    return _act(request, job_id, actions.stop_job, _("已经叫停，到了能停的地方就停下。"))


@require_POST
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    """Try a job again."""
    return _act(request, job_id, actions.retry_job, _("重新排上了队。"))


def _act(request: HttpRequest, job_id: int, action: Any, said: str) -> HttpResponse:
    job = _job(request, job_id)
    act_at_once(request, lambda: action(actor=actor_of(request), job=job), said)
    return redirect(job)


def _job(request: HttpRequest, job_id: int) -> Job:
    return get_visible_or_404(queries.jobs_of(actor_of(request)), actor_of(request), pk=job_id)
