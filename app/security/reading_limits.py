"""How many cases one member may open in an hour and in a day before somebody else has to say that it is right.

Whoever leaks opens more than work asks for. The numbers lie well above a hard day: a member with sixty open cases who
goes through all of them twice is not stopped. What counts is the number of different cases, not of pages. Cases that
lists, searches and files show are counted apart from those that are opened; so is what tells of people without a case.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from app.vocabulary.role import Role

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(hours=24), timedelta(days=7)


@dataclass(frozen=True)
class Most:
    """So many different cases in an hour and in a day."""

    hour: int
    day: int


OTHERS = Most(20, 60)
BY_ROLE: dict[str, Most] = {
    Role.INVESTIGATOR: Most(40, 120),
    Role.ADVOCATE: Most(40, 120),
    Role.SOCIAL_WORKER: Most(40, 120),
    Role.SHELTER_COORDINATOR: Most(30, 60),
    Role.RETURN_COORDINATOR: Most(30, 60),
    Role.PROSECUTOR: Most(40, 120),
    Role.AGENCY_SUPERVISOR: Most(60, 200),
}

LOOKS = (
    "case:correction_shown",
    "case:document_shown",
    "case:event_opened",
    "case:form_printed",
    "case:note_shown",
    "case:opened_page",
    "case:procedure_shown",
    "case:step_shown",
    "complaint:opened",
    "document:listed",
    "document:opened",
    "document:shown",
    "house_life:opened",
    "incident:opened",
    "incident:step_opened",
    "keep_apart:opened",
    "limit:asked",
    "limit:listed",
    "limit:opened",
    "limit:printed",
    "meeting:entry_opened",
    "move:opened",
    "person_request:listed",
    "person_request:packet",
    "record:opened",
    "referral:opened",
    "referral:shown",
    "register:row_opened",
    "stay:opened",
    "transnational:listed",
    "transnational:opened",
)
"""Entries of the audit that open one case, a document of it, or who it is about."""

WITHOUT_CASE = (
    "complaint:opened",
    "hotline:opened",
    "incident:opened",
    "incident:step_opened",
    "meeting:opened",
    "signal:opened",
    "signal:reread",
)
"""Entries that open what tells of somebody, and have no case: what was opened stands in their detail."""

LISTS = (
    "case:listed",
    "case:searched",
    "caseload:listed",
    "count:changes",
    "count:frozen_differences",
    "count:frozen_members",
    "count:members",
    "occupancy:exported",
    "placement:exported",
)
"""Entries that name in their detail the cases that a list, a search or a file showed."""
LISTED = 10
"""So many times as many may a list show: whoever looks for one case in a list passes others."""


def most_of(roles: Iterable[str]) -> Most:
    """What a member with these roles may open: for each span the most that one of them has."""
    found = [BY_ROLE.get(role, OTHERS) for role in roles] or [OTHERS]
    return Most(max(one.hour for one in found), max(one.day for one in found))


def most_listed_of(roles: Iterable[str]) -> Most:
    """How many different cases lists and files may show to a member with these roles."""
    opened = most_of(roles)
    return Most(opened.hour * LISTED, opened.day * LISTED)


@dataclass(frozen=True)
class MostHouses:
    """The addresses of so many different houses in a day and in a week."""

    day: int
    week: int


HOUSES_OTHERS = MostHouses(4, 6)
"""Whoever places people: in a night in which a house is left, that one and three to which its residents go."""
HOUSES_BY_ROLE: dict[str, MostHouses] = {
    Role.INVESTIGATOR: MostHouses(6, 10),
    Role.SHELTER_COORDINATOR: MostHouses(6, 10),
}
"""Whoever drives for others: each way is between two houses, and somebody else named her for it."""


def most_houses_of(roles: Iterable[str]) -> MostHouses:
    """Of how many different houses a member with these roles may open the addresses; her own are not counted."""
    found = [HOUSES_BY_ROLE.get(role, HOUSES_OTHERS) for role in roles] or [HOUSES_OTHERS]
    return MostHouses(max(one.day for one in found), max(one.week for one in found))
