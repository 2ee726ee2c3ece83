"""Sets one paper: `python typesetter.py LAYOUT MADE_AT < content > paper`. A program of its own, run by press.py."""

import sys
from datetime import datetime
from pathlib import Path

import typst


def main(layout: str, made_at: str) -> None:
    """Set what is read from the input, and write the paper to the output."""
    made = typst.compile(
        Path(layout),
        root=Path(layout).parent,
        format="pdf",
        sys_inputs={"content": sys.stdin.buffer.read().decode()},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        timestamp=datetime.fromisoformat(made_at).replace(microsecond=0),
    )
    if not isinstance(made, bytes):
        raise TypeError("a paper is one file")
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main(*sys.argv[1:])
