"""The log: one event, one line of JSON, and nothing of anybody in it.

A line has fields of this module's list and no others, and each field only what its pattern lets through: a code, a
number, a type's name, a place in the code. Whatever else it is given, it writes as "?". What libraries log is kept as
where and what kind, never as text: they put values into their messages.
"""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NAME = "throughcare"
LEVELS = {"info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
PLACES_AT_MOST = 12
UNFIT = "?"

CODE = re.compile(r"[a-z][a-z0-9_]{0,60}(\.[a-z][a-z0-9_]{0,60})?", re.ASCII)
TYPE_OR_MODULE = re.compile(r"[A-Za-z_][\w.]{0,80}", re.ASCII)
PLACE = re.compile(r"[\w./<>-]{1,120}:\d{1,6} [\w.<>]{1,80}", re.ASCII)
NUMBER = re.compile(r"-?\d{1,12}", re.ASCII)
FIELDS = {
    "request": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    "route": CODE,
    "method": re.compile(r"GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE"),
    "status": re.compile(r"[1-5]\d\d"),
    "ms": NUMBER,
    "member": re.compile(r"[0-9a-f]{16}"),
    "reason": CODE,
    "error": TYPE_OR_MODULE,
    "at": PLACE,
    "sqlstate": re.compile(r"[0-9A-Z]{5}"),
    "logger": TYPE_OR_MODULE,
    "directive": re.compile(r"[a-z-]{1,30}"),
    "lapsed": NUMBER,
    "freed": NUMBER,
}


def note(event: str, level: str = "info", error: BaseException | None = None, **told: object) -> None:
    """Write an event, and what may be told of an exception.

    Fields that the list does not have are left out; what does not fit its field becomes "?".
    """
    logging.getLogger(NAME).log(LEVELS[level], event, extra={"told": told, "fault": error})


def fault(error: BaseException) -> dict[str, object]:
    """What may be told of an exception: the types it is made of, the places it came through, the database's code."""
    chain = _chain(error)
    frames = [frame for one in reversed(chain) for frame in traceback.extract_tb(one.__traceback__)]
    places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    codes = [code for one in chain if (code := getattr(getattr(one, "orig", one), "sqlstate", None))]
    told: dict[str, object] = {"error": [type(one).__name__ for one in chain], "at": places[-PLACES_AT_MOST:]}
    return told | ({"sqlstate": codes[0]} if codes else {})


def start(level: str = "info", *, is_spare: bool = True) -> None:
    """Have all that is logged in this process written so. Not `is_spare`, it writes texts too: for a control test."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, _Lines)]:
        root.removeHandler(handler)
    lines = _Lines()
    lines.setFormatter(OneLine(is_spare=is_spare))
    root.addHandler(lines)
    logging.getLogger(NAME).setLevel(LEVELS[level])


def catch_the_rest() -> None:
    """Note what nothing caught, in a command or anywhere, instead of printing what it says."""

    def noted(_type: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        note("uncaught", "error", error)

    sys.excepthook = noted


class OneLine(logging.Formatter):
    """One record, one line: ASCII alone, so that neither a line's end nor a terminal's command gets through."""

    def __init__(self, *, is_spare: bool = True) -> None:
        super().__init__()
        self.is_spare = is_spare

    def format(self, record: logging.LogRecord) -> str:
        """The line of an event of ours, or what may be told of a library's record."""
        told = getattr(record, "told", None)
        line = {
            "at_time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": _fitting(CODE, record.msg) if told is not None else "library",
        }
        error = getattr(record, "fault", None) or (record.exc_info[1] if record.exc_info else None)
        known = (told if told is not None else _of(record)) | (fault(error) if error else {})
        line |= {name: _fitting(FIELDS[name], value) for name, value in known.items() if name in FIELDS}
        if not self.is_spare:
            line["text"] = f"{record.getMessage()} {error}"
        return json.dumps(line)


class _Lines(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to whatever standard error is by then."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        self.stream = sys.stderr
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        """Say nothing: the library would print the record with what it was given."""


def _of(record: logging.LogRecord) -> dict[str, object]:
    return {"logger": record.name, "at": f"{_short(record.pathname)}:{record.lineno} {record.funcName}"}


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in found:
        found.append(current)
        current = current.__cause__ or current.__context__
    return found


def _short(file: str) -> str:
    """A file of ours from the project's root on, a library's without the machine's folders."""
    path = Path(file)
    if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
        return path.relative_to(ROOT).as_posix()
    return "/".join(path.parts[-2:])


def _fitting(pattern: re.Pattern[str], value: Any) -> object:
    if isinstance(value, list | tuple):
        return [_fitting(pattern, one) for one in value]
    if isinstance(value, bool) or not isinstance(value, str | int):
        return UNFIT
    return value if pattern.fullmatch(str(value)) else UNFIT
