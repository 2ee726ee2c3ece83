"""Incidents of a shelter: written down with their first steps, each of which has its time and somebody who took it.

An incident's account lies under a key of its own, wrapped for the shelter, and where it concerns a resident beside it
under the content key of her case: who follows her reads it too. Who leads the case is told, and that her risk is to be
rated again: no step of the procedure is the shelter's to fire for that. Closed, and she gone, the shelter's wrap goes.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.cipher import new_key
from app.errors import Conflict, Invalid, NotFound
from app.models.house_trouble import Incident, IncidentStep
from app.models.placement import Stay
from app.queries import beds
from app.queries import house_trouble as query
from app.queries.house_trouble import IncidentRow, StepRow
from app.queries.standing import Standing
from app.security.actor import Actor
from app.services import house_keys, house_rules, unit_of_work
from app.services.calendar import calendar_on
from app.services.house_notices import tell_followers
from app.services.notices import Telling, tell
from app.services.stays import find_open, standing_of
from app.services.unit_of_work import Once, Work
from workflows import clocks
from workflows.houses import FirstStep

TABLE, STEPS = Incident.__tablename__, IncidentStep.__tablename__
DONE = "done"
BATCH = 200


@dataclass(frozen=True)
class NewIncident:
    """What happened, when, and with which resident, if with one."""

    kind: str
    occurred_on: date
    account: str = field(repr=False)
    begins_at: str | None = None
    stay_id: UUID | None = None


def report(actor: Actor, new: NewIncident, once: Once | None = None) -> dict[str, str]:
    """Write an incident into the register of the actor's own shelter; gives its id.

    Raises NotFound where her agency is no shelter or the stay is not its own, Invalid for a day to come, an unknown
    kind or no account, Conflict where somebody wrote another at the same moment.
    """
    with unit_of_work.write(actor) as work:
        incident_id = uuid4()
        made = {"incident_id": str(incident_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        if beds.shelter_of(work.session, actor) is None:
            raise NotFound
        _check(work, new)
        stay = find_open(work, new.stay_id) if new.stay_id else None
        known = standing_of(work, stay) if stay else None
        _write(work, incident_id, new, stay)
        _write_steps(work, incident_id, new.kind, known)
        tell(work, [Telling(stay_agency(work), "incident:reported", role="agency_supervisor", values=_told(new.kind))])
        if known is not None:
            tell_followers(work, known, "incident:resident", incident=new.kind)
            if house_rules.rules().incidents[new.kind].rates_again:
                tell_followers(work, known, "incident:rate_again", incident=new.kind)
        work.audit("incident:reported", stay.case_id if stay else None, incident=incident_id, kind=new.kind)
        work.commit()
        return made


def stay_agency(work: Work) -> UUID:
    """The actor's own shelter."""
    assert work.actor.agency_id is not None  # noqa: S101 - only members come here
    return work.actor.agency_id


def _told(kind: str) -> dict[str, str]:
    return {"incident": kind}


def _check(work: Work, new: NewIncident) -> None:
    if new.kind not in house_rules.rules().incidents:
        raise Invalid({"kind": "unknown_choice"})
    if new.occurred_on > work.today:
        raise Invalid({"occurred_on": "date_in_future"})
    if not new.account.strip():
        raise Invalid({"account": "required"})


def _write(work: Work, incident_id: UUID, new: NewIncident, stay: Stay | None) -> None:
    key, agency_id = new_key(), stay_agency(work)
    keys = house_keys.of_house(work, [stay.case_id])[stay.case_id] if stay else None
    shared = keys.seal(key.hex(), TABLE, "case_wrapped", incident_id) if keys and keys.under == "content" else None
    row: dict[str, Any] = {
        "id": incident_id,
        "agency_id": agency_id,
        "case_id": stay.case_id if stay else None,
        "stay_id": stay.id if stay else None,
        "number": query.last_number(work.session, work.actor) + 1,
        "kind": new.kind,
        "occurred_on": new.occurred_on,
        "begins_at": new.begins_at,
        "recorded_at": work.now,
        "member_id": work.actor.member_id,
        "wrapped": work.vault.wrap(key, incident_id, TABLE, agency_id),
        "case_wrapped": shared,
        "account": work.vault.seal(key, new.account, TABLE, "account", incident_id),
    }
    try:
        work.session.execute(insert(Incident), [row])
    except IntegrityError:
        raise Conflict("incident_at_once") from None


def _write_steps(work: Work, incident_id: UUID, kind: str, known: Standing | None) -> None:
    calendar = calendar_on(work.today)
    own = {"agency_id": work.actor.agency_id, "case_id": known.case_id if known else None, "incident_id": incident_id}
    rows = [
        {
            "id": uuid4(),
            **own,
            "position": position,
            "name": one.name,
            "due_at": clocks.due(one.window, work.now, calendar.holidays, calendar.zone),
        }
        for position, one in enumerate(house_rules.rules().incidents[kind].steps, 1)
        if _concerns(one, known)
    ]
    work.session.execute(insert(IncidentStep), rows)


def _concerns(one: FirstStep, known: Standing | None) -> bool:
    if one.needs_child:
        return known is not None and (known.is_child or known.age_in_doubt)
    return known is not None or not one.needs_resident


def rule_of(kind: str, name: str) -> FirstStep | None:
    """A first step as the country's file has it now; None where it has it no more."""
    rule = house_rules.rules().incidents.get(kind)
    return next((one for one in rule.steps if one.name == name), None) if rule else None


