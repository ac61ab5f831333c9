import pytest

from ground.journal.verbs import SYSTEM, rename, settle
from xiuhua.ground.journal.models import Entry, SubjectKey
from xiuhua.ground.journal.values import opened_values
from xiuhua.ground.journal.verify import verify
from xiuhua.ground.sealing import keyring, rotation


@pytest.fixture
def ring_of_its_own(tmp_path, settings):
    settings.KEYS_FILE, settings.KEYS, settings.DATA = tmp_path / "keys" / "ring.txt", "", tmp_path / "data"
    settings.JOURNAL_HEADS = tmp_path / "heads"
    settings.DATA.mkdir()
    keyring.forget()
    yield
    keyring.forget()


def test_the_record_is_read_and_verified_after_a_change_of_keys(ring_of_its_own, committed_db):
    subdistrict = settle(actor=SYSTEM).subject
    entry_before = rename(actor=SYSTEM, subdistrict=subdistrict, name="乙") and Entry.objects.last()
    kid = rotation.rotate().kid
    assert SubjectKey.objects.get().wrapped.startswith(f"{kid}.")
    assert opened_values(entry_before) == {"name": ["试验街道", "乙"]}
    assert verify().whole
    rename(actor=SYSTEM, subdistrict=subdistrict, name="丙")
    assert verify().whole
    verbs = list(Entry.objects.filter(actor="system:keys").values_list("verb", flat=True))
    assert verbs == ["keys.add", "keys.rotate"]
