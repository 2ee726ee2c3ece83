"""Rows in every relation that an agency can stand in to a case, laid out above all rules, with what the rule asks of
each of them. Nothing here goes through a service: some of these relations no act leads to.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Connection, Date, Engine, Float, Integer, Table, Uuid, text
from sqlalchemy.types import JSON, LargeBinary

from app.models.base import Base, UtcTime
from app.security.actor import LINKER_DESK, Actor, system_actor
from app.security.predicates import CaseFacts, Row
from tests.factories.world import World

NOW = datetime(2014, 3, 3, 12, tzinfo=UTC)
STANDINGS = (
    (),
    ("live",),
    ("handed_over",),
    ("closed",),
    ("withdrawn",),
    ("handed_over", "live"),
    ("withdrawn", "live"),
    ("handed_over", "withdrawn"),
)
STAFF = ("nobody", "herself", "a colleague", "herself until lately", "herself elsewhere")
BARS = ("nobody", "herself", "the supervisor", "herself until lately")
REFERRALS = ("sent", "seen", "claimed", "accepted", "declined", "withdrawn")


@dataclass
class Laid:
    """Every row by table: its key, and what the rule asks of its case and of itself."""

    rows: dict[str, list[tuple[Any, CaseFacts, Row]]] = field(default_factory=dict)
    values: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, name: str, facts: CaseFacts, row: Row, /, **given: Any) -> dict[str, Any]:
        """Note one row; what is not given gets any value that fits."""
        table = Base.metadata.tables[name]
        values = {column.name: given.get(column.name, _any_value(column)) for column in _filled(table, given)}
        key = tuple(values[column.name] for column in table.primary_key.columns)
        self.rows.setdefault(name, []).append((key, facts, row))
        self.values.setdefault(name, []).append(values)
        return values


@dataclass(frozen=True)
class People:
    """Who looks: the agencies A (hers) and B, and the members that relations speak of."""

    a: UUID
    b: UUID
    herself: UUID
    colleague: UUID
    supervisor: UUID


def people_of(world: World) -> People:
    """An advocacy office with two advocates and a supervisor, beside the police."""
    ids = [world.actor(name).member_id for name in ("advocate", "advocate2", "advocacy.supervisor")]
    assert None not in ids
    return People(world.agencies["advocacy_prishtine"], world.agencies["police"], *ids)  # type: ignore[arg-type]


def actors_of(world: World) -> dict[str, Actor]:
    """Everyone whom a rule tells from another."""
    advocate, agency = world.actor("advocate"), world.agencies["advocacy_prishtine"]
    colleague = world.actor("advocate2")
    signed_in = ("investigator", "statistics.supervisor", "link.reviewer", "national.coordinator", "administrator")
    alone = ("linker", "statistics", "placement", "auditor", "setup", "sign_in")
    return {
        "member": advocate,
        "cover": replace(advocate, stands_for=advocate.stands_for | colleague.stands_for),
        "colleague": colleague,
        "supervisor": world.actor("advocacy.supervisor"),
        "answering": replace(advocate, system="answering"),
        **{name: world.actor(name) for name in signed_in},
        **{f"system {name}": system_actor(name) for name in alone},
        **{f"system {name} in the agency": system_actor(name, agency) for name in ("tick", "linker", "placement")},
    }


def lay_out(world: World) -> Laid:
    """Lay a case in every relation, with rows of both agencies in each table; gives what lies there."""
    laid, people = Laid(), people_of(world)
    for standings, staff, bar in itertools.product(STANDINGS, STAFF, BARS):
        _add_case(laid, people, standings, staff, bar)
    _add_without_case(laid, people)
    with above(world).begin() as connection:
        _store(connection, laid)
    return laid


def above(world: World) -> Engine:
    """An engine that row-level security does not hold."""
    return world.copy.above


def _store(connection: Connection, laid: Laid) -> None:
    is_postgresql = connection.dialect.name == "postgresql"
    # Rows point at rows that are not there: what is tried is who sees them, not whether they fit together.
    connection.execute(text("SET session_replication_role = replica" if is_postgresql else "PRAGMA foreign_keys=OFF"))
    for name, values in laid.values.items():
        columns = set().union(*values)
        rows = [{column: one.get(column) for column in columns} for one in values]
        connection.execute(Base.metadata.tables[name].insert(), rows)


def _add_case(laid: Laid, people: People, standings: tuple[str, ...], staff: str, bar: str) -> None:
    case_id = uuid.uuid4()
    facts = CaseFacts(
        frozenset((people.a, kind) for kind in standings),
        frozenset(_at_work(people, staff)),
        frozenset({"herself": {people.herself}, "the supervisor": {people.supervisor}}.get(bar, set())),
    )
    own = {"case_id": case_id}
    laid.add("cases", facts, Row(), id=case_id, status="open", opened_on=NOW.date())
    laid.add("workflow_run", facts, Row(), **own)
    laid.add("client_record", facts, Row(), **own)
    for kind in standings:
        ended = {} if kind == "live" else {"ended_at": NOW, "end_kind": kind}
        laid.add("case_party", facts, Row(people.a, kind), agency_id=people.a, kind="duty", **own, **ended)
    _add_team(laid, people, facts, own, staff, bar)
    for agency in (people.a, people.b):
        _add_rows_of(laid, facts, own, agency)
        for driver in (None, people.herself):
            key = {"driver_wrapped": b"wrapped"} if driver else {}
            row = Row(agency, member_id=driver)
            laid.add("relocation_place", facts, row, agency_id=agency, driver_id=driver, **key, **own)
    for holder in (people.a, people.b, LINKER_DESK):
        for kind in ("identity", "content"):
            laid.add("case_key", facts, Row(holder), holder_id=holder, kind=kind, **own)
    for state in REFERRALS:
        for to in (people.a, people.b):
            laid.add("referral", facts, Row(to, state), to_agency_id=to, state=state, **own)


def _at_work(people: People, staff: str) -> Iterator[tuple[UUID, UUID]]:
    if staff == "herself":
        yield people.a, people.herself
    if staff == "a colleague":
        yield people.a, people.colleague
    if staff == "herself elsewhere":
        yield people.b, people.herself


def _add_team(laid: Laid, people: People, facts: CaseFacts, own: dict[str, Any], staff: str, bar: str) -> None:
    if staff != "nobody":
        agency = people.b if staff == "herself elsewhere" else people.a
        member = people.colleague if staff == "a colleague" else people.herself
        ended = {"ended_at": NOW} if staff == "herself until lately" else {}
        laid.add("case_staff", facts, Row(agency), agency_id=agency, member_id=member, **own, **ended)
    if bar != "nobody":
        member = people.supervisor if bar == "the supervisor" else people.herself
        lifted = {"lifted_at": NOW} if bar == "herself until lately" else {}
        laid.add("case_bar", facts, Row(people.a), agency_id=people.a, member_id=member, **own, **lifted)


HOUSE = {"from_on": NOW.date(), "sealed_under": "content"}
"""What the constraints of a house's rows ask for, where they have the columns."""
CHILDREN = ("children_under_3", "children_3_to_11", "children_12_to_17")

