"""Kill web, worker and database while people send in, and count: each acknowledged suggestion is there, exactly once.

``make chaos`` runs two minutes; ``SECONDS=600 RATE=30 make chaos`` is what the office is promised: 30 a second for ten
minutes on two cores beside PostgreSQL and this load. Whoever sends behaves as the phone does: a form that was not
acknowledged is sent again under its own key.
"""

import argparse
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlencode

from serving import free_port
from with_postgres import Server

SAFE = "-c listen_addresses= -c shared_buffers=256MB"
PAUSE = 15.0
"""Seconds between two kills."""
SENDERS = 16
MOST_TRIES = 120
WORDS = (
    "坡口被单车占满",
    "路灯不亮",
    "口袋公园没有灯",
    "助餐点周末也想开",
    "步道断在桥下",
    "垃圾房太味道",
    "健身器材松了",
)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass(slots=True)
class Load:
    """What was sent, and what was acknowledged."""

    port: int
    forms: Queue[tuple[str, str]] = field(default_factory=Queue)
    acknowledged: dict[str, str] = field(default_factory=dict)
    waited: list[float] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)

    def send_all(self) -> None:
        """Send what is to be sent until the end, each as often as it takes."""
        sender = Sender(self.port)
        while not (self.over.is_set() and self.forms.empty()):
            try:
                key, words = self.forms.get(timeout=0.2)
            except Empty:
                continue
            begun = time.monotonic()
            for _again in range(MOST_TRIES):
                outcome = sender.send(key, words)
                self.outcomes[outcome] += 1
                if outcome == "302":
                    self.acknowledged[key] = words
                    self.waited.append(time.monotonic() - begun)
                    break
                time.sleep(random.uniform(0.1, 0.5))


