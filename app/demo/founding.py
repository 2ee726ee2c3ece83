"""Invented registers whose counts are the figures of the documents that the project comes from, 1999 to 2012.

Nobody in them has lived: the figures are of the documents (reports of 2006 and 2013, cable of March 2008), the people
are made here, the same at every run. They are taken in as any agency takes in its register.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.demo.invented import Row, days, names, people, spread
from app.registers.mapping import MetricRule, RegisterMapping
from app.services import accounts, linking, registers

POLICE, ADVOCATES, RETURN_PARTNER = "police.supervisor", "advocacy.supervisor", "return.supervisor"

HEADINGS = {
    "source_key": "Ref",
    "given_names": "First name",
    "surname": "Surname",
    "birth_date": "Date of birth",
    "sex": "Sex",
    "citizenship": "Citizenship",
    "community": "Community",
    "form": "Form of exploitation",
    "scope": "Trafficked",
    "destination": "Country of exploitation",
    "recruitment": "Promise",
    "recruiter_relation": "Recruiter",
    "recruiter_sex": "Sex of recruiter",
    "education": "Education",
    "identified_on": "Identified on",
    "assisted_on": "Assisted on",
    "returned_on": "Returned on",
    "goal_job_on": "In work since",
}
METRICS = {
    POLICE: ("identified",),
    ADVOCATES: ("assisted", "goal_job"),
    RETURN_PARTNER: ("assisted", "returned"),
}
INTERNAL = {"scope": "internal", "destination": "XK"}
FROM_ABROAD = {"scope": "cross_border", "destination": "XK"}


@dataclass(frozen=True)
class Register:
    """One agency's list of one year, or of several; what a row says, by field."""

    name: str
    keeper: str
    rows: tuple[Row, ...]

    @property
    def content(self) -> bytes:
        """The list as its agency keeps it: a CSV file."""
        written = io.StringIO()
        lines = csv.DictWriter(written, fieldnames=list(HEADINGS), lineterminator="\n", restval="")
        lines.writerow(HEADINGS)
        lines.writerows({**row, "source_key": f"{self.name}-{place:03}"} for place, row in enumerate(self.rows, 1))
        return written.getvalue().encode()

    @property
    def mapping(self) -> RegisterMapping:
        """How it is read."""
        return RegisterMapping(
            name="founding",
            columns={name: (heading,) for name, heading in HEADINGS.items()},
            states=tuple(MetricRule(metric, f"{metric}_on") for metric in METRICS[self.keeper]),
            required=("given_names", "surname"),
            date_order="ymd",
        )


def load() -> None:
    """Take in all of the registers, then link them. An agency that has one already keeps it as it is."""
    for each in founding_registers():
        registers.import_file(accounts.load_actor(each.keeper), each.content, each.mapping, relinks=False)
    linking.relink()


def founding_registers() -> tuple[Register, ...]:
    """All of the registers, in the order of their years."""
    unused = names()
    return (
        Register("RP-1999", RETURN_PARTNER, tuple(_from_1999_on(unused))),
        *_year_2005(unused),
        Register("PO-2006", POLICE, tuple(_year_2006(unused))),
        *_year_2007(unused),
        Register("PO-2011", POLICE, tuple(_year_2011(unused))),
        *_year_2012(unused),
    )


def _listed(rows: Sequence[Row], field: str, later: int = 0, **told: str) -> tuple[Row, ...]:
    """The rows of an agency that met them so many days later, with that day in a field of its own."""
    kept = ({name: value for name, value in row.items() if name in HEADINGS} for row in rows)
    days = (date.fromisoformat(row["met"]) + timedelta(days=later) for row in rows)
    return tuple({**row, field: str(day), **told} for row, day in zip(kept, days, strict=True))


def _from_1999_on(unused: Iterator[tuple[str, str]]) -> list[Row]:
    """The return partner's 569, most of them from abroad: cable of 2008, paragraphs 7, 8 and 12."""
    met = days(date(1999, 6, 1), date(2004, 12, 20), 569)
    abroad = {"MD": 290, "RO": 111, "UA": 74, "BG": 8, "AL": 6, "RU": 4, "RS": 4, "ME": 2, "SK": 2, "NG": 2}
    rows = [
        row
        for country, number in abroad.items()
        for row in people(unused, number, country, (18, 19, 20, 21, 22, 23, 25), met, **FROM_ABROAD)
    ]
    spread(rows, "education", {"none": 1, "primary": 1, "upper_secondary": 2, "vocational": 4})
    local = people(unused, 66, "XK", (16, 17, 18), met, scope="cross_border")
    spread(local, "destination", {"XK": 54, "MK": 5, "IT": 3, "AL": 3, "GR": 1})
    spread(local, "scope", {"internal": 54})
    spread(local, "education", {"none": 5, "primary": 18, "lower_secondary": 23, "upper_secondary": 4, "unknown": 1})
    rows += local
    spread(rows, "recruitment", {"job": 421, "kidnapped": 23, "marriage": 23, "other": 40, "unknown": 62})
    contacts = {"acquaintance": 165, "friend": 91, "family": 120, "intimate_partner": 96}
    spread(rows, "recruiter_relation", {**contacts, "stranger": 97})
    spread(rows, "recruiter_sex", {"F": 340, "M": 180, "unknown": 49})
    return list(_listed(rows, "assisted_on"))


