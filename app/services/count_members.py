"""Who stands behind a number: an agency's own cases, pseudonyms for the statistics supervisor; each look audited."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from app.errors import Forbidden
from app.queries import count_members
from app.queries.count_members import Cell, MemberRow
from app.queries.counts import AgencyName, agency_names
from app.security.actor import Actor
from app.services.counts import CountRequest, Reader, reader_of, refuse
from app.services.unit_of_work import Work
from app.services.viewing import Looked, view
from app.vocabulary.breakdown import COMMUNITY

PAGE = 50


@dataclass(frozen=True)
class Members:
    """A page of facts behind a number, person by person; `is_more` where another page follows."""

    reader: Reader
    rows: tuple[MemberRow, ...]
    is_more: bool
    names: Mapping[UUID, AgencyName]


def members(actor: Actor, request: CountRequest, cell: Cell, page: int = 1) -> Members:
    """The people behind a number of a report that shows it raw.

    Raises Forbidden for the national coordinator, and for communities, which are shown in aggregates alone; Invalid for
    a period that is not counted.
    """
    return view(actor, "count:members", _look, request=request, cell=cell, page=page)


def _look(work: Work, request: CountRequest, cell: Cell, page: int) -> Looked[Members]:
    reader = reader_of(work.actor)
    if reader is Reader.NATION or cell.dimension == COMMUNITY:
        raise Forbidden("no_members")
    refuse(work, request)
    asked = request.asked(metrics=(cell.metric,))
    found = count_members.behind(work.session, work.actor, asked, cell, PAGE + 1, (page - 1) * PAGE)
    shown = with_references(work, found[:PAGE])
    names = {name.id: name for name in agency_names(work.session, work.actor)}
    detail: dict[str, object] = {
        "metric": cell.metric,
        "since": request.period.start,
        "until": request.period.last,
        **({cell.dimension: cell.value} if cell.dimension else {}),
        **({"of_agency": cell.agency_id} if cell.agency_id else {}),
    }
    looked = Members(reader, tuple(shown), len(found) > PAGE, names)
    return Looked(looked, shown=[row.case_id for row in shown], detail=detail)


def with_references(work: Work, found: list[MemberRow]) -> list[MemberRow]:
    """The rows with the references of cases that the statistics supervisor, a party to none, may know; others as is."""
    if reader_of(work.actor) is not Reader.STATISTICS or not found:
        return found
    known = count_members.references(work.session, [row.case_id for row in found])
    return [replace(row, reference=known.get(row.case_id, "")) for row in found]
