"""Pages of what should have followed on another room's verb and did not (没有接上的事)."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.ground.jobs import actions, queries
from xiuhua.ground.jobs.lists import LOOSE_ENDS
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.permits import TIES_UP
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.journal.naming import Named, actors_named, named
from xiuhua.ground.journal.verbs import words_for
from xiuhua.ground.scope.queryset import OutOfSight
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage, act_at_once, refusals_on
from xiuhua.ground.ui.objects import Fact, ObjectPage
from xiuhua.ground.words import gettext as _


class DropForm(forms.Form):
    """Why it need not be done."""

    reason = forms.CharField(max_length=200, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["reason"].label = _("为什么不用办")


@require_safe
def loose_end_list(request: HttpRequest) -> HttpResponse:
    """Everything of the places that the reader looks after."""
    return LOOSE_ENDS.respond(request, queries.loose_ends_for(actor_of(request)))


@require_safe
def loose_end(request: HttpRequest, job_id: int) -> HttpResponse:
    """One: what happened, what should have followed, why it did not."""
    job = _job(request, job_id)
    entry = Entry.objects.get(pk=job.args["entry"])
    subject = _subject(entry, actor_of(request))
    return ObjectPage(
        title=job.title,
        subject=job,
        crumbs=_crumbs(),
        acts=[
            Act(_("再办一次"), reverse("jobs:redo_loose_end", args=[job.pk]), "i-refresh", primary=True, post=True),
            Act(_("不用办了"), reverse("jobs:drop_loose_end", args=[job.pk]), "i-x"),
        ],
        facts=[
            Fact(_("起因"), words_for(entry.verb)),
            *([Fact(_("哪一件"), subject.text, link=subject.url)] if subject else []),
            Fact(_("谁办的"), actors_named([entry.actor], actor_of(request))[entry.actor]),
            Fact(_("什么时候"), entry.at),
            Fact(_("为什么没接上"), "\n".join(job.reasons)),
            Fact(_("编号"), job.error_code),
        ],
    ).respond(request)


@require_POST
def redo(request: HttpRequest, job_id: int) -> HttpResponse:
    """Try it again."""
    job = _job(request, job_id)
    act_at_once(request, lambda: actions.redo_reaction(actor=actor_of(request), job=job), _("重新排上了队。"))
    return redirect("jobs:loose_ends")


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, job_id: int) -> HttpResponse:
    """Let it be, and say why."""
    job = _job(request, job_id)
    here = reverse("jobs:loose_end", args=[job.pk])
    form = DropForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.drop_reaction(actor=actor_of(request), job=job, **form.cleaned_data)
            messages.success(request, _("记下了，不用办了。"))
            return redirect("jobs:loose_ends")
    return FormPage(
        title=_("不用办了"),
        subtitle=job.title,
        submit=_("不用办了"),
        icon="i-x",
        crumbs=[*_crumbs(), (job.title, here)],
        say=[_("原因会留在记录里。")],
        cancel=here,
    ).respond(request, form)


def _subject(entry: Entry, reader: Actor) -> Named | None:
    """What the entry is about, as the reader may know it."""
    thing = (entry.subject_type, entry.subject_id)
    return named([thing], reader)[thing] if entry.subject_type else None


def _crumbs() -> list[tuple[str, str]]:
    return [(_("没有接上的事"), reverse("jobs:loose_ends"))]


def _job(request: HttpRequest, job_id: int) -> Job:
    if not actor_of(request).holds(*TIES_UP):
        raise PermissionDenied
    job = queries.loose_ends_for(actor_of(request)).filter(pk=job_id).first()
    if job is None:
        raise OutOfSight(Job.objects.filter(pk=job_id).first())
    return job
