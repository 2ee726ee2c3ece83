"""The acts behind the numbers of work, as they leave the system: coded, without any text, and logged before."""

from collections.abc import Iterator
from datetime import date

from app.errors import Forbidden
from app.queries import counts, kept_nights, nights, tally_members
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
        tallies.refuse_period(reader_of(actor), request, work.today)
        _log(work, request)
        work.commit()
    return _rows(unit_of_work.current(), actor, request)


def _log(work: Work, request: WorkRequest) -> None:
    days = {"since": request.period.start, "until": request.period.last, "as_of": request.as_of or ""}
    work.audit("tally:exported", None, format="csv", **days)


def _rows(database: Database, actor: Actor, request: WorkRequest) -> Iterator[Row]:
    with database.read(actor) as work:
        own = list(_nights(work, request)) if request.as_of is None else []
        asked = tallies.asked_of(work, request)
        with work.as_system("statistics"):
            names = {one.id: one for one in counts.agency_names(work.session, work.actor)}
            for one in tally_members.members(work.session, work.actor, asked):
                yield one, names[one.agency_id]
        yield from ((one, names[one.agency_id]) for one in own)


def _nights(work: Work, request: WorkRequest) -> Iterator[Member]:
    """The nights of each place and day; those of erased stays on the first of their month, for no day is known."""
    period = request.period
    if not tally_nights.is_countable(period):
        return
    if reader_of(work.actor) is Reader.AGENCY:
        yield from _nights_of(work, request, "nights")
        return
    with work.as_system("statistics"):
        yield from list(_nights_of(work, request, "once_here"))


def _nights_of(work: Work, request: WorkRequest, kept_as: str) -> Iterator[Member]:
    own = work.actor.agency_id if kept_as == "nights" else None
    asked = (work.session, work.actor, request.period)
    for night in nights.by_night(*asked, work.today, own):
        if night.slept:
            yield Member(night.night, night.agency_id, NIGHTS, (), night.slept)
    for kept in kept_nights.by_month(*asked, own):
        if kept.is_whole_in(request.period) and not kept.is_cot:
            yield Member(_first(kept.month), kept.agency_id, NIGHTS, (), getattr(kept, kept_as))


def _first(month: date) -> date:
    return month.replace(day=1)
