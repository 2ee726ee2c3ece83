"""Lays a situation out in the database: a case whose facts are those that a step of the procedure asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.clock import local_day, utc_now
from app.models.case import Case, CaseKey, CaseParty, CaseStaff
from app.models.help import Consent
from app.models.placement import Bed, BedHold, FormerStay, Stay, StayKey
from app.models.record import ClientRecord, Guardian
from app.models.workflow import CaseClock, CaseEvent, Signature, WorkflowRun
from app.services.workflow_runner import ROLE_KIND
from tests.factories.world import A_DAY, World
from workflows import registry
from workflows.definition import FormField, Procedure, Transition
from workflows.engine import start
from workflows.facts import Facts

AGENCY_OF_KIND = {
    "police": "police",
    "advocacy": "advocacy_prishtine",
    "social_work": "social_work_prishtine",
    "return_partner": "return_partner",
    "prosecution": "prosecution",
}
MEMBER_OF_ROLE = {
    "investigator": "investigator",
    "advocate": "advocate",
    "social_worker": "social.worker",
    "return_coordinator": "return.coordinator",
    "prosecutor": "prosecutor",
    "agency_supervisor": "advocacy.supervisor",
}
COORDINATOR = {
    "shelter_ngo": "shelter.coordinator",
    "shelter_child": "child.coordinator",
    "shelter_secure": "secure.coordinator",
}
SECOND_READER = {"investigator": "investigator2", "advocate": "advocate2"}
SOON = (local_day(utc_now()) + timedelta(days=2)).isoformat()
STAND_IN = "given"
LONG_AGO = datetime(2014, 3, 3, 8, tzinfo=UTC)


@dataclass
class Situation:
    """A case laid out for one step: who takes it, with which answers."""

    world: World
    case_id: UUID
    by: str
    answers: dict[str, Any]


def lay_out(world: World, procedure: Procedure, transition: Transition, facts: Facts, role: str) -> Situation:
    """Make the case, and everything that the facts say of it, above row-level security."""
    case_id = world.open_signal()
    with Session(world.copy.above) as session:
        for taken in (StayKey, FormerStay, Stay, BedHold):
            session.execute(delete(taken))  # the beds are free for each step anew
        place = _place(facts)
        by = COORDINATOR[place] if role == "shelter_coordinator" else MEMBER_OF_ROLE[role]
        states = {**start(procedure), "case": "open", **_claim(facts), **facts.states}
        session.execute(
            update(WorkflowRun)
            .where(WorkflowRun.case_id == case_id)
            .values(
                procedure=procedure.name,
                digest=procedure.digest,
                states=states,
                set_aside_from=dict(facts.set_aside_from),
            )
        )
        _describe(session, world, case_id, facts, by)
        _join(session, world, case_id, facts, by, place)
        _help(session, world, case_id, facts, place)
        _sign(session, world, case_id, transition, facts)
        session.commit()
        answers = {name: _answer(world, session, value, name, by, place) for name, value in facts.answers.items()}
        answers |= _required(world, session, procedure, transition, answers, by, place)
    return Situation(world, case_id, by, answers)


def _claim(facts: Facts) -> dict[str, str]:
    return {"asylum": "claimed"} if facts.asylum_claim else {}


def _place(facts: Facts) -> str:
    if facts.is_child or facts.age_in_doubt or facts.answers.get("age_group") in ("child", "in_doubt"):
        return "shelter_child"
    return "shelter_secure" if facts.states.get("risk", "").endswith("_high") else "shelter_ngo"


def _describe(session: Session, world: World, case_id: UUID, facts: Facts, by: str) -> None:
    session.execute(
        update(ClientRecord)
        .where(ClientRecord.case_id == case_id)
        .values(
            is_child=facts.is_child,
            age_in_doubt=facts.age_in_doubt,
            citizenship="AL" if facts.is_foreign else "XK",
            has_safe_contact=facts.has_safe_contact,
        )
    )
    lead = world.actor(by).agency_id if facts.acts_for_lead_agency else world.agencies["police"]
    closed = facts.states.get("case") == "closed"
    session.execute(
        update(Case)
        .where(Case.id == case_id)
        .values(
            origin=facts.origin or "police",
            lead_agency_id=lead,
            status="closed" if closed else "open",
            closed_on=A_DAY if closed else None,
        )
    )


def _join(session: Session, world: World, case_id: UUID, facts: Facts, by: str, place: str) -> None:
    """Those parties that the facts name, and the actor's own agency; each with its keys and the actor on the team."""
    actor = world.actor(by)
    kinds = {kind for kind in facts.parties if kind in AGENCY_OF_KIND}
    wanted = {world.agencies[AGENCY_OF_KIND[kind]]: kind for kind in kinds}
    if "shelter" in facts.parties:
        wanted[world.agencies[place]] = "shelter"
    assert actor.agency_id is not None
    wanted[actor.agency_id] = actor.agency_kind
    police = world.agencies["police"]
    row = {"basis": "referral", "since": LONG_AGO, "case_state": "open", "stage": "", "opened_on": A_DAY}
    for agency_id, kind in wanted.items():
        if agency_id != police:
            session.add(CaseParty(case_id=case_id, agency_id=agency_id, agency_kind=kind, kind="duty", **row))
            _share(session, world, case_id, police, agency_id)
    if police not in wanted:
        session.execute(
            update(CaseParty)
            .where(CaseParty.case_id == case_id, CaseParty.agency_id == police)
            .values(ended_at=LONG_AGO, end_kind="handed_over")
        )
    if by != "investigator":
        session.add(CaseStaff(case_id=case_id, agency_id=actor.agency_id, member_id=actor.member_id, since=LONG_AGO))


