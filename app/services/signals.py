"""Signals before there is a case: sent by early identifiers and the hotline, and answered by who receives them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update

from app.cipher import new_key
from app.errors import Conflict, Invalid, NotFound
from app.models.agency import Agency
from app.models.signal import Signal, SignalCase, SignalKey
from app.queries.signals import PENDING
from app.security.actor import Actor
from app.services import cases, held_reading, notes, unit_of_work
from app.services.case_keys import open_keys
from app.services.cases import Opening
from app.services.notes import NewNote
from app.services.notices import Telling, tell
from app.services.unit_of_work import Once, Work
from app.vocabulary.signal import DOOR_OF_KIND, RECEIVING_KINDS

KEY = "signal"
TEXTS = ("noticed", "contact", "basis_reason")
ROLE_TOLD = {"police": "investigator", "advocacy": "advocate", "social_work": "social_worker"}


@dataclass(frozen=True)
class NewSignal:
    """What an early identifier tells: coded facts, what was noticed, a safe contact where there is one."""

    to_agency_id: UUID
    coded: Mapping[str, str]
    noticed: str
    contact: Mapping[str, str] = field(default_factory=dict)
    basis: str = "report"
    basis_reason: str = ""


@dataclass(frozen=True)
class Told:
    """The texts of a signal, opened."""

    noticed: str
    contact: Mapping[str, str]
    basis_reason: str


@dataclass(frozen=True)
class OpenSignal:
    """A signal with its texts, and the agency that sent it or that it was sent to."""

    row: Signal
    told: Told
    other: Agency

    @property
    def entry_door(self) -> str:
        """The door by which the case comes that it becomes."""
        return DOOR_OF_KIND.get(self.other.kind, "other")

    @property
    def answers(self) -> dict[str, Any]:
        """What the form that opens a case is filled in with."""
        row = self.row
        coded = {name: getattr(row, name) for name in ("region", "sex", "age_group", "language", "urgency")}
        return {**coded, **self.told.contact, "noticed": self.told.noticed, "person_knows": row.person_knows}


def send(actor: Actor, new: NewSignal, once: Once | None = None) -> UUID:
    """Send a signal to an agency that receives them; its members are told that it waits.

    Raises Invalid for an agency that receives none.
    """
    with unit_of_work.write(actor) as work:
        signal_id = uuid4()
        earlier = work.once(once, {"signal_id": str(signal_id)})
        if earlier is not None:
            return UUID(earlier["signal_id"])
        send_within(work, signal_id, new)
        work.commit()
        return signal_id


def send_within(work: Work, signal_id: UUID, new: NewSignal) -> None:
    """Send a signal in the caller's transaction. Raises as `send`."""
    sender = work.actor.agency_id
    assert sender is not None  # noqa: S101 - members have an agency
    receiver = find_receiver(work, new.to_agency_id, sender)
    key, texts = new_key(), Told(new.noticed, dict(new.contact), new.basis_reason)
    row = {
        "id": signal_id,
        "from_agency_id": sender,
        "sent_by_id": work.actor.member_id,
        "to_agency_id": receiver.id,
        "basis": new.basis,
        "state": "sent",
        "sent_at": work.now,
        **new.coded,
        **{name: _seal(work, key, signal_id, name, getattr(texts, name)) for name in TEXTS},
    }
    work.session.execute(insert(Signal), [row])
    _wrap(work, signal_id, key, sender, receiver.id)
    _tell_receiver(work, receiver, new.coded["urgency"])
    work.audit("signal:sent", signal=signal_id, to=receiver.id, basis=new.basis)


def find_receiver(work: Work, agency_id: UUID, sender_id: UUID) -> Agency:
    """An agency that a signal can be sent to; raises Invalid for any other."""
    found = work.session.get(Agency, agency_id)
    if found is None or not found.is_active or found.kind not in RECEIVING_KINDS or found.id == sender_id:
        raise Invalid({"to": "unknown_choice"})
    return found


def _seal(work: Work, key: bytes, signal_id: UUID, column: str, value: object) -> bytes:
    return work.vault.seal(key, value, "signal", column, signal_id)


def _wrap(work: Work, signal_id: UUID, key: bytes, *holders: UUID) -> None:
    rows = [
        {"signal_id": signal_id, "agency_id": one, "wrapped": work.vault.wrap(key, signal_id, KEY, one)}
        for one in holders
    ]
    work.session.execute(insert(SignalKey), rows)


