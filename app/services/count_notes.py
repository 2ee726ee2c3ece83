"""What a reader has to know of a report besides its numbers: what came late, how many pairs of records are in doubt."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.queries import count_notes
from app.services.counts import CountRequest, Reader, reader_of
from app.services.unit_of_work import Work


@dataclass(frozen=True)
class Notes:
    """`late` are facts recorded after the period had ended, by metric; None for who may not see small numbers.

    `pairs` of records may be one person and wait for an answer; None for who must not learn of links, and as of a past
    day: which waited then is not kept.
    """

    late: Mapping[str, int] | None = field(default=None)
    pairs: int | None = None


def of(work: Work, request: CountRequest) -> Notes:
    """The notes to a report, within the caller's unit of work: an agency's of its own facts, none for the nation's."""
    reader = reader_of(work.actor)
    if reader is Reader.NATION:
        return Notes()
    late = count_notes.late(work.session, work.actor, request.asked())
    if reader is Reader.AGENCY or request.as_of is not None:
        return Notes(late)
    with work.as_system("statistics"):
        return Notes(late, count_notes.waiting_pairs(work.session, work.actor))