def _share(session: Session, world: World, case_id: UUID, owner: UUID, holder: UUID) -> None:
    vault = world.database.vault
    for key in session.scalars(select(CaseKey).where(CaseKey.case_id == case_id, CaseKey.holder_id == owner)):
        plain = vault.unwrap(key.wrapped, case_id, key.kind, owner)
        wrapped = vault.wrap(plain, case_id, key.kind, holder)
        session.add(CaseKey(case_id=case_id, holder_id=holder, kind=key.kind, wrapped=wrapped))


def _help(session: Session, world: World, case_id: UUID, facts: Facts, place: str) -> None:
    police = world.agencies["police"]
    if facts.reflection_has_lapsed:
        event = session.scalars(select(CaseEvent.id).where(CaseEvent.case_id == case_id)).first()
        clock = {
            "name": "reflection",
            "started_at": LONG_AGO,
            "due_at": LONG_AGO,
            "calendar": "",
            "started_by_id": event,
        }
        session.add(CaseClock(case_id=case_id, agency_id=police, **clock))
    for purpose, kind in facts.consents:
        dated = {"occurred_on": A_DAY, "recorded_at": LONG_AGO}
        session.add(
            Consent(case_id=case_id, agency_id=police, purpose=purpose, recipient_kind=kind, given_by="self", **dated)
        )
    if facts.guardian_checked or facts.guardian_suspect:
        checked = {"is_checked": facts.guardian_checked, "is_suspect": facts.guardian_suspect}
        session.add(Guardian(case_id=case_id, agency_id=police, from_on=A_DAY, **checked))
    if facts.has_open_stay:
        bed = _beds(session, world, place)[-1]
        record = session.scalars(select(ClientRecord.id).where(ClientRecord.case_id == case_id)).one()
        stay = {"bed_id": bed, "record_id": record, "arrived_on": A_DAY, "recorded_at": LONG_AGO}
        session.add(Stay(case_id=case_id, agency_id=world.agencies[place], **stay))


def _sign(session: Session, world: World, case_id: UUID, transition: Transition, facts: Facts) -> None:
    if not facts.signed:
        return
    event = session.scalars(select(CaseEvent.id).where(CaseEvent.case_id == case_id)).first()
    for role in facts.signed:
        signer = world.actor(MEMBER_OF_ROLE[role])
        place = {"case_id": case_id, "agency_id": signer.agency_id, "event_id": event}
        step = {"track": transition.track, "action": transition.action, "role": role}
        session.add(Signature(**place, **step, member_id=signer.member_id, signed_at=LONG_AGO))


def _beds(session: Session, world: World, place: str) -> list[UUID]:
    return list(session.scalars(select(Bed.id).where(Bed.agency_id == world.agencies[place]).order_by(Bed.name)))


def _required(
    world: World,
    session: Session,
    procedure: Procedure,
    transition: Transition,
    given: dict[str, Any],
    by: str,
    place: str,
) -> dict[str, Any]:
    """The fields of the form that are still empty and may be asked for, filled in plausibly."""
    form = procedure.forms.get(transition.form or "")
    wanted = form.fields if form else ()
    return {
        one.name: _filled(world, session, one, by, place)
        for one in wanted
        if given.get(one.name) == STAND_IN or ((one.required or one.required_if) and one.name not in given)
    }


def _filled(world: World, session: Session, one: FormField, by: str, place: str) -> Any:
    values: dict[str, Any] = {
        "yes_no": True,
        "yes_no_unknown": "no",
        "date": SOON,
        "number": 1,
        "codes": ["other"],
        "code": "other",
        "shelter": str(world.agencies[place]),
        "bed": str(_beds(session, world, place)[0]),
        "user": str(world.actor(SECOND_READER.get(by, "investigator2")).member_id),
    }
    if one.type == "agency":
        return str(world.agencies[AGENCY_OF_KIND.get(one.kind or "", "advocacy_prizren")])
    return values.get(one.type, "given")


def _answer(world: World, session: Session, value: object, name: str, by: str, place: str) -> Any:
    """An answer of the situation with its stand-ins replaced by ids that exist."""
    if name == "bed" and value:
        return str(_beds(session, world, place)[0])
    if name == "shelter" and value:
        return str(world.agencies[place])
    if value == "someone_else":
        return str(world.actor(SECOND_READER.get(by, "investigator2")).member_id)
    if value == "me":
        return str(world.actor(by).member_id)
    return list(value) if isinstance(value, tuple) else value


def procedures() -> tuple[Procedure, ...]:
    """The shipped versions."""
    return tuple(registry.get(name) for name in registry.names())


KIND_OF_ROLE = ROLE_KIND