def _tell_receiver(work: Work, receiver: Agency, urgency: str) -> None:
    tell(work, [Telling(receiver.id, "signal:sent", role=ROLE_TOLD[receiver.kind], values={"urgency": urgency})])


def open_sent(actor: Actor, signal_id: UUID) -> OpenSignal:
    """A signal of the actor's own agency, its text as long as nobody has answered it.

    Raises NotFound for any other, Stopped where she has opened as many as she may.
    """
    with held_reading.reporting(actor), unit_of_work.write(actor) as work:
        own = select(Signal).where(Signal.id == signal_id, Signal.from_agency_id == actor.agency_id)
        row = work.session.execute(own).scalar_one_or_none()
        if row is None:
            raise NotFound
        held_reading.refuse_too_much_without_case(work, {"signal": signal_id})
        work.audit("signal:reread", signal=signal_id)
        told = _texts(work, row) if row.state in PENDING else Told("", {}, "")
        found = OpenSignal(row, told, work.session.get_one(Agency, row.to_agency_id))
        work.commit()
        return found


def open_waiting(actor: Actor, signal_id: UUID) -> OpenSignal:
    """A signal that waits for the actor's agency; the first look acknowledges it.

    Raises NotFound for any other, Stopped where she has opened as many as she may.
    """
    with held_reading.reporting(actor), unit_of_work.write(actor) as work:
        row = _find_waiting(work, signal_id)
        held_reading.refuse_too_much_without_case(work, {"signal": signal_id})
        if row.received_at is None:
            row.received_at, row.state = work.now, "received"
            _tell_sender(work, row, "signal:received")
        work.audit("signal:opened", signal=signal_id)
        found = _opened(work, row)
        work.commit()
        return found


def _opened(work: Work, row: Signal) -> OpenSignal:
    return OpenSignal(row, _texts(work, row), work.session.get_one(Agency, row.from_agency_id))


def _find_waiting(work: Work, signal_id: UUID) -> Signal:
    waits = (Signal.id == signal_id, Signal.to_agency_id == work.actor.agency_id, Signal.state.in_(PENDING))
    row = work.session.execute(select(Signal).where(*waits)).scalar_one_or_none()
    if row is None:
        raise NotFound
    return row


def _texts(work: Work, row: Signal) -> Told:
    key = _own_key(work, row.id)
    sealed = {name: getattr(row, name) for name in TEXTS}
    return Told(**{name: work.vault.open(key, one, "signal", name, row.id) for name, one in sealed.items()})


def _own_key(work: Work, signal_id: UUID) -> bytes:
    agency = work.actor.agency_id
    assert agency is not None  # noqa: S101 - members have an agency
    own = select(SignalKey.wrapped).where(SignalKey.signal_id == signal_id, SignalKey.agency_id == agency)
    wrapped = work.session.execute(own).scalar_one_or_none()
    if wrapped is None:
        raise NotFound
    return work.vault.unwrap(wrapped, signal_id, KEY, agency)


def take_up(actor: Actor, signal_id: UUID, opening: Opening, once: Once | None = None) -> dict[str, str]:
    """Open a case from a signal: its door is the sender's, its text a note of the case, and its own keys go.

    Raises NotFound for a signal that does not wait for the actor's agency, Conflict where a colleague was faster, and
    what `open_case` raises.
    """
    with unit_of_work.write(actor) as work:
        case_id, event_id = uuid4(), uuid4()
        earlier = work.once(once, {"case_id": str(case_id)})
        if earlier is not None:
            return earlier
        row = _find_waiting(work, signal_id)
        found = _opened(work, row)
        _decide(work, row, "taken_up")
        filled = {**opening.answers, "entry_door": found.entry_door}
        cases.take_first_step(work, case_id, event_id, replace(opening, answers=filled))
        _keep_with_case(work, case_id, found)
        work.audit("signal:taken_up", case_id, signal=signal_id)
        work.commit()
        return {"case_id": str(case_id)}


def _keep_with_case(work: Work, case_id: UUID, found: OpenSignal) -> None:
    """What the sender wrote becomes a note of the case, word for word."""
    texts = [one for one in (found.told.noticed, found.told.basis_reason) if one]
    notes.keep_note(work, open_keys(work, case_id), uuid4(), NewNote("T", "\n\n".join(texts), work.today))
    row = {"id": uuid4(), "case_id": case_id, "agency_id": work.actor.agency_id, "signal_id": found.row.id}
    work.session.execute(insert(SignalCase), [row])


