"""What the pictures of a report show: the report itself, the ways between agencies, deadlines, how full shelters were.

By which agencies a person was counted, together and after each other, is for who sees every number alone: a few of them
would tell of links. Other readers have what the report itself gives away of overlaps.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.queries import count_paths
from app.queries import tallies as tally_query
from app.queries.count_paths import Next, Together
from app.queries.counts import AgencyName, agency_names
from app.security.actor import Actor
from app.services import counts, occupancy, tallies, unit_of_work
from app.services.count_blocks import Figure
from app.services.counts import CountRequest, Reader, Report
from app.services.occupancy import Occupancy
from app.services.tallies import WorkRequest
from app.services.unit_of_work import Work
from app.vocabulary.tally import KEPT, MISSED

ORIGINS = ("citizenship", "region")
"""By what it is shown where people come from."""


@dataclass(frozen=True)
class Paths:
    """By which agencies people were counted: together, and one after the other."""

    together: tuple[Together, ...]
    after_each_other: tuple[Next, ...]
    names: tuple[AgencyName, ...]


@dataclass(frozen=True)
class Deadlines:
    """How often a clock of the procedure was met in time, and how often it passed unmet."""

    clock: str
    kept: Figure
    missed: Figure


@dataclass(frozen=True)
class Drawn:
    """What is drawn beside the report itself.

    `paths` is None for who may not see small numbers, `nights` where the reader has none. Nights and deadlines are of
    everybody: of one row alone there are none. Nights are drawn as they are known now: as of a past day there are none.
    """

    paths: Paths | None = None
    deadlines: tuple[Deadlines, ...] = ()
    nights: Occupancy | None = None


@dataclass(frozen=True)
class Pictures:
    """A report, and what is drawn beside it."""

    report: Report
    drawn: Drawn


def pictures(actor: Actor, request: CountRequest) -> Pictures:
    """What is drawn of a period for the actor. Raises Invalid for a period that is not counted, or not for her."""
    dimensions = tuple(dict.fromkeys([*ORIGINS, *request.dimensions]))
    wanted = replace(request, dimensions=dimensions, drawn=len(request.metrics))
    with unit_of_work.read(actor) as work:
        return Pictures(counts.build(work, wanted), drawn(work, request))


def drawn(work: Work, request: CountRequest) -> Drawn:
    """What is drawn beside the report, within the caller's unit of work."""
    of_work = deadlines(work, request) if request.only is None else ()
    is_plain = request.as_of is None and request.only is None
    return Drawn(paths(work, request), of_work, nights(work, request) if is_plain else None)


def deadlines(work: Work, request: CountRequest) -> tuple[Deadlines, ...]:
    """Each clock that was met or missed in the period: the reader's agency's, or everybody's; the most first.

    The national coordinator has those of a calendar year, small numbers withheld as under the work in numbers; all as
    they were known on the day that is asked for.
    """
    asked = tallies.asked_of(work, WorkRequest(request.period, request.as_of))
    if counts.reader_of(work.actor) is Reader.NATION:
        return _in_order(Deadlines(*one) for one in tallies.clocks_of_nation(work, asked))
    with work.as_system("statistics"):
        found = tally_query.clocks(work.session, work.actor, asked)
    sums: Counter[tuple[str, str]] = Counter()
    for one in found:
        sums[one.tally, one.kind("clock")] += one.number
    return _in_order(Deadlines(clock, sums[KEPT, clock], sums[MISSED, clock]) for clock in {clock for _, clock in sums})


def _in_order(found: Iterable[Deadlines]) -> tuple[Deadlines, ...]:
    return tuple(sorted(found, key=lambda one: (-((one.kept or 0) + (one.missed or 0)), one.clock)))


def paths(work: Work, request: CountRequest) -> Paths | None:
    """The ways between agencies under the metrics asked, for who sees every number."""
    if counts.reader_of(work.actor) is not Reader.STATISTICS:
        return None
    asked = request.asked()
    return Paths(
        tuple(count_paths.together(work.session, work.actor, asked)),
        tuple(count_paths.after_each_other(work.session, work.actor, asked)),
        tuple(agency_names(work.session, work.actor)),
    )


def nights(work: Work, request: CountRequest) -> Occupancy | None:
    """How full the reader's house was, or all places; none of more years than are counted at once."""
    if (request.period.end - request.period.start).days > occupancy.LONGEST:
        return None
    found = occupancy.build(work, request.period)
    return found if found.columns else None
