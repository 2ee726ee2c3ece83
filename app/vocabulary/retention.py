"""How long data are kept, by class, and why a case is kept past its period: a hold."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.vocabulary.code import OWN, CodeList, Label, entry

PERIODS = Path(__file__).with_name("retention.toml")
CLASSES = ("case", "signal", "hotline_contact", "register_draft", "notice")

HOLD_REASON = CodeList(
    "hold_reason",
    OWN,
    (
        entry("proceedings", "Criminal proceedings", "Procedurë penale", "Krivični postupak"),
        entry("compensation", "A claim for compensation", "Kërkesë për kompensim", "Zahtev za naknadu štete"),
        entry("complaint", "A complaint that is being looked into", "Ankesë në shqyrtim", "Pritužba u razmatranju"),
        entry("court_order", "A court ordered it", "E urdhëroi gjykata", "Naredio je sud"),
    ),
)

LISTS = (HOLD_REASON,)


@dataclass(frozen=True)
class Period:
    """How long one class of data is kept, from when, by which source, and whether it was compared with the law."""

    name: str
    months: int
    what: Label
    begins: Label
    source: Label
    verified: bool

    def ended_before(self, today: date) -> date:
        """The day before which what began is over its period."""
        months = today.year * 12 + today.month - 1 - self.months
        return date(months // 12, months % 12 + 1, min(today.day, 28))


def periods(path: Path = PERIODS) -> dict[str, Period]:
    """The periods by class.

    Raises OSError where the file cannot be read, ValueError where a class is not there or none of ours, and where a
    period is no number of months or lacks a part or a language.
    """
    found, given = {}, tomllib.loads(path.read_text("utf-8"))
    for name, told in given.items():
        if name not in CLASSES:
            raise ValueError(f"{name} is no class of data")
        try:
            what, begins, source = (Label(**told[part]) for part in ("what", "from", "source"))
            found[name] = Period(name, told["months"], what, begins, source, told["verified"])
        except (KeyError, TypeError) as missing:
            raise ValueError(f"{name} lacks {missing}") from None
        if type(found[name].months) is not int or found[name].months < 1:
            raise ValueError(f"{name} is kept for a number of months, one at least")
    absent = [name for name in CLASSES if name not in found]
    if absent:
        raise ValueError(f"{absent[0]} is not there")
    return found
