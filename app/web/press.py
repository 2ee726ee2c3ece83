"""Has a paper set in a process of its own, which ends with it.

The typesetter keeps what it has set, to be quicker the next time. In a process that serves, that would be words about
people in memory for days, some hundred MB of them; here they go with the process, as does a fault of the typesetter.
"""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

TYPESETTER = Path(__file__).with_name("typesetter.py")
MOST_SECONDS = 120
"""A paper of hundreds of pages takes some; whoever waits longer gets no paper."""


def printed(layout: Path, content: str, made_at: datetime) -> bytes:
    """The paper as PDF. What is written on it is told by no argument: the machine shows those to everybody on it.

    Raises subprocess.CalledProcessError, or TimeoutExpired after two minutes.
    """
    command = [sys.executable, "-I", str(TYPESETTER), str(layout), made_at.isoformat()]
    done = subprocess.run(  # noqa: S603 - our own arguments
        command,
        input=content.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # the typesetter quotes what it stumbles over, and a log holds nobody's words
        check=True,
        timeout=MOST_SECONDS,
        env={},
    )
    return done.stdout
