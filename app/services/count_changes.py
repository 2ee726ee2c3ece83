"""What changed since a report's past day, fact by fact: so that today's figure and that day's can both be explained."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from app.errors import Forbidden
from app.queries import count_changes, count_members
from app.queries.count_changes import Change
from app.queries.counts import AgencyName, agency_names
from app.security.actor import Actor
from app.services.counts import CountRequest, Reader, reader_of, refuse
from app.services.unit_of_work import Work
from app.services.viewing import Looked, view


@dataclass(frozen=True)
class Changes:
    """A page of what changed; `references` are those of cases that the reader may know."""

    rows: tuple[Change, ...]
    is_more: bool
    names: Mapping[UUID, AgencyName]
    references: Mapping[UUID, str]


def changes(actor: Actor, request: CountRequest, page: int = 1) -> Changes:
    """The facts and links of a report that are others now than at its past day; the look is recorded.

    Raises Forbidden for the national coordinator, who sees no row, and Invalid for a period that is not counted.
    """
    return view(actor, "count:changes", _look, request=request, page=page)


def _look(work: Work, request: CountRequest, page: int) -> Looked[Changes]:
    reader = reader_of(work.actor)
    if reader is Reader.NATION:
        raise Forbidden("no_members")
    refuse(work, request)
    moment = request.as_of_moment
    asked = replace(request, as_of=None, only=None).asked()
    found = count_changes.since(work.session, work.actor, asked, moment, page) if moment else []
    shown = found[: count_changes.PAGE]
    cases = [row.case_id for row in shown]
    known = count_members.references(work.session, cases) if reader is Reader.STATISTICS and cases else {}
    names = {name.id: name for name in agency_names(work.session, work.actor)}
    detail: dict[str, object] = {"since": request.period.start, "until": request.period.last, "as_of": request.as_of}
    return Looked(Changes(tuple(shown), len(found) > len(shown), names, known), shown=cases, detail=detail)
