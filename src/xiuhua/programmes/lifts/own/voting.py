"""投票: the ballot paper on the phone, the receipt, and the published sheet.

A ballot does not go through the outbox of letters: it counts only if it is in the box before the close, which the
server's clock says, and only with a fresh code from the owner's telephone. Without signal the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xiuhua.ground.accounts.entrance.forms import PhoneForm as NumberForm
from xiuhua.ground.accounts.guards import signed_in
from xiuhua.ground.accounts.models import User
from xiuhua.ground.journal.actors import Actor, System
from xiuhua.ground.sealing.normal import digits_of
from xiuhua.ground.ui.forms import refusals_on
from xiuhua.ground.ui.phone_forms import PhoneForm
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, queries_own, queries_votes, words
from xiuhua.programmes.lifts.models import Choice, Vote
from xiuhua.programmes.lifts.own import proving, told, told_votes
from xiuhua.programmes.lifts.own.asked import resident_of, standing_or_404
from xiuhua.programmes.lifts.own.proving import Asking
from xiuhua.programmes.lifts.queries_votes import Castable
from xiuhua.programmes.lifts.rules import ballots

BY_PHONE = System("lift_vote")
"""Acts for whoever has shown by a code that the owner's telephone is in their hand, and has no account."""

NOT_CHOSEN = gettext_lazy("还没有选：同意、不同意，或者弃权")

WHO = PhoneForm(title=gettext_lazy("投票"), submit=gettext_lazy("发验证码"), template="lifts/own/who.html")


class BallotForm(forms.Form):
    """The ballot paper: one question."""

    choice = forms.ChoiceField(
        label=gettext_lazy("我的意见"),
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": NOT_CHOSEN, "invalid_choice": NOT_CHOSEN},
    )


