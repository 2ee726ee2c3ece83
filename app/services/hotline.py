"""The hotline's contacts: without identity, and sent on only with consent, for a child, or where a life is at risk."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from app.errors import Conflict, Invalid, NotFound
from app.models.hotline import HotlineContact
from app.security.actor import Actor
from app.services import held_reading, signals, unit_of_work
from app.services.signals import NewSignal
from app.services.unit_of_work import Once, Work
from app.vocabulary.hotline import SENT_ON


@dataclass(frozen=True)
class NewContact:
    """What is logged of a contact: codes, the day, and a note without names."""

    occurred_on: date
    coded: Mapping[str, str]
    note: str = ""


@dataclass(frozen=True)
class Contact:
    """A contact with its note opened."""

    row: HotlineContact
    note: str


@dataclass(frozen=True)
class Agreement:
    """What the person said to being sent on, and why it may go on without her."""

    person_agrees: bool
    is_life_at_risk: bool = False
    why: str = ""


def log(actor: Actor, new: NewContact, once: Once | None = None) -> UUID:
    """Log a contact. Raises Invalid for a day to come."""
    with unit_of_work.write(actor) as work:
        contact_id = uuid4()
        earlier = work.once(once, {"contact_id": str(contact_id)})
        if earlier is not None:
            return UUID(earlier["contact_id"])
        if new.occurred_on > work.today:
            raise Invalid({"occurred_on": "date_in_future"})
        sealed = work.vault.seal(_key(work), new.note, "hotline_contact", "note", contact_id)
        row: dict[str, Any] = {
            "id": contact_id,
            "agency_id": actor.agency_id,
            "member_id": actor.member_id,
            **new.coded,
        }
        row |= {"occurred_on": new.occurred_on, "recorded_at": work.now, "note": sealed if new.note else None}
        work.session.execute(insert(HotlineContact), [row])
        work.audit("hotline:logged", contact=contact_id)
        work.commit()
        return contact_id


def _key(work: Work) -> bytes:
    assert work.actor.agency_id is not None  # noqa: S101 - members have an agency
    return work.vault.keyring.named(f"hotline|{work.actor.agency_id}")


def open_contact(actor: Actor, contact_id: UUID) -> Contact:
    """A contact of the actor's agency; raises NotFound for any other, Stopped where she opened as many as she may."""
    with held_reading.reporting(actor), unit_of_work.write(actor) as work:
        row = _find(work, contact_id)
        held_reading.refuse_too_much_without_case(work, {"contact": contact_id})
        note = work.vault.open(_key(work), row.note, "hotline_contact", "note", row.id) if row.note else ""
        work.audit("hotline:opened", contact=contact_id)
        work.commit()
        return Contact(row, note)


def _find(work: Work, contact_id: UUID) -> HotlineContact:
    own = (HotlineContact.id == contact_id, HotlineContact.agency_id == work.actor.agency_id)
    row = work.session.execute(select(HotlineContact).where(*own)).scalar_one_or_none()
    if row is None:
        raise NotFound
    return row


def send_on(actor: Actor, contact_id: UUID, new: NewSignal, said: Agreement, once: Once | None = None) -> UUID:
    """Send a contact on as a signal, once.

    Raises Invalid unless the person agreed, is a child or in doubt, or her life is at risk and it is said why;
    Conflict where it was sent on before, NotFound for another agency's contact.
    """
    with unit_of_work.write(actor) as work:
        signal_id = uuid4()
        earlier = work.once(once, {"signal_id": str(signal_id)})
        if earlier is not None:
            return UUID(earlier["signal_id"])
        row = _find(work, contact_id)
        basis = basis_of(said, new.coded["age_group"])
        told = replace(new, basis=basis, basis_reason=said.why if basis == "life_at_risk" else "")
        signals.send_within(work, signal_id, told)
        unsent = (HotlineContact.id == row.id, HotlineContact.signal_id.is_(None))
        done = work.change(update(HotlineContact).where(*unsent).values(signal_id=signal_id, outcome=SENT_ON))
        if done == 0:
            raise Conflict("contact_sent_on")
        work.audit("hotline:sent_on", contact=contact_id, signal=signal_id, basis=basis)
        work.commit()
        return signal_id


def basis_of(said: Agreement, age_group: str) -> str:
    """On what basis a contact becomes a signal; raises Invalid where there is none."""
    if said.person_agrees:
        return "consent"
    if age_group in ("child", "in_doubt"):
        return "child"
    if not said.is_life_at_risk:
        raise Invalid({"person_agrees": "consent_first"})
    if not said.why:
        raise Invalid({"why": "say_why"})
    return "life_at_risk"