def _year_2005(unused: Iterator[tuple[str, str]]) -> tuple[Register, ...]:
    """49 identified, 38 assisted, most of them minors, 14 returned; where those from Kosovo were exploited: [S1]."""
    met = days(date(2005, 1, 6), date(2005, 11, 28), 49)
    local = people(unused, 39, "XK", (14, 15, 16, 17), met, scope="cross_border")
    spread(local, "destination", {"XK": 25, "MK": 6, "AL": 3, "IT": 2, "GR": 3})
    spread(local, "scope", {"internal": 25})
    foreign = [
        row
        for country, number in {"MD": 4, "AL": 3, "BG": 3}.items()
        for row in people(unused, number, country, (19, 22, 24), met[39:], **FROM_ABROAD)
    ]
    return (
        Register("PO-2005", POLICE, _listed(local + foreign, "identified_on")),
        Register("VA-2005", ADVOCATES, _listed(local[:32] + foreign[:6], "assisted_on", 2)),
        Register("RP-2005", RETURN_PARTNER, _listed(foreign + local[25:29], "returned_on", 30)),
    )


def _year_2006(unused: Iterator[tuple[str, str]]) -> list[Row]:
    """64 identified, 20 of them from Kosovo: cable of 2008, paragraph 9."""
    met = days(date(2006, 1, 5), date(2006, 12, 19), 64)
    rows = people(unused, 20, "XK", (15, 16, 17), met, **INTERNAL)
    for country, number in {"MD": 16, "AL": 13, "BG": 6, "UA": 5, "RO": 4}.items():
        rows += people(unused, number, country, (18, 20, 23), met[20:], **FROM_ABROAD)
    return list(_listed(rows, "identified_on"))


def _year_2007(unused: Iterator[tuple[str, str]]) -> tuple[Register, ...]:
    """32 identified in the year, and 32 from 1 April to 21 January: three before it, three after. 33 assisted."""
    early, late = days(date(2007, 1, 9), date(2007, 3, 20), 3), days(date(2008, 1, 4), date(2008, 1, 18), 3)
    met = days(date(2007, 4, 2), date(2007, 12, 10), 29)
    local = people(unused, 17, "XK", (16, 17), met, community="kosovo_albanian", **INTERNAL)
    local += people(unused, 1, "XK", (17,), met[17:], community="kosovo_serb", **INTERNAL)
    spread(local, "scope", {"internal": 14, "cross_border": 4})
    foreign = people(unused, 6, "AL", (18, 20, 23), met[18:], **FROM_ABROAD)
    for country, number in {"MD": 3, "UA": 1, "MK": 1}.items():
        foreign += people(unused, number, country, (19, 22), met[24:], **FROM_ABROAD)
    before = people(unused, 3, "AL", (19, 21), early, **FROM_ABROAD)
    after = people(unused, 3, "AL", (18, 22), late, **FROM_ABROAD)
    unknown_to_police = people(unused, 6, "AL", (18, 19), met[5:], **FROM_ABROAD)
    assisted = local[:14] + foreign[:11] + before[:2] + unknown_to_police
    return (
        Register("PO-2007", POLICE, _listed(before + local + foreign + after, "identified_on")),
        Register("VA-2007", ADVOCATES, _listed(assisted, "assisted_on", 3)),
    )


def _year_2011(unused: Iterator[tuple[str, str]]) -> list[Row]:
    """39 identified: report of 2013."""
    met = days(date(2011, 1, 10), date(2011, 12, 12), 39)
    rows = people(unused, 25, "XK", (16, 17, 19), met, **INTERNAL)
    for country, number in {"MD": 6, "AL": 5, "RS": 3}.items():
        rows += people(unused, number, country, (18, 21, 24), met[25:], **FROM_ABROAD)
    return list(_listed(rows, "identified_on"))


def _year_2012(unused: Iterator[tuple[str, str]]) -> tuple[Register, ...]:
    """54 identified, 12 of them children, 43 assisted, 24 returned, 6 in work, nobody compensated: report of 2013."""
    met = days(date(2012, 1, 4), date(2012, 10, 29), 54)
    local = people(unused, 12, "XK", (14, 15, 16, 17), met, **INTERNAL)
    local += people(unused, 18, "XK", (18, 20, 24), met[12:], **INTERNAL)
    foreign: list[Row] = []
    for country, number in {"MD": 12, "AL": 5, "SK": 3, "RS": 2, "PL": 2}.items():
        foreign += people(unused, number, country, (18, 21, 25), met[30:], **FROM_ABROAD)
    assisted = _listed(local[:23] + foreign[:20], "assisted_on", 2)
    in_work = {place: str(date(2012, 11, 5) + timedelta(days=place)) for place in range(12, 18)}
    worked = tuple({**row, "goal_job_on": in_work.get(place, "")} for place, row in enumerate(assisted))
    return (
        Register("PO-2012", POLICE, _listed(local + foreign, "identified_on")),
        Register("VA-2012", ADVOCATES, worked),
        Register("RP-2012", RETURN_PARTNER, _listed(foreign, "returned_on", 40)),
    )
