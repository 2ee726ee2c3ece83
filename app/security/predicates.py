"""Who sees which rows, said in plain Python over plain data: the rule that a person reads.

The WHERE clauses of `scope` and the policies of the database say the same; a test proves the three equal, row by row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from app.security.actor import LINKER_DESK, Actor
from app.vocabulary.role import Role

LIVE, HANDED_OVER, CLOSED, WITHDRAWN = "live", "handed_over", "closed", "withdrawn"
POINTS = frozenset({LIVE, HANDED_OVER, CLOSED})
"""Standings, running or ended, that leave an agency the pointer of a case (decision 1)."""

WAITS = frozenset({"sent", "seen", "claimed"})
"""States of a referral that has not been answered."""


@dataclass(frozen=True)
class CaseFacts:
    """What the rule asks of a case: each agency's standings, its members at work on it now, who is barred now."""

    standings: frozenset[tuple[UUID, str]] = frozenset()
    staff: frozenset[tuple[UUID, UUID]] = frozenset()
    barred: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Row:
    """What the rule asks of a row: the agency that it belongs to (records, holds, receives it, is invited by it), its
    state, a second agency that it belongs to (the sender of a signal, a place that is paid for), and the member named.
    """

    agency_id: UUID | None = None
    state: str = ""
    also_of: UUID | None = None
    member_id: UUID | None = None


def is_barred(actor: Actor, facts: CaseFacts) -> bool:
    """Whether a bar stands against the member herself (decision 2)."""
    return actor.member_id in facts.barred


def is_in_team(actor: Actor, facts: CaseFacts) -> bool:
    """Assigned staff of her agency, those who cover them, and the supervisor (decision 2)."""
    return actor.oversees or any(
        agency == actor.agency_id and member in actor.stands_for for agency, member in facts.staff
    )


def is_open(actor: Actor, facts: CaseFacts) -> bool:
    """Her agency is a party now, she is in its team, and no bar stands against her."""
    return _stands(actor, facts, frozenset({LIVE}))


def has_pointer(actor: Actor, facts: CaseFacts) -> bool:
    """As open, and also when her agency has handed the case over or has seen it closed."""
    return _stands(actor, facts, POINTS)


def _stands(actor: Actor, facts: CaseFacts, kinds: frozenset[str]) -> bool:
    if actor.agency_id is None or is_barred(actor, facts) or not is_in_team(actor, facts):
        return False
    return any(agency == actor.agency_id and kind in kinds for agency, kind in facts.standings)


def _is_own(actor: Actor, row: Row) -> bool:
    return actor.agency_id is not None and row.agency_id == actor.agency_id


Predicate = Callable[[Actor, CaseFacts, Row], bool]


def _of_party(*systems: str) -> Predicate:
    return lambda actor, facts, _row: is_open(actor, facts) or actor.system in systems


def _kept(actor: Actor, facts: CaseFacts, row: Row) -> bool:
    return is_open(actor, facts) or (_is_own(actor, row) and has_pointer(actor, facts))


def _pointer(actor: Actor, facts: CaseFacts, _row: Row) -> bool:
    return has_pointer(actor, facts)


def _party(actor: Actor, facts: CaseFacts, row: Row) -> bool:
    own = _is_own(actor, row) and row.state in POINTS and is_in_team(actor, facts) and not is_barred(actor, facts)
    return own or is_open(actor, facts)


def _agency(actor: Actor, _facts: CaseFacts, row: Row) -> bool:
    return _is_own(actor, row)


def _not_barred(actor: Actor, facts: CaseFacts, row: Row) -> bool:
    return _is_own(actor, row) and not is_barred(actor, facts)


def _bar(actor: Actor, facts: CaseFacts, row: Row) -> bool:
    return actor.oversees and _not_barred(actor, facts, row)


def _key(actor: Actor, facts: CaseFacts, row: Row) -> bool:
    if actor.system == "linker":
        return row.agency_id == LINKER_DESK
    return _is_own(actor, row) and is_open(actor, facts)


def _referral(actor: Actor, facts: CaseFacts, row: Row) -> bool:
    waits_for_her = _is_own(actor, row) and row.state in WAITS
    return not is_barred(actor, facts) and (waits_for_her or is_open(actor, facts))


def _signal(actor: Actor, _facts: CaseFacts, row: Row) -> bool:
    return actor.agency_id is not None and actor.agency_id in (row.agency_id, row.also_of)


def _operation(actor: Actor, facts: CaseFacts, row: Row) -> bool:
    return actor.system == "statistics" or (_is_own(actor, row) and is_in_team(actor, facts))


def _place(actor: Actor, facts: CaseFacts, row: Row) -> bool:
    return _not_barred(actor, facts, row) or is_open(actor, facts) or actor.system in ("placement", "tick")


def _bed(actor: Actor, _facts: CaseFacts, row: Row) -> bool:
    return _is_own(actor, row) or actor.system in ("placement", "tick", "statistics")


def _slept(actor: Actor, facts: CaseFacts, row: Row) -> bool:
    return _place(actor, facts, row) or actor.system == "statistics"


def _in_house(*systems: str) -> Predicate:
    """What a house wrote of a resident: its own, whoever is on duty, and the live parties'."""
    return lambda actor, facts, row: _not_barred(actor, facts, row) or is_open(actor, facts) or actor.system in systems


def _destination(actor: Actor, facts: CaseFacts, row: Row) -> bool:
    """Who places her, while the case is open to her, and the driver who is named."""
    is_driver = row.member_id is not None and row.member_id == actor.member_id and not is_barred(actor, facts)
    return is_driver or (_is_own(actor, row) and is_open(actor, facts))


