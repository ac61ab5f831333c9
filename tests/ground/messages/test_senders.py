"""Senders that leave the machine alone, and the choice among senders."""

import stat

import pytest

from xiuhua.ground.messages.console import Console
from xiuhua.ground.messages.gateway import Gateway
from xiuhua.ground.messages.outbox import Outbox
from xiuhua.ground.messages.sms import NotSent, Sms, send_sms, sender

SMS = Sms("13812345678", "验证码 123456")


def test_file_holds_number_and_words_for_its_owner_only(tmp_path, noon):
    Outbox({"outbox": tmp_path / "outbox"}).send(SMS)
    (path,) = (tmp_path / "outbox").iterdir()
    assert path.name == f"20230803T040000-{SMS.request_id}.txt"
    assert path.read_text("utf-8") == "13812345678\n验证码 123456\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_same_request_is_one_file(tmp_path):
    for _ in range(2):
        Outbox({"outbox": tmp_path}).send(SMS)
    assert len(list(tmp_path.iterdir())) == 1


def test_folder_that_cannot_be_made_is_said_so(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NotSent, match="file"):
        Outbox({"outbox": tmp_path / "file" / "outbox"}).send(SMS)


def test_console_writes_to_standard_error(capsys):
    Console({}).send(SMS)
    assert capsys.readouterr().err == "[13812345678] 验证码 123456\n"


@pytest.mark.parametrize(("name", "kind"), [("console", Console), ("file", Outbox), ("gateway", Gateway)])
def test_setting_names_the_sender(settings, tmp_path, name, kind):
    settings.SMS = {"sender": name, "outbox": tmp_path, "url": "https://office.example/", "secret": "s"}
    assert isinstance(sender(), kind)


class Own:
    """An office's own sender."""

    sent: list[Sms] = []

    def __init__(self, _settings: object) -> None:
        pass

    def send(self, sms: Sms) -> None:
        self.sent.append(sms)


def test_office_brings_its_own_sender(settings):
    settings.SMS = {"sender": f"{__name__}.Own"}
    send_sms(SMS)
    assert Own.sent == [SMS]
