"""Who may do what with the life circle."""

from xiuhua.ground.journal.actors import Actor


def may_run_analysis(actor: Actor, **_: object) -> bool:
    """Whoever is at the office's own machine, until people sign in: the pages answer on loopback only."""
    return bool(actor.reference)