def find(work: Work, incident_id: UUID) -> IncidentRow:
    """An incident of the actor's own shelter; raises NotFound for any other."""
    mine = (Incident.id == incident_id, Incident.agency_id == work.actor.agency_id)
    rows = query.incidents(work.session, work.actor, *mine)
    if not rows:
        raise NotFound
    return rows[0]


def key_of(work: Work, row: IncidentRow) -> bytes | None:
    """The key of an incident, for the shelter that it happened in; None once its wrap is gone."""
    if row.wrapped is None or row.agency_id != work.actor.agency_id:
        return None
    return work.vault.unwrap(row.wrapped, row.id, TABLE, row.agency_id)


def find_step(work: Work, step_id: UUID) -> tuple[StepRow, IncidentRow]:
    """A step of the actor's own shelter, with its incident; raises NotFound for any other."""
    step = query.step(work.session, work.actor, step_id)
    if step is None:
        raise NotFound
    return step, find(work, step.incident_id)


def take(
    actor: Actor, step_id: UUID, outcome: str, basis: str | None, note: str | None, once: Once | None = None
) -> UUID:
    """Record that a first step was taken, or why not; gives the incident.

    Raises NotFound, Conflict("step_is_taken"), Invalid where a step that tells somebody outside has no basis, or one
    that was not taken no reason.
    """
    with unit_of_work.write(actor) as work:
        step, incident = find_step(work, step_id)
        if work.once(once, {"incident_id": str(incident.id)}) is not None:
            return incident.id
        rule = rule_of(incident.kind, step.name)
        if outcome == DONE and rule is not None and rule.needs_basis and basis is None:
            raise Invalid({"basis": "basis_needed"})
        if outcome != DONE and not (note or "").strip():
            raise Invalid({"note": "say_why_not"})
        key = key_of(work, incident)
        sealed = work.vault.seal(key, note, STEPS, "note", step_id) if key and note else None
        kept = basis if outcome == DONE else None
        untaken = update(IncidentStep).where(IncidentStep.id == step_id, IncidentStep.outcome.is_(None))
        done = untaken.values(
            outcome=outcome, basis=kept, note=sealed, done_at=work.now, done_by_id=work.actor.member_id
        )
        if work.change(done) == 0:
            raise Conflict("step_is_taken")
        work.audit("incident:step", incident.case_id, incident=incident.id, step=step_id)
        work.commit()
        return incident.id


def close(actor: Actor, incident_id: UUID, conclusion: str, once: Once | None = None) -> UUID:
    """Close an incident; gives it. Raises NotFound, Conflict while a step is neither done nor said why not, Invalid."""
    with unit_of_work.write(actor) as work:
        row = find(work, incident_id)
        if work.once(once, {"incident_id": str(incident_id)}) is not None:
            return incident_id
        if any(one.outcome is None for one in query.steps(work.session, actor, [incident_id])):
            raise Conflict("incident_steps_open")
        if not conclusion.strip():
            raise Invalid({"conclusion": "required"})
        key = key_of(work, row)
        sealed = work.vault.seal(key, conclusion, TABLE, "conclusion", incident_id) if key else None
        still_open = update(Incident).where(Incident.id == incident_id, Incident.closed_at.is_(None))
        if work.change(still_open.values(closed_at=work.now, closed_by_id=actor.member_id, conclusion=sealed)) == 0:
            raise Conflict("incident_is_closed")
        work.audit("incident:closed", row.case_id, incident=incident_id)
        work.commit()
        return incident_id


def remind(work: Work, agency_id: UUID) -> int:
    """Of each overdue step tell the coordinator once, and at a later round the supervisor once; gives how many."""
    late = (IncidentStep.agency_id == agency_id, IncidentStep.outcome.is_(None), IncidentStep.due_at < work.now)
    rounds = (("escalated_at", "agency_supervisor", True), ("told_at", "shelter_coordinator", False))
    return sum(_tell_late(work, agency_id, late, *one) for one in rounds)


def _tell_late(work: Work, agency_id: UUID, late: tuple[Any, ...], stamp: str, role: str, is_later: bool) -> int:
    column = getattr(IncidentStep, stamp)
    before = (IncidentStep.told_at.is_not(None),) if is_later else ()
    asked = select(IncidentStep.id, IncidentStep.case_id, Incident.kind).join(
        Incident, Incident.id == IncidentStep.incident_id
    )
    rows = work.session.execute(asked.where(*late, column.is_(None), *before).limit(BATCH)).all()
    if rows:
        work.change(update(IncidentStep).where(IncidentStep.id.in_([row.id for row in rows])).values({stamp: work.now}))
        tell(work, [Telling(agency_id, "incident:late", row.case_id, role, values=_told(row.kind)) for row in rows])
    return len(rows)


def forget(work: Work, agency_id: UUID) -> int:
    """Destroy the shelter's wrap of what is closed and was about somebody who has left it; gives how many."""
    lives = exists(
        select(Stay.id).where(Stay.case_id == Incident.case_id, Stay.agency_id == agency_id, Stay.left_on.is_(None))
    )
    over = (Incident.agency_id == agency_id, Incident.case_id.is_not(None), Incident.closed_at.is_not(None))
    return work.change(update(Incident).where(*over, Incident.wrapped.is_not(None), ~lives).values(wrapped=None))
