"""A caseload for the matrix: to one agency of each role a case in each relation, with everything an address can name.

Cases, stays and registers are made through the services. The relations are then laid as rows: no act leads a return
partner into a case by duty, and the rule must hold for it all the same.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from app.clock import utc_now
from app.models.agency import Cover, DutyShift
from app.models.audit import AuditCheckpoint
from app.models.case import Case, CaseBar, CaseKey, CaseParty, CaseStaff
from app.models.help import KeepApart
from app.models.intake import ShelterIntake
from app.models.placement import Bed
from app.models.premises import Premises
from app.models.record import ClientRecord, LinkPair
from app.models.version import ProcedureDraft
from app.models.workflow import CaseEvent, Referral
from app.services import cases, register_drafts, registers, unit_of_work
from app.services.case_keys import CaseKeys, unwrap_keys
from app.services.cases import Opening
from app.services.workflow_runner import find_standing
from tests.factories.placed import DIRECT, Places
from tests.factories.registers import content_of
from tests.factories.world import A_DAY, POINTER, World
from tests.security import house_rows, laid_rows
from tests.security.doors import Named, lay_doors
from tests.security.house_doors import lay_houses
from tests.security.laid_rows import OPENER, OPENER_AGENCY
from tests.security.relations import above
from workflows import registry
from workflows.load import load_texts

DRAFT = "a_draft"
ANY_DAY_TO_COME = date(2999, 12, 31)
RELATIONS = ("lead", "duty", "consent", "pending", "handed_over", "withdrawn", "unassigned", "none")
PLACED = ("duty", "consent", "handed_over", "withdrawn", "unassigned")
PARTIES = ("lead", *PLACED)
BEDS = dict(zip(PLACED, ("1A", "1B", "1C", "2A", "2B"), strict=True))


@dataclass(frozen=True)
class Side:
    """Who plays a role: sign-in name, agency, a colleague there, and the answer that a referral asks of that role."""

    sign_in: str
    agency: str
    colleague: str
    answers: tuple[str, str, str] = ("advocacy", "accept_call", "decline_call")


SIDES = {
    "investigator": Side(
        "investigator", "police", "investigator2", ("identification", "accept_signal", "decline_signal")
    ),
    "advocate": Side("advocate", "advocacy_prishtine", "advocate2"),
    "social_worker": Side(
        "social.worker",
        "social_work_prishtine",
        "social.supervisor",
        ("child", "accept_child_call", "decline_child_call"),
    ),
    "shelter_coordinator": Side(
        "shelter.coordinator", "shelter_ngo", "shelter.supervisor", ("shelter", "accept_place", "no_capacity")
    ),
    "return_coordinator": Side(
        "return.coordinator",
        "return_partner",
        "return.supervisor",
        ("return", "accept_return_request", "decline_return_request"),
    ),
    "prosecutor": Side(
        "prosecutor",
        "prosecution",
        "prosecution.supervisor",
        ("justice", "accept_proceedings", "decline_proceedings"),
    ),
}
SIGN_INS = {
    **{role: side.sign_in for role, side in SIDES.items()},
    "agency_supervisor": "advocacy.supervisor",
    "statistics_supervisor": "statistics.supervisor",
    "link_reviewer": "link.reviewer",
    "national_coordinator": "national.coordinator",
    "administrator": "administrator",
    "reporter": "labour.inspector",
    "hotline_operator": "hotline.operator",
    "auditor": "data.protection",
}
SIDE_OF = {role: role if role in SIDES else "advocate" for role in SIGN_INS}
"""On whose agency's cases a role is tried; the supervisor is the advocates'."""


@dataclass
class Related:
    """What addresses name: by role's side and relation, and what does not belong to a case."""

    world: World
    of_case: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    of_agency: dict[str, dict[str, Any]] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    pair_of: dict[str, UUID] = field(default_factory=dict)
    doors: Named = field(default_factory=dict)

    def member(self, role: str) -> UUID:
        """The member who plays a role."""
        member_id = self.world.actor(SIGN_INS[role]).member_id
        assert member_id is not None
        return member_id

    def bar_all(self) -> None:
        """Bar everyone from every case."""
        rows = [
            laid_rows.row_of_case(named["case_id"], self.world.agencies[SIDES[side].agency])
            | {"member_id": self.member(role), "set_by_id": self.member("administrator"), "set_at": utc_now()}
            for (side, _), named in self.of_case.items()
            for role in SIGN_INS
        ]
        with above(self.world).begin() as connection:
            connection.execute(insert(CaseBar), rows)

    def lift_all(self) -> None:
        """As if nobody had been barred."""
        with above(self.world).begin() as connection:
            connection.execute(delete(CaseBar).where(CaseBar.set_by_id == self.member("administrator")))