class Sender:
    """One phone: a cookie, a token, and an address of its own each time."""

    def __init__(self, port: int) -> None:
        self.port, self.token, self.cookie = port, "", ""
        self.line: HTTPConnection | None = None

    def send(self, key: str, words: str) -> str:
        """Send a form; says how it was answered."""
        try:
            if not self.token:
                self._look()
            body = urlencode({"csrfmiddlewaretoken": self.token, "once": key, "words": words})
            return str(self._ask("POST", "/say/", body)[0])
        except (OSError, HTTPException, ValueError) as error:
            self.line, self.token = None, ""
            return type(error).__name__

    def _look(self) -> None:
        status, page = self._ask("GET", "/say/")
        found = TOKEN.search(page)
        if status != 200 or found is None:
            raise ValueError(f"the form answered {status}")
        self.token = found[1]

    def _ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        if self.line is None:
            self.line = HTTPConnection("127.0.0.1", self.port, timeout=20)
        address = ".".join(str(random.randint(1, 250)) for _part in range(4))
        headers = {"X-Forwarded-For": address, "Cookie": self.cookie}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request(method, path, body or None, headers)
        answer = self.line.getresponse()
        text = answer.read().decode(errors="replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("csrftoken="):
                self.cookie = value.partition(";")[0]
        return answer.status, text


class House:
    """Web server, worker and database, each of which can be killed and comes again."""

    def __init__(self, folder: Path, database: Server) -> None:
        self.folder, self.database, self.port = folder, database, free_port()
        self.environment = {
            **os.environ,
            "XIUHUA_DATA": str(folder / "data"),
            "XIUHUA_KEYS_FILE": str(folder / "keys.txt"),
            "XIUHUA_PROXIES": "1",
            "DATABASE_URL": database.address,
        }
        self.xiuhua = str(Path(sys.executable).parent / "xiuhua")
        self.web: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None
        self.killed: Counter[str] = Counter()

    def found(self) -> None:
        """Build a small subdistrict to send to."""
        self.run("demo", "--scale", "0.05", "--no-serve")

    def run(self, *command: str) -> str:
        """Run a command of the house to its end."""
        done = subprocess.run([self.xiuhua, *command], env=self.environment, check=True, stdout=subprocess.PIPE)
        return done.stdout.decode()

    def open(self) -> None:
        """Start what does not run."""
        if self.web is None:
            self.web = self._begin("serve", "--no-worker", "--port", str(self.port))
        if self.worker is None:
            self.worker = self._begin("worker")

    def kill(self, which: str) -> None:
        """Kill one without a warning, and start it again."""
        self.killed[which] += 1
        if which == "database":
            self.database.kill()
            time.sleep(1)
            self.database.start()
            return
        process: subprocess.Popen[bytes] = getattr(self, which)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        setattr(self, which, None)
        self.open()

    def close(self) -> None:
        """End everything."""
        for process in (self.web, self.worker):
            if process is not None and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _begin(self, *command: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{command[0]}.log").open("ab")
        return subprocess.Popen(
            [self.xiuhua, *command], env=self.environment, stdout=log, stderr=log, start_new_session=True
        )


def main() -> int:
    """Run it and print the counts; ends with 1 where one is lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=float(os.environ.get("SECONDS") or 120))
    parser.add_argument("--rate", type=float, default=float(os.environ.get("RATE") or 30))
    parser.add_argument("--calm", action="store_true", help="kill nothing: how fast it is by itself")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="xiuhua-chaos-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "pg").mkdir()
        folder.chmod(0o755)
        database = Server(folder / "pg", SAFE)
        house = House(folder, database)
        try:
            return _torment(house, asked.seconds, asked.rate, calm=asked.calm)
        finally:
            house.close()
            database.kill()


def _torment(house: House, seconds: float, rate: float, *, calm: bool) -> int:
    house.found()
    before = _count(house)
    house.open()
    _wait_for(house.port)
    load = Load(house.port)
    senders = [threading.Thread(target=load.send_all) for _sender in range(SENDERS)]
    for sender in senders:
        sender.start()
    begun, sent = time.monotonic(), 0
    order, next_kill = ("web", "worker", "database"), PAUSE
    killer: threading.Thread | None = None
    while (passed := time.monotonic() - begun) < seconds:
        while sent < passed * rate:
            key = uuid.uuid4().hex
            load.forms.put((key, f"{random.choice(WORDS)}，记号 {_mark(key)}"))
            sent += 1
        if not calm and passed > next_kill and seconds - passed > PAUSE and not (killer and killer.is_alive()):
            killer = threading.Thread(target=house.kill, args=[order[sum(house.killed.values()) % 3]])
            killer.start()
            next_kill = passed + PAUSE
        time.sleep(0.01)
    load.over.set()
    for sender in senders:
        sender.join()
    took = time.monotonic() - begun
    return _tell(house, load, sent, took, before)


def _tell(house: House, load: Load, sent: int, took: float, before: int) -> int:
    marks = Counter(json.loads(house.run("manage", "shell", "--no-imports", "-c", _MARKS)))
    lost = [key for key in load.acknowledged if not marks[_mark(key)]]
    doubled = [mark for mark, times in marks.items() if times > 1]
    waited = sorted(load.waited) or [0.0]
    print(f"sent {sent} in {took:.0f} s ({sent / took:.1f} a second); killed {dict(house.killed)}")
    print(f"acknowledged {len(load.acknowledged)}, lost {len(lost)}, doubled {len(doubled)}")
    print(f"answers {dict(load.outcomes.most_common())}")
    print(
        "seconds until acknowledged:",
        *(f"{name} {waited[int(share * (len(waited) - 1))]:.2f}" for name, share in _PARTS),
    )
    print(f"on record {_count(house) - before}; {house.run('journal', 'verify').strip().splitlines()[-1]}")
    unacknowledged = sent - len(load.acknowledged)
    return 1 if lost or doubled or unacknowledged else 0


def _mark(key: str) -> str:
    """A key in letters: figures might be taken for a telephone, and masked."""
    return key.translate(str.maketrans("0123456789", "ghijklmnop"))


_PARTS = (("median", 0.5), ("95 %", 0.95), ("99 %", 0.99), ("longest", 1.0))
_MARKS = """
import json
from xiuhua.programmes.suggestions.models import Suggestion
words = Suggestion.objects.filter(masked_words__contains="记号").values_list("masked_words", flat=True)
print(json.dumps([text.rpartition(" ")[2] for text in words]))
"""
_COUNT = "from xiuhua.programmes.suggestions.models import Suggestion; print(Suggestion.objects.count())"


def _count(house: House) -> int:
    return int(house.run("manage", "shell", "--no-imports", "-c", _COUNT))


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    sys.exit("the server does not answer")


if __name__ == "__main__":
    sys.exit(main())
