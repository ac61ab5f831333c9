"""Bindings of residents' accounts, for the workers who answer them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiuhua.ground.accounts.guards import UserRequest, sight_required
from xiuhua.ground.scope.masking import mask_name, mask_phone
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.normal import digits_of, name_of
from xiuhua.ground.territory import actions, lists, permits, queries
from xiuhua.ground.territory.forms import ConfirmForm, ReasonForm
from xiuhua.ground.territory.models import Binding, Household, Resident
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.ui.objects import Chip, Fact, Gate, Next, ObjectPage
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _

TONES = {"asked": "soon", "confirmed": "good", "refused": "outline", "ended": "outline"}


@sight_required(Sight.PEOPLE)
@require_safe
def bindings(request: HttpRequest) -> HttpResponse:
    """Bindings, those that wait first."""
    reader = lists.reader_of(request)
    return lists.bindings(reader, TONES).respond(request, queries.listed_bindings(reader.seer))


@sight_required(Sight.PEOPLE)
@require_safe
def binding(request: UserRequest, pk: int) -> HttpResponse:
    """A binding: who asks, what fits what is on record, and the two answers."""
    return _page(request, _binding_or_404(request, pk)).respond(request)


@sight_required(Sight.PEOPLE)
@require_POST
def applicant(request: UserRequest, pk: int) -> HttpResponse:
    """The same with name and telephone whole, this once."""
    row = _answered_by(request, pk)
    try:
        actions.look_at_applicant(actor=request.actor, binding=row)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(row)
    return _page(request, row, whole=True).respond(request)


def _page(request: UserRequest, row: Binding, *, whole: bool = False) -> ObjectPage:
    answers = row.state == Binding.State.ASKED and permits.may_answer_binding(request.actor, binding=row)
    acts = []
    if answers:
        acts = [
            Act(_("不通过"), reverse("territory:refuse_binding", args=[row.pk]), "i-x"),
            Act(_("确认绑定"), reverse("territory:confirm_binding", args=[row.pk]), "i-check", primary=True),
        ]
        if not whole:
            acts.insert(0, Act(_("看姓名和手机"), reverse("territory:applicant", args=[row.pk]), "i-eye", post=True))
    elif row.state == Binding.State.CONFIRMED and permits.may_end_binding(request.actor, binding=row):
        acts = [Act(_("结束绑定"), reverse("territory:end_binding", args=[row.pk]), "i-ban", danger=True)]
    name, phone = (row.name, row.user.phone) if whole else (mask_name(row.name), mask_phone(row.user.phone))
    return ObjectPage(
        title=_("住户绑定：%(who)s") % {"who": name},
        subtitle=row.address,
        subject=row,
        crumbs=_crumbs(),
        chips=[Chip(row.get_state_display(), TONES[row.state])],
        acts=acts,
        facts=[
            Fact(_("自己写的姓名"), name),
            Fact(_("登录用的手机"), phone),
            Fact(_("自己写的地址"), row.address, link=row.household.get_absolute_url() if row.household else ""),
            Fact(_("申请时间"), row.asked_on),
            Fact(_("办理时间"), row.decided_on),
            Fact(_("说明"), row.note),
        ],
        aside=[Next(_("和档案对一对"), gates=_gates(row), say=_say(row))] if answers else [],
    )


@sight_required(Sight.PEOPLE)
@require_http_methods(["GET", "POST"])
def confirm_binding(request: UserRequest, pk: int) -> HttpResponse:
    """Confirm that who asks lives there."""
    row = _answered_by(request, pk)
    households = Household.objects.visible_to(request.actor).filter(stairwell=row.stairwell).order_by("room")
    households = households.select_related("stairwell__building").defer("stairwell__building__geometry")
    at_home = Resident.objects.visible_to(request.actor).here().filter(household__stairwell=row.stairwell)
    if row.household_id and request.method != "POST":
        at_home = at_home.filter(household=row.household_id)
    likely = _likely(row)
    initial = {"household": row.household_id, "resident": likely.pk if likely else None}
    form = ConfirmForm(request.POST or None, households, at_home.order_by("path"), initial)
    if form.is_valid():
        with refusals_on(form):
            actions.confirm_binding(actor=request.actor, binding=row, **form.cleaned_data)
            messages.success(request, _("已确认，居民的手机上马上看得到"))
            return redirect(row)
    return _form_page(row, title=_("确认绑定"), submit=_("确认绑定"), icon="i-check", say=_doubts(row)).respond(
        request, form
    )


@sight_required(Sight.PEOPLE)
@require_http_methods(["GET", "POST"])
def refuse_binding(request: UserRequest, pk: int) -> HttpResponse:
    """Refuse a binding, with a reason."""
    row = _answered_by(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.refuse_binding(actor=request.actor, binding=row, **form.cleaned_data)
            messages.success(request, _("已回复"))
            return redirect("territory:bindings")
    return _form_page(row, title=_("不通过绑定"), submit=_("不通过"), danger=True).respond(request, form)


@sight_required(Sight.PEOPLE)
@require_http_methods(["GET", "POST"])
def end_binding(request: UserRequest, pk: int) -> HttpResponse:
    """End a binding that stands."""
    row = _binding_or_404(request, pk)
    if not permits.may_end_binding(request.actor, binding=row):
        raise PermissionDenied
    say = [_("这个手机号以后看不到这一户，要看得重新申请。")]
    if request.method == "POST":
        try:
            actions.end_binding(actor=request.actor, binding=row)
        except Refused as refused:
            say = [str(reason) for reason in refused.reasons]
        else:
            messages.success(request, _("已结束"))
            return redirect(row)
    page = _form_page(row, title=_("结束绑定"), submit=_("结束绑定"), danger=True, say=say)
    return page.respond(request, status=422 if request.method == "POST" else 200)


def _binding_or_404(request: UserRequest, pk: int) -> Binding:
    rows = Binding.objects.select_related("user", "stairwell__building", "household__stairwell__building")
    defer = ("stairwell__building__geometry", "household__stairwell__building__geometry")
    row: Binding = get_visible_or_404(rows.defer(*defer), request.actor, pk=pk)
    return row


def _answered_by(request: UserRequest, pk: int) -> Binding:
    row = _binding_or_404(request, pk)
    if not permits.may_answer_binding(request.actor, binding=row):
        raise PermissionDenied
    return row


def _form_page(row: Binding, **said: Any) -> FormPage:
    return FormPage(
        subtitle=row.address,
        crumbs=[*_crumbs(), (row.address, row.get_absolute_url())],
        cancel=row.get_absolute_url(),
        **said,
    )


def _crumbs() -> list[tuple[str, str]]:
    return [(_("住户绑定"), reverse("territory:bindings"))]


def _likely(row: Binding) -> Resident | None:
    """Who of those at home bears the name that was given."""
    at_home = Resident.objects.here().filter(household=row.household_id) if row.household_id else []
    named = [one for one in at_home if one.name and name_of(one.name) == name_of(row.name)]
    return named[0] if len(named) == 1 else None


def _gates(row: Binding) -> list[Gate]:
    """What of that which was given fits what is on record; what is on record is not shown."""
    likely = _likely(row)
    phone = likely is not None and digits_of(likely.phone) == digits_of(row.user.phone)
    return [
        Gate(_("这一室有登记的住户"), "ok") if row.household_id else Gate(_("这一室没有登记的住户"), "bad"),
        Gate(_("姓名对得上档案里的一位"), "ok") if likely else Gate(_("姓名对不上"), "bad"),
        Gate(_("手机和那一位登记的一样"), "ok") if phone else Gate(_("手机对不上"), "warn"),
    ]


def _doubts(row: Binding) -> list[str]:
    """What to ask before confirming, beginning with what does not fit."""
    amiss = [str(gate.title) for gate in _gates(row) if gate.state != "ok"]
    doubt = _("注意：%(amiss)s。问清楚是谁，再选是档案里的哪一位。") % {"amiss": "，".join(amiss)}
    return [doubt, _say(row)] if amiss else [_say(row)]


def _say(row: Binding) -> str:
    return _("当面或打电话问清楚再确认：确认以后，这个手机号看得到这一户的情况。")