NUMBERS = itertools.count(1)
BY_AGENCY: dict[str, dict[str, Any]] = {
    "case_event": {},
    "case_move": {},
    "note": {},
    "emergency_opening": {"ends_at": NOW + timedelta(hours=3)},
    "service_given": {},
    "person_request": {"kind": "access"},
    "legal_hold": {},
    "case_clock": {},
    "former_clock": {},
    "clock_pause": {"begun_by_id": LINKER_DESK},
    "clock_exemption": {},
    "clock_silence": {},
    "signature": {},
    "consent": {},
    "guardian": {},
    "call_attempt": {},
    "record_change": {"part": "identity"},
    "unmet_need": {},
    "place_need": {"has_disability": "no", "has_children": "no", **dict.fromkeys(CHILDREN, 0)},
    "transnational_packet": {},
    "meeting_case": {},
    "meeting_follow_up": {},
    "keep_apart": {"shelter_id": LINKER_DESK},
    "bed_hold": {"from_on": NOW.date(), "to_on": NOW.date() + timedelta(1)},
    "stay": {"arrived_on": NOW.date()},
    "former_stay": {},
    "movement_limit": {**HOUSE, "ends_on": NOW.date() + timedelta(3), "review_on": NOW.date() + timedelta(2)},
    "limit_review": HOUSE,
    "relocation": {"is_secret": True},
    **dict.fromkeys(("limit_review", "acknowledgement", "appointment", "incident_step"), HOUSE),
    "belonging": {**HOUSE, "kind": "money"},
    "companion_stay": {"arrived_on": NOW.date()},
    "overstay": {},
    "stay_transfer": {},
    "stay_correction": {},
    "exit_wish": {},
    "exit_approval": {},
    "case_document": {},
    "safety_offer": {},
    "stay_conflict": {},
    "count_fact": {"weight": 1},
    "notice": {},
    "register_row": {},
    "signal_case": {},
    "operation_case": {},
}
"""Tables of a case that hold rows of each agency, with what their constraints ask for."""