def close(actor: Actor, signal_id: UUID, reason: str, once: Once | None = None) -> None:
    """Close a signal without a case, with a coded reason. Raises NotFound, or Conflict where a colleague was faster."""
    with unit_of_work.write(actor) as work:
        if work.once(once, {"signal_id": str(signal_id)}) is not None:
            return
        _decide(work, _find_waiting(work, signal_id), "closed", reason)
        work.audit("signal:closed", signal=signal_id, reason=reason)
        work.commit()


def _decide(work: Work, row: Signal, state: str, reason: str | None = None) -> None:
    """Answer a signal, tell its sender how it stands, and delete both wraps of its key."""
    values = {"state": state, "decided_at": work.now, "decided_by_id": work.actor.member_id, "end_reason": reason}
    values["received_at"] = row.received_at or work.now
    _change_waiting(work, row.id, **values)
    _tell_sender(work, row, f"signal:{state}")
    _drop_wrap(work, row.id)
    with work.answering_for(row.from_agency_id):
        _drop_wrap(work, row.id)


def _change_waiting(work: Work, signal_id: UUID, **values: Any) -> None:
    waits = (Signal.id == signal_id, Signal.state.in_(PENDING))
    if work.change(update(Signal).where(*waits).values(**values)) == 0:
        raise Conflict("signal_answered")


def _drop_wrap(work: Work, signal_id: UUID) -> None:
    own = (SignalKey.signal_id == signal_id, SignalKey.agency_id == work.actor.agency_id)
    work.change(delete(SignalKey).where(*own))


def _tell_sender(work: Work, row: Signal, kind: str) -> None:
    tell(work, [Telling(row.from_agency_id, kind, member_id=row.sent_by_id)])


@dataclass(frozen=True)
class PassedOn:
    """To whom a signal goes on; a basis where that is an agency of another kind than the one it was meant for."""

    to_agency_id: UUID
    basis: str | None = None
    reason: str = ""


def pass_on(actor: Actor, signal_id: UUID, asked: PassedOn, once: Once | None = None) -> UUID:
    """Pass a waiting signal on to another agency, which alone can open it from then on, besides its sender.

    To an agency of another kind only with the person's consent, for a child, or for risk to life with the reason.
    Raises NotFound, Conflict, and Invalid where the basis does not hold.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {"signal_id": str(signal_id)}) is not None:
            return signal_id
        row = _find_waiting(work, signal_id)
        assert actor.agency_id is not None  # noqa: S101 - members have an agency
        receiver = find_receiver(work, asked.to_agency_id, actor.agency_id)
        key, told = _own_key(work, signal_id), _texts(work, row)
        basis = _basis_of(row, actor.agency_kind == receiver.kind, asked)
        reason = "\n\n".join(one for one in (told.basis_reason, asked.reason) if one)
        _drop_wrap(work, signal_id)
        urgency, values = row.urgency, {"to_agency_id": receiver.id, "state": "sent", "received_at": None}
        # Passed on, it has left this agency's sight: the database lets it be written through its sender's alone.
        with work.answering_for(row.from_agency_id):
            sealed = _seal(work, key, signal_id, "basis_reason", reason)
            _change_waiting(work, signal_id, **values, basis=basis, basis_reason=sealed)
            _wrap(work, signal_id, key, receiver.id)
        _tell_receiver(work, receiver, urgency)
        _tell_sender(work, row, "signal:passed_on")
        work.audit("signal:passed_on", signal=signal_id, to=receiver.id, basis=basis)
        work.commit()
        return signal_id


def _basis_of(row: Signal, is_same_kind: bool, asked: PassedOn) -> str:
    if is_same_kind:
        return row.basis
    refuse_without_basis(asked.basis, row.age_group, asked.reason)
    return str(asked.basis)


def refuse_without_basis(basis: str | None, age_group: str, reason: str) -> None:
    """Raise Invalid unless she agreed, it is a child or in doubt, or her life is at risk and it is said why."""
    if basis == "consent" or (basis == "child" and age_group in ("child", "in_doubt")):
        return
    if basis == "child":
        raise Invalid({"basis": "not_a_child"})
    if basis != "life_at_risk":
        raise Invalid({"basis": "consent_first"})
    if not reason:
        raise Invalid({"basis_reason": "say_why"})


def answered(actor: Actor, once: Once) -> dict[str, str]:
    """What an answer that was sent before with the same key has led to; raises NotFound where there was none."""
    with unit_of_work.read(actor) as work:
        made = work.earlier(once)
    if made is None:
        raise NotFound
    return made
