from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    name = "xiuhua.ground.messages"
    label = "notices"  # Django's own messages have the other name
    verbose_name = "消息"

    def ready(self) -> None:
        from xiuhua.ground.journal.known import opens_files
        from xiuhua.ground.journal.naming import calls_system
        from xiuhua.ground.messages import told, waiting
        from xiuhua.ground.messages.sending import PART
        from xiuhua.ground.scope.roles import Sight
        from xiuhua.ground.ui import navigation, phone

        calls_system(PART, _("发消息"))
        opens_files("messages.open")
        waiting.register_all()
        phone.cells(told.own_cell, order=50)
        navigation.register("管", _("消息"), "messages:list", icon="i-send", order=75, sight=Sight.PEOPLE)
