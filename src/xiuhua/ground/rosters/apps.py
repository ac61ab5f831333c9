from django.apps import AppConfig


class RostersConfig(AppConfig):
    name = "xiuhua.ground.rosters"
    label = "rosters"
    verbose_name = "名册"
