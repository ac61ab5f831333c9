from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "xiuhua.ground.ui"
    label = "ui"
    verbose_name = "界面"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from xiuhua.ground.ui import phone, shell, waiting

        shell.bell_told_by(waiting.bell_of)
        phone.tab(_("首页"), "ui:phone", "i-home", order=0)
        phone.tab(_("今天"), "today", "i-calendar-check", order=0, for_=(phone.STAFF,))
