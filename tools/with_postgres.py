"""Run a command with ``DATABASE_URL`` set to a PostgreSQL of its own, which is gone afterwards.

The server listens on a socket in a temporary folder only. ``initdb`` refuses root, so root runs it as ``postgres``.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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


class Server:
    """A PostgreSQL of one's own in a folder: started, killed without a warning, started again.

    Parameters
    ----------
    folder : Path
        An empty one, which becomes the server's.
    options : str
        Of the server's command line; by default those that make it fast and let a power cut lose everything.
    """

    def __init__(self, folder: Path, options: str = SPEED_OVER_SAFETY) -> None:
        self.folder, self.data, self.options = folder, folder / "data", options
        self.owner = _as_owner(folder)
        self._run(_program("initdb"), "-D", str(self.data), "-U", "xiuhua", "-A", "trust", "-E", "UTF8", "--no-locale")
        self.start()
        self._run(_program("createdb"), "-h", str(folder), "-U", "xiuhua", "xiuhua")

    @property
    def address(self) -> str:
        """What ``DATABASE_URL`` says."""
        return f"postgres://xiuhua@/xiuhua?host={self.folder}"

    def start(self) -> None:
        """Start it, and wait until it answers; after a kill it first reads its log."""
        options = f"{self.options} -k {self.folder}"
        log = str(self.folder / "log")
        self._run(_program("pg_ctl"), "-D", str(self.data), "-w", "-t", "120", "-l", log, "-o", options, "start")

    def kill(self) -> None:
        """Kill it with all its processes, as a power cut would; after one nobody has its number either."""
        lock = self.data / "postmaster.pid"
        first = int(lock.read_text().splitlines()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for process in (first, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        lock.unlink()
        for socket in self.folder.glob(".s.PGSQL.*"):
            socket.unlink()

    def stop(self) -> None:
        """End it at once."""
        self._run(_program("pg_ctl"), "-D", str(self.data), "-m", "immediate", "stop")

    def _run(self, *command: str) -> None:
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL, **self.owner)  # type: ignore[call-overload]


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the address of a fresh database."""
    with tempfile.TemporaryDirectory(prefix="xiuhua-pg-", ignore_cleanup_errors=True) as name:
        server = Server(Path(name))
        try:
            yield server.address
        finally:
            server.stop()


def main() -> int:
    """Run the command given as arguments and return its exit status."""
    with postgres() as address:
        return subprocess.run(sys.argv[1:], check=False, env={**os.environ, "DATABASE_URL": address}).returncode


if __name__ == "__main__":
    sys.exit(main())
