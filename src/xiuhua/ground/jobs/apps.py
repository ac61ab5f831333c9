from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "xiuhua.ground.jobs"
    label = "jobs"
    verbose_name = "任务"

    def ready(self) -> None:
        from xiuhua.ground.jobs import exports, reactions, waiting
        from xiuhua.ground.journal import naming, record
        from xiuhua.ground.scope.roles import Sight
        from xiuhua.ground.ui import navigation
        from xiuhua.ground.ui.lists import long

        autodiscover_modules("jobs", "reactions")
        record.told_to(reactions.answer)
        naming.calls_system(reactions.PART, _("接着办"))
        waiting.register_all()
        long.carried_by(exports.carry)
        navigation.register("管", _("后台任务"), "jobs:list", icon="i-hourglass", order=80, sight=Sight.PLACES)
