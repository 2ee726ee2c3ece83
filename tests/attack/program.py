"""Starts sqlmap on some targets at once, and reads what it said of each."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.attack.targets import OF_THE_FORM, Target

PROGRAM = "sqlmap"
IS_LONG = os.environ.get("ATTACK") == "long"
PLAIN = (
    *("--batch", "--ignore-stdin", "--disable-coloring", "--flush-session", "--skip-waf", "--ignore-redirects"),
    *("--text-only", f"--skip=session,{','.join(OF_THE_FORM)}", "--timeout=30", "--retries=0", "--level=2", "--risk=1"),
    "--ignore-code=400,401,403,404,405,409,413,422,429",
)
"""The second level, because the first one knows no way out of LIKE '%...%'. The text alone, because each page has
another token and key. Our refusals count as answers, and no fault of the server among them: it is no answer."""
TESTS = {
    False: ("--technique=B", r"--test-filter=blind - WHERE or HAVING clause$|Parameter replace \(original value\)$"),
    True: ("--technique=BEU",),
}
"""What the answers tell: in short by a condition that holds or does not, in long by errors and by joined rows too.
Never by waiting, which shows the machine's load."""
BEGINNING = re.compile(r"^\[(\d+)/\d+\] URL:$", re.MULTILINE)
TRIED = re.compile(r"parameter '([^']+)' (?:does not seem to be injectable|is vulnerable)")
FOUND = ("is vulnerable", "sqlmap identified the following injection point")
ENDED = (*FOUND, "all tested parameters do not appear to be injectable")


@dataclass(frozen=True)
class Said:
    """What sqlmap said of a target."""

    target: Target
    text: str

    @property
    def is_found(self) -> bool:
        """Whether there is a way in."""
        return any(sign in self.text for sign in FOUND)

    @property
    def is_ended(self) -> bool:
        """Whether it was tried to the end: a run that took up no request at all ends as quietly."""
        return any(sign in self.text for sign in ENDED)

    @property
    def tried(self) -> int:
        """How many parameters it gave a verdict on."""
        return len(set(TRIED.findall(self.text)))


def attack(address: str, attacked: Sequence[Target], kind: str, seconds: float, is_long: bool = IS_LONG) -> list[Said]:
    """Have sqlmap try all parameters of the targets, as far as it gets. Raises FileNotFoundError without sqlmap."""
    folder = Path(tempfile.mkdtemp(prefix="throughcare-attack-"))
    asked, told = folder / "asked", folder / "told"
    asked.mkdir()
    for number, target in enumerate(attacked):
        (asked / f"{number:03}-request").write_text(target.raw(urlsplit(address).netloc), "utf-8")
    command = [PROGRAM, f"-l{asked}", *PLAIN, *TESTS[is_long], f"--dbms={kind}", f"--output-dir={folder / 'out'}"]
    try:
        with told.open("wb") as words:
            _run(command, words.fileno(), {**os.environ, "HOME": str(folder), "PYTHONUNBUFFERED": "1"}, seconds)
        return _said(attacked, told.read_text("utf-8", errors="replace"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str], words: int, environment: dict[str, str], seconds: float) -> None:
    started = subprocess.Popen(command, stdout=words, stderr=subprocess.STDOUT, env=environment, start_new_session=True)
    ending = time.monotonic() + seconds
    try:
        started.wait(max(ending - time.monotonic(), 1))
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def _said(attacked: Sequence[Target], text: str) -> list[Said]:
    """Each target with the words from its beginning to the next one's; those that it never came to are left out."""
    parts = BEGINNING.split(text)[1:]
    return [Said(attacked[int(number) - 1], words) for number, words in zip(parts[::2], parts[1::2], strict=True)]
