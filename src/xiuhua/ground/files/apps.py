from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "xiuhua.ground.files"
    label = "files"
    verbose_name = "附件"

    def ready(self) -> None:
        from xiuhua.ground.files.rotation import SealedFiles
        from xiuhua.ground.files.sections import documents_of
        from xiuhua.ground.sealing import rotation
        from xiuhua.ground.ui import objects

        rotation.also(SealedFiles())
        objects.documents_told_by(documents_of)
