"""Keys are changed while a checked roster waits: what it holds sealed comes along, and is imported under the new."""

import pytest

from ground.territory.rosters.conftest import SYSTEM, figures
from ground.territory.rosters.test_import_residents import HEADS, LI, WANG, one, row
from xiuhua.ground.rosters.actions import apply_roster
from xiuhua.ground.rosters.models import StagedWrite
from xiuhua.ground.rosters.rotation import StagedValues
from xiuhua.ground.sealing import rotation, stores
from xiuhua.ground.sealing.keyring import keyring
from xiuhua.ground.sealing.rotation import rotate
from xiuhua.ground.sealing.seal import key_id

SEALED = ("name", "name_index", "id_number", "id_number_index", "phone", "phone_index")


@pytest.fixture(autouse=True)
def own_keys(tmp_path, settings, monkeypatch):
    """A ring of the test's own, small steps, and nobody to wait for."""
    from xiuhua.ground.sealing import keyring as ring

    settings.DATA, settings.KEYS, settings.KEYS_FILE = tmp_path / "data", "", tmp_path / "config" / "keys.txt"
    settings.DATA.mkdir()
    ring.forget()
    monkeypatch.setattr(stores, "BATCH", 2)
    monkeypatch.setattr(stores, "BREATH", 0)
    monkeypatch.setattr(rotation, "PAUSE", 0)
    yield
    ring.forget()


def keys_staged() -> set[str]:
    staged = StagedWrite.objects.filter(model="territory.resident")
    return {key_id(write.data[name]) for write in staged for name in SEALED if write.data.get(name)}


def test_what_is_staged_comes_under_the_new_key_and_is_imported_so(bring, check):
    bring("residents", HEADS, row())
    old = keyring().current
    found = check(
        "residents", HEADS, row(phone="13912345678"), row("李强", LI), row("李明", "", born="2010-05-06", sex="男")
    )
    assert figures(found)[:2] == (2, 1)
    assert keys_staged() == {old}
    assert StagedValues().counts([old])[old] > 0

    rotated = rotate()

    assert (rotated.left, rotated.broken) == (0, ())
    assert rotated.kid != old
    assert keys_staged() == {rotated.kid}
    assert StagedValues().counts([old, rotated.kid])[old] == 0
    apply_roster(actor=SYSTEM, roster_import=found)
    assert (one(WANG).phone, one(LI).name) == ("13912345678", "李强")
    assert not [store.name for store in rotation.stores() if store.left(rotated.kid)]


def test_a_rotation_that_was_interrupted_takes_them_up(check, monkeypatch):
    check("residents", HEADS, row(), row("李强", LI))
    old = keyring().current

    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(StagedValues, "_batch", killed)
        with pytest.raises(KeyboardInterrupt):
            rotate()
    assert keys_staged() == {old}
    rotated = rotate()
    assert keys_staged() == {rotated.kid} == {keyring().current}


def test_what_was_tampered_with_is_named_and_the_rest_comes_along(check):
    check("residents", HEADS, row(), row("李强", LI))
    first = StagedWrite.objects.filter(model="territory.resident").first()
    first.data = {**first.data, "name": first.data["name"][:-4] + "AAAA"}
    first.save()
    rotated = rotate()
    assert (rotated.left, len(rotated.broken)) == (1, 1)
    assert rotated.kid in keys_staged()
