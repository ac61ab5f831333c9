"""Who may change the territory."""

from xiuhua.ground.journal.actors import Actor, System


def may_lay_out(actor: Actor, **_: object) -> bool:
    """Only the system, on behalf of whoever runs the command line on the office's own machine."""
    return isinstance(actor, System)
