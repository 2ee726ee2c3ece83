"""The list of cases as a page: rows opened as far as the reader's classes go, and which page comes next."""

from dataclasses import dataclass
from datetime import datetime

from app.queries.cases import PAGE, Asked, CaseRow, listed
from app.security.fields import IDENTITY
from app.security.policy import classes_of
from app.services.unit_of_work import Work
from app.services.viewing import Looked, full_name, open_identity


@dataclass(frozen=True)
class NamedRow:
    """A row with the name, where the reader may see it."""

    row: CaseRow
    name: str
    is_overdue: bool


@dataclass(frozen=True)
class CaseList:
    """One page of cases; `next_page` is where the next one begins, empty at the end."""

    rows: tuple[NamedRow, ...]
    sees_names: bool
    now: datetime
    next_page: str


def page(work: Work, asked: Asked) -> Looked[CaseList]:
    """One page of the list, within the actor's scope."""
    sees_names = IDENTITY in classes_of(work.actor.roles)
    found = listed(work.session, work.actor, asked, work.now, with_names=sees_names)
    rows = tuple(named(work, row) for row in found[:PAGE])
    last = rows[-1].row if len(found) > PAGE else None
    following = f"{last.opened_on.isoformat()}~{last.case_id}" if last else ""
    return Looked(CaseList(rows, sees_names, work.now, following), shown=[one.row.case_id for one in rows])


def named(work: Work, row: CaseRow) -> NamedRow:
    """A row with its identity opened."""
    name = full_name(open_identity(work, row.case_id, row.record_id, row.identity, row.identity_key))
    return NamedRow(row, name, row.due_at is not None and row.due_at < work.now)
