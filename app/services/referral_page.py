"""One waiting referral as its receiver sees it: the pointer, and the forms of accepting and declining."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.errors import NotFound
from app.models.workflow import Referral, WorkflowRun
from app.queries import directory, referrals
from app.queries.directory import FocalRow
from app.queries.free_beds import kept_for
from app.queries.referrals import OpenLoopRow, QueueRow, SentRow
from app.security.actor import Actor
from app.services import procedures, unit_of_work
from app.services.step_page import Choice, PlacedBed, StepPage, choices_of
from app.services.unit_of_work import Work
from app.services.viewing import Looked
from workflows import registry
from workflows.definition import Procedure

WITHDRAWALS = ("withdraw_call", "withdraw_request")


@dataclass(frozen=True)
class ReferralPage:
    """A waiting referral and how it can be answered."""

    row: QueueRow
    accept: StepPage
    decline: StepPage | None
    now: datetime
    focal_points: tuple[FocalRow, ...] = ()


def waiting(actor: Actor, referral_id: UUID) -> ReferralPage:
    """A referral that waits for the actor's agency; raises NotFound for any other."""
    with unit_of_work.read(actor) as work:
        row = referrals.one_waiting(work.session, actor, referral_id)
        if row is None:
            raise NotFound
        procedure = _procedure(work, row)
        accept = _answer(work, procedure, row, row.accepts)
        if accept is None:
            raise NotFound
        points = tuple(directory.focal_points(work.session, actor, row.from_agency_id))
        return ReferralPage(row, accept, _answer(work, procedure, row, row.declines), work.now, points)


@dataclass(frozen=True)
class Sent:
    """A referral that waits elsewhere; `step` is the step by which the actor takes it back, where the track has one."""

    row: SentRow
    step: str | None


@dataclass(frozen=True)
class Queue:
    """What waits for the agency's answer, what it sent, and what was answered lately, both ways."""

    waiting: tuple[QueueRow, ...]
    sent: tuple[Sent, ...]
    answered: tuple[OpenLoopRow, ...]


def queue(work: Work) -> Looked[Queue]:
    """The referrals of the actor's agency, both ways: those that nobody has answered yet, and the latest others.

    Who is asked sees no case before it says yes, so that the look names those alone whose code is shown.
    """
    actor = work.actor
    sent = tuple(Sent(row, _withdrawal(actor, row)) for row in referrals.sent(work.session, actor))
    answered = tuple(referrals.of_lately(work.session, actor))
    named = sorted({one.row.case_id for one in sent} | {row.case_id for row in answered})
    return Looked(Queue(tuple(referrals.waiting(work.session, actor)), sent, answered), shown=named)


def _withdrawal(actor: Actor, row: SentRow) -> str | None:
    """The step that takes the question back and moves the track with it; None where taking back changes no state."""
    leaving = registry.get(row.procedure, row.digest).leaving.get((row.track, row.states[row.track]), {})
    fitting = (name for name, one in leaving.items() if name.startswith(WITHDRAWALS) and actor.roles & set(one.by))
    return next(fitting, None)


def _procedure(work: Work, row: QueueRow) -> Procedure:
    """The version that the case runs under: asked through the sender, for the receiver is no party yet."""
    with work.answering_for(row.from_agency_id):
        pinned = work.session.execute(
            select(WorkflowRun.procedure, WorkflowRun.digest)
            .join(Referral, Referral.case_id == WorkflowRun.case_id)
            .where(Referral.id == row.id)
        ).one()
    return registry.get(pinned.procedure, pinned.digest)


def _answer(work: Work, procedure: Procedure, row: QueueRow, action: str | None) -> StepPage | None:
    found = next((one for one in procedure.tracks[row.track].transitions if one.action == action), None)
    if found is None:
        return None
    form = procedures.form_of(procedure, found)
    choices, filled_in = _beds_and_the_one_kept(work, row, choices_of(work, form, None))
    return StepPage(
        case_id=None,
        reference="",
        row_version=0,
        track=row.track,
        action=found.action,
        label=found.label,
        track_label=procedure.tracks[row.track].label,
        form=form,
        filled_in=filled_in,
        choices=choices,
    )


def _beds_and_the_one_kept(
    work: Work, row: QueueRow, choices: dict[str, tuple[Choice, ...]]
) -> tuple[dict[str, tuple[Choice, ...]], dict[str, str]]:
    """The free beds, and first of them, chosen already, the one that is kept for an emergency."""
    kept = kept_for(work.session, work.actor, row.id, work.now) if "bed" in choices else None
    if kept is None:
        return choices, {}
    shelters = directory.shelters(work.session, work.actor)
    own = [PlacedBed(kept, one) for one in shelters if one.shelter.agency_id == kept.agency_id]
    return choices | {"bed": (*own, *choices["bed"])}, {"bed": str(kept.id)}
