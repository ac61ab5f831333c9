"""Who stands before the door in the matrix: one of every role, a resident, a visitor, and how they ask."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client, RequestFactory
from django.test.client import ClientHandler

from expectations import by_hand
from permissions.keeping import rolled_back
from permissions.town import Town, worker
from xiuhua.ground.accounts.models import RoleGrant, User
from xiuhua.ground.clock import now
from xiuhua.ground.scope.roles import Role

COLUMNS: dict[str, Role | str] = {
    "G": Role.GRID_WORKER,
    "C": Role.COMMITTEE_HEAD,
    "L": Role.LIFT_COORDINATOR,
    "P": Role.COMMUNITY_PLANNER,
    "S": Role.SECTION_HEAD,
    "E": Role.LEADER,
    "Z": Role.CENTRE_STAFF,
    "O": Role.PRIVACY_OFFICER,
    "Y": Role.SYSTEM_ADMIN,
    "A": Role.SECURITY_ADMIN,
    "U": Role.AUDIT_ADMIN,
    "R": "resident",
    "V": "visitor",
}
"""Columns of the matrix, in their order."""
OF_A_COMMITTEE = "GCL"
"""Roles that are held at a committee; the others at the subdistrict."""
ALLOWED, FORBIDDEN, NOT_FOUND, SIGN_IN, NO_METHOD = "+", "-", "0", "s", "x"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: whether one was let in, and everything that can be read in it."""

    status: int
    outcome: str
    text: str
    content_type: str
    cached: str
    """What caches are told of it."""


class Reader:
    """Somebody who asks, by their session; what they ask for leaves nothing behind."""

    def __init__(self, name: str, user: User | None) -> None:
        self.name, self.user = name, user
        self._requests = RequestFactory()
        self._handler = ClientHandler(enforce_csrf_checks=False)
        if user is not None:
            client = Client()
            client.force_login(user)
            self._requests.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def ask(self, method: str, address: str, body: Any = None, *, keep: bool = False) -> Answer:
        """Ask for an address; `body` is a form's fields, or JSON where the API is asked."""
        is_api = address.startswith("/api/")
        given: dict[str, Any] = {}
        if method in {"POST", "PUT", "PATCH", "DELETE"}:
            is_form = isinstance(body, Mapping) and any(hasattr(value, "read") for value in body.values())
            if is_api and not is_form:
                given = {"data": body or {}, "content_type": "application/json"}
            elif method == "POST":
                given = {"data": body or {}}
        request = self._requests.generic if method not in {"GET", "POST", "PUT", "PATCH", "DELETE"} else None
        make = request or getattr(self._requests, method.lower())
        made = make(address, REMOTE_ADDR="127.0.0.1", **given)
        if keep:
            return _answered(self._handler(made.environ))
        with rolled_back():
            return _answered(self._handler(made.environ))

    def __repr__(self) -> str:
        return self.name


def readers_of(town: Town) -> dict[str, Reader]:
    """One reader for each column of the matrix, at the place where the role is usually held."""
    found = {}
    for column, role in COLUMNS.items():
        if isinstance(role, Role):
            path = town.own.path if column in OF_A_COMMITTEE else town.own.path[:9]
            found[column] = Reader(f"{role} at {path}", worker(role, path))
        else:
            user = town.own.things["neighbour"] if role == "resident" else None
            found[column] = Reader(str(role), user)
    return found


def narrow_readers_of(town: Town) -> dict[str, Reader]:
    """Every role held at the committee only."""
    return {
        column: Reader(f"{role} at {town.own.path}", worker(role, town.own.path))
        for column, role in COLUMNS.items()
        if isinstance(role, Role)
    }


def reader_of_two_roles(town: Town) -> Reader:
    """A grid worker who coordinates lifts next door: files are theirs to open here, not there."""
    user = worker(Role.GRID_WORKER, town.own.path)
    with by_hand():
        RoleGrant.objects.create(
            user=user, role=Role.LIFT_COORDINATOR, path=town.next_door.path, given_by="system:test", given_at=now()
        )
    return Reader("grid worker here, lift coordinator next door", user)


def _answered(response: HttpResponseBase) -> Answer:
    kind = response.headers.get("Content-Type", "")
    if response.streaming:
        parts = response.streaming_content  # type: ignore[attr-defined]
        content = b"" if hasattr(parts, "__aiter__") else b"".join(parts)
    else:
        content = response.content  # type: ignore[attr-defined]
    text = _unzipped(content) if content[:2] == b"PK" else content.decode("utf-8", "replace")
    text += response.headers.get("Location", "")
    return Answer(
        response.status_code, _outcome(response), _plain(text), kind, response.headers.get("Cache-Control", "")
    )


def _outcome(response: HttpResponseBase) -> str:
    status, location = response.status_code, response.headers.get("Location", "")
    if status == 401 or (300 <= status < 400 and location.startswith(("/sign-in/?next=", "/sign-in/phone/?next="))):
        return SIGN_IN
    return {403: FORBIDDEN, 404: NOT_FOUND, 405: NO_METHOD}.get(status, ALLOWED)


def _unzipped(content: bytes) -> str:
    """Every part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def _plain(text: str) -> str:
    r"""Text with the characters that JSON (``\u4e93``) and HTML (``&#20115;``) may write as numbers."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    return re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), text)
