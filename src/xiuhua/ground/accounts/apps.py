from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "xiuhua.ground.accounts"
    label = "accounts"
    verbose_name = "账号"
