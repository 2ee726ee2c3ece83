"""What a serving process holds of memory: not what passwords were tested in, and not the program that sets papers."""

import subprocess
import sys

from tests.support.programs import ROOT

PASSWORDS_IN_FOUR_THREADS = """
from pathlib import Path
from threading import Thread

from app.cli.server import share_memory
from app.security.passwords import hash_password

def held():
    return int(Path("/proc/self/smaps_rollup").read_text().split("Private_Dirty:")[1].split()[0])

{first}
before = held()
for _ in range(4):
    threads = [Thread(target=hash_password, args=("an invented password",)) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
print(held() - before)
"""
WHETHER_THERE = """
import sys

import app.factory

print("typst" in sys.modules, "app.web.papers" in sys.modules)
"""
MOST_KB = 8 * 1024


def told(program: str) -> str:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def test_who_serves_gives_back_what_passwords_were_tested_in() -> None:
    assert int(told(PASSWORDS_IN_FOUR_THREADS.format(first="share_memory()"))) < MOST_KB


def test_left_to_itself_it_would_keep_it() -> None:
    assert int(told(PASSWORDS_IN_FOUR_THREADS.format(first=""))) > MOST_KB


def test_who_serves_does_not_hold_the_typesetter() -> None:
    assert told(WHETHER_THERE) == "False True"
