"""The work that the founding documents tell in numbers: operations of 2005, proceedings of 2011 and 2012.

The report of 2006 gives for 2005 2,000 raids, 33 arrests and 45 searches of private homes. The report of 2013 gives for
2012 104 new investigations, 31 new prosecutions (22 in 2011), 41 convicted (37 in 2011), 9 acquitted, 35 proceedings
under way, and 32 sentences: eight of two to five years, one of eighteen months, 23 of one year; nobody for forced
labour, and no official convicted. Days, files, and how many are accused in which of them are the demonstration's own,
and so are the files of 2010, in which those convicted in 2011 were accused. What the reports do not tell is not known.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from app.queries import proceedings as query
from app.services import accounts, operations, proceedings
from app.services.operations import NewOperation, NewVenue
from app.services.proceedings import NewStep
from app.services.reading import look
from app.vocabulary.proceeding import ACQUITTED, BEGUN, CONVICTED, OPENED

RAIDS, ARRESTS, SEARCHES, VENUES = 2000, 33, 45, 20
INVESTIGATIONS = 104
ACCUSED_OF_2010 = (*(2 for _ in range(17)), *(1 for _ in range(3)))
ACCUSED_OF_2011 = (*(3 for _ in range(13)), *(1 for _ in range(9)))
ACCUSED_OF_2012 = (3, *(2 for _ in range(4)), *(1 for _ in range(26)))
"""How many are accused in each file by the year in which its prosecution began."""

ENDED_OF_2011, ENDED_OF_2012, ACQUITTED_2012 = 13, 5, 9
"""How many of these files, the first ones, ended in 2012, and how many of the accused were acquitted then."""

MONTHS = (30, 36, 36, 42, 48, 48, 54, 60, 18, *(12 for _ in range(23)))
"""The sentences of 2012; of those convicted besides none is known."""

FILE = NewStep("", None, BEGUN, date.min, "pcck_139", "sexual_exploitation", "unknown")


def load() -> None:
    """Write all of it down, as the police and the prosecution would from their own registers of those years; once."""
    police, prosecution = accounts.load_actor("investigator"), accounts.load_actor("prosecutor")
    if look(prosecution, query.standing_keys):
        return
    for number in range(VENUES):
        operations.add_venue(police, NewVenue(_venue(number), "bar" if number % 2 else "private_home", "unknown"))
    operations.record_earlier(police, list(_raids()))
    proceedings.record_earlier(police, list(_investigations()))
    proceedings.record_earlier(prosecution, list(_prosecutions()))


def _venue(number: int) -> str:
    return f"D-05-{number % VENUES + 1:02}"


def _raids() -> Iterator[NewOperation]:
    arrests = {number * 60 + 7 for number in range(ARRESTS)}
    searches = {number * 44 + 3 for number in range(SEARCHES)}
    for number in range(RAIDS):
        counts = {"screened": 0, "presumed": 0, "arrests": int(number in arrests)}
        counts["home_searches"] = int(number in searches)
        on = date(2005, 1, 1) + timedelta(days=number * 365 // RAIDS)
        yield NewOperation("raid", "own" if number % 3 else "tip_off", on, _venue(number), counts)


def _investigations() -> Iterator[NewStep]:
    for number in range(INVESTIGATIONS):
        on = date(2012, 1, 2) + timedelta(days=number * 3)
        yield replace(FILE, file_code=f"H-{number + 1:03}/12", step=OPENED, occurred_on=on)


def _prosecutions() -> Iterator[NewStep]:
    before, last, this = (
        list(_begun(year, accused))
        for year, accused in ((2010, ACCUSED_OF_2010), (2011, ACCUSED_OF_2011), (2012, ACCUSED_OF_2012))
    )
    yield from (*before, *last, *this)
    for number, one in enumerate(before):
        yield _convicted(one, date(2011, 1, 10) + timedelta(days=number * 9))
    ended = [*_of_first(last, ENDED_OF_2011), *_of_first(this, ENDED_OF_2012)]
    known = dict(enumerate(MONTHS))
    for number, one in enumerate(ended):
        on = date(2012, 6, 4) + timedelta(days=number * 4)
        if number < len(ended) - ACQUITTED_2012:
            yield _convicted(one, on, known.get(number))
        else:
            yield replace(one, step=ACQUITTED, occurred_on=on)


def _begun(year: int, accused: tuple[int, ...]) -> Iterator[NewStep]:
    """The prosecutions of a year: the file, and each of its accused."""
    for place, people in enumerate(accused):
        on = date(year, 1, 11) + timedelta(days=place * 11)
        for number in range(1, people + 1):
            yield replace(FILE, file_code=f"PP-{place + 1:03}/{year % 100}", accused=number, occurred_on=on)


def _of_first(steps: list[NewStep], files: int) -> list[NewStep]:
    """The steps of the first files."""
    kept = list(dict.fromkeys(one.file_code for one in steps))[:files]
    return [one for one in steps if one.file_code in kept]


def _convicted(one: NewStep, on: date, months: int | None = None) -> NewStep:
    return replace(one, step=CONVICTED, occurred_on=on, official="no", sentence_months=months)
