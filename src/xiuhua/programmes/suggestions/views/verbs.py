"""Verbs with a page of their own: handed on, passed on, given more time, taken apart, adopted or not."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import Standards
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.projects.models import Project
from xiuhua.programmes.suggestions import actions, permits, proposals, reaching, rules, words
from xiuhua.programmes.suggestions.forms import (
    AdoptForm,
    PassOnForm,
    ReasonForm,
    TransferForm,
    WordsForm,
    unit_from,
    units,
)
from xiuhua.programmes.suggestions.models import Suggestion
from xiuhua.programmes.suggestions.views.asked import ask, sent, suggestion_or_404
from xiuhua.programmes.suggestions.views.deeds import oneself

WITH_WORDS = "suggestions/words_form.html"
"""Template of a form with words to the person: gaps of a first draft are marked."""


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it on to another section or committee, saying why."""
    row, actor = suggestion_or_404(request, pk), actor_of(request)
    require(permits.may_handle(actor, suggestion=row))
    form = TransferForm(sent(request), choices=units(words.book(row.subdistrict), committee_names(actor)))

    def act() -> None:
        told = form.cleaned_data
        unit = unit_from(told["unit"])
        if unit is None:
            raise Refused(Reason(_("还没有选转给谁"), field="unit", mend=_("请选一个科室，或者一个居委会")))
        me = oneself(request, told["by_me"])
        actions.transfer(actor=actor, suggestion=row, unit=unit, reason=told["reason"], assignee=me)

    page = FormPage(title=_("转交"), submit=_("转交"), icon="i-arrow-right")
    return ask(request, row, form, page, act, _("转交了，原因一起带过去了。"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def service(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass on what is a request for service."""
    row = suggestion_or_404(request, pk)
    say = [_("要人上门、要修理的，不是建议：性质改成「服务请求」，转给能办的单位，办完再答复。")]
    page = FormPage(
        title=_("转服务请求"),
        submit=_submit(row, _("转出去，告诉居民"), _("转出去")),
        icon="i-tools",
        say=say,
        template=WITH_WORDS,
    )
    return _pass_on(request, row, "service", page)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def petition(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass on what is a personal claim, down its own road."""
    row = suggestion_or_404(request, pk)
    figure = words.book(row.subdistrict).suggestions.claim_is_no_suggestion
    say = [_("个人诉求不是建议，走信访：性质改成「个人诉求」，转到信访办，那边有自己的期限。")]
    page = FormPage(
        title=_("转信访"),
        submit=_submit(row, _("转信访，告诉居民"), _("转信访")),
        icon="i-scale",
        say=say,
        template=WITH_WORDS,
        extra={"figure": figure},
    )
    return _pass_on(request, row, "claim", page)


def _pass_on(request: HttpRequest, row: Suggestion, nature: str, page: FormPage) -> HttpResponse:
    """Say what it is by nature, and pass it on."""
    actor, book = actor_of(request), words.book(row.subdistrict)
    require(permits.may_decide(actor, suggestion=row))
    roads = {key: one for key, one in book.suggestions.roads.items() if one.nature in ("any", nature)}
    first = next((key for key, one in roads.items() if one.nature == nature), next(iter(roads), ""))
    notices = {key: _notice(row, nature, key, book) for key in roads}
    form = PassOnForm(
        sent(request),
        roads=[(key, one.name) for key, one in roads.items()],
        initial={"road": first, "words": notices.get(first, "")},
    )

    def act() -> None:
        told = form.cleaned_data
        kinds = {key: one.nature for key, one in book.suggestions.roads.items()}
        _refuse_early(nature, told["road"], kinds, told["words"])
        if row.nature != nature:
            actions.confirm_sorting(actor=actor, suggestion=row, nature=nature, category=row.category)
        actions.pass_on(actor=actor, suggestion=row, road=told["road"], notice=told["words"])

    drafts = [{"key": key, "words": text} for key, text in notices.items()]
    extra = {**page.extra, "drafts": drafts, "draft_field": "road", "suggestion": row}
    return ask(request, row, form, replace(page, extra=extra), act, reaching.told(row, _("转出去了。")))


def _refuse_early(nature: str, road: str, roads: dict[str, str], notice: str) -> None:
    """Refuse before its nature is changed what would be refused after."""
    for verdict in (rules.can_be_passed_on(nature, road, roads), rules.reply_can_be_sent(notice)):
        if not verdict.decision:
            raise Refused(*verdict.reasons)


def _notice(row: Suggestion, nature: str, road: str, book: Standards) -> str:
    """First words of what the person is told, with the day by which they hear more."""
    due = rules.reply_due_on(
        nature, is_complex=row.is_complex, extended=False, received_on=row.submitted_on, terms=book.suggestions.terms
    )
    text = str(book.suggestions.roads[road].notice.value)
    return words.begun(row, text.replace("{due}", words.on_day(due)))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Take more time, saying why."""
    row, actor = suggestion_or_404(request, pk), actor_of(request)
    require(permits.may_decide(actor, suggestion=row))
    terms = words.book(row.subdistrict).suggestions.terms
    longer = terms.claim_extension if row.nature == "claim" else terms.reply_complex
    due = rules.reply_due_on(row.nature, is_complex=True, extended=True, received_on=row.submitted_on, terms=terms)
    form = ReasonForm(sent(request))
    page = FormPage(
        title=_("延期"),
        submit=_("延期"),
        icon="i-hourglass",
        say=[_("只能延一次；答复期限会变成 %(day)s。") % {"day": words.on_day(due)}],
        template="suggestions/figure_form.html",
        extra={"figure": longer.days},
    )
    return ask(
        request,
        row,
        form,
        page,
        lambda: actions.extend(actor=actor, suggestion=row, **form.cleaned_data),
        _("延期了。"),
    )


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out again of what it was merged into."""
    row, actor = suggestion_or_404(request, pk), actor_of(request)
    require(permits.may_decide(actor, suggestion=row))
    into = row.merged_into
    say = [_("从「%(title)s」里拆出来，自己接着办。") % {"title": into.title if into else ""}]
    page = FormPage(title=_("拆开"), submit=_("拆开"), icon="i-stack-2", say=say)
    form = _Nothing(sent(request))
    return ask(request, row, form, page, lambda: actions.split(actor=actor, suggestion=row), _("拆开了。"))


class _Nothing(ReasonForm):
    """Nothing more is asked."""

    def __init__(self, data: object = None) -> None:
        super().__init__(data)
        del self.fields["reason"]


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt it into a project."""
    row, actor = suggestion_or_404(request, pk), actor_of(request)
    require(permits.may_decide(actor, suggestion=row))
    sought, named = request.GET.get("q", "").strip()[:80], request.GET.get("project", "")
    rows = _projects(row, actor, sought, request.POST.get("project", "") or named)
    templates = _templates(row, "adopted")
    first = named if named in {str(one.pk) for one in rows} else ""
    form = AdoptForm(
        sent(request),
        projects=[(str(one.pk), _project_words(one)) for one in rows],
        choices=[(one["key"], one["name"]) for one in templates],
        initial={"project": first, **_first(templates)},
    )

    def act() -> None:
        told = form.cleaned_data
        project = next((one for one in rows if str(one.pk) == told["project"]), None)
        if project is None:
            raise Refused(Reason(_("还没有选项目"), field="project", mend=_("按名称、地点或编号找，再选一个")))
        actions.adopt(actor=actor, suggestion=row, project=project, words=told["words"], template=told["template"])

    page = FormPage(
        title=_("采纳到项目"),
        submit=_submit(row, _("采纳，告诉居民"), _("采纳")),
        icon="i-link",
        say=[_("采纳以后，项目开工、完成、停办，都会告诉提建议的人。")],
        template="suggestions/adopt.html",
        extra={"drafts": templates, "draft_field": "template", "q": sought, "suggestion": row},
    )
    return ask(request, row, form, page, act, reaching.told(row, _("采纳了。")))


def _projects(row: Suggestion, actor: Actor, sought: str, chosen: str) -> list[Project]:
    """Projects to choose from: those that fit first, then others; those that were sought, where something was."""
    every = list(proposals.adopting(actor, wanted=sought))
    if sought:
        return every[:20]
    fitting = [one.project for one in proposals.fitting(row, every, few=8)]
    rest = [one for one in every if one not in fitting]
    named = [one for one in rest if str(one.pk) == chosen]
    return [*named, *fitting, *[one for one in rest if one not in named]][:12]


def _project_words(project: Project) -> str:
    count = getattr(project, "adopted_count", 0)
    told = [project.number, project.name, project.state_words]
    return _(" · ").join([*told, _("已采纳 %(count)s 件") % {"count": count}])


@require_http_methods(["GET", "POST"])
@sight_required(Sight.SUGGESTIONS)
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is not adopted, and why."""
    row, actor = suggestion_or_404(request, pk), actor_of(request)
    require(permits.may_decide(actor, suggestion=row))
    templates = _templates(row, "declined")
    choices = [(one["key"], one["name"]) for one in templates]
    form = WordsForm(sent(request), choices=choices, initial=_first(templates))
    page = FormPage(
        title=_("不采纳"),
        submit=_submit(row, _("不采纳，告诉居民原因"), _("不采纳，记下原因")),
        icon="i-x",
        template=WITH_WORDS,
        extra={"drafts": templates, "draft_field": "template", "suggestion": row},
    )
    return ask(
        request, row, form, page, lambda: actions.decline(actor=actor, suggestion=row, **form.cleaned_data),
        reaching.told(row, _("不采纳，原因记下了。")),
    )  # fmt: skip


def _submit(row: Suggestion, tells: str, notes: str) -> str:
    """What a button does: it tells the person only where they hear of it."""
    return tells if reaching.hears(row) else notes


def _templates(row: Suggestion, kind: str) -> list[dict[str, str]]:
    book = words.book(row.subdistrict).suggestions
    return [
        {"key": key, "name": one.name, "words": words.begun(row, str(one.text.value))}
        for key, one in book.templates.items()
        if one.kind == kind
    ]


def _first(templates: list[dict[str, str]]) -> dict[str, str]:
    return {"template": templates[0]["key"], "words": templates[0]["words"]} if templates else {}
