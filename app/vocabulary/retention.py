"""How long data are kept, by class, and why a case is kept past its period: a hold."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.vocabulary.code import OWN, CodeList, Label, entry

PERIODS = Path(__file__).with_name("retention.toml")

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
    """The periods by class. Raises ValueError where one is shorter than a month or lacks a part or a language."""
    found = {}
    for name, told in tomllib.loads(path.read_text("utf-8")).items():
        try:
            what, begins, source = (Label(**told[part]) for part in ("what", "from", "source"))
            found[name] = Period(name, told["months"], what, begins, source, told["verified"])
        except (KeyError, TypeError) as missing:
            raise ValueError(f"{name} lacks {missing}") from None
        if found[name].months < 1:
            raise ValueError(f"{name} is kept for less than a month")
    return found
