"""The course of one stay as its page shows it: children, overstay, what came before and after, leaving at high risk."""

from dataclasses import dataclass

from app.queries import companions, leaving, stay_life
from app.queries.beds import StayRow
from app.queries.companions import CompanionRow
from app.queries.leaving import Exit
from app.queries.stay_life import CorrectionRow, OtherStay, OverstayRow, ToCheck, TransferRow
from app.services.unit_of_work import Work


@dataclass(frozen=True)
class StayCourse:
    """What is known of a stay beside its days and its safety minimum."""

    children: tuple[CompanionRow, ...]
    overstays: tuple[OverstayRow, ...]
    is_agreed: bool
    transfer: TransferRow | None
    before: OtherStay | None
    after: OtherStay | None
    been_before: OtherStay | None
    corrections: tuple[CorrectionRow, ...]
    to_check: ToCheck | None
    leaving: Exit


def course_of(work: Work, stay: StayRow) -> StayCourse:
    """All of it for a stay of the actor's own shelter."""
    session, actor = work.session, work.actor
    decided = stay_life.overstays(session, actor, [stay.id])
    before, after = stay_life.before_and_after(session, actor, stay.id)
    return StayCourse(
        children=tuple(companions.of_stay(session, actor, stay.id)),
        overstays=tuple(decided),
        is_agreed=bool(decided) and decided[0].stands(stay.expected_until, work.today),
        transfer=stay_life.transfer(session, actor, stay.id),
        before=before,
        after=after,
        been_before=stay_life.been_before(session, actor, stay.id),
        corrections=tuple(stay_life.corrections(session, actor, stay.id)),
        to_check=next(iter(stay_life.to_check(session, actor, stay.id)), None),
        leaving=leaving.of_stay(session, actor, stay.id, stay.case_id),
    )
