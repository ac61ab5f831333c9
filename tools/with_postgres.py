"""Run a command with ``DATABASE_URL`` set to a PostgreSQL of its own, which is gone afterwards.

The server listens on a socket in a temporary folder only. ``initdb`` refuses root, so root runs it as ``postgres``.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
SPEED_OVER_SAFETY = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses="


def _program(name: str) -> str:
    for folder in SERVER_PROGRAMS:
        if (folder / name).exists():
            return str(folder / name)
    found = shutil.which(name)
    if found is None:
        sys.exit(f"{name} is not installed; on Debian: apt-get install postgresql")
    return found


def _as_owner(folder: Path) -> dict[str, int]:
    """Whom to run the server as: ourselves, unless we are root."""
    if os.geteuid() != 0:
        return {}
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return {"user": owner.pw_uid, "group": owner.pw_gid}


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the address of a fresh database."""
    with tempfile.TemporaryDirectory(prefix="xiuhua-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        data = folder / "data"
        owner = _as_owner(folder)

        def run(*command: str) -> None:
            subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **owner)  # type: ignore[call-overload]

        run(_program("initdb"), "-D", str(data), "-U", "xiuhua", "-A", "trust", "-E", "UTF8", "--no-locale")
        options = f"{SPEED_OVER_SAFETY} -k {folder}"
        run(_program("pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            run(_program("createdb"), "-h", str(folder), "-U", "xiuhua", "xiuhua")
            yield f"postgres://xiuhua@/xiuhua?host={folder}"
        finally:
            run(_program("pg_ctl"), "-D", str(data), "-m", "immediate", "stop")


def main() -> int:
    """Run the command given as arguments and return its exit status."""
    with postgres() as address:
        return subprocess.run(sys.argv[1:], check=False, env={**os.environ, "DATABASE_URL": address}).returncode


if __name__ == "__main__":
    sys.exit(main())
