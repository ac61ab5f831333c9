"""Sign people in to the subdistrict that lies in ``XIUHUA_DATA``, and print a session for a browser's cookie of each.

``python tools/signing_in.py section_head``: someone who holds this role for the whole subdistrict, made at first call.
``python tools/signing_in.py resident``: someone bound to the home that they asked for.
``python tools/signing_in.py voter``: an owner who can vote on a lift now and has not yet.
Browser tests and pictures come in by it; it needs the data folder, hence opens no door that was not open.
"""

import os
import sys
from typing import Any

import django


def main() -> int:
    """Make each person unless they are there, and print their session."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiuhua.doors.settings")
    django.setup()
    for role in sys.argv[1:]:
        make = {"resident": _resident, "voter": _voter}.get(role)
        print(_session_of(make() if make else _worker(role)))
    return 0


def _session_of(user: Any) -> str:
    from django.test import Client

    browser = Client()
    browser.force_login(user)
    return browser.cookies["sessionid"].value


def _resident() -> Any:
    from xiuhua.ground.journal.actors import System
    from xiuhua.ground.territory.actions import confirm_binding
    from xiuhua.ground.territory.models import Binding, Resident

    bound = Binding.objects.standing().filter(resident__isnull=False).first()
    if bound is None:
        asked = Binding.objects.waiting()[0]
        found = Resident.objects.here().filter(household__stairwell=asked.stairwell).order_by("path")[0]
        done = confirm_binding(actor=System("tools"), binding=asked, household=found.household, resident=found)
        bound = done.subject
    return bound.user


def _voter() -> Any:
    from xiuhua.ground.accounts.actions.residents import resident_of
    from xiuhua.ground.clock import now
    from xiuhua.programmes.lifts.models import Elector

    rows = Elector.objects.filter(vote__state="open", vote__closes_at__gt=now(), ballots=None, owner__isnull=False)
    phones = (elector.owner.phone for elector in rows.select_related("owner").order_by("pk"))
    return resident_of(next(phone for phone in phones if phone))


def _worker(role: str) -> Any:
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
    return user


if __name__ == "__main__":
    sys.exit(main())