def _add_rows_of(laid: Laid, facts: CaseFacts, own: dict[str, Any], agency: UUID) -> None:
    for name, given in BY_AGENCY.items():
        laid.add(name, facts, Row(agency), agency_id=agency, **own, **given)
    laid.add("incident", facts, Row(agency), agency_id=agency, number=next(NUMBERS), **own)
    laid.add("complaint", facts, Row(agency, "house"), agency_id=agency, made_to="house", **own)


def _add_without_case(laid: Laid, people: People) -> None:
    nothing = CaseFacts()
    for agency in (people.a, people.b):
        row = Row(agency)
        laid.add("notice", nothing, row, agency_id=agency, case_id=None)
        for name in ("packet_key", "stay_key", "search_token", "register_draft"):
            laid.add(name, nothing, row, agency_id=agency)
        for name in ("operation_member", "venue", "venue_visit", "shelter_address", "address_opening"):
            laid.add(name, nothing, row, agency_id=agency)
        laid.add("edition_member", nothing, row, agency_id=agency, place=1, metric="identified")
        days = {"period_start": NOW.date(), "period_end": NOW.date() + timedelta(1)}
        laid.add("report_edition", nothing, row, agency_id=agency, number=1, **days)
        for name in ("void_revision", "premises_alarm", "erasure", "kept_nights"):
            laid.add(name, nothing, row, agency_id=agency)
        for asker in (people.herself, people.colleague):
            asked = Row(agency, member_id=asker)
            laid.add("approval", nothing, asked, agency_id=agency, state="asked", asked_by_id=asker)
            laid.add("unsent_form", nothing, asked, agency_id=agency, member_id=asker, place=str(agency))
        laid.add("bed_void", nothing, row, agency_id=agency, from_on=NOW.date(), to_on=None)
        _add_operations(laid, people, agency)
        _add_complaints(laid, people, agency)
        laid.add("house_text", nothing, row, agency_id=agency)
        for name in ("hotline_contact", "count_cell", "count_delta"):
            laid.add(name, nothing, row, agency_id=agency)
        laid.add("proceeding_step", nothing, row, agency_id=agency, weight=1)
        laid.add("signal_key", nothing, row, agency_id=agency)
        laid.add("register_mapping", nothing, row, agency_id=agency, name=str(agency))
        laid.add("register_import", nothing, row, agency_id=agency, file_digest=str(agency))
    for sender, receiver in itertools.product((people.a, people.b, LINKER_DESK), repeat=2):
        row = Row(receiver, also_of=sender)
        laid.add("signal", nothing, row, from_agency_id=sender, to_agency_id=receiver)
        laid.add("alarm_told", nothing, row, agency_id=sender, told_agency_id=receiver)
    for agency in (people.a, people.b):
        _add_meetings(laid, agency)
        _add_funding(laid, agency)
    first, second = sorted((uuid.uuid4(), uuid.uuid4()))
    laid.add("link_pair", nothing, Row(), record_a_id=first, record_b_id=second, state="sure")
    laid.add("record_person", nothing, Row())
    laid.add("former_person", nothing, Row())
    laid.add("kept_link", nothing, Row())
    laid.add("procedure_draft", nothing, Row())
    laid.add("procedure_release", nothing, Row())


