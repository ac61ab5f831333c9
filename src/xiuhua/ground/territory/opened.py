"""Files that stand open (已打开的档案): to one person, of one household, in one session, for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

from xiuhua.ground.accounts.guards import UserRequest
from xiuhua.ground.clock import now
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Household, Resident
from xiuhua.ground.territory.permits import may_open_file
from xiuhua.ground.territory.rules import is_shown

KEPT_AS = "opened_files"


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened file: for what purpose, and until when its values are shown."""

    purpose: str
    until: datetime

    @property
    def purpose_name(self) -> str:
        """The purpose in the reader's language."""
        purposes = on(today()).privacy.purposes
        return purposes[self.purpose].name if self.purpose in purposes else self.purpose

    def shows(self, resident: Resident) -> bool:
        """Whether it shows somebody's values: of who is kept and not used (只存不用), only for some purposes."""
        return is_shown(resident.kept_only, self.purpose, on(today()).privacy.purposes)

    @property
    def seconds_left(self) -> int:
        """How long the values are still shown."""
        return max(0, round((self.until - now()).total_seconds()))


def keep_open(request: UserRequest, household: Household, purpose: str) -> Opened:
    """Let the reader see a file whole from now on, after the action that put it on record."""
    minutes = on(today()).privacy.file_open_minutes.number
    file = Opened(purpose, now() + timedelta(minutes=minutes))
    kept = {key: row for key, row in _kept(request).items() if _until(row) > now()}
    kept[str(household.pk)] = [request.actor.reference, purpose, file.until.isoformat()]
    request.session[KEPT_AS] = kept
    return file


def opened(request: UserRequest, household: Household) -> Opened | None:
    """The file as this reader has opened it; None where they have not, time is up, or they no longer may."""
    row = _kept(request).get(str(household.pk))
    if row is None or row[0] != request.actor.reference or _until(row) <= now():
        return None
    return Opened(row[1], _until(row)) if may_open_file(request.actor, household=household) else None


def close(request: UserRequest, household: Household) -> None:
    """Mask a file again before its time."""
    request.session[KEPT_AS] = {key: row for key, row in _kept(request).items() if key != str(household.pk)}


def _kept(request: HttpRequest) -> dict[str, list[str]]:
    found: dict[str, list[str]] = request.session.get(KEPT_AS, {})
    return found


def _until(row: list[str]) -> datetime:
    return datetime.fromisoformat(row[2])
