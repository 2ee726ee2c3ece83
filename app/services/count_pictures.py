"""What the pictures of a report show: the report itself, the ways between agencies, and how full the shelters were.

By which agencies a person was counted, together and after each other, is for who sees every number alone: a few of them
would tell of links. Other readers have what the report itself gives away of overlaps.
"""

from dataclasses import dataclass, replace

from app.queries import count_paths
from app.queries.count_paths import Next, Together
from app.queries.counts import AgencyName, agency_names
from app.security.actor import Actor
from app.services import counts, occupancy, unit_of_work
from app.services.counts import CountRequest, Reader, Report
from app.services.occupancy import Occupancy
from app.services.unit_of_work import Work

ORIGINS = ("citizenship", "region")
"""By what it is shown where people come from."""


@dataclass(frozen=True)
class Paths:
    """By which agencies people were counted: together, and one after the other."""

    together: tuple[Together, ...]
    after_each_other: tuple[Next, ...]
    names: tuple[AgencyName, ...]


@dataclass(frozen=True)
class Pictures:
    """`paths` is None for who may not see small numbers, `nights` where the reader has none or they are not asked."""

    report: Report
    paths: Paths | None
    nights: Occupancy | None


def pictures(actor: Actor, request: CountRequest) -> Pictures:
    """What is drawn of a period for the actor. Raises Invalid for a period that is not counted, or not for her."""
    dimensions = tuple(dict.fromkeys([*ORIGINS, *request.dimensions]))
    wanted = replace(request, dimensions=dimensions, drawn=len(request.metrics))
    with unit_of_work.read(actor) as work:
        return Pictures(counts.build(work, wanted), paths(work, request), nights(work, request))


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
    """How full the reader's house was, or all places; none as of a past day, for nights are known as they are now."""
    is_short = (request.period.end - request.period.start).days <= occupancy.LONGEST
    if request.as_of is not None or not is_short:
        return None
    found = occupancy.build(work, request.period)
    return found if found.columns else None
