from pathlib import PurePath
from urllib.parse import unquote

import pytest
from django.test import Client

from expectations import by_hand
from ground.files.pictures import JPEG, PDF, opened, sound, street, written
from xiuhua.ground.files import keeping, sight, vault
from xiuhua.ground.scope.roles import Role


@pytest.fixture
def office(worker, client_of):
    return client_of(worker)


def test_who_sees_the_household_sees_its_photo(keep, office):
    file = keep(written(street(900, 600), "JPEG"))
    answer = office.get(file.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    assert answer.content == vault.get(file.seal_id)
    assert opened(office.get(file.small_url).content).size == (480, 320)
    told = answer.headers
    assert told["Content-Type"] == "image/jpeg"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert told["Cache-Control"] == "private, no-cache"
    assert told["Content-Disposition"].startswith("inline")
    again = office.get(file.get_absolute_url(), headers={"If-None-Match": told["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_nobody_else_does_until_it_is_public(keep, staff, client_of, household):
    file = keep()
    others = [
        Client(),
        client_of(staff(Role.GRID_WORKER, at="310107014002")),
        client_of(staff(Role.SYSTEM_ADMIN, at=household.path[:9])),
    ]
    assert [one.get(file.get_absolute_url()).status_code for one in others] == [404, 404, 404]
    with by_hand():
        keeping.publish(file)
    assert [one.get(file.get_absolute_url()).status_code for one in others] == [200, 200, 200]
    assert others[0].get(file.get_absolute_url()).headers["Cache-Control"] == "public, max-age=3600"
    with by_hand():
        keeping.withhold(file)
    assert others[0].get(file.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("sent", [JPEG, sound("webm"), PDF], ids=["photo", "voice", "document"])
def test_only_who_sees_what_it_belongs_to_reads_what_the_sender_called_it(keep, office, monkeypatch, sent):
    file = keep(sent)
    called = f"-{file.pk}{PurePath(file.name).suffix}"
    monkeypatch.setattr(sight, "_openers", {"territory.household": [lambda _request, _file: True]})

    def told(client):
        return unquote(client.get(file.get_absolute_url()).headers["Content-Disposition"])

    assert "王家门口" in told(office)
    assert "王家门口" not in told(Client())
    assert called in told(Client())
    with by_hand():
        keeping.publish(file)
    assert all("王家门口" not in told(client) and called in told(client) for client in (Client(), office))


def test_a_room_may_open_its_files_to_more(keep, monkeypatch):
    file = keep()
    monkeypatch.setattr(sight, "_openers", {})
    sight.opened_by("territory.household", lambda request, _file: request.GET.get("token") == "right")
    assert Client().get(file.get_absolute_url(), {"token": "wrong"}).status_code == 404
    assert Client().get(file.get_absolute_url(), {"token": "right"}).status_code == 200


def test_a_file_is_taken_away_from_its_own_page(keep, office, household):
    address = f"{(file := keep()).get_absolute_url()}remove/"
    assert "门口" in office.get(address).content.decode()
    assert "还没有写为什么删除" in office.post(address, {"reason": " "}).content.decode()
    assert office.post(address, {"reason": "拍到了路人"}).url == household.get_absolute_url()
    assert office.get(file.get_absolute_url()).status_code == 404
    assert office.get(address).status_code == 404


def test_a_removed_file_is_gone_for_everybody(keep, office):
    file = keep()
    with by_hand():
        keeping.publish(file)
        keeping.remove(file)
    assert office.get(file.get_absolute_url()).status_code == 404


def test_who_must_change_the_password_first_counts_as_a_visitor(keep, worker, office):
    file = keep()
    with by_hand():
        worker.must_change_password = True
        worker.save()
    assert office.get(file.get_absolute_url()).status_code == 404


def test_a_document_is_saved_and_never_shown(keep, office):
    told = office.get(keep(PDF).get_absolute_url()).headers
    assert told["Content-Disposition"].startswith("attachment; filename*=utf-8''%E7%8E%8B")
    assert told["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-1", 206, slice(0, 2)),
        ("bytes=100-", 206, slice(100, None)),
        ("bytes=-10", 206, slice(-10, None)),
        ("bytes=0-99999999", 206, slice(None)),
        ("bytes=99999999-", 416, slice(0, 0)),
        ("bytes=-0", 416, slice(0, 0)),
        ("bytes=5-2", 200, slice(None)),
        ("bytes=0-1,5-6", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
    ],
)
def test_sound_is_handed_over_in_parts(keep, office, asked, status, part):
    file = keep(sound("webm"))
    content = vault.get(file.seal_id)
    answer = office.get(file.get_absolute_url(), headers={"Range": asked, "Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.content) == (status, content[part])
    assert answer.headers["Accept-Ranges"] == "bytes"
    if status == 206:
        start = content.index(answer.content)
        assert answer.headers["Content-Range"] == f"bytes {start}-{start + len(answer.content) - 1}/{len(content)}"


def test_a_part_of_another_version_is_not_handed_over(keep, office):
    file = keep(sound("webm"))
    answer = office.get(file.get_absolute_url(), headers={"Range": "bytes=0-1", "If-Range": '"other"'})
    assert answer.status_code == 200


def test_a_recording_has_no_thumbnail(keep, office):
    file = keep(sound("webm"))
    assert office.get(f"{file.get_absolute_url()}small/").status_code == 404
