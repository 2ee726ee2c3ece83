"""Pages of incidents: the register, one with its first steps, and what those who follow a resident read of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.models.house_trouble import Incident, IncidentStep
from app.queries import house_trouble as query
from app.queries.house_trouble import IncidentRow, StepRow
from app.services import house_keys
from app.services.hidden_places import hidden
from app.services.house_keys import HouseKeys
from app.services.incidents import find, find_step, key_of, rule_of
from app.services.unit_of_work import Work
from app.services.viewing import Looked
from workflows.houses import FirstStep

TABLE, STEPS = Incident.__tablename__, IncidentStep.__tablename__


@dataclass(frozen=True)
class Step:
    """A first step with its words, and what was written at it."""

    row: StepRow
    rule: FirstStep | None
    note: str | None
    is_late: bool


@dataclass(frozen=True)
class IncidentPage:
    """One incident, opened as far as the reader holds its key."""

    row: IncidentRow
    account: str | None
    conclusion: str | None
    steps: tuple[Step, ...]
    now: datetime

    @property
    def open_steps(self) -> int:
        """How many steps are neither done nor said why not."""
        return sum(one.row.outcome is None for one in self.steps)


@dataclass(frozen=True)
class Register:
    """A page of the register, with how many first steps of each are open and late."""

    rows: tuple[IncidentRow, ...]
    late: dict[UUID, int]
    open: dict[UUID, int]


def register(work: Work, page: int = 1) -> Looked[Register]:
    """The incidents of the actor's own shelter."""
    rows = tuple(query.incidents(work.session, work.actor, Incident.agency_id == work.actor.agency_id, page=page))
    waiting = query.open_steps(work.session, work.actor)
    late = [one for one in waiting if one.due_at < work.now]
    counted = [{row.id: sum(one.incident_id == row.id for one in found) for row in rows} for found in (late, waiting)]
    return Looked(Register(rows, *counted), shown=[row.case_id for row in rows if row.case_id])


def one(work: Work, incident_id: UUID) -> Looked[IncidentPage]:
    """One incident of the actor's own shelter."""
    row = find(work, incident_id)
    return Looked(_page(work, row, key_of(work, row)), row.case_id, detail={"incident": str(incident_id)})


def one_step(work: Work, step_id: UUID) -> Looked[tuple[Step, IncidentRow]]:
    """A first step of the actor's own shelter."""
    step, row = find_step(work, step_id)
    found = _step(work, row, step, key_of(work, row))
    return Looked((found, row), row.case_id, detail={"step": str(step_id)})


def of_case(work: Work, case_id: UUID) -> tuple[IncidentPage, ...]:
    """The incidents of a case that is open to the actor, by the content key."""
    rows = hidden(work, case_id).without(query.incidents(work.session, work.actor, Incident.case_id == case_id))
    keys = house_keys.of_cases(work, [case_id])[case_id]
    return tuple(_page(work, row, _shared(keys, row)) for row in rows[: query.PAGE])


def _shared(keys: HouseKeys, row: IncidentRow) -> bytes | None:
    opened = keys.open(row.case_wrapped, "content", TABLE, "case_wrapped", row.id)
    return bytes.fromhex(opened) if opened else None


def _page(work: Work, row: IncidentRow, key: bytes | None) -> IncidentPage:
    found = query.steps(work.session, work.actor, [row.id])
    steps = tuple(_step(work, row, one, key) for one in found)
    words = [_open(work, key, sealed, TABLE, name, row.id) for name, sealed in _sealed(row)]
    return IncidentPage(row, words[0], words[1], steps, work.now)


def _sealed(row: IncidentRow) -> tuple[tuple[str, bytes | None], ...]:
    return (("account", row.account), ("conclusion", row.conclusion))


def _step(work: Work, incident: IncidentRow, row: StepRow, key: bytes | None) -> Step:
    note = _open(work, key, row.note, STEPS, "note", row.id)
    return Step(row, rule_of(incident.kind, row.name), note, row.outcome is None and row.due_at < work.now)


def _open(work: Work, key: bytes | None, sealed: bytes | None, table: str, column: str, row_id: UUID) -> str | None:
    return str(work.vault.open(key, sealed, table, column, row_id)) if key and sealed else None


def open_steps(work: Work) -> tuple[Step, ...]:
    """What is still to be done after incidents of the actor's own shelter, the most urgent first."""
    rows = query.open_steps(work.session, work.actor)
    kinds = {
        row.id: row.kind for row in query.incidents_named(work.session, work.actor, {one.incident_id for one in rows})
    }
    found = ((one, kinds.get(one.incident_id, "")) for one in rows)
    return tuple(Step(one, rule_of(kind, one.name), None, one.due_at < work.now) for one, kind in found)
