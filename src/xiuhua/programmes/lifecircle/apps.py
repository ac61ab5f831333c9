from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LifecircleConfig(AppConfig):
    name = "xiuhua.programmes.lifecircle"
    label = "lifecircle"
    verbose_name = "生活圈"

    def ready(self) -> None:
        from xiuhua.ground.scope.roles import Sight
        from xiuhua.ground.ui import navigation

        navigation.register("看", _("生活圈"), "lifecircle:home", icon="i-walk", order=20, sight=Sight.PLANS)