def lay_related(world: World) -> Related:
    """Make the caseload."""
    related = Related(world)
    elsewhere = _stay_elsewhere(world)
    for side in SIDES:
        for relation in RELATIONS:
            related.of_case[(side, relation)] = {"stay_id": elsewhere, **_case(world, side, relation)}
    with above(world).begin() as connection:
        for (side, relation), named in related.of_case.items():
            _relate(connection, world, named, side, relation)
    _lay_own(related)
    related.doors = lay_doors(world) | lay_houses(world)
    with above(world).begin() as connection:
        _lay_known(connection, related)
        house_rows.lay_text(connection, world)
        related.doors |= house_rows.lay_complaints(connection, world)
    return related


def _case(world: World, side: str, relation: str) -> dict[str, Any]:
    """A case opened by another office; of a shelter, with her in one of its beds where it is or was a party."""
    if side == "shelter_coordinator" and relation not in ("lead", "none"):
        return _placed(world, relation)
    # Of the time of the first procedure, so that there is one to move it to.
    on, born = (date(2007, 3, 5), {"birth_date": "1970-05-06"}) if relation == "lead" else (A_DAY, {})
    opening = Opening("advocacy", "open_directly", {**DIRECT, "family_name": f"Provë {side}", **born}, on)
    return {"case_id": UUID(cases.open_case(world.actor(OPENER), opening)["case_id"])}


def _placed(world: World, relation: str) -> dict[str, Any]:
    places = Places(world)
    case_id = places.client(by=OPENER)
    places.ask(case_id, by=OPENER)
    if relation == "pending":
        return {"case_id": case_id, "referral_id": world.waiting(case_id, "shelter.coordinator")}
    places.expect(case_id, BEDS[relation])
    return {"case_id": case_id, "stay_id": places.admit(case_id, BEDS[relation])}


def _stay_elsewhere(world: World) -> UUID:
    places = Places(world)
    case_id = places.client(by=OPENER)
    places.ask(case_id, "shelter_men", by=OPENER)
    places.expect(case_id, "1A", by="men.coordinator")
    return places.admit(case_id, "1A", by="men.coordinator")


def _relate(connection: Connection, world: World, named: dict[str, Any], side: str, relation: str) -> None:
    case_id, player = named["case_id"], SIDES[side]
    agency = world.agencies[player.agency if relation != "none" else "advocacy_peje"]
    connection.execute(delete(CaseParty).where(CaseParty.case_id == case_id, CaseParty.agency_id == agency))
    connection.execute(delete(CaseStaff).where(CaseStaff.case_id == case_id, CaseStaff.agency_id == agency))
    connection.execute(delete(CaseKey).where(CaseKey.case_id == case_id, CaseKey.holder_id == agency))
    if relation == "lead":
        connection.execute(update(Case).where(Case.id == case_id).values(lead_agency_id=agency))
    if relation in PARTIES:
        _make_party(connection, world, case_id, agency, player, relation)
    event = select(CaseEvent.id).where(CaseEvent.case_id == case_id, CaseEvent.form.is_not(None))
    named["event_id"] = connection.execute(event.order_by(CaseEvent.position).limit(1)).scalar_one()
    named["member_id"] = world.actor(player.colleague).member_id
    named["her_step_id"] = _step_of(connection, named["event_id"], agency, world.actor(player.sign_in).member_id)
    named["notice_id"] = laid_rows.notice(connection, case_id, agency)
    named["notice_of_supervisor_id"] = laid_rows.notice(connection, case_id, agency)
    named["clock_id"] = laid_rows.clock(connection, named, agency)
    named["request_id"] = laid_rows.asked(connection, named, agency)
    named |= house_rows.lay(connection, world, named)
    named |= laid_rows.agenda(connection, world, case_id, agency)
    named["packet_id"] = laid_rows.packet(connection, case_id, agency, world.actor(player.sign_in).member_id)
    named["document_id"] = laid_rows.document(
        connection, world, case_id, world.actor(player.sign_in), agency, _keys(world, case_id)
    )
    named["mark_id"] = _mark(connection, world, case_id)
    named["approval_id"] = laid_rows.approval(connection, named, agency, world.actor(OPENER).member_id)
    named["bar_id"] = _bar(connection, world, case_id, agency, player)
    to_her = "sent" if relation in ("pending", "none") else "accepted"
    named.setdefault("referral_id", _referral(connection, world, named, (OPENER_AGENCY, agency), player, to_her))
    sender = agency if relation != "none" else world.agencies[OPENER_AGENCY]
    sent = (sender, world.agencies["advocacy_gjilan"])
    named["sent_id"] = _referral(connection, world, named, sent, player, "sent")


