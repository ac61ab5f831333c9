from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    name = "xiuhua.ground.journal"
    label = "journal"
    verbose_name = "工作留痕"

    def ready(self) -> None:
        from xiuhua.ground.journal.guard import keep_append_only

        post_migrate.connect(keep_append_only, sender=self)
