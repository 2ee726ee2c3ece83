"""Who looked at our people: for an agency's supervisor, what members of any agency did at the cases that hers is party
to. Members of other agencies are told by agency and role, her own by name; a place that an alarm keeps from her is not
told at all. To look at it is a look, and written down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.errors import NotFound
from app.queries import looks
from app.queries.looks import PAGE, Entry, SignedLine, Who
from app.services.hidden_places import hidden, hidden_by_case
from app.services.unit_of_work import Work
from app.services.viewing import Looked
from app.vocabulary.look import LISTED, kind_of

DAYS = (7, 30, 90, 365)
IN_A_FILE = 10_000


@dataclass(frozen=True)
class Look:
    """One line: when, which case, by whom, and what it amounts to."""

    at: datetime
    case_id: UUID
    reference: str
    who: Who
    is_own: bool
    kind: str


@dataclass(frozen=True)
class LookPage:
    """A page of lines, and the checkpoint that vouches for what was written down before it."""

    rows: Sequence[Look]
    has_more: bool
    reference: str = ""
    case_id: UUID | None = None
    checkpoint: SignedLine | None = None


def of_agency(work: Work, *, days: int, page: int, size: int = PAGE) -> Looked[LookPage]:
    """What was done at all cases of the agency; of lists only those of one case say which it was."""
    known = looks.cases(work.session, work.actor)
    since = work.now - timedelta(days=days)
    kept_back = {case_id: one.shelters for case_id, one in hidden_by_case(work).items() if case_id in known}
    with work.as_system("auditor"):
        found = looks.entries(work.session, work.actor, known, kept_back, since, page, size) if known else []
        latest = looks.latest_checkpoint(work.session, work.actor)
    rows = _lines(work, found[:size], known)
    shown = sorted({one.case_id for one in rows})
    return Looked(LookPage(rows, len(found) > size, checkpoint=latest), shown=shown)


def of_case(work: Work, *, case_id: UUID, days: int, page: int, size: int = PAGE) -> Looked[LookPage]:
    """What was done at one case, and the lists on which it was shown. Raises NotFound where it is not the agency's."""
    known = looks.cases(work.session, work.actor, case_id)
    if not known:
        raise NotFound
    since, kept_back = work.now - timedelta(days=days), hidden(work, case_id).shelters
    with work.as_system("auditor"):
        found = looks.entries_of(work.session, work.actor, case_id, kept_back, since, page, size)
    rows = _lines(work, found[:size], known, case_id)
    return Looked(LookPage(rows, len(found) > size, known[case_id], case_id), case_id)


def latest(work: Work) -> Looked[SignedLine]:
    """The latest checkpoint, for the agency to keep. Raises NotFound where none has been made yet."""
    with work.as_system("auditor"):
        found = looks.latest_checkpoint(work.session, work.actor)
    if found is None:
        raise NotFound
    return Looked(found, detail={"number": found.number})


def _lines(work: Work, found: Sequence[Entry], known: dict[UUID, str], about: UUID | None = None) -> list[Look]:
    people = looks.people(work.session, work.actor, {one.member_id for one in found}) if found else {}
    return [_line(work, one, known, people[one.member_id], about) for one in found if one.member_id in people]


def _line(work: Work, one: Entry, known: dict[UUID, str], who: Who, about: UUID | None) -> Look:
    case_id = one.case_id if one.case_id in known else about
    assert case_id is not None  # noqa: S101 - it was looked for by this id
    kind = LISTED if one.case_id is None else kind_of(one.action)
    return Look(one.at, case_id, known[case_id], who, who.agency_id == work.actor.agency_id, kind)
