"""What is done with a suggestion from beside it: sorted, taken up, handed out, merged, answered, closed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.accounts.models import User
from xiuhua.ground.journal.actions import idempotency_key
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.forms import refusals_on
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import actions, permits, words
from xiuhua.programmes.suggestions.flow import SuggestionFlow
from xiuhua.programmes.suggestions.forms import (
    AcceptForm,
    MemoForm,
    MergeForm,
    ReplyForm,
    SortingForm,
    unit_from,
    units,
)
from xiuhua.programmes.suggestions.likeness import alike_to
from xiuhua.programmes.suggestions.models import Reply, Suggestion
from xiuhua.programmes.suggestions.reaching import told
from xiuhua.programmes.suggestions.rules.merging import Candidate, staying
from xiuhua.programmes.suggestions.views.asked import (
    act_at_once,
    deed,
    on_from,
    suggestion_or_404,
    where_it_lies,
)


@require_POST
@sight_required(Sight.SUGGESTIONS)
def sort(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what it is."""
    row, actor = suggestion_or_404(request, pk), actor_of(request)
    require(permits.may_handle(actor, suggestion=row))
    places = [(row.subdistrict, ""), *committee_names(actor).items()]
    form = SortingForm(request.POST, book=words.book(row.subdistrict), places=places)

    def act() -> None:
        actions.confirm_sorting(actor=actor, suggestion=row, **form.cleaned_data)

    return deed(request, row, "sorting", form, act, _("分类确认了。"))


@require_POST
@sight_required(Sight.SUGGESTIONS)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it up, and hand it to whom the form names; one that was taken up is handed out."""
    row, actor = suggestion_or_404(request, pk), actor_of(request)
    require(permits.may_decide(actor, suggestion=row))
    form = AcceptForm(request.POST, choices=units(words.book(row.subdistrict), committee_names(actor)))

    def act() -> None:
        asked = form.cleaned_data
        unit, helper = unit_from(asked["unit"]), unit_from(asked["with_unit"])
        if unit is None:
            raise Refused(Reason(_("还没有选主办"), field="unit", mend=_("请选一个科室，或者一个居委会")))
        verb: Callable[..., Any] = actions.accept if row.state == "received" else actions.assign
        verb(
            actor=actor,
            suggestion=row,
            unit=unit,
            with_unit=helper,
            assignee=oneself(request, asked["by_me"]),
            **({"is_complex": asked["is_complex"]} if row.state == "received" else {}),
        )

    said = _("受理了，分派出去了。") if row.state == "received" else _("分派出去了。")
    return deed(request, row, "accept", form, act, said)


@require_POST
@sight_required(Sight.SUGGESTIONS)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one of several: the one that is furthest, or came first, stays."""
    row, actor = suggestion_or_404(request, pk), actor_of(request)
    require(permits.may_decide(actor, suggestion=row))
    choices = [(str(one.other.pk), one.other.title) for one in alike_to(row, actor)]
    form = MergeForm(request.POST, choices=choices)
    if form.is_valid():
        with refusals_on(form):
            others = _chosen(row, request, form.cleaned_data["alike"], form.cleaned_data["into"].strip())
            made_one(request, row, others)
            return on_from(request, row)
    return where_it_lies(request, suggestion_or_404(request, pk), forms={"merge": form}, status=422)


def _chosen(row: Suggestion, request: HttpRequest, alike: list[str], number: str) -> list[Suggestion]:
    """The others that a form names, by choice or by number."""
    seen = Suggestion.objects.visible_to(actor_of(request))
    others = list(seen.filter(pk__in=[int(one) for one in alike]))
    if number:
        named = seen.filter(subdistrict=row.subdistrict, number=number).first()
        if named is None:
            said = _("没有编号是 %(number)s 的建议") % {"number": number}
            raise Refused(Reason(said, field="into", mend=_("请核对编号，例如 2023-0803-017")))
        if named.pk == row.pk:
            raise Refused(Reason(_("不能并到自己"), field="into", mend=_("请选另一件")))
        if named not in others:
            others.append(named)
    if not others:
        raise Refused(Reason(_("还没有选和哪一件合并"), field="alike", mend=_("请勾选，或者填编号")))
    return others


def made_one(request: HttpRequest, row: Suggestion, others: list[Suggestion]) -> None:
    """Merge them all into the one that stays, and tell whoever asked what became one and what was too late for it.

    Raises
    ------
    Refused
        None of them can be merged any more.
    """
    every = {one.pk: one for one in (row, *others)}
    targets = set(Suggestion.objects.filter(merged_into__in=every).values_list("merged_into_id", flat=True))
    stays = every[staying([Candidate(one.pk, one.state, one.pk in targets) for one in every.values()])]
    left = [one for one in others if one.pk != stays.pk and not SuggestionFlow.allows("merge", one.state)]
    if stays.pk == row.pk and len(left) == len(others):
        raise Refused(Reason(_("选的都已经不能再合并"), field="alike", mend=_("请选还在办的一件")))
    once = request.POST.get("once", "")[:50]
    for one in every.values():
        if one.pk != stays.pk and one not in left:
            with idempotency_key(f"{once}-{one.pk}" if once else None):
                actions.merge(actor=actor_of(request), suggestion=one, into=stays)
    said = _("%(count)s 件并成一件，都在 %(number)s 里接着办。")
    messages.success(request, said % {"count": len(every) - len(left), "number": stays.number})
    if left:
        numbers = _("、").join(one.number for one in left)
        messages.warning(request, _("%(numbers)s 已经不能再合并，没有并进来。") % {"numbers": numbers})


@require_POST
@sight_required(Sight.SUGGESTIONS)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something to the person: that they were heard, or what was done."""
    row, actor = suggestion_or_404(request, pk), actor_of(request)
    require(permits.may_handle(actor, suggestion=row))
    book = words.book(row.subdistrict).suggestions
    form = ReplyForm(request.POST, choices=[(key, one.name) for key, one in book.templates.items()])

    def act() -> None:
        asked = form.cleaned_data
        verb = actions.contact if asked["kind"] == Reply.Kind.CONTACT else actions.answer
        verb(actor=actor, suggestion=row, words=asked["words"], template=asked["template"])

    return deed(request, row, "reply", form, act, told(row, _("记在这一件里了。")))


@require_POST
@sight_required(Sight.SUGGESTIONS)
def memo(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a word for colleagues."""
    row, actor = suggestion_or_404(request, pk), actor_of(request)
    require(permits.may_handle(actor, suggestion=row))
    form = MemoForm(request.POST)

    def act() -> None:
        actions.leave_memo(actor=actor, suggestion=row, words=form.cleaned_data["words"])

    return deed(request, row, "memo", form, act, _("留言了，一起办的同事看得到。"))


@require_POST
@sight_required(Sight.SUGGESTIONS)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Have done with it."""
    row = suggestion_or_404(request, pk)
    act = partial(actions.close, actor=actor_of(request), suggestion=row)
    return act_at_once(request, row, act, _("办结了。"))


def oneself(request: HttpRequest, wanted: bool) -> User | None:
    """Whoever asks, where they take it upon themselves."""
    user: User = request.user  # type: ignore[assignment]
    return user if wanted else None
