"""States and moves of a thing, declared once (流程): what may follow on what. Why not is for `rules.py` to say.

::

    class ProjectFlow(Workflow):
        proposed = State(_("拟办"), initial=True)
        approved = State(_("已立项"))
        done = State(_("已完成"), final=True)

        approve = Event(proposed.to(approved), name=_("立项"))
        finish = Event(approved.to(done), name=_("完成"))

    project.state = ProjectFlow.after("finish", project.state)

The declaration is a python-statemachine of its own; the row keeps nothing but the name of its state.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

import statemachine
from statemachine import StateMachine
from statemachine.exceptions import TransitionNotAllowed

from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

__all__ = ["Event", "State", "Workflow"]

State: Any = statemachine.State
Event: Any = statemachine.Event
"""As the library has them; its types know no lazy names."""


class Workflow(StateMachine):
    """A declaration of states and moves; never kept, only asked."""

    events: ClassVar[Any]  # made by the library's metaclass

    @classmethod
    def after(cls, move: str, state: str) -> str:
        """The state that a move leads to.

        Raises
        ------
        Refused
            The move does not follow on this state; the reason says which ones do.
        KeyError
            There is no such state.
        """
        machine = cls._standing(state)
        try:
            machine.send(move)
        except TransitionNotAllowed:
            raise Refused(cls._why_not(move, state)) from None
        (after,) = machine.configuration_values
        return str(after)

    @classmethod
    def allows(cls, move: str, state: str) -> bool:
        """Whether a move follows on this state."""
        return move in cls.moves_from(state)

    @classmethod
    def moves_from(cls, state: str) -> list[str]:
        """Names of the moves that follow on a state, in the order of the declaration."""
        standing = {event.id for transition in cls._state(state).transitions for event in transition.events}
        return [event.id for event in cls.events if event.id in standing]

    @classmethod
    def states_before(cls, move: str) -> list[str]:
        """States from which a move leads on."""
        return [str(state.value) for state in cls.states if move in cls.moves_from(str(state.value))]

    @classmethod
    def open_states(cls) -> list[str]:
        """States that something can still follow on."""
        return [str(state.value) for state in cls.states if not state.final]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """States as a field's choices; the names stay lazy."""
        return [(str(state.value), state.name) for state in cls.states]

    @classmethod
    def title_of(cls, state: str) -> str:
        """What a state is called; itself where the declaration has it no more."""
        found = cls.states_map.get(state)
        return str(found.name) if found is not None else state

    @classmethod
    def move_title(cls, move: str) -> str:
        """What a move is called."""
        return str(next(event.name for event in cls.events if event.id == move))

    @classmethod
    def _standing(cls, state: str) -> StateMachine:
        cls._state(state)
        return cls(start_value=state)

    @classmethod
    def _state(cls, state: str) -> statemachine.State:
        return cls.states_map[state]

    @classmethod
    def _why_not(cls, move: str, state: str) -> Reason:
        said = _("现在是「%(state)s」，不能%(move)s") % {"state": cls.title_of(state), "move": cls.move_title(move)}
        follows = _listed(cls.move_title(one) for one in cls.moves_from(state))
        return Reason(said, mend=_("现在能做的：%(moves)s") % {"moves": follows} if follows else None)


def _listed(words: Iterable[str]) -> str:
    return _("、").join(words)
