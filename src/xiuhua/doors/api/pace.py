"""How fast the API may be asked (限速): counted in each web process, so that reading writes nothing."""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock
from typing import Any

from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from xiuhua.ground.accounts.guards import address_of
from xiuhua.ground.accounts.policy import policy
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.standards.figures import Figure
from xiuhua.ground.standards.trust import ApiStandard

WINDOW_S = 60.0
_KEPT = 10_000
"""So many askers are remembered; who has asked longest ago is forgotten first."""


class Pace(BaseThrottle):
    """At most so many requests of one asker in any minute."""

    def __init__(self, figure: Callable[[ApiStandard], Figure], asker: Callable[[HttpRequest], str]) -> None:
        self._figure, self._asker = figure, asker
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()
        self._wait = 0.0

    def allow_request(self, request: HttpRequest) -> bool:
        """Count a request, unless there have been too many."""
        most, at = int(self._figure(policy().api).number), time.monotonic()
        with self._lock:
            asked = self._recent(self._asker(request), at)
            if len(asked) >= most:
                self._wait = asked[0] + WINDOW_S - at
                return False
            asked.append(at)
            return True

    def wait(self) -> float:
        """Seconds until the one who was last refused may ask again."""
        return max(1.0, self._wait)

    def wait_of(self, _request: HttpRequest) -> int:
        """The same in whole seconds."""
        return math.ceil(self.wait())

    def forget(self) -> None:
        """Start counting anew."""
        with self._lock:
            self._asked.clear()

    def _recent(self, asker: str, at: float) -> deque[float]:
        asked = self._asked.setdefault(asker, deque())
        self._asked.move_to_end(asker)
        while asked and asked[0] <= at - WINDOW_S:
            asked.popleft()
        while len(self._asked) > _KEPT:
            self._asked.popitem(last=False)
        return asked


def _who(request: HttpRequest) -> str:
    """Whoever is signed in or speaks by a token; of visitors, who have no name, the address that they come from."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    return address_of(request) if isinstance(actor, Visitor) else str(actor.reference)


REQUESTS = Pace(lambda figures: figures.minute, _who)
BAD_TOKENS = Pace(lambda figures: figures.bad_tokens_minute, address_of)
