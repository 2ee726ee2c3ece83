"""A clerk's process that can be ended in the middle of an act: `python -m tests.races.victim ADDRESS KEYS`.

It reads one act a line (JSON), forks a child for each, and the child does all of it but the last: when it tells its
number, it is in the midst, and nothing of what it did is committed. Whoever asked ends it by that number.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from app.security.actor import Actor
from app.security.keyring import load_keyring
from app.services.unit_of_work import Database, Parts, Work
from app.services.workflow_runner import StepRequest, advance, find_standing
from tests.factories.placed import HOUSE
from tests.factories.world import A_DAY
from tests.races.rush import clock

WAITS = 60  # seconds at most until it is ended


def admission(case_id: UUID, bed: UUID) -> StepRequest:
    """She arrives, and is given this bed."""
    return StepRequest(case_id, "shelter", "admit", {**HOUSE, "bed": str(bed)}, A_DAY)


def do_all_but_commit(work: Work, request: StepRequest) -> None:
    """Take a step like `take_step`, up to the moment before it counts."""
    advance(work, find_standing(work, request.case_id), request, uuid4())
    work.audit("case:step", request.case_id, track=request.track, step=request.action)
    work.session.flush()


@dataclass
class Victims:
    """The process that gives its children to be ended."""

    process: subprocess.Popen[str]

    def act(self, actor: Actor, case_id: UUID, bed: UUID) -> int:
        """Begin an admission in a process of its own; gives the number of the process."""
        assert self.process.stdin
        assert self.process.stdout
        asked = {"member": str(actor.member_id), "agency": str(actor.agency_id), "case": str(case_id), "bed": str(bed)}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@contextmanager
def victims(address: str, key_file: Path) -> Iterator[Victims]:
    """A process with everything imported, so that a child is there in no time."""
    command = [sys.executable, "-m", "tests.races.victim", address, str(key_file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Victims(process)
        assert process.stdin
        process.stdin.close()


def end(number: int) -> None:
    """End a child without a chance to clean up."""
    os.kill(number, signal.SIGKILL)


def _child(address: str, key_file: str, asked: dict[str, str]) -> None:
    clerk = Actor(
        UUID(asked["member"]),
        UUID(asked["agency"]),
        "shelter",
        frozenset({"shelter_coordinator"}),
        frozenset({UUID(asked["member"])}),
    )
    database = Database(address, load_keyring(Path(key_file)), Parts(clock=clock), pool_size=1)
    with database.write(clerk) as work:
        do_all_but_commit(work, admission(UUID(asked["case"]), UUID(asked["bed"])))
        sys.stdout.write(f"{os.getpid()}\n")
        sys.stdout.flush()
        time.sleep(WAITS)
        os._exit(1)


def main() -> None:
    address, key_file = sys.argv[1:]
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children
    for line in sys.stdin:
        if os.fork() == 0:
            _child(address, key_file, json.loads(line))


if __name__ == "__main__":
    main()
