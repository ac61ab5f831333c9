"""Gates and missing links (打通): where a short link would spare a long walk, and what each would be worth."""

from xiuhua.engine.links.evaluate import Evaluation, evaluate

__all__ = ["Evaluation", "evaluate"]
