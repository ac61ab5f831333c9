"""Residents' questions: all of them, those about a stairwell, and one with its answer."""

from django.contrib import messages
from django.forms import CharField, Form, Textarea
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.acts import Crumbs
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.ui.objects import Fact, ObjectPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, lists_questions, permits_phone
from xiuhua.programmes.lifts.models import Question
from xiuhua.programmes.lifts.screens import head
from xiuhua.programmes.lifts.screens import questions as screen
from xiuhua.programmes.lifts.views.asked import crumbs, dossier_or_404


class AnswerForm(Form):
    """What the resident reads."""

    answer = CharField(
        label=gettext_lazy("答复"), widget=Textarea(attrs={"rows": 5}), help_text=gettext_lazy("居民直接看到，用平常话")
    )


@require_safe
@sight_required(Sight.OWNERS)
def questions(request: HttpRequest) -> HttpResponse:
    """Questions across the reader's places, those that wait first."""
    return lists_questions.page(request).respond(request, lists_questions.questions(actor_of(request)))


@require_safe
@sight_required(Sight.OWNERS)
def dossier_questions(request: HttpRequest, pk: int) -> HttpResponse:
    """Questions about one stairwell."""
    dossier = dossier_or_404(request, pk)
    section = screen.section_of(actor_of(request), dossier)
    return head.page_of(request, dossier, sections=[section], acts=[]).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OWNERS)
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: its answer, or a form for it."""
    actor = actor_of(request)
    row = get_visible_or_404(lists_questions.questions(actor), actor, pk=pk)
    way = [*crumbs(), (_("居民提问"), reverse("lifts:questions"))]
    if row.answered_at or not permits_phone.may_answer_question(actor, question=row):
        return _read(request, row, way)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.answer_question(actor=actor, question=row, answer=form.cleaned_data["answer"])
            messages.success(request, _("答复发到居民的账号里了。"))
            return redirect("lifts:questions")
    page = FormPage(title=_("答复提问"), submit=_("发出答复"), icon="i-send", say=[row.words or _("想装电梯")])
    return page.respond(request, form, subtitle=row.stairwell.address, crumbs=way, cancel=reverse("lifts:questions"))


def _read(request: HttpRequest, row: Question, way: Crumbs) -> HttpResponse:
    page = ObjectPage(
        title=_("居民提问"),
        subtitle=row.stairwell.address,
        subject=row,
        crumbs=way,
        facts=[
            Fact(_("种类"), row.get_kind_display()),
            Fact(_("问什么"), row.words),
            Fact(_("提问时间"), timezone.localtime(row.asked_at).strftime("%Y-%m-%d %H:%M")),
            Fact(_("答复"), row.answer),
        ],
    )
    return page.respond(request)
