from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiftsConfig(AppConfig):
    name = "xiuhua.programmes.lifts"
    label = "lifts"
    verbose_name = "加装电梯"

    def ready(self) -> None:
        from xiuhua.ground.scope.roles import Sight
        from xiuhua.ground.ui import navigation
        from xiuhua.programmes.lifts import naming, queries

        def in_hand(request: Any) -> int:
            return queries.in_hand(request.actor).count()

        naming.register_all()
        navigation.register("办", _("加装电梯"), "lifts:map", "i-elevator", 10, sight=Sight.LIFTS, badge=in_hand)
