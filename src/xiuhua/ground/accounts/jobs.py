"""What accounts do by night."""

from django.core.management import call_command
from django.utils.translation import gettext_lazy

from xiuhua.ground.jobs.registry import periodic
from xiuhua.ground.jobs.running import Running


@periodic("50 3 * * *", "accounts.clear_sessions", says=gettext_lazy("清掉过期的登录"))
def clear_sessions(running: Running) -> None:
    """Drop the sessions that are over."""
    with running.effect():
        call_command("clearsessions")
        running.done({})
