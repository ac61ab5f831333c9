"""What residents do on their own phones: ask, wish for a lift, report a fault, tell a limit, object."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import UserRequest, signed_in
from xiuhua.ground.clock import now
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Stairwell
from xiuhua.ground.ui.forms import refusals_on
from xiuhua.ground.ui.phone_forms import PhoneForm
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, queries_build, queries_own, words
from xiuhua.programmes.lifts.forms.yuan import YuanField
from xiuhua.programmes.lifts.models import Dossier, Fault, Flat, Limit, Objection, Question, Unit
from xiuhua.programmes.lifts.own import told
from xiuhua.programmes.lifts.own.asked import resident_of, standing_or_404, standings_of
from xiuhua.programmes.lifts.queries_own import Standing
from xiuhua.programmes.lifts.rules.faults import FaultFacts

ASK = PhoneForm(
    title=gettext_lazy("问一句"), submit=gettext_lazy("问专员"), template="lifts/own/ask.html", extra={"asked": []}
)
WISH = PhoneForm(title=gettext_lazy("想装电梯"), submit=gettext_lazy("告诉加梯分中心"))
FAULT = PhoneForm(title=gettext_lazy("电梯报修"), submit=gettext_lazy("报修"), template="lifts/own/fault.html")
LIMIT = PhoneForm(title=gettext_lazy("心里价位"), submit=gettext_lazy("封存"), template="lifts/own/limit.html")
OBJECT = PhoneForm(title=gettext_lazy("提异议"), submit=gettext_lazy("交给街道"), template="lifts/own/object.html")


class WordsForm(forms.Form):
    """One question: in one's own words."""

    words = forms.CharField(label=gettext_lazy("想问什么"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: str = "", hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["words"]
        field.label, field.help_text = label or field.label, hint


class FaultForm(forms.Form):
    """What is the matter with the lift."""

    what = forms.ChoiceField(
        label=gettext_lazy("电梯怎么了"),
        choices=[
            ("trapped", gettext_lazy("有人被困")),
            ("stopped", gettext_lazy("停了，不动")),
            ("other", gettext_lazy("能开，有毛病")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("还没有选电梯怎么了")},
    )
    words = forms.CharField(
        label=gettext_lazy("说一句"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("例如：停在 4 楼，门打不开"),
    )

    def facts(self) -> FaultFacts:
        """What is said, as rules ask about it."""
        what = self.cleaned_data["what"]
        return FaultFacts(
            trapped=what == "trapped", stopped=what in ("trapped", "stopped"), words=self.cleaned_data["words"]
        )


class LimitForm(forms.Form):
    """The most that a household would pay."""

    flat = forms.ChoiceField(label=gettext_lazy("哪一套"))
    amount = YuanField(label=gettext_lazy("最多愿意出"), min_value=0, help_text=gettext_lazy("元"))

    def __init__(self, *args: Any, flats: list[Flat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(flat.pk), _("%(room)s 室") % {"room": flat.room}) for flat in flats]
        if len(choices) == 1:
            self.fields["flat"] = forms.CharField(widget=forms.HiddenInput(), initial=choices[0][0])
        else:
            self.fields["flat"].choices = choices  # type: ignore[attr-defined]


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def ask(request: UserRequest, pk: int) -> HttpResponse:
    """问一句: what one has asked with the answers, and a new question."""
    dossier = standing_or_404(request, pk).dossier
    form = WordsForm(request.POST or None, hint=_("分摊、采光、噪声、工期都可以问"))
    if form.is_valid():
        with refusals_on(form):
            actions.ask(actor=request.actor, stairwell=dossier.stairwell, words=form.cleaned_data["words"])
            messages.success(request, _("问好了，有答复会告诉您"))
            return redirect("own_lift:ask", pk)
    rows = queries_own.asked_by(request.user).filter(stairwell=dossier.stairwell_id)
    return ASK.respond(request, form, back=_home(pk), extra={"asked": list(rows), "dossier": dossier})


@never_cache
@signed_in
@require_safe
def asked(request: UserRequest, pk: int) -> HttpResponse:
    """One question of one's own with its answer."""
    row = Question.objects.filter(user=request.user, pk=pk).select_related("stairwell__building").first()
    if row is None:
        raise Http404
    return render(request, "lifts/own/asked.html", {"row": row})


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def wish(request: UserRequest) -> HttpResponse:
    """Say that one wishes for a lift, where none is under way."""
    stairwell = _own_stairwell(request)
    if stairwell is None:
        return redirect("own_lift:mine")
    form = WordsForm(request.POST or None, label=_("还想说什么"), hint=_("不写也可以"))
    if form.is_valid():
        with refusals_on(form):
            words = form.cleaned_data["words"]
            actions.ask(actor=request.actor, stairwell=stairwell, words=words, kind=Question.Kind.WISH)
            messages.success(request, _("记下了，分中心会联系您"))
            return redirect("own_lift:mine")
    say = [
        _("告诉分中心：%(address)s有人想装电梯。想装的人家多了，专员就来一户一户问。") % {"address": stairwell.address}
    ]
    return WISH.respond(request, form, back=reverse("own_lift:mine"), say=say)


@never_cache
@require_http_methods(["GET", "POST"])
def fault(request: HttpRequest, pk: int) -> HttpResponse:
    """报修: whom to ring first, for everybody who stands there; what is the matter, for those of the stairwell."""
    if request.method == "POST" or any(one.dossier.pk == pk for one in standings_of(request)):
        return _report(cast(UserRequest, request), pk)
    unit = Unit.objects.in_service().filter(dossier=pk).select_related("dossier").first()
    if unit is None:
        raise Http404
    return render(request, "lifts/own/trapped.html", {"unit": unit, "upkeep": queries_build.upkeep_of(unit, today())})


@signed_in
def _report(request: UserRequest, pk: int) -> HttpResponse:
    standing = standing_or_404(request, pk)
    unit = queries_build.unit_of(standing.dossier)
    if unit is None or not unit.in_service:
        raise Http404
    form = FaultForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            done = actions.report_fault(actor=request.actor, lift=unit, facts=form.facts(), at=now())
            messages.success(request, _("报修收到了。%(until)s") % {"until": _by_when(done.subject)})
            return redirect("own_lift:stairwell", pk)
    extra = {
        "upkeep": queries_build.upkeep_of(unit, today()),
        "open_faults": list(Fault.objects.filter(lift=unit).open()),
        "figures": words.book(standing.dossier.path).fault,
    }
    return FAULT.respond(request, form, back=_home(pk), extra=extra)


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def limit(request: UserRequest, pk: int) -> HttpResponse:
    """心里价位: the most one would pay, sealed."""
    flats = _own_flats(standing_or_404(request, pk))
    if not flats:
        raise Http404
    form = LimitForm(request.POST or None, flats=flats)
    if form.is_valid():
        flat = next((one for one in flats if str(one.pk) == form.cleaned_data["flat"]), None)
        if flat is None:
            raise Http404
        with refusals_on(form):
            actions.state_limit(actor=request.actor, flat=flat, amount_fen=form.cleaned_data["amount"], on=today())
            messages.success(request, _("封存好了，谁也看不到"))
            return redirect("own_lift:stairwell", pk)
    kept = Limit.objects.filter(flat__in=flats).order_by("-on").first()
    least = words.book(flats[0].dossier.path).money.limits_least
    return LIMIT.respond(request, form, back=_home(pk), extra={"kept": kept, "least": least})


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def object_(request: UserRequest, pk: int) -> HttpResponse:
    """提异议: what one objects to while the notice hangs, and what was answered."""
    standing = standing_or_404(request, pk)
    dossier, notice = standing.dossier, told.hanging_notice(standing.dossier)
    own = Objection.objects.filter(dossier=dossier, by=request.user.reference).order_by("-raised_on", "-pk")
    if notice is None and not own:
        raise Http404
    form = WordsForm(request.POST or None, label=_("不同意哪里"), hint=_("写清楚哪里、为什么"))
    if notice is not None and form.is_valid():
        with refusals_on(form):
            actions.note_objection(
                actor=request.actor,
                dossier=dossier,
                words=form.cleaned_data["words"],
                raised_on=today(),
                flat=_flat_for(request, standing),
            )
            messages.success(request, _("异议收到了，会书面答复您"))
            return redirect("own_lift:object", pk)
    days = words.book(dossier.path).notice.reply_days
    extra = {"notice": notice, "own": list(own), "days": days}
    return OBJECT.respond(request, form, back=_home(pk), extra=extra)


def _own_stairwell(request: HttpRequest) -> Stairwell | None:
    """The stairwell at home, where one can wish for a lift."""
    user = resident_of(request)
    home = queries_own.home_of(user) if user else None
    if home is None or home.stairwell.has_lift or home.stairwell.lift_suitable is False:
        return None
    stairwell: Stairwell = home.stairwell
    under_way = Dossier.objects.filter(stairwell=stairwell).exclude(state="waiting").exists()
    return None if under_way else stairwell


def _own_flats(standing: Standing) -> list[Flat]:
    """Flats that the reader owns in a stairwell; nobody tells a limit for somebody else here."""
    owners = [one.pk for one in standing.owners]
    rows = Flat.objects.filter(ownerships__owner__in=owners).select_related("dossier").distinct()
    return list(rows.order_by("room"))


def _flat_for(request: HttpRequest, standing: Standing) -> Flat | None:
    """The flat in whose name one objects: the own one, else where one lives."""
    user = resident_of(request)
    owned = _own_flats(standing)
    if owned or user is None:
        return owned[0] if owned else None
    return next((one for one in queries_own.flats_of(user) if one.dossier_id == standing.dossier.pk), None)


def _by_when(row: Fault) -> str:
    return _("%(grade)s，最晚 %(time)s 有人到。") % {
        "grade": row.get_priority_display(),
        "time": date_format(timezone.localtime(row.due_at), _("n 月 j 日 H:i")),
    }


def _home(pk: int) -> str:
    return reverse("own_lift:stairwell", args=[pk])
