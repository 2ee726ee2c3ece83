"""Calls for proposals: recording one, saying whom a place assists, and naming the places that a call leaves out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import insert

from app.errors import Invalid, NotFound
from app.models.funding import AssistedGroups, FundingCall
from app.queries import funding, proposals
from app.queries.proposals import CallRow, Place
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.funding import keeps_all, recorded_by
from app.services.unit_of_work import Once
from app.vocabulary.funding import ASSISTED


@dataclass(frozen=True)
class NewCall:
    """A call as its payer made it known."""

    payer_id: UUID
    opens_on: date
    closes_on: date
    from_on: date
    to_on: date
    open_to: Sequence[str]
    source: str


@dataclass(frozen=True)
class CallPage:
    """A call with the places that may apply, those that it leaves out, and those of which it is not known."""

    call: CallRow
    may_apply: tuple[Place, ...]
    left_out: tuple[Place, ...]
    unknown: tuple[Place, ...]


def record(actor: Actor, new: NewCall, once: Once | None = None) -> UUID:
    """Record a call. Raises Invalid at the field that does not fit."""
    with unit_of_work.write(actor) as work:
        call_id = uuid4()
        earlier = work.once(once, {"call_id": str(call_id)})
        if earlier is not None:
            return UUID(earlier["call_id"])
        checks = (
            ("closes_on", "ends_before_start", new.closes_on < new.opens_on),
            ("to_on", "ends_before_start", new.to_on < new.from_on),
            ("open_to", "unknown_choice", not new.open_to or any(one not in ASSISTED for one in new.open_to)),
            ("payer", "unknown_choice", all(one.id != new.payer_id for one in funding.payers(work.session, actor))),
        )
        faults = {name: key for name, key, is_so in checks if is_so}
        if faults:
            raise Invalid(faults)
        told = {
            name: getattr(new, name) for name in ("payer_id", "opens_on", "closes_on", "from_on", "to_on", "source")
        }
        row = {**told, "open_to": " ".join(new.open_to), **recorded_by(work, call_id)}
        work.session.execute(insert(FundingCall), [row])
        work.audit("funding:call_recorded", call=call_id)
        work.commit()
        return call_id


def say_groups(actor: Actor, place_id: UUID, from_on: date, groups: Sequence[str], once: Once | None = None) -> None:
    """Say whom a shelter assists from a day on. Raises NotFound for a place that is not the actor's, Invalid."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        place_of(actor, place_id, proposals.places(work.session, actor, work.today))
        if not groups or any(one not in ASSISTED for one in groups):
            raise Invalid({"groups": "unknown_choice"})
        row = {"place_id": place_id, "from_on": from_on, "groups": " ".join(groups), **recorded_by(work, uuid4())}
        work.session.execute(insert(AssistedGroups), [row])
        work.audit("funding:groups_said", place=place_id)
        work.commit()


def place_of(actor: Actor, place_id: UUID, places: Sequence[Place]) -> Place:
    """A shelter of which the actor may say whom it assists; raises NotFound for any other."""
    found = next((one for one in places if one.agency_id == place_id), None)
    if found is None or not (keeps_all(actor) or place_id == actor.agency_id):
        raise NotFound
    return found


def page_of(actor: Actor, call_id: UUID) -> CallPage:
    """A call with whom it leaves out, as places were on its first day; raises NotFound."""
    with unit_of_work.read(actor) as work:
        call = proposals.one(work.session, actor, call_id)
        if call is None:
            raise NotFound
        places = proposals.places(work.session, actor, call.opens_on)
    fits = {one.agency_id for one in places if one.groups and call.groups.intersection(one.groups)}
    return CallPage(
        call,
        tuple(one for one in places if one.agency_id in fits),
        tuple(one for one in places if one.groups is not None and one.agency_id not in fits),
        tuple(one for one in places if one.groups is None),
    )
