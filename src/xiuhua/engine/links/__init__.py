"""Gates and missing links (打通): where a short link would spare a long walk, and what each would be worth."""

from xiuhua.engine.links.evaluate import Evaluation, Gains, evaluate
from xiuhua.engine.links.propose import Proposals, propose

__all__ = ["Evaluation", "Gains", "Proposals", "evaluate", "propose"]
