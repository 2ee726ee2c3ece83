"""What becomes of a grant: moved from one of its places to another, ended before its time, struck out as an error."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import insert

from app.errors import Invalid, Refusal
from app.models.funding import FundingChange, FundingPayee
from app.queries import funding as query
from app.queries import houses
from app.queries.funding import Grant, PayeeRow
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.funding import keeps_all, lock_grant, minor, payee, recorded_by, tell_places, to_change
from app.services.unit_of_work import Once, Work

ENDS = ("ended", "struck_out")


@dataclass(frozen=True)
class Move:
    """Money of one place of a grant given to another: one of its places, a shelter, or a house by its name."""

    from_payee_id: UUID
    moved_on: date
    reason: str
    to_payee_id: UUID | None = None
    to_agency_id: UUID | None = None
    to_house_id: UUID | None = None
    to_named: str | None = None
    amount: Decimal | None = None


def move(actor: Actor, grant_id: UUID, asked: Move, once: Once | None = None) -> None:
    """Move the money of one place to another. Raises Invalid, and NotFound for a grant that is not hers to change."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        grant = to_change(work, grant_id)
        known = {one.id: one for one in grant.payees}
        if asked.from_payee_id not in known:
            raise Invalid({"from_payee": "unknown_choice"})
        _refuse_day(work, grant, asked.moved_on, "moved_on")
        amount = minor(asked.amount, grant.row.currency, "amount")
        if amount is not None and (amount == 0 or amount > (grant.row.amount or amount)):
            raise Invalid({"amount": "more_than_whole" if amount else "above_zero"})
        to_id, agency_id = _receiver(work, grant, asked, known)
        ends = {"from_payee_id": asked.from_payee_id, "to_payee_id": to_id, "amount": amount}
        _keep(work, grant, "moved", asked.moved_on, asked.reason, **ends)
        places = {known[asked.from_payee_id].agency_id, agency_id} - {None}
        tell_places(work, {one for one in places if one}, "funding:changed")
        work.audit("funding:moved", grant=grant_id)
        work.commit()


def end(actor: Actor, grant_id: UUID, kind: str, on: date, reason: str, once: Once | None = None) -> None:
    """End a grant before its time, or strike it out with its parts. Raises Invalid, NotFound, Refusal."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        grant = to_change(work, grant_id)
        if kind not in ENDS:
            raise Invalid({"kind": "unknown_choice"})
        _refuse_day(work, grant, on, "on", any_day=kind == "struck_out")
        lock_grant(work, grant_id)
        _refuse_twice(work, grant_id, kind)
        _keep(work, grant, kind, on, reason)
        for part in query.parts(work.session, work.actor, grant_id):
            if part.change(kind) is None and not (kind == "ended" and on >= part.row.to_on):
                _keep(work, part, kind, max(on, part.row.from_on), reason)
        tell_places(work, {one.agency_id for one in grant.payees if one.agency_id}, "funding:changed")
        work.audit(f"funding:{kind}", grant=grant_id)
        work.commit()


def _refuse_twice(work: Work, grant_id: UUID, kind: str) -> None:
    now = query.one(work.session, work.actor, grant_id)
    if now is None or now.is_struck_out or now.change(kind):
        raise Refusal("grant_is_over")


def _refuse_day(work: Work, grant: Grant, on: date, name: str, *, any_day: bool = False) -> None:
    if on > work.today:
        raise Invalid({name: "date_in_future"})
    if not any_day and not grant.row.from_on <= on <= grant.row.to_on:
        raise Invalid({name: "not_in_its_days"})


def _receiver(work: Work, grant: Grant, asked: Move, known: dict[UUID, PayeeRow]) -> tuple[UUID, UUID | None]:
    """The place that gets the money, a new one of the grant where it is none yet."""
    if asked.to_payee_id is not None:
        if asked.to_payee_id not in known or asked.to_payee_id == asked.from_payee_id:
            raise Invalid({"to_payee": "another_place"})
        return asked.to_payee_id, known[asked.to_payee_id].agency_id
    agency_id = asked.to_agency_id if keeps_all(work.actor) else work.actor.agency_id
    if asked.to_house_id is not None:
        there = {one.premises_id: one.agency_id for one in houses.houses(work.session, work.actor)}
        agency_id = there.get(asked.to_house_id)
    known_agencies = {one.agency_id for one in query.shelters(work.session, work.actor)}
    is_hers = keeps_all(work.actor) or agency_id == work.actor.agency_id
    is_nowhere = asked.to_house_id is not None and agency_id is None
    if is_nowhere or not is_hers or (agency_id is not None and agency_id not in known_agencies):
        raise Invalid({"to_payee": "unknown_choice"})
    row = payee(agency_id, asked.to_house_id, None if asked.to_house_id else asked.to_named)
    there_already = {(one.agency_id, one.premises_id, None if one.premises_id else one.place) for one in known.values()}
    if not any(row.values()) or tuple(row.values()) in there_already:
        raise Invalid({"to_payee": "another_place"})
    payee_id = uuid4()
    work.session.execute(insert(FundingPayee), [{"id": payee_id, "grant_id": grant.row.id, "is_added": True, **row}])
    return payee_id, agency_id


def _keep(work: Work, grant: Grant, kind: str, on: date, reason: str, **values: object) -> None:
    row = {"grant_id": grant.row.id, "kind": kind, "changed_on": on, "reason": reason, **recorded_by(work, uuid4())}
    nothing = {"from_payee_id": None, "to_payee_id": None, "amount": None}
    work.session.execute(insert(FundingChange), [{**row, **nothing, **values}])