def _add_complaints(laid: Laid, people: People, agency: UUID) -> None:
    """To the house and past it, about nobody, about herself, about her supervisor; without a case."""
    for made_to, about in itertools.product(("house", "past"), (None, people.herself, people.supervisor)):
        row = Row(agency, made_to, also_of=about)
        values = {"agency_id": agency, "made_to": made_to, "about_member_id": about, "case_id": None}
        laid.add("complaint", CaseFacts(), row, **values)


def _add_meetings(laid: Laid, agency: UUID) -> None:
    """One that an agency called without inviting anybody, and one that a third called and invited it to."""
    nothing, row = CaseFacts(), Row(agency)
    called, asked = uuid.uuid4(), uuid.uuid4()
    laid.add("meeting", nothing, row, id=called, agency_id=agency)
    laid.add("meeting", nothing, row, id=asked, agency_id=LINKER_DESK)
    for meeting_id, guest in ((called, LINKER_DESK), (asked, agency), (asked, LINKER_DESK)):
        laid.add("meeting_agency", nothing, row, meeting_id=meeting_id, agency_id=guest, basis="invited")


def _add_funding(laid: Laid, agency: UUID) -> None:
    """A grant that others recorded and that pays for the agency, and one that it recorded and that pays for another."""
    nothing = CaseFacts()
    for recorder, payee in ((LINKER_DESK, agency), (agency, LINKER_DESK)):
        grant_id, both = uuid.uuid4(), Row(payee, also_of=recorder)
        days = {"from_on": NOW.date(), "to_on": NOW.date()}
        laid.add("funding_grant", nothing, both, id=grant_id, agency_id=recorder, **days)
        laid.add("funding_payee", nothing, Row(payee), grant_id=grant_id, agency_id=payee)
        laid.add("funding_change", nothing, both, grant_id=grant_id, agency_id=recorder, kind="ended")


def _add_operations(laid: Laid, people: People, agency: UUID) -> None:
    """One that a colleague has recorded, one of her own, and one that she was named for."""
    teams = ((people.colleague, None), (people.herself, None), (people.supervisor, people.herself))
    for made_by, named in teams:
        operation_id, members = uuid.uuid4(), [one for one in (made_by, named) if one]
        facts = CaseFacts(staff=frozenset((agency, member) for member in members))
        laid.add("operation", facts, Row(agency), id=operation_id, agency_id=agency, made_by_id=made_by)
        for member in members:
            values = {"operation_id": operation_id, "member_id": member, "agency_id": agency}
            laid.add("operation_member", CaseFacts(), Row(agency), **values)


def _filled(table: Table, given: dict[str, Any]) -> list[Any]:
    """The columns that a row must fill, and those that are given."""
    return [
        column
        for column in table.columns
        if column.name in given or column.primary_key or (not column.nullable and column.default is None)
    ]


def _any_value(column: Any) -> Any:
    kind = column.type
    made = {
        Uuid: uuid.uuid4,
        UtcTime: lambda: NOW,
        Date: lambda: date(2014, 3, 3),
        Boolean: lambda: False,
        Integer: lambda: 1,
        Float: lambda: 0.5,
        JSON: dict,
        LargeBinary: lambda: uuid.uuid4().bytes[:8],
    }
    for known, make in made.items():
        if isinstance(kind, known):
            return make()
    return str(uuid.uuid4()) if column.unique else "x"
