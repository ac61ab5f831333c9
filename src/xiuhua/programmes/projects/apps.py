from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "xiuhua.programmes.projects"
    label = "projects"
    verbose_name = "项目清单"

    def ready(self) -> None:
        from xiuhua.ground.scope.roles import Sight
        from xiuhua.ground.ui import navigation, phone
        from xiuhua.programmes.projects import layers, naming, queries, waiting

        def under_way(request: Any) -> int:
            return queries.under_way(request.actor).count()

        phone.tile(_("社区项目"), "public_projects:list", "i-crane", order=50)
        naming.register_all()
        layers.register_all()
        waiting.register_all()
        navigation.register(
            "谋", _("项目清单"), "projects:list", "i-checklist", 20, sight=Sight.PLACES, badge=under_way
        )
