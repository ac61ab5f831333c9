from django.apps import AppConfig


class SealingAppConfig(AppConfig):
    name = "ground.sealing.app"
    label = "sealing_app"
