"""What people are told of votes and mandates: an owner of what is done in their name, voters that the result is out."""

from django.db.models import Model, Q
from django.urls import reverse

from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.messages import sending as messages
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import words
from xiuhua.programmes.lifts.models import Elector, Mandate, Owner, Vote
from xiuhua.programmes.lifts.rules import mandates

MANDATE, BY_PROXY, RESULT = "lifts.mandate", "lifts.by_proxy", "lifts.result"


def tell_of_mandate(mandate: Mandate) -> None:
    """Tell an owner that somebody may act for them from now on, whoever put it down. Call it last in an action."""
    told = {"proxy": mask_phone(mandate.phone), "day": words.on_day(mandate.until)}
    if mandates.VOTE in mandate.covers:
        text = _("手机号 %(proxy)s 可以替您投加装电梯的票，到 %(day)s。不是您的意思，请马上收回，或者打电话给专员。")
    else:
        text = _("手机号 %(proxy)s 可以替您看加装电梯的事，到 %(day)s。不是您的意思，请马上收回，或者打电话给专员。")
    _tell(mandate.owner, mandate, text % told, MANDATE, told)


def tell_of_proxy(elector: Elector, mandate: Mandate) -> None:
    """Tell an owner that a ballot was cast in their name; their own goes before it. Call it last in an action."""
    told = {"proxy": mask_phone(mandate.phone), "rooms": elector.rooms}
    text = (
        _("手机号 %(proxy)s 刚替您给 %(rooms)s 室投了票。不是您的意思，截止前用您自己的手机再投一次，以您的为准。")
        % told
    )
    _tell(mandate.owner, elector.vote, text, BY_PROXY, told)


def tell_of_result(vote: Vote) -> None:
    """Tell those owners who have an account that a vote was counted. Call it last in an action."""
    told = {"place": vote.dossier.address, "question": vote.question}
    passed = _("%(place)s：表决通过了。%(question)s 凭回执号可以核对。")
    failed = _("%(place)s：表决没有通过。%(question)s 凭回执号可以核对。")
    text, link = (passed if vote.passed else failed) % told, reverse("own_lift:result", args=[vote.pk])
    for account in _accounts_of(vote):
        messages.send(to_user=account, text=text, about=vote, template=RESULT, link=link)


def _accounts_of(vote: Vote) -> list[User]:
    """Accounts of those who vote, as `queries_votes.owners_of` finds owners: linked, or of the owner's telephone."""
    owners = Owner.objects.filter(elector_rows__vote=vote)
    own = Q(pk__in=[owner.user_id for owner in owners if owner.user_id])
    for owner in owners:
        if owner.phone:
            own |= sealed_equals(User, "phone", owner.phone)
    return list(User.objects.filter(own, kind=Kind.RESIDENT, is_active=True).order_by("pk"))


def _tell(owner: Owner, about: Model, text: str, template: str, values: dict[str, str]) -> None:
    link = reverse("own_lift:mandates", args=[owner.dossier_id])
    if owner.phone:
        messages.send(to_phone=owner.phone, text=text, about=about, template=template, values=values)
    elif owner.user is not None:
        messages.send(to_user=owner.user, text=text, about=about, template=template, link=link)
