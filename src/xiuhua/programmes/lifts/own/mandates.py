"""请家人代办: an owner lets somebody of their family act for them, on their own phone, and takes it back."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiuhua.ground.accounts.guards import UserRequest, signed_in
from xiuhua.ground.accounts.numbers import typed_phone
from xiuhua.ground.sealing.normal import digits_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.forms import refusals_on
from xiuhua.ground.ui.phone_forms import PhoneForm
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, permits_votes
from xiuhua.programmes.lifts.models import Mandate, Owner
from xiuhua.programmes.lifts.own import proving
from xiuhua.programmes.lifts.own.asked import standing_or_404
from xiuhua.programmes.lifts.own.proving import Asking
from xiuhua.programmes.lifts.rules import mandates as rules
from xiuhua.programmes.lifts.rules.mandates import MandateTold

A_YEAR = timedelta(days=365)

GIVE = PhoneForm(
    title=gettext_lazy("请家人代办"), submit=gettext_lazy("委托给家人"), template="lifts/own/mandates.html"
)
END = PhoneForm(title=gettext_lazy("收回委托"), submit=gettext_lazy("收回"))


class MandateForm(forms.Form):
    """Whom one lets act, for what, until when."""

    name = forms.CharField(label=gettext_lazy("家人姓名"), max_length=30)
    relation = forms.CharField(
        label=gettext_lazy("是您的什么人"), max_length=20, required=False, help_text=gettext_lazy("例如：女儿")
    )
    phone = forms.CharField(
        label=gettext_lazy("家人手机号"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )
    covers = forms.MultipleChoiceField(
        label=gettext_lazy("可以代办什么"),
        choices=[(rules.VOTE, gettext_lazy("投票")), (rules.SEE, gettext_lazy("看进度、分摊，报修"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    until = forms.DateField(
        label=gettext_lazy("到哪天为止"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def told(self) -> MandateTold:
        """What is said of it."""
        said = self.cleaned_data
        return MandateTold(
            name=said["name"],
            phone=typed_phone(said["phone"]),
            covers=said["covers"],
            given_on=today(),
            until=said["until"],
            relation=said["relation"],
        )


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def mandates(request: UserRequest, pk: int) -> HttpResponse:
    """Who acts for one now, and a way to let somebody."""
    standing = standing_or_404(request, pk)
    if not standing.owners:
        raise Http404
    owner = standing.owners[0]
    form = MandateForm(request.POST or None, initial={"until": today() + A_YEAR, "covers": [rules.VOTE, rules.SEE]})
    if form.is_valid():
        answer = _shown_to_be_theirs(request, owner, form)
        if answer is not None:
            return answer
    if form.is_valid():
        with refusals_on(form):
            actions.give_mandate(actor=request.actor, dossier=standing.dossier, owner=owner, told=form.told())
            messages.success(request, _("委托好了，家人用自己的手机号登录就看得到"))
            return redirect("own_lift:mandates", pk)
    given = Mandate.objects.in_force(today()).filter(owner__in=standing.owners)
    back = reverse("own_lift:stairwell", args=[pk])
    return GIVE.respond(request, form, back=back, extra={"given": list(given), "vote": rules.VOTE, "see": rules.SEE})


def _shown_to_be_theirs(request: UserRequest, owner: Owner, form: MandateForm) -> HttpResponse | None:
    """Ask for the code that goes to the owner, as for a ballot: who may vote may take the vote."""
    if rules.VOTE not in form.cleaned_data["covers"]:
        return None
    phone = digits_of(owner.phone)
    if not phone:
        form.add_error(None, _("您没有登记手机号，验证码发不出去。请打电话给专员，用委托书办。"))
        return None
    if proving.proven_phone(request) == phone:
        return None
    lead = _("委托 %(name)s 替您投票。") % {"name": form.cleaned_data["name"]}
    hidden = [(name, value) for name in form.fields for value in request.POST.getlist(name)]
    back = reverse("own_lift:mandates", args=[owner.dossier_id])
    return proving.by_code(request, phone, Asking(GIVE.submit, back, lead, hidden))


@never_cache
@signed_in
@require_http_methods(["GET", "POST"])
def end(request: UserRequest, pk: int) -> HttpResponse:
    """Take it back; what was done by it stands."""
    row = Mandate.objects.filter(pk=pk).select_related("owner").first()
    if row is None or not permits_votes.is_owner(request.actor, row.owner):
        raise Http404
    form = forms.Form(request.POST or None)
    back = reverse("own_lift:mandates", args=[row.dossier_id])
    if request.method == "POST":
        with refusals_on(form):
            actions.end_mandate(actor=request.actor, mandate=row)
            messages.success(request, _("收回了，从现在起不能再替您办"))
            return redirect(back)
    say = [_("收回以后，%(name)s不能再替您投票和看进度。已经投的票还算。") % {"name": row.name}]
    return END.respond(request, form, back=back, say=say)
