"""What the linker is shown of a record, and what it says about a pair. No database, no rule of comparison here."""

from dataclasses import dataclass
from datetime import date

SURE = "sure"
DOUBTFUL = "doubtful"
APART = "apart"
NEAR = "near"


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record as an agency keeps it, in the few attributes that tell one person from another.

    `register` names the list the record stands in (an agency and its year): two rows of one list are
    normally two people. Empty text and None mean "not known". `birth_year` is given where the list has only
    a year; `age` counts from `age_on`. `other_names` are former names and aliases; `seen_on` is the day of the act that
    the record is about (identified, first assisted, returned). Citizenships are ISO 3166-1 alpha-2, XK for Kosovo.
    """

    record_id: str
    register: str
    given_names: str = ""
    surname: str = ""
    other_names: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    age: int | None = None
    age_on: date | None = None
    sex: str = ""
    citizenships: frozenset[str] = frozenset()
    region: str = ""
    form: str = ""
    scope: str = ""
    seen_on: date | None = None


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Two records thought to be one person: `left` < `right`, the score in bits, why, and how sure.

    A score of 0 means even odds among the records given; each bit doubles them. Reasons are keys such as
    "birth_date:same", one an attribute, for the application to put into words.
    """

    left: str
    right: str
    score: float
    decision: str
    reasons: tuple[str, ...]

    @property
    def pair(self) -> tuple[str, str]:
        """The two ids in order, the key by which a reviewer's answer is given back to `link`."""
        return self.left, self.right
