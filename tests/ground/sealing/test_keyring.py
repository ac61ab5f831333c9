"""The ring is made once, kept outside, and refused when it is not the data folder's own."""

import base64
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from xiuhua.ground.sealing import keyring as room
from xiuhua.ground.sealing.keyring import Keyring, add_key, forget, keyring, make_keyring
from xiuhua.ground.sealing.seal import seal, unseal
from xiuhua.ground.verdicts import Refused


def line(kid: str, key: bytes | None = None) -> str:
    return f"{kid}:{base64.b64encode(key or os.urandom(32)).decode()}\n"


@pytest.fixture
def ring_file(home, settings):
    """Write a ring by hand, as an administrator would."""

    def write(text: str) -> Path:
        settings.KEYS_FILE.parent.mkdir(exist_ok=True)
        settings.KEYS_FILE.write_text(text, "utf-8")
        settings.KEYS_FILE.chmod(0o600)
        forget()
        return settings.KEYS_FILE

    return write


def test_on_first_use_a_key_is_made_outside_the_data_folder(home, settings):
    ring = keyring()

    assert [kid.partition("-")[0] for kid in ring.ids] == ["k1"]
    assert settings.KEYS_FILE.stat().st_mode & 0o777 == 0o600
    assert (settings.DATA / "keys.ids").read_text() == f"{ring.current} {ring.fingerprint(ring.current)}\n"
    assert [path.name for path in settings.KEYS_FILE.parent.iterdir()] == ["keys.txt"]
    forget()
    assert keyring().key("seal") == ring.key("seal")


def test_many_at_once_make_one_ring(home, settings):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: make_keyring(), range(16)))

    assert len(settings.KEYS_FILE.read_text().splitlines()) == 1


def test_many_processes_agree_on_the_first_key(home, settings):
    code = "from xiuhua.ground.sealing.keyring import keyring; print(keyring().current)"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "xiuhua.doors.settings",
        "XIUHUA_DATA": str(settings.DATA),
        "XIUHUA_KEYS_FILE": str(settings.KEYS_FILE),
    }
    running = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]

    assert {process.communicate()[0].strip() for process in running} == {keyring().current}


def test_purposes_have_keys_of_their_own(home):
    ring = keyring()

    assert len({bytes(ring.key(purpose)) for purpose in ("seal", "index", "journal")}) == 3
    assert ring.key("seal", ring.current) == ring.key("seal")
    assert len(ring.key("journal")) == 32


def test_a_new_key_is_current_and_the_old_ones_stay(home, settings):
    first = keyring().current
    second = add_key()

    assert keyring().ids == (second, first)
    assert settings.KEYS_FILE.stat().st_mode & 0o777 == 0o600
    assert {row.split()[0] for row in (settings.DATA / "keys.ids").read_text().splitlines()} == {first, second}


def test_keys_added_at_once_are_all_kept(home):
    keyring()
    with ThreadPoolExecutor(4) as pool:
        added = list(pool.map(lambda _: add_key(), range(6)))

    assert len(keyring().ids) == 7
    assert set(added) < set(keyring().ids)


def test_a_key_that_another_process_added_is_met_at_once(home, settings):
    ring = keyring()
    other = Keyring({"k2": b"2" * 32})
    text = settings.KEYS_FILE.read_text()
    settings.KEYS_FILE.write_text(line("k2", b"2" * 32) + text)
    sealed = b"0" * 12 + other.cipher("k2").encrypt(b"0" * 12, b"x", b"")

    assert unseal(f"k2.{base64.urlsafe_b64encode(sealed).decode()}") == "x"
    assert keyring().ids == ("k2", ring.current)


def test_the_ring_from_the_environment(home, settings):
    settings.KEYS = f"{line('k2').strip()},{line('k1').strip()}"

    assert keyring().ids == ("k2", "k1")
    assert not settings.KEYS_FILE.exists()
    with pytest.raises(Refused, match="openssl rand"):
        add_key()


def test_remarks_and_blank_lines_are_passed_over(ring_file):
    ring_file(f"# 长风新村街道\n\n{line('k2').strip()}  # 2023\n{line('k1')}")

    assert keyring().ids == ("k2", "k1")


def test_nothing_shows_a_key(home, settings, caplog):
    ring = keyring()
    secret = settings.KEYS_FILE.read_text().partition(":")[2].strip()
    shown = f"{ring!r} {ring} {ring.key('seal')!r} {ring.key('seal')} {room._held} {caplog.text}"

    assert secret not in shown
    assert "Key(...)" in shown
    assert ring.key("seal").hex() not in shown
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(ring)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("k1\n", "第 1 行：不是一把钥匙"),
        ("# x\nK1:AAAA\n", "第 2 行：不是一把钥匙"),
        ("a-very-long-id:AAAA\n", "第 1 行：不是一把钥匙"),
        ("k1:AAAA\n", "第 1 行：钥匙 k1 不是 32 字节的 base64"),
        ("k1:%%%\n", "第 1 行：钥匙 k1 不是 32 字节的 base64"),
        ("k1:钥匙\n", "第 1 行：钥匙 k1 不是 32 字节的 base64"),
        pytest.param(line("k1") + line("k1"), "第 2 行：编号 k1 出现了两次", id="twice"),
        ("\n", "一把钥匙也没有"),
    ],
)
def test_a_ring_that_cannot_be_read_names_line_and_mend(ring_file, text, told):
    path = ring_file(text)

    with pytest.raises(Refused, match=told) as refused:
        keyring()
    assert refused.value.reasons[0].field == str(path)
    assert refused.value.reasons[0].mend
    assert text.strip() not in str(refused.value) or len(text) < 4


def test_without_its_key_a_data_folder_is_refused_and_no_new_key_is_made(home, settings):
    kid = keyring().current
    settings.KEYS_FILE.unlink()
    forget()

    with pytest.raises(Refused, match=f"是用钥匙 {kid} 封存的，钥匙文件里没有它"):
        keyring()
    assert not settings.KEYS_FILE.exists()


def test_a_ring_that_lost_a_key_is_refused(home, settings, ring_file):
    first = keyring().current
    ring_file(line("k2"))

    with pytest.raises(Refused, match=first):
        keyring()


def test_another_key_under_the_same_id_is_refused(home, settings, ring_file):
    kid = keyring().current
    ring_file(line(kid))

    with pytest.raises(Refused, match="只是编号一样"):
        keyring()


def test_a_key_file_that_others_can_read_is_refused(home, settings):
    keyring()
    settings.KEYS_FILE.chmod(0o640)
    forget()

    with pytest.raises(Refused, match="chmod 600"):
        keyring()
    settings.KEYS_FILE.chmod(0o600)
    assert keyring()


def test_a_key_file_in_the_data_folder_is_refused(home, settings):
    settings.KEYS_FILE = settings.DATA / "keys.txt"

    with pytest.raises(Refused, match="放在了数据目录里"):
        keyring()
    assert not settings.KEYS_FILE.exists()


def test_a_key_file_that_is_no_text_is_refused(home, settings):
    keyring()
    settings.KEYS_FILE.write_bytes(b"\xff\xfe\x00")
    forget()

    with pytest.raises(Refused, match="读不出来"):
        keyring()


def test_a_text_sealed_in_one_office_does_not_open_in_another(home, settings):
    token = seal("13812345678", "a")
    settings.DATA, settings.KEYS_FILE = home / "other", home / "other.txt"
    settings.DATA.mkdir()

    with pytest.raises(Refused, match="钥匙环里没有它"):
        unseal(token, "a")
