from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RostersConfig(AppConfig):
    name = "xiuhua.ground.rosters"
    label = "rosters"
    verbose_name = "名册"

    def ready(self) -> None:
        from xiuhua.ground.rosters import permits, waiting
        from xiuhua.ground.rosters.rotation import StagedValues
        from xiuhua.ground.sealing import rotation
        from xiuhua.ground.ui import navigation

        rotation.also(StagedValues())
        waiting.register_all()
        navigation.register(
            "管", _("名册"), "rosters:home", icon="i-file-spreadsheet", order=30, when=permits.may_import_some
        )