def _make_party(connection: Connection, world: World, case_id: UUID, agency: UUID, player: Side, relation: str) -> None:
    known = select(CaseParty.case_state, CaseParty.stage, CaseParty.opened_on).where(CaseParty.case_id == case_id)
    values = dict(connection.execute(known.limit(1)).one()._mapping)
    ended = relation in ("handed_over", "withdrawn")
    values |= {"agency_kind": player.agency.split("_")[0], "basis": "referral", "since": utc_now()}
    values |= {"kind": "consent" if relation in ("consent", "withdrawn") else "duty"}
    values |= {"ended_at": utc_now(), "end_kind": relation} if ended else {}
    connection.execute(insert(CaseParty), [laid_rows.row_of_case(case_id, agency) | values])
    at_work = [player.colleague] + [player.sign_in] * (relation != "unassigned")
    staff = [
        laid_rows.row_of_case(case_id, agency) | {"member_id": world.actor(name).member_id, "since": utc_now()}
        for name in at_work
    ]
    connection.execute(insert(CaseStaff), staff)
    if not ended:
        connection.execute(insert(CaseKey), _wraps(world, case_id, agency))


def _wraps(world: World, case_id: UUID, agency: UUID) -> list[dict[str, Any]]:
    keys = _keys(world, case_id)
    wrap = world.database.vault.wrap
    return [
        {"case_id": case_id, "holder_id": agency, "kind": kind, "wrapped": wrap(key, case_id, kind, agency)}
        for kind, key in (("identity", keys.identity), ("content", keys.content))
    ]


def _keys(world: World, case_id: UUID) -> CaseKeys:
    """As the opener holds them."""
    unit_of_work.bind(world.database)
    with world.database.read(world.actor(OPENER)) as work:
        known = find_standing(work, case_id)
        return unwrap_keys(work, case_id, known.identity_key, known.content_key)


def _step_of(connection: Connection, event_id: UUID, agency: UUID, member_id: UUID | None) -> UUID:
    """The same step once more, as if she had taken it: without answers, which are sealed for their own row."""
    known = connection.execute(select(CaseEvent.__table__).where(CaseEvent.id == event_id)).one()._mapping
    own = {"id": uuid.uuid4(), "agency_id": agency, "member_id": member_id, "position": 1000}
    connection.execute(insert(CaseEvent), [dict(known) | own | {"answers": None, "identity": None}])
    return own["id"]  # type: ignore[return-value]


def _mark(connection: Connection, world: World, case_id: UUID) -> UUID:
    row = laid_rows.row_of_case(case_id, world.agencies[OPENER_AGENCY])
    row |= {"shelter_id": world.agencies["shelter_secure"], "set_at": utc_now()}
    connection.execute(insert(KeepApart), [row])
    return row["id"]  # type: ignore[no-any-return]


def _bar(connection: Connection, world: World, case_id: UUID, agency: UUID, player: Side) -> UUID:
    row = laid_rows.row_of_case(case_id, agency) | {"set_at": utc_now()}
    row |= {"member_id": world.actor("men.coordinator").member_id, "set_by_id": world.actor(player.colleague).member_id}
    connection.execute(insert(CaseBar), [row])
    return row["id"]  # type: ignore[no-any-return]


def _referral(
    connection: Connection,
    world: World,
    named: dict[str, Any],
    sent: tuple[str | UUID, UUID],
    player: Side,
    state: str,
) -> UUID:
    track, accepts, declines = player.answers
    sender = world.agencies[sent[0]] if isinstance(sent[0], str) else sent[0]
    row = {
        "id": uuid.uuid4(),
        "case_id": named["case_id"],
        "event_id": named["event_id"],
        "from_agency_id": sender,
        "to_agency_id": sent[1],
        "track": track,
        "accepts": accepts,
        "declines": declines,
        "state": state,
        "sent_at": utc_now(),
        **{name: value for name, value in POINTER.items() if name != "age_group"},
    }
    if state == "accepted":
        row |= {"decided_at": utc_now(), "decision": "accepted"}
    connection.execute(insert(Referral), [row])
    return row["id"]  # type: ignore[return-value]


