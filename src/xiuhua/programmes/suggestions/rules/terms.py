"""Until when something is owed (时限): working or calendar days, as the rule book says."""

from datetime import date

from xiuhua.ground.standards.suggestions import Terms
from xiuhua.programmes.suggestions.flow import IN_HAND


def reply_due_on(nature: str, *, is_complex: bool, extended: bool, received_on: date, terms: Terms) -> date:
    """The day by which a reply is owed.

    A personal claim (个人诉求) has its own term in calendar days, and one extension (信访工作条例 art. 34).
    """
    if nature == "claim":
        due = terms.claim.after(received_on)
        return terms.claim_extension.after(due) if extended else due
    if nature == "service" and not is_complex:
        return terms.service.after(received_on)
    return (terms.reply_complex if is_complex else terms.reply).after(received_on)


def due_on(
    state: str, *, contacted: bool, contact_due_on: date, accept_due_on: date, reply_due_on: date
) -> date | None:
    """The next term that runs in a state; None where nothing is owed.

    The earliest of what is still owed: the first contact, unless it was made or nobody can be contacted; acceptance,
    while nobody has taken it up; the reply, which may be owed before either where wherever it comes from says so.
    """
    if state not in ("received", *IN_HAND):
        return None
    owed = [reply_due_on]
    if state == "received":
        owed.append(accept_due_on)
    if not contacted:
        owed.append(contact_due_on)
    return min(owed)


def escalates_on(due: date, terms: Terms) -> date:
    """The day from which the section head is told that something is overdue (报科长)."""
    return terms.escalate.after(due)
