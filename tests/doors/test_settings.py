import os
import stat
import subprocess
import sys

from xiuhua.doors.secret import FILE, secret_key

ASK = "from django.conf import settings as s; print(s.{})"


def setting(name, **environment):
    told = subprocess.run(
        [sys.executable, "-c", ASK.format(name)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "xiuhua.doors.settings", **environment},
    )
    return told.stdout.strip()


def test_the_secret_key_is_made_once_and_private(tmp_path):
    first = secret_key(tmp_path)
    assert len(first) >= 50
    assert secret_key(tmp_path) == first
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_two_installations_have_two_keys(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    assert secret_key(tmp_path / "one") != secret_key(tmp_path / "two")


def test_the_data_folder_is_made_where_it_is_asked_for(tmp_path):
    wanted = tmp_path / "new" / "folder"
    database = setting("DATABASES['default']['NAME']", XIUHUA_DATA=str(wanted), DATABASE_URL="")
    assert database == str(wanted / "xiuhua.sqlite3")
    assert stat.S_IMODE(wanted.stat().st_mode) == 0o700


def test_another_database_by_its_address(tmp_path):
    address = "postgres://xiuhua:secret@db.example/office"
    assert setting("DATABASES['default']['ENGINE']", XIUHUA_DATA=str(tmp_path), DATABASE_URL=address).endswith(
        "postgresql"
    )


def test_tracebacks_are_shown_only_when_asked_for(tmp_path):
    assert setting("DEBUG", XIUHUA_DATA=str(tmp_path), XIUHUA_DEBUG="") == "False"
