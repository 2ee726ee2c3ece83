"""The training register: recording a session on the procedure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import insert

from app.errors import Invalid
from app.models.training import TrainingSession
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.unit_of_work import Once
from workflows import registry


@dataclass(frozen=True)
class NewSession:
    """A session that was held."""

    held_on: date
    region: str
    agency_kind: str
    people: int
    topics: Sequence[str]
    procedure: str


def versions() -> tuple[str, ...]:
    """The names of the versions of the procedure that can be taught, the newest first."""
    return tuple(sorted(registry.names(), reverse=True))


def record(actor: Actor, new: NewSession, once: Once | None = None) -> UUID:
    """Record a session. Raises Invalid for a day to come or a version that there is not."""
    with unit_of_work.write(actor) as work:
        session_id = uuid4()
        earlier = work.once(once, {"session_id": str(session_id)})
        if earlier is not None:
            return UUID(earlier["session_id"])
        if new.held_on > work.today:
            raise Invalid({"held_on": "date_in_future"})
        if new.procedure not in versions():
            raise Invalid({"procedure": "unknown_choice"})
        row = {"id": session_id, "agency_id": actor.agency_id, "member_id": actor.member_id, "recorded_at": work.now}
        told = {name: getattr(new, name) for name in ("held_on", "region", "agency_kind", "people", "procedure")}
        work.session.execute(insert(TrainingSession), [{**row, **told, "topics": " ".join(new.topics)}])
        work.audit("training:recorded", session=session_id)
        work.commit()
        return session_id
