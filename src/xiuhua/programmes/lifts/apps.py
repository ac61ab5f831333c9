from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

PARTS = (
    "evidence_build",
    "evidence_shares",
    "evidence_votes",
    "facts_told",
    "holdings_questions",
    "holdings_votes",
    "naming_votes",
    "own.registered",
    "screens.notices",
    "screens.objections",
    "screens.overview",
    "screens.phone_vote",
    "screens.questions",
    "screens.quotes",
    "screens.shares_card",
    "screens.site",
    "screens.units",
    "screens.votes",
    "waiting_build",
    "waiting_questions",
    "waiting_votes",
)
"""Modules that register themselves: what they read off a dossier, and what they put on its page."""


class LiftsConfig(AppConfig):
    name = "xiuhua.programmes.lifts"
    label = "lifts"
    verbose_name = "加装电梯"

    def ready(self) -> None:
        from xiuhua.ground.scope.roles import Sight
        from xiuhua.ground.ui import navigation
        from xiuhua.programmes.lifts import figures, found, holdings, layers, naming, queries, rosters, waiting

        def in_hand(request: Any) -> int:
            return queries.in_hand(request.actor).count()

        naming.register_all()
        figures.register_all()
        found.register_all()
        holdings.register_all()
        rosters.register_all()
        waiting.register_all()
        for part in PARTS:
            import_module(f"{self.name}.{part}")
        layers.register_all()
        navigation.register("办", _("加装电梯"), "lifts:map", "i-elevator", 10, sight=Sight.LIFTS, badge=in_hand)
