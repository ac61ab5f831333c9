"""What can be done with a suggestion now, by this reader: buttons, each with its key."""

from dataclasses import dataclass

from django.urls import reverse

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import permits
from xiuhua.programmes.suggestions.flow import SuggestionFlow
from xiuhua.programmes.suggestions.models import PublicState, Suggestion

IN_SIGHT = 4
"""Buttons that the bar has room for; where there are more, one of them opens the menu with the rest."""
LAST = ("extend", "draft", "unpublish")
"""What is seldom next."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to do.

    Parameters
    ----------
    form : str
        Id of the form that the button sends, where the page has one.
    url : str
        Where it leads, or is posted to.
    key : str
        The key that presses it.
    """

    name: str
    title: str
    form: str = ""
    url: str = ""
    key: str = ""
    icon: str = ""
    primary: bool = False
    post: bool = False
    danger: bool = False

    def act(self) -> Act:
        """The same as a button of an object page."""
        return Act(
            self.title,
            self.url,
            self.icon,
            primary=self.primary,
            post=self.post,
            danger=self.danger,
        )


def deeds_for(actor: Actor, row: Suggestion) -> list[Deed]:
    """Everything that follows on its state and that this reader may, what is next first."""
    handles, decides = permits.may_handle(actor, suggestion=row), permits.may_decide(actor, suggestion=row)
    moves = set(SuggestionFlow.moves_from(row.state))
    found = [
        *(_deciding(row, moves) if decides else []),
        *(_handling(row, moves) if handles else []),
        *_publishing(actor, row, handles=handles, decides=decides),
    ]
    return sorted(found, key=lambda deed: (not deed.primary, deed.name in LAST))


def _deciding(row: Suggestion, moves: set[str]) -> list[Deed]:
    """What is decided about it."""
    claim = row.nature == "claim"
    found = []
    if "accept" in moves and not claim:
        found.append(Deed("accept", _("受理并分派"), form="c-accept", key="e", icon="i-check", primary=True))
    if "assign" in moves:
        first = row.state in ("accepted", "reopened")
        found.append(Deed("assign", _("分派"), form="c-accept", key="e", icon="i-users", primary=first))
    if "merge" in moves:
        found.append(Deed("merge", _("合并"), form="c-merge", key="m", icon="i-arrow-merge"))
    if "pass_on" in moves:
        found += [
            Deed("service", _("转服务请求"), url=_url("service", row), key="s", icon="i-tools"),
            Deed("petition", _("转信访"), url=_url("petition", row), key="x", icon="i-scale", primary=claim),
        ]
    if "adopt" in moves and not claim:
        told = row.state == "answered"
        found.append(Deed("adopt", _("采纳"), url=_url("adopt", row), key="a", icon="i-link", primary=told))
    if "decline" in moves:
        found.append(Deed("decline", _("不采纳"), url=_url("decline", row), key="d", icon="i-x"))
    if "split" in moves:
        found.append(Deed("split", _("拆开"), url=_url("split", row), icon="i-stack-2", primary=True))
    if row.is_owed and row.state != "received" and not (row.is_complex or row.extended_at):
        found.append(Deed("extend", _("延期"), url=_url("extend", row), icon="i-hourglass"))
    return found


def _handling(row: Suggestion, moves: set[str]) -> list[Deed]:
    """What is done by whoever has it in hand."""
    found = []
    if "answer" in moves:
        primary = row.state in ("assigned", "passed_on")
        found.append(Deed("answer", _("发出答复"), form="c-reply", key="r", icon="i-send", primary=primary))
    if "transfer" in moves:
        found.append(Deed("transfer", _("转交"), url=_url("transfer", row), key="t", icon="i-arrow-right"))
    if "close" in moves:
        told = row.state in ("adopted", "declined")
        found.append(
            Deed("close", _("办结"), url=_url("close", row), key="c", icon="i-archive", primary=told, post=True)
        )
    return found


def _publishing(actor: Actor, row: Suggestion, *, handles: bool, decides: bool) -> list[Deed]:
    """What concerns the public board."""
    if row.nature == "claim" or row.state in ("received", "merged"):
        return []
    state, found = row.public_state, []
    if state == PublicState.PUBLISHED:
        if decides:
            found.append(Deed("unpublish", _("撤下公开"), url=_url("unpublish", row), icon="i-eye-off", danger=True))
        return found
    if state == PublicState.DRAFTED and decides and row.public_drafted_by != actor.reference:
        found.append(Deed("publish", _("核对公开"), url=_url("publish", row), key="p", icon="i-speakerphone"))
    if handles:
        title = _("改拟公开的内容") if state == PublicState.DRAFTED else _("拟公开")
        found.append(Deed("draft", title, url=_url("draft", row), icon="i-speakerphone"))
    return found


def _url(name: str, row: Suggestion) -> str:
    return reverse(f"suggestions:{name}", args=[row.pk])
