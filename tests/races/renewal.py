"""A process that renews the root key and can be ended at any moment: `python -m tests.races.renewal OWNER APP KEYS`.

For each line it forks a child that begins or goes on, in small batches, and tells its number. The parent of all tells
when a child has come to its end.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.security.keyring import LOOKED_AGAIN, load_keyring
from app.services import renewing_keys, unit_of_work
from app.services.unit_of_work import Database
from tests.support.promises import scaled

AT_ONCE = 2
AT_MOST = scaled(300, 3_600)
"""Seconds: one that hangs ends its test red, and not the suite."""
SECONDS_TO_HEAR = LOOKED_AGAIN + 0.2


@dataclass
class Renewals:
    """The process that gives its children to be ended."""

    process: subprocess.Popen[str]

    def begin(self) -> int:
        """Begin a renewal, or go on with one; gives the number of its process."""
        return int(self._ask("go"))

    def end_after(self, number: int, seconds: float) -> bool:
        """End it without a chance to clean up; gives whether it was still at work. To have fallen is a fault."""
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
        how = self._ask("wait")
        assert how in ("done", "killed"), how
        return how == "killed"

    def finish(self) -> None:
        """Let one run to its end."""
        self.begin()
        assert self._ask("wait") == "done"

    def _ask(self, word: str) -> str:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@contextmanager
def renewals(owner_url: str, app_url: str, key_file: Path) -> Iterator[Renewals]:
    """A process with everything imported; it and its children are gone afterwards, and after AT_MOST in any case."""
    command = [sys.executable, "-m", "tests.races.renewal", owner_url, app_url, str(key_file)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True, start_new_session=True) as process:
        ends = threading.Timer(AT_MOST, os.killpg, (process.pid, signal.SIGKILL))
        ends.start()
        try:
            yield Renewals(process)
        finally:
            ends.cancel()
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _child(owner_url: str, app_url: str, key_file: Path) -> None:
    unit_of_work.bind(Database(app_url, load_keyring(key_file), pool_size=1))
    renewing_keys.renew(owner_url, key_file, at_once=AT_ONCE, seconds_to_hear=SECONDS_TO_HEAR)
    os._exit(0)


def _word_for(how: int) -> str:
    if os.WIFSIGNALED(how) and os.WTERMSIG(how) == signal.SIGKILL:
        return "killed"
    return "failed" if how else "done"


def _serve(owner_url: str, app_url: str, key_file: Path) -> None:
    number = 0
    for line in sys.stdin:
        if line.strip() == "go":
            number = os.fork()
            if number == 0:
                _child(owner_url, app_url, key_file)
            sys.stdout.write(f"{number}\n")
        else:
            _, how = os.waitpid(number, 0)
            sys.stdout.write(f"{_word_for(how)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
