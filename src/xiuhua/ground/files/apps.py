from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "xiuhua.ground.files"
    label = "files"
    verbose_name = "附件"

    def ready(self) -> None:
        from xiuhua.ground.files.rotation import SealedFiles
        from xiuhua.ground.sealing import rotation

        rotation.also(SealedFiles())
