"""Pages that name people: what is found and opened, and the entry of who looked at what, in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from app.security.actor import Actor
from app.security.reading_limits import LISTS, LOOKS, WITHOUT_CASE
from app.security.vault import IDENTITY
from app.services import held_reading, unit_of_work
from app.services.unit_of_work import Work

Result = TypeVar("Result")


@dataclass(frozen=True)
class Looked(Generic[Result]):
    """What a look found, and what is to be written down of it: one case, or the cases that a list showed."""

    found: Result
    case_id: UUID | None = None
    shown: Sequence[UUID] = ()
    detail: dict[str, object] = field(default_factory=dict)


def view(actor: Actor, entry: str, look: Callable[..., Looked[Result]], /, **asked: Any) -> Result:
    """What the look finds within the actor's scope; the audit entry is kept with it or nothing is shown.

    `look` takes the unit of work. A list is one entry that names the cases shown, an opened record one entry.
    Raises what the look raises, and then keeps no entry; Stopped where she opened, or went through,
    more cases than work asks for: that is written down and told.
    """
    with held_reading.reporting(actor):
        return _viewed(actor, entry, look, **asked)


def _viewed(actor: Actor, entry: str, look: Callable[..., Looked[Result]], /, **asked: Any) -> Result:
    with unit_of_work.write(actor) as work:
        looked = look(work, **asked)
        if looked.case_id is not None and entry in LOOKS:
            held_reading.refuse_too_much(work, looked.case_id)
        if looked.shown and entry in LISTS:
            held_reading.refuse_too_long(work, looked.shown)
        detail = dict(looked.detail)
        if looked.shown:
            detail["cases"] = [str(case_id) for case_id in looked.shown]
        if looked.case_id is None and entry in WITHOUT_CASE:
            held_reading.refuse_too_much_without_case(work, detail)
        work.audit(entry, looked.case_id, **detail)
        work.commit()
        return looked.found


def open_identity(
    work: Work, case_id: UUID, record_id: UUID | None, sealed: bytes | None, wrapped: bytes | None
) -> dict[str, Any]:
    """The identity of a row that brought its wrapped key along; empty where the agency holds no key."""
    if sealed is None or wrapped is None or record_id is None or work.actor.agency_id is None:
        return {}
    key = work.vault.unwrap(wrapped, case_id, IDENTITY, work.actor.agency_id)
    opened: dict[str, Any] = work.vault.open(key, sealed, "client_record", "identity", record_id)
    return opened


def full_name(identity: dict[str, Any]) -> str:
    """Given name and surname as far as they are known."""
    return " ".join(str(identity[name]) for name in ("given_name", "family_name") if identity.get(name))
