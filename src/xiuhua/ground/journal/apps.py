from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class JournalConfig(AppConfig):
    name = "xiuhua.ground.journal"
    label = "journal"
    verbose_name = "工作留痕"

    def ready(self) -> None:
        from xiuhua.ground.journal.actors import Visitor
        from xiuhua.ground.journal.guard import acting, keep_append_only, refuse_unchained
        from xiuhua.ground.journal.keys import note_rotation
        from xiuhua.ground.journal.models import SubjectKey
        from xiuhua.ground.journal.timeline import timeline_on_page
        from xiuhua.ground.journal.values import key_under
        from xiuhua.ground.sealing import rotation, stores
        from xiuhua.ground.ui import objects, outbox, shell

        pre_migrate.connect(refuse_unchained, sender=self)
        post_migrate.connect(keep_append_only, sender=self)
        rotation.also(stores.Table(SubjectKey, ["wrapped"], key_under, needs=["subject", "year"]))
        stores.inside(acting)
        rotation.told_by(note_rotation)
        objects.timeline_told_by(timeline_on_page)
        shell.fed_from("feed")
        outbox.visitors_are(Visitor)
