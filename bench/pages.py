"""The application under load: a real server of two workers, and what each page costs in CPU."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from app.services import factors

WARM_UP = 40
TICKS = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Cost:
    """What one operation cost: CPU in the program and in the database, and how many a second one client got."""

    program_ms: float
    database_ms: float
    per_second: float

    @property
    def cpu_ms(self) -> float:
        """Both together."""
        return self.program_ms + self.database_ms


def cpu_seconds(pids: list[int]) -> float:
    """CPU that these processes have used so far."""
    total = 0
    for pid in pids:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += sum(int(part) for part in fields[11:15])
    return total / TICKS


def children(pid: int) -> list[int]:
    """The process and all below it."""
    found = [pid]
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            if parent in found:
                found.append(int(path.parent.name))
    return found


def measure(
    program: Callable[[], list[int]], database: Callable[[], list[int]], act: Callable[[], object], n: int
) -> Cost:
    """Do it n times, one after the other, after some: both workers have compiled and prepared by then what they use."""
    for _ in range(WARM_UP if n > WARM_UP else 5):
        act()
    before, began = (cpu_seconds(program()), cpu_seconds(database())), time.perf_counter()
    for _ in range(n):
        act()
    seconds = time.perf_counter() - began
    spent = (cpu_seconds(program()) - before[0], cpu_seconds(database()) - before[1])
    return Cost(spent[0] / n * 1000, spent[1] / n * 1000, n / seconds)


@dataclass
class Server:
    """A running server of two workers."""

    port: int
    process: subprocess.Popen[bytes]

    def pids(self) -> list[int]:
        """Its processes."""
        return children(self.process.pid)


@contextlib.contextmanager
def serving(folder: Path, database_url: str, key_file: Path) -> Iterator[Server]:
    """Start the application's own server with its two workers on a free port of this machine; ended at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    places = {"INSTANCE": str(folder), "DATABASE_URL": database_url, "KEY_FILE": str(key_file)}
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.server", str(port)],
        cwd=ROOT,
        env={**os.environ, **places},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


@dataclass
class Browser:
    """One signed-in client."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> str:
        """The body of a page; raises where it is not 200."""
        return self._send("GET", path, None, (200,))

    def post(self, path: str, **values: str) -> str:
        """Send a form; raises where it is neither shown nor followed."""
        return self._send("POST", path, urlencode(values), (200, 302))

    def _send(self, method: str, path: str, body: str | None, good: tuple[int, ...]) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        connection.close()
        if answer.status not in good:
            told = " ".join(re.findall(r"error-message[^>]*>(.*?)</p>", text, re.S))
            plain = " ".join(re.sub(r"<[^>]+>", " ", told).split())
            raise RuntimeError(f"{method} {path}: {answer.status} {plain}")
        return text

    def sign_in(self, name: str, password: str) -> None:
        """Sign in as a person would; the database that tells the code is bound."""
        page = self.get("/sign-in")
        self.post("/sign-in", csrf_token=csrf(page), sign_in=name, password=password)
        page = self.get("/sign-in/code")
        self.post("/sign-in/code", csrf_token=csrf(page), code=factors.demo_code(name))


def csrf(page: str) -> str:
    """The token against forgery of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("a page without a token")
    return found.group(1)


def hidden(page: str, name: str) -> str:
    """A hidden field's value."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    return found.group(1) if found else ""
