"""Who may be told which word of a caseload, in the words of the design and without a line of the application's rules.

It reads who stands where from the rows themselves, above every protection.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from tests.factories.world import World
from tests.security.relations import above
from tests.security.tokens import Place, Row

READS_CLASS = {
    "I": {"investigator", "advocate", "social_worker", "return_coordinator", "agency_supervisor"},
    "N": {"advocate", "social_worker", "shelter_coordinator", "return_coordinator", "agency_supervisor"},
    "T": {"investigator", "advocate", "social_worker", "prosecutor"},
}
"""Which roles read who she is, what she needs, and what happened to her; whoever wrote it reads it too."""
OF_A_CLASS = frozenset({"client_record", "note", "case_document", "record_change", "guardian"})
KNOWN_TO_A_HOUSE = frozenset({"given_name", "alias"})
"""By what a shelter calls her."""
OF_A_HOUSE = frozenset({"stay", "appointment", "belonging", "exit_wish", "incident", "incident_step"}) | {
    "limit_review",
    "movement_limit",
}
KEPT = frozenset({"case_event", "note", "service_given"})
"""What an agency recorded itself stays with it after handing over."""


@dataclass(frozen=True)
class Reader:
    """A person: where she works, as what, and for whom she stands in today."""

    name: str
    agency_id: UUID
    member_id: UUID
    roles: frozenset[str]
    stands_for: frozenset[UUID]

    @property
    def supervises(self) -> bool:
        return "agency_supervisor" in self.roles


@dataclass
class Design:
    """Who stands where, and what follows from it."""

    readers: dict[str, Reader] = field(default_factory=dict)
    standings: set[tuple[UUID, UUID, str]] = field(default_factory=set)
    at_work: set[tuple[UUID, UUID, UUID]] = field(default_factory=set)
    barred: set[tuple[UUID, UUID]] = field(default_factory=set)
    named: set[tuple[UUID, UUID]] = field(default_factory=set)
    told_of: set[tuple[UUID, UUID]] = field(default_factory=set)

    def is_open(self, reader: Reader, case_id: UUID) -> bool:
        """Her agency is a party now, she works on it or supervises, and she is not barred."""
        return self._stands(reader, case_id, {"live"})

    def has_pointer(self, reader: Reader, case_id: UUID) -> bool:
        """As open, or her agency handed it over or saw it closed."""
        return self._stands(reader, case_id, {"live", "handed_over", "closed"})

    def _stands(self, reader: Reader, case_id: UUID, standings: set[str]) -> bool:
        works = reader.supervises or any((case_id, reader.agency_id, one) in self.at_work for one in reader.stands_for)
        stands = any((case_id, reader.agency_id, one) in self.standings for one in standings)
        return works and stands and not self.is_barred(reader, case_id)

    def is_barred(self, reader: Reader, case_id: UUID | None) -> bool:
        return (case_id, reader.member_id) in self.barred

    def knows_of(self, reader: Reader, case_id: UUID) -> bool:
        """That there is this case, and its pseudonym: with the pointer, where her agency was told of it or houses her,
        and who counts the country's people.
        """
        told = (case_id, reader.agency_id) in self.told_of and not self.is_barred(reader, case_id)
        return self.has_pointer(reader, case_id) or told or "statistics_supervisor" in reader.roles

    def may_be_told(self, reader: Reader, place: Place) -> bool:
        """Whether a word may reach her at all."""
        return self._reads_class(reader, place) and self._rule(place)(self, reader, place.row)

    def _rule(self, place: Place) -> Rule:
        table, is_of_case = place.table, place.row.get("case_id") is not None
        if table in RULES:
            return RULES[table]
        return _case_is_open if is_of_case else _is_own

    def _reads_class(self, reader: Reader, place: Place) -> bool:
        if place.table not in OF_A_CLASS or place.row.get("member_id") == reader.member_id:
            return True
        if "shelter_coordinator" in reader.roles and place.part in KNOWN_TO_A_HOUSE:
            return True
        return bool(reader.roles & READS_CLASS.get(place.sensitivity, reader.roles))


Rule = Callable[[Design, Reader, Row], bool]


def _is_own(_design: Design, reader: Reader, row: Row) -> bool:
    return bool(row["agency_id"] == reader.agency_id)


def _case_is_open(design: Design, reader: Reader, row: Row) -> bool:
    return design.is_open(reader, row["case_id"])


def _kept(design: Design, reader: Reader, row: Row) -> bool:
    own = _is_own(design, reader, row) and design.has_pointer(reader, row["case_id"])
    return own or design.is_open(reader, row["case_id"])


def _in_house(design: Design, reader: Reader, row: Row) -> bool:
    own = _is_own(design, reader, row) and not design.is_barred(reader, row["case_id"])
    return own or (row["case_id"] is not None and design.is_open(reader, row["case_id"]))


def _complaint(design: Design, reader: Reader, row: Row) -> bool:
    answers = row["made_to"] == "house" or reader.supervises
    is_about_her = row["about_member_id"] == reader.member_id
    return (
        _is_own(design, reader, row) and answers and not is_about_her and not design.is_barred(reader, row["case_id"])
    )


def _operation(design: Design, reader: Reader, row: Row) -> bool:
    named = row["made_by_id"] in reader.stands_for or any((row["id"], one) in design.named for one in reader.stands_for)
    return _is_own(design, reader, row) and (reader.supervises or named)


def _signal(_design: Design, reader: Reader, row: Row) -> bool:
    return reader.agency_id in (row["from_agency_id"], row["to_agency_id"])


RULES: dict[str, Rule] = {
    **dict.fromkeys(OF_A_HOUSE, _in_house),
    **dict.fromkeys(KEPT, _kept),
    "case_bar": lambda design, reader, row: reader.supervises and _is_own(design, reader, row),
    "cases": lambda design, reader, row: design.knows_of(reader, row["id"]),
    "complaint": _complaint,
    "operation": _operation,
    "signal": _signal,
    "register_row": _is_own,
}
"""Where it is not simply the case's, or, without one, the agency's own."""

READERS = """
SELECT m.sign_in, m.agency_id, m.id, r.role FROM member m JOIN member_role r ON r.member_id = m.id
"""
STANDS_IN = "SELECT covered_by_id, member_id FROM cover WHERE CURRENT_DATE BETWEEN from_on AND to_on"
STANDINGS = "SELECT case_id, agency_id, COALESCE(end_kind, 'live') FROM case_party"
AT_WORK = "SELECT case_id, agency_id, member_id FROM case_staff WHERE ended_at IS NULL"
BARRED = "SELECT case_id, member_id FROM case_bar WHERE lifted_at IS NULL"
NAMED = "SELECT operation_id, member_id FROM operation_member"
TOLD_OF = """
SELECT case_id, agency_id FROM notice WHERE case_id IS NOT NULL
UNION SELECT case_id, agency_id FROM stay
UNION SELECT case_id, to_agency_id FROM referral WHERE state IN ('sent', 'seen', 'claimed')
UNION SELECT case_id, asked_agency_id FROM exit_approval
UNION SELECT case_id, agency_id FROM bed_hold
UNION SELECT case_id, agency_id FROM complaint WHERE case_id IS NOT NULL
UNION SELECT case_id, agency_id FROM count_fact WHERE case_id IS NOT NULL
UNION SELECT case_id, agency_id FROM edition_member WHERE case_id IS NOT NULL
UNION SELECT r.case_id, m.agency_id FROM relocation_place r JOIN member m ON m.id = r.driver_id
"""
"""Of which cases an agency knows without a standing: a notice to it, a bed of its house, a referral that waits, what it
is asked to approve, what it was told in a complaint, what it has counted, whom its driver fetches.
"""


def design_of(world: World) -> Design:
    """What the rows say."""
    with above(world).connect() as connection:
        design = Design(
            standings={(one, other, kind) for one, other, kind in _ids(connection, STANDINGS)},
            at_work={(one, other, third) for one, other, third in _ids(connection, AT_WORK)},
            barred={(one, other) for one, other in _ids(connection, BARRED)},
            named={(one, other) for one, other in _ids(connection, NAMED)},
            told_of={(one, other) for one, other in _ids(connection, TOLD_OF)},
        )
        covered = list(_ids(connection, STANDS_IN))
        rows = list(_ids(connection, READERS))
    for name, agency_id, member_id, _ in rows:
        roles = frozenset(role for other, _, _, role in rows if other == name)
        stands_for = frozenset({member_id, *(one for by, one in covered if by == member_id)})
        design.readers[name] = Reader(name, agency_id, member_id, roles, stands_for)
    return design


def _ids(connection: Connection, asked: str) -> list[tuple[Any, ...]]:
    """Rows in which an id is an id on both databases: SQLite keeps it as 32 letters."""
    return [tuple(map(_known, row)) for row in connection.execute(text(asked))]


def _known(value: Any) -> Any:
    is_id = isinstance(value, str) and len(value) == 32 and all(letter in "0123456789abcdef" for letter in value)
    return UUID(value) if is_id else value
