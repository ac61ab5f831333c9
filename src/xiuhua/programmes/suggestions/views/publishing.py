"""Putting it on the public board: one writes, another looks it over."""

from django.http import HttpRequest, HttpResponse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import actions, permits, queries
from xiuhua.programmes.suggestions.forms import DraftForm, PublishForm, ReasonForm
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.sorting.personal import find
from xiuhua.programmes.suggestions.views.asked import ask, sent, suggestion_or_404


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what would stand on the public board."""
    row, actor = suggestion_or_404(request, pk), actor_of(request)
    require(permits.may_handle(actor, suggestion=row))
    initial = {
        "title": row.public_title or row.title,
        "words": row.public_words or row.masked_words,
        "place": row.public_place or queries.public_place(row),
        "answer": row.public_answer or _last_answer(row),
    }
    form = DraftForm(sent(request), initial=initial)
    shown = {name: form.data.get(name, "") if form.is_bound else initial[name] for name in initial}
    page = FormPage(
        title=_("拟公开"),
        submit=_("请另一位同事核对"),
        icon="i-speakerphone",
        say=[_("居民会看到的话，不写个人信息。由另一位同事核对以后公开。")],
        template="suggestions/draft.html",
        extra={"found": [(form[name].label, marked(text)) for name, text in shown.items() if find(text)]},
    )
    return ask(
        request, row, form, page, lambda: actions.draft_publication(actor=actor, suggestion=row, **form.cleaned_data),
        _("写好了，等另一位同事核对。"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Look over what a colleague wrote, choose photographs, and let everybody see it."""
    row, actor = suggestion_or_404(request, pk), actor_of(request)
    require(permits.may_decide(actor, suggestion=row))
    photos = list(StoredFile.objects.of(row).photos())
    form = PublishForm(
        sent(request),
        photos=[
            (str(photo.pk), photo.title or _("照片 %(number)s") % {"number": n}) for n, photo in enumerate(photos, 1)
        ],
    )
    page = FormPage(
        title=_("核对公开"),
        submit=_("核对无误，公开"),
        icon="i-speakerphone",
        template="suggestions/publish.html",
        extra={
            "row": row,
            "point": queries.public_point(row),
            "photos": photos,
            "words": marked(row.public_words),
            "answer": marked(row.public_answer),
        },
    )

    def act() -> None:
        actions.publish(actor=actor, suggestion=row, photos=form.cleaned_data.get("photos", []))

    return ask(request, row, form, page, act, _("公开了，居民在公示栏上看得到。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off the public board, saying why."""
    row, actor = suggestion_or_404(request, pk), actor_of(request)
    require(permits.may_decide(actor, suggestion=row))
    form = ReasonForm(sent(request))
    page = FormPage(title=_("撤下公开"), submit=_("撤下"), icon="i-eye-off", danger=True)
    return ask(
        request, row, form, page, lambda: actions.unpublish(actor=actor, suggestion=row, **form.cleaned_data),
        _("撤下了，居民看不到了。"),
    )  # fmt: skip


def marked(text: str) -> SafeString:
    """A text with what looks like personal data marked."""
    parts, at = SafeString(""), 0
    for found in find(text):
        parts += conditional_escape(text[at : found.start])
        parts += format_html('<mark title="{}">{}</mark>', _("像是个人信息"), text[found.start : found.end])
        at = found.end
    return parts + conditional_escape(text[at:])


def _last_answer(row: Suggestion) -> str:
    """Nothing of what was said to the person: that was to them. Of one in a project, what the project says."""
    return row.project.public_words if row.project else ""
