"""The acts behind the numbers of work, as they leave the system: coded, without any text, and logged before."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext

from app.errors import Forbidden
from app.queries import counts, tally_members
from app.queries.counts import AgencyName
from app.queries.tally_members import Member
from app.security.actor import Actor
from app.services import tallies, tally_nights, unit_of_work
from app.services.counts import Reader, reader_of
from app.services.tallies import WorkReport, WorkRequest
from app.services.unit_of_work import Database, Work
from app.vocabulary.tally import NIGHTS

Row = tuple[Member, AgencyName]


def numbers(actor: Actor, request: WorkRequest) -> WorkReport:
    """The numbers shown, logged as they leave. Raises Invalid for a period that is not counted for her."""
    with unit_of_work.write(actor) as work:
        found = tallies.build(work, request)
        _log(work, request)
        work.commit()
        return found


def acts(actor: Actor, request: WorkRequest) -> Iterator[Row]:
    """Each act behind the numbers, as rows come; logged before the first of them is read.

    Raises Forbidden for the national coordinator, who sees sums, and Invalid for a period that is not counted.
    """
    if reader_of(actor) is Reader.NATION:
        raise Forbidden("no_members")
    with unit_of_work.write(actor) as work:
        tallies.refuse(work, request)
        _log(work, request)
        work.commit()
    return _rows(unit_of_work.current(), actor, request)


def _log(work: Work, request: WorkRequest) -> None:
    days = {"since": request.period.start, "until": request.period.last, "as_of": request.as_of or ""}
    work.audit("tally:exported", None, format="csv", **days)


def _rows(database: Database, actor: Actor, request: WorkRequest) -> Iterator[Row]:
    with database.read(actor) as work:
        own = list(_nights(work, request))
        asked = tallies.asked_of(work, request)
        with work.as_system("statistics"):
            names = {one.id: one for one in counts.agency_names(work.session, work.actor)}
            for one in tally_members.members(work.session, work.actor, asked):
                yield one, names[one.agency_id]
        yield from ((one, names[one.agency_id]) for one in own)


def _nights(work: Work, request: WorkRequest) -> Iterator[Member]:
    """The nights of each place and day; those of erased stays on the first of their month, for no day is known."""
    if not tally_nights.is_countable(request.period):
        return
    with _as_reader(work):
        found = tally_nights.by_night(work, request.period, request.as_of)
    for night in found:
        yield Member(night.day, night.agency_id, NIGHTS, (), night.number)


def _as_reader(work: Work) -> AbstractContextManager[object]:
    """An agency counts as itself, without knowing of links."""
    return nullcontext() if reader_of(work.actor) is Reader.AGENCY else work.as_system("statistics")