def _lay_known(connection: Connection, related: Related) -> None:
    """What only one role ever opens: agencies and people for the administrator, pairs for the link reviewer."""
    agency = related.world.agencies["shelter_men"]
    member = related.world.actor("men.coordinator").member_id
    _lay_pairs(connection, related)
    shift = {"id": uuid.uuid4(), "agency_id": agency, "member_id": member, "phone": "+383 00 1", "starts_at": utc_now()}
    connection.execute(insert(DutyShift), [shift])
    bed = connection.execute(select(Bed.id).where(Bed.agency_id == agency, Bed.name == "2B")).scalar_one()
    related.known = {"shift_id": shift["id"], "bed_id": bed, "period_id": _planned_period(connection, agency)}
    everyone = sorted(related.world.agencies.values())
    related.known |= {"meeting_id": laid_rows.meeting(connection, related.world, everyone)}
    related.known |= {"agency_id": agency, "member_id": member}
    premises = select(Premises.id).where(Premises.agency_id == agency)
    related.known |= {"premises_id": connection.execute(premises).scalar_one()}
    connection.execute(insert(ProcedureDraft), [_draft(related)])
    signed = {"number": 1, "at": utc_now(), "entries": 0, "content": "{}", "signature": "00"}
    connection.execute(insert(AuditCheckpoint), [signed])
    related.known |= {"name": "xk_2013", "old": "xk_2005", "new": "xk_2013"}


def _planned_period(connection: Connection, agency: UUID) -> UUID:
    """Whom a house will take from a day on that is far away."""
    held = connection.execute(select(ShelterIntake.__table__).where(ShelterIntake.agency_id == agency)).one()._mapping
    planned = {"id": uuid.uuid4(), "valid_from": ANY_DAY_TO_COME, "set_at": utc_now()}
    connection.execute(update(ShelterIntake).where(ShelterIntake.id == held["id"]).values(valid_to=ANY_DAY_TO_COME))
    connection.execute(insert(ShelterIntake), [dict(held) | planned])
    return planned["id"]  # type: ignore[return-value]


def _draft(related: Related) -> dict[str, Any]:
    """One that extends a shipped version and was checked: all that is left are the signatures."""
    files = registry.texts("xk_2013")
    head = files["procedure.toml"].replace("xk_2013", DRAFT).replace("2013-01-01", "2999-01-01")
    files["procedure.toml"] = head.replace("in_force_to = 2022-12-31\n", "")
    shipped = {name: registry.texts(name) for name in registry.names()}
    digest = load_texts(DRAFT, {**shipped, DRAFT: files}).digest
    row = {"id": uuid.uuid4(), "name": DRAFT, "copied_from": "xk_2013", "files": files}
    row |= {"row_version": 1, "created_by_id": related.member("administrator"), "created_at": utc_now()}
    return row | {"changed_at": utc_now(), "checked_digest": digest, "checked_at": utc_now(), "is_sound": True}


PAIRS = {"links.confirm": "doubtful", "links.refuse": "doubtful", "links.undo": "sure"}
"""In which state a pair takes which answer."""


def _lay_pairs(connection: Connection, related: Related) -> None:
    """A pair for each answer that the reviewer can give, instead of those that the linker found."""
    connection.execute(delete(LinkPair))
    records = sorted(connection.execute(select(ClientRecord.id).limit(len(PAIRS) + 1)).scalars())
    for (route, state), second in zip(PAIRS.items(), records[1:], strict=True):
        pair = {"id": uuid.uuid4(), "record_a_id": records[0], "record_b_id": second, "score": 1.0, "agreement": "{}"}
        connection.execute(insert(LinkPair), [pair | {"state": state, "found_at": utc_now()}])
        related.pair_of[route] = pair["id"]


OWNERS = {
    "own": ("advocacy.supervisor", "advocate", "advocates"),
    "another's": ("police.supervisor", "investigator", "police"),
}
"""Whose a thing is: the supervisor of that agency, the side that she supervises, the register that she keeps."""


def _lay_own(related: Related) -> None:
    """Registers and covers of the supervisor's own agency, and of the police."""
    world = related.world
    unit_of_work.bind(world.database)
    for owner, (supervisor, side, register) in OWNERS.items():
        actor, content = world.actor(supervisor), content_of(register)
        colleague = world.actor(SIDES[side].colleague).member_id
        cover = {"id": uuid.uuid4(), "agency_id": actor.agency_id, "member_id": actor.member_id}
        cover |= {"covered_by_id": colleague, "from_on": A_DAY, "to_on": ANY_DAY_TO_COME}
        with above(world).begin() as connection:
            connection.execute(insert(Cover), [cover])
        related.of_agency[owner] = {
            "import_id": registers.import_file(actor, content).import_id,
            "draft_id": register_drafts.keep_draft(actor, content),
            "member_id": colleague,
            "cover_id": cover["id"],
        }