class ReceiptForm(forms.Form):
    """A receipt as somebody has copied it."""

    receipt = forms.CharField(
        label=gettext_lazy("回执号"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


@dataclass(frozen=True, slots=True)
class Voter:
    """Whoever stands at the box: by an account, or by a telephone shown to be theirs."""

    user: User | None
    phone: str
    castables: list[Castable]

    def chosen(self, number: str) -> Castable | None:
        """The elector that is meant; None where it is nobody for whom one may cast."""
        return next((one for one in self.castables if str(one.elector.pk) == number), None)

    def actor_for(self, one: Castable) -> Actor:
        """In whose name a ballot is cast: the account's where it may, else the telephone's."""
        own = queries_votes.castables(self.user, one.elector.vote) if self.user else []
        if self.user is not None and any(other.elector.pk == one.elector.pk for other in own):
            return self.user
        return BY_PHONE


@never_cache
@sensitive_post_parameters("choice", "code", "phone")
@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """The ballot paper; for those who are no owners here, who votes and how."""
    row = _vote_or_404(pk)
    voter = _voter(request, row)
    running = queries_votes.is_running(row)
    meant = request.POST.get("elector", "")
    if running and meant and voter.chosen(meant) is None:
        return render(request, "lifts/own/not_cast.html", {"vote": row, "user": voter.user}, status=403)
    if not voter.castables:
        return _who(request, row)
    if not running:
        return _over(request, row, voter)
    if request.method == "POST" and not meant:
        return redirect("own_lift:vote", pk)
    one = voter.chosen(meant or request.GET.get("for", "")) or voter.castables[0]
    form = BallotForm(request.POST or None)
    if form.is_valid():
        answer = _cast(request, row, voter, one, form)
        if answer is not None:
            return answer
    paper = told_votes.paper_of(row, one, explained=voter.user is None)
    context = {"vote": row, "form": form, "one": one, "voter": voter, **paper}
    status = 422 if form.is_bound else 200
    return render(request, "lifts/own/vote.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of the ballot that counts, and who has taken part so far; its one button leaves (办好了，退出)."""
    row = _vote_or_404(pk)
    if request.method == "POST":
        proving.forget(request)
        messages.success(request, _("退出了，这部手机上不再能替您投票"))
        return redirect("ui:phone")
    cast = [one for one in _voter(request, row).castables if one.ballot is not None and not one.owner_has_cast]
    one = next((one for one in cast if str(one.elector.pk) == request.GET.get("for", "")), cast[0] if cast else None)
    if one is None or one.ballot is None:
        return redirect("own_lift:vote", pk)
    context = {
        "vote": row,
        "one": one,
        "receipt": ballots.receipt_of(one.ballot.commitment),
        "cast_at": one.ballot.at,
        "closing": queries_votes.closing_words(row),
        "running": queries_votes.is_running(row),
        "counted": row.state == Vote.State.CLOSED,
        "area": words.square_metres(one.elector.area_dm2),
        "taking_part": told_votes.taking_part(row),
        "change_url": _with(reverse("own_lift:vote", args=[pk]), one),
    }
    return render(request, "lifts/own/receipt.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """How a vote came out, the sheet, and one's own receipt on it."""
    row = _vote_or_404(pk)
    standing_or_404(request, row.dossier_id)
    found = queries_votes.result(row)
    if found is None:
        return redirect("own_lift:stairwell", row.dossier_id)
    form = ReceiptForm(request.POST or None)
    line, missed = None, False
    if form.is_valid():
        line = queries_votes.line_for(row, form.cleaned_data["receipt"])
        missed = line is None
    context = {
        "vote": row,
        "form": form,
        "line": line,
        "missed": missed,
        "passed": found.passed,
        "sheet": list(row.sheet.all()),
        "households": queries_votes.households_taking_part(row),
        "checked": queries_votes.check(row),
        **told_votes.result_of(row, found),
    }
    return render(request, "lifts/own/result.html", context, status=422 if missed else 200)


def _vote_or_404(pk: int) -> Vote:
    rows = Vote.objects.filter(archived=False).select_related("dossier__stairwell__building", "scheme")
    found: Vote | None = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _voter(request: HttpRequest, vote: Vote) -> Voter:
    user, phone = resident_of(request), proving.proven_phone(request)
    by_account = queries_votes.castables(user, vote) if user else []
    known = {one.elector.pk for one in by_account}
    by_phone = [one for one in queries_own.castables_by_phone(phone, vote) if one.elector.pk not in known]
    return Voter(user, phone, [*by_account, *by_phone])


def _cast(request: HttpRequest, vote: Vote, voter: Voter, one: Castable, form: BallotForm) -> HttpResponse | None:
    """Seal the ballot, after the code; None where it was refused, with the reasons on the form."""
    owner = one.elector.owner
    phone = digits_of(one.mandate.phone if one.mandate else owner.phone if owner else "")
    if not phone:
        form.add_error(None, _("这一户没有登记手机号，验证码发不出去。请打电话给专员，用纸质票。"))
        return None
    choice = form.cleaned_data["choice"]
    if proving.proven_phone(request) != phone:
        hidden = [("choice", choice), ("elector", str(one.elector.pk))]
        told = {"rooms": one.elector.rooms, "name": owner.name if owner else "", "choice": Choice(choice).label}
        lead = _("%(rooms)s 室，房主 %(name)s。您选的是「%(choice)s」。") % told
        asking = Asking(_("投票"), _with(request.path, one), lead, hidden, votes=True)
        answer = proving.by_code(request, phone, asking)
        if answer is not None:
            return answer
    with refusals_on(form):
        actions.cast_ballot(
            actor=voter.actor_for(one), vote=vote, elector=one.elector, choice=choice, by_mandate=one.mandate
        )
    return None if form.errors else redirect(_with(reverse("own_lift:receipt", args=[vote.pk]), one))


def _who(request: HttpRequest, vote: Vote) -> HttpResponse:
    """Who votes here, and a way for whoever has the owner's telephone in their hand."""
    form = NumberForm(request.POST or None)
    form.fields["phone"].label = _("房主登记的手机号")
    form.fields["phone"].widget.attrs.pop("autofocus", None)
    if form.is_valid():
        number = form.cleaned_data["phone"]
        asking = Asking(_("确认是我"), request.path, hidden=[("phone", number)], votes=True)
        answer = proving.by_code(request, number, asking)
        return answer if answer is not None else redirect("own_lift:vote", vote.pk)
    lives = _lives_here(request, vote)
    extra: dict[str, Any] = {
        "lives": lives,
        "proven": bool(proving.proven_phone(request)),
        "running": queries_votes.is_running(vote),
        "closing": queries_votes.closing_words(vote),
        "helpers": told.helpers(vote.dossier) if lives else [],
        "dossier": vote.dossier if lives else None,
    }
    return WHO.respond(request, form, extra=extra, back=reverse("own_lift:mine"))


def _over(request: HttpRequest, vote: Vote, voter: Voter) -> HttpResponse:
    context = {
        "vote": vote,
        "closing": queries_votes.closing_words(vote),
        "cancelled": vote.state == Vote.State.CANCELLED,
        "counted": vote.state == Vote.State.CLOSED,
        "has_ballot": any(one.ballot is not None and not one.owner_has_cast for one in voter.castables),
        "reads_result": _lives_here(request, vote),
    }
    return render(request, "lifts/own/over.html", context)


def _lives_here(request: HttpRequest, vote: Vote) -> bool:
    user = resident_of(request)
    return user is not None and queries_own.standing_in(user, vote.dossier_id) is not None


def _with(address: str, one: Castable) -> str:
    return f"{address}?{urlencode({'for': one.elector.pk})}"