def _complaint(actor: Actor, facts: CaseFacts, row: Row) -> bool:
    """Of the agency that receives it; made past the house, of its supervisor; never of the member that it is about."""
    answers = row.state == "house" or actor.has(Role.AGENCY_SUPERVISOR) or actor.system == "tick"
    is_about_her = row.also_of is not None and row.also_of == actor.member_id
    return _not_barred(actor, facts, row) and answers and not is_about_her


def _house(actor: Actor, facts: CaseFacts, row: Row) -> bool:
    return _not_barred(actor, facts, row) or actor.system in ("placement", "tick")


def _own_or_counted(actor: Actor, _facts: CaseFacts, row: Row) -> bool:
    return _is_own(actor, row) or actor.system == "statistics"


def _count(actor: Actor, _facts: CaseFacts, row: Row) -> bool:
    return actor.system == "statistics" or actor.has(Role.STATISTICS_SUPERVISOR) or _is_own(actor, row)


def _link(actor: Actor, _facts: CaseFacts, _row: Row) -> bool:
    return actor.system in ("linker", "statistics") or actor.has(Role.LINK_REVIEWER)


def _person(actor: Actor, facts: CaseFacts, row: Row) -> bool:
    return _link(actor, facts, row) or actor.has(Role.STATISTICS_SUPERVISOR)


def _drafting(actor: Actor, _facts: CaseFacts, _row: Row) -> bool:
    return actor.system == "setup" or actor.has(Role.ADMINISTRATOR)


def _approval(actor: Actor, _facts: CaseFacts, row: Row) -> bool:
    """The supervisor's whose agency it concerns, the administrators', and hers who asked."""
    asked_it = row.member_id is not None and row.member_id == actor.member_id
    return (_is_own(actor, row) and actor.oversees) or actor.has(Role.ADMINISTRATOR) or asked_it


def _hers(actor: Actor, _facts: CaseFacts, row: Row) -> bool:
    """The member's own alone; the clock takes it away."""
    return actor.system == "tick" or (_is_own(actor, row) and row.member_id == actor.member_id)


def _release(actor: Actor, _facts: CaseFacts, _row: Row) -> bool:
    return actor.agency_id is not None or actor.system == "setup"


def _funding(actor: Actor, _facts: CaseFacts, row: Row) -> bool:
    if actor.has(Role.STATISTICS_SUPERVISOR) or actor.has(Role.NATIONAL_COORDINATOR):
        return True
    return actor.agency_id is not None and actor.agency_id in (row.agency_id, row.also_of)


PREDICATES: dict[str, Predicate] = {
    "cases": _pointer,
    "workflow_run": _pointer,
    "case_move": _pointer,
    "procedure_draft": _drafting,
    "procedure_release": _release,
    "case_party": _party,
    "case_event": _kept,
    "note": _kept,
    "service_given": _kept,
    "person_request": _kept,
    "legal_hold": _kept,
    "case_clock": _of_party("statistics"),
    "former_clock": _of_party("statistics"),
    "clock_pause": _of_party(),
    "clock_exemption": _of_party(),
    "clock_silence": _of_party(),
    "signature": _of_party(),
    "consent": _of_party(),
    "guardian": _of_party(),
    "call_attempt": _of_party(),
    "emergency_opening": _of_party("sign_in"),
    "record_change": _of_party(),
    "signal_case": _of_party(),
    "transnational_packet": _of_party(),
    "meeting_case": _of_party(),
    "meeting_follow_up": _of_party(),
    "operation_case": _of_party(),
    "client_record": _of_party("linker"),
    "keep_apart": _of_party("placement"),
    "unmet_need": _of_party("statistics"),
    "place_need": _of_party(),
    "case_key": _key,
    "case_bar": _bar,
    "case_staff": _agency,
    "packet_key": _agency,
    "stay_key": _agency,
    "search_token": _agency,
    "register_mapping": _agency,
    "register_import": _agency,
    "register_draft": _agency,
    "register_row": _agency,
    "signal_key": _agency,
    "operation_member": _agency,
    "venue": _agency,
    "venue_visit": _agency,
    "shelter_address": _agency,
    "address_opening": _agency,
    "void_revision": _agency,
    "erasure": _agency,
    "approval": _approval,
    "unsent_form": _hers,
    "report_edition": _agency,
    "edition_member": _agency,
    "kept_nights": _own_or_counted,
    "bed_void": _bed,
    "premises_alarm": _agency,
    "alarm_told": _signal,
    "relocation": _place,
    "relocation_place": _destination,
    "operation": _operation,
    "signal": _signal,
    "referral": _referral,
    "stay": _slept,
    "companion_stay": _slept,
    "overstay": _place,
    "stay_transfer": _place,
    "stay_correction": _place,
    "exit_wish": _place,
    "safety_offer": _place,
    "exit_approval": _of_party(),
    "case_document": _of_party(),
    "stay_conflict": _house,
    "bed_hold": _place,
    "movement_limit": _in_house("statistics"),
    "former_stay": _in_house("statistics"),
    "limit_review": _in_house(),
    "acknowledgement": _in_house(),
    "belonging": _in_house(),
    "appointment": _in_house(),
    "incident": _in_house(),
    "incident_step": _in_house(),
    "house_text": _agency,
    "complaint": _complaint,
    "notice": _not_barred,
    "count_fact": _count,
    "count_cell": _count,
    "count_delta": _count,
    "hotline_contact": _count,
    "proceeding_step": _own_or_counted,
    "link_pair": _link,
    "record_person": _person,
    "former_person": _person,
    "kept_link": _link,
    "meeting": _agency,
    "meeting_agency": _agency,
    "funding_grant": _funding,
    "funding_payee": _funding,
    "funding_change": _funding,
}
"""The rule of every table that the scope holds, by its name."""
