from typing import Any

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "xiuhua.ground.accounts"
    label = "accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import post_migrate
        from django.urls import reverse
        from django.utils.translation import gettext_lazy as _

        from xiuhua.ground import standards
        from xiuhua.ground.accounts import guards, policy, rosters, titles
        from xiuhua.ground.accounts.entrance import gates  # noqa: F401 - gates register themselves
        from xiuhua.ground.accounts.factors import record
        from xiuhua.ground.journal import naming
        from xiuhua.ground.scope.roles import Sight
        from xiuhua.ground.ui import navigation, outbox, phone, shell

        # A user is written by actions only: `accounts.sign_in` notes when someone came in.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        post_migrate.connect(make_cache_table, sender=self)
        standards.told_by(standards.DEPLOYED, policy.set_by_deployment)
        record.listen()
        rosters.register_all()
        shell.person_told_by(titles.person_of, sign_in="account_login")
        naming.names(
            "accounts.user",
            titles.colleagues_named,
            lambda number: reverse("accounts:person", args=[number]),
            open_to=titles.colleagues_kept,
        )
        outbox.owed_told_by(lambda request: guards.owed_by(request) is not None)
        phone.signed_in_at("accounts:phone", "account_logout")
        phone.tab(_("我的"), "accounts:mine", "i-user-circle", order=1000)
        phone.tab(_("我的"), "accounts:own", "i-user-circle", order=1000, for_=(phone.STAFF,))
        navigation.register("管", _("人员与权限"), "accounts:staff", icon="i-users", order=10, sight=Sight.STAFF)


def make_cache_table(*, using: str, **_kwargs: Any) -> None:
    """Make the table of the shared cache, which no migration makes; nothing where it stands."""
    from django.core.management import call_command

    call_command("createcachetable", database=using, verbosity=0)
