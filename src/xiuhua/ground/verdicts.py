"""What a rule says and an action raises: a verdict (裁定) with its reasons."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from xiuhua.ground.words import gettext as _

Decision = TypeVar("Decision")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule decided as it did, in words that the person concerned reads.

    Parameters
    ----------
    text : str
        What is the case, in the reader's language.
    field : str, optional
        The form field, file, column or option that it is about.
    mend : str, optional
        What the reader can do about it.
    cites : str, optional
        Dotted key of the figure that it rests on, such as ``lifts.fault.arrive_within_minutes``.
    """

    text: str
    field: str | None = None
    mend: str | None = None
    cites: str | None = None

    def __str__(self) -> str:
        return _("%(cause)s；%(mend)s") % {"cause": self.text, "mend": self.mend} if self.mend else self.text


class Verdict(Generic[Decision]):
    """A decision and the reasons for it."""

    __slots__ = ("decision", "reasons")

    def __init__(self, decision: Decision, *reasons: Reason) -> None:
        self.decision = decision
        self.reasons = reasons

    def __repr__(self) -> str:
        return f"Verdict({self.decision!r}, {', '.join(map(repr, self.reasons))})"


class Refused(Exception):
    """An act that the rules do not allow, or input that cannot be used, with the reasons.

    Nothing was changed when this is raised.
    """

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(*reasons)
        self.reasons = reasons

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)


class TooMany(Refused):
    """Refused only for now: too much came at once, and it can come again when the wait is over.

    Parameters
    ----------
    wait_s : int
        Seconds until it is worth trying again.
    """

    def __init__(self, *reasons: Reason, wait_s: int) -> None:
        super().__init__(*reasons)
        self.wait_s = max(1, wait_s)


def refuse_unless(verdict: Verdict[bool]) -> None:
    """Raise `Refused` with the verdict's reasons when its decision is no."""
    if not verdict.decision:
        raise Refused(*verdict.reasons)
