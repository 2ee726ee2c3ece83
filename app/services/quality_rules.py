"""What of the numbers of a period needs another look, as findings that a page can say in a sentence. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.queries.quality import LATE, Delay, Disagreements
from app.vocabulary.period import Period, april_year, year

NEARLY_A_YEAR = 270
"""From how many days on a period stands for a year, so that two of them with one number are taken for each other."""


@dataclass(frozen=True)
class Finding:
    """One thing that needs another look: its kind, its numbers, and where they stand ("work" or "people")."""

    kind: str
    numbers: Mapping[str, int] = field(default_factory=dict)
    metric: str = ""
    other: Period | None = None
    leads_to: str = "people"


def of_sentences(convicted: int, without: int) -> list[Finding]:
    """Convictions whose sentences do not add up to them."""
    if not without:
        return []
    numbers = {"convicted": convicted, "known": convicted - without, "without": without}
    return [Finding("sentences", numbers, leads_to="work")]


def of_raids(raids: int, arrests: int) -> list[Finding]:
    """Raids beside the arrests that came of all operations."""
    return [Finding("raids", {"raids": raids, "arrests": arrests}, leads_to="work")] if raids else []


def of_assistance(identified: int, assisted: int) -> list[Finding]:
    """Identified by the police and assisted by the advocates, where the two numbers differ."""
    if identified == assisted:
        return []
    return [Finding("assistance", {"identified": identified, "assisted": assisted})]


def of_disagreements(found: Disagreements) -> list[Finding]:
    """Linked records that disagree."""
    if not found.people:
        return []
    numbers = {"people": found.people, "sex": found.sex, "age": found.age_band, "citizenship": found.citizenship}
    return [Finding("disagreements", numbers)]


def of_pairs(waiting: int) -> list[Finding]:
    """Pairs of records that wait for a reviewer."""
    return [Finding("pairs", {"pairs": waiting})] if waiting else []


def of_lateness(late: int, entries: int) -> list[Finding]:
    """Entries made late."""
    return [Finding("late", {"late": late, "entries": entries, "days": LATE})] if late else []


def neighbours(period: Period) -> list[Period]:
    """The calendar years and years from April that share days with a period, without itself; none for a short one."""
    if (period.end - period.start).days < NEARLY_A_YEAR:
        return []
    numbers = range(period.start.year - 1, period.last.year + 1)
    years = [made(number) for number in numbers for made in (year, april_year)]
    return [one for one in years if one != period and one.start < period.end and period.start < one.end]


def of_one_number(period: Period, found: Mapping[Period, Mapping[str, int]]) -> list[Finding]:
    """Counts whose number of the period is that of another period too: one figure under two labels."""
    return [
        Finding("one_number", {"number": number}, metric, other)
        for metric, number in found.get(period, {}).items()
        for other, numbers in found.items()
        if other != period and number and numbers.get(metric) == number
    ]


@dataclass(frozen=True)
class Lateness:
    """An agency's entries: how many, how many of them late, and the middle of the late ones' days."""

    entries: int
    late: int = 0
    median: int | None = None


def lateness(delays: Iterable[Delay]) -> Lateness:
    """Of all entries given: how many are late, and by how many days in the middle; of two middle ones the lower."""
    found = list(delays)
    late = sorted((one for one in found if one.days > LATE), key=lambda one: one.days)
    number = sum(one.entries for one in late)
    return Lateness(sum(one.entries for one in found), number, _middle(late, number))


def _middle(late: Sequence[Delay], number: int) -> int | None:
    passed = 0
    for one in late:
        passed += one.entries
        if passed * 2 >= number:
            return one.days
    return None
