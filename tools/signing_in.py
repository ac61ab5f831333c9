"""Sign someone in to the subdistrict that lies in ``XIUHUA_DATA``, and print the session for a browser's cookie.

``python tools/signing_in.py section_head``: someone who holds this role for the whole subdistrict, made at first call.
Browser tests and pictures come in by it; it needs the data folder, hence opens no door that was not open.
"""

import os
import sys

import django


def main() -> int:
    """Make the person unless they are there, and print their session."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiuhua.doors.settings")
    django.setup()
    role = sys.argv[1]
    print(_session_of(role))
    return 0


def _session_of(role: str) -> str:
    from django.test import Client

    from xiuhua.ground.accounts import actions
    from xiuhua.ground.accounts.models import User
    from xiuhua.ground.journal.actors import System
    from xiuhua.ground.scope.roles import Role
    from xiuhua.ground.territory.models import Subdistrict

    username = f"T{list(Role).index(Role(role)):04d}"
    user = User.objects.filter(username=username).first()
    if user is None:
        place = Subdistrict.objects.get().path
        done = actions.invite_staff(
            actor=System("tools"), path=place, username=username, name="傅建华", lasting=True, role=Role(role)
        )
        user = done.subject
    browser = Client()
    browser.force_login(user)
    return browser.cookies["sessionid"].value


if __name__ == "__main__":
    sys.exit(main())
