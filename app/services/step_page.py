"""The page of one step: its questions, what can be chosen, what is filled in already, and a joint act's draft."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.errors import NotFound
from app.queries import directory, shelter_intake, timeline
from app.queries.directory import AgencyRow, Colleague, ShelterRow
from app.queries.free_beds import FreeBed, free
from app.queries.shelter_intake import PlaceRow
from app.queries.standing import Standing
from app.security.actor import Actor
from app.security.fields import IN_STATES, open_names
from app.security.policy import classes_of
from app.services import procedures, unit_of_work, unsent
from app.services.case_keys import unwrap_keys
from app.services.hidden_places import hidden
from app.services.joint_acts import draft_answers
from app.services.matching_places import reasons_against
from app.services.places import Suggestion, suggest
from app.services.procedures import Answer
from app.services.unit_of_work import Work
from app.services.unsent import Place, Unsent
from app.services.viewing import Looked
from app.services.workflow_runner import find_standing
from workflows import engine
from workflows.definition import Form, FormField, Label, Procedure, Transition
from workflows.engine import Unmet

PARTNER_KINDS = ("police", "advocacy", "social_work", "shelter", "return_partner")
POINTER_FIELDS = ("region", "sex", "language")
PLACE_TYPES = frozenset({"shelter", "bed"})
SIGNED_ANEW = frozenset({"safety_questions", "occurred_on"})
"""What each signer answers for herself."""


@dataclass(frozen=True)
class PlacedBed:
    """A free bed with its shelter."""

    bed: FreeBed
    row: PlaceRow | ShelterRow


Choice = AgencyRow | Colleague | Suggestion | PlacedBed


@dataclass(frozen=True)
class Draft:
    """A joint act under way: who has signed as what, and who is awaited."""

    proposed_by: str
    proposed_on: date
    signed: tuple[str, ...]
    awaited: tuple[str, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class StepPage:
    """One step of one case for one actor."""

    case_id: UUID | None
    reference: str
    row_version: int
    track: str
    action: str
    label: Label
    track_label: Label
    form: Form | None
    unmet: tuple[tuple[str, bool], ...] = ()
    not_asked: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    filled_in: dict[str, Any] = field(default_factory=dict)
    choices: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    draft: Draft | None = None
    is_withdrawal: bool = False
    opens_next: bool = False
    unsent: Unsent | None = None


@dataclass(frozen=True)
class Changes:
    """What happened to a case since a version of it: the steps, newest first, and each track's state then and now."""

    steps: tuple[tuple[Label, Label, Any], ...]
    tracks: tuple[tuple[Label, Label, Label], ...]
    row_version: int


def shown(work: Work, case_id: UUID, track: str, action: str) -> Looked[StepPage]:
    """The page of a step as it is opened: with what is known filled in. Raises NotFound for what the case has not."""
    known = find_standing(work, case_id)
    return Looked(_page(work, known, track, action, fills_in=True), case_id, detail={"track": track, "step": action})


def sent(actor: Actor, case_id: UUID, track: str, action: str) -> StepPage:
    """The same page for reading what was sent back; opens nothing sealed. Raises NotFound like `shown`."""
    with unit_of_work.read(actor) as work:
        return _page(work, find_standing(work, case_id), track, action, fills_in=False)


def _page(work: Work, known: Standing, track: str, action: str, *, fills_in: bool) -> StepPage:
    procedure = procedures.procedure_of(known)
    transition = find_transition(procedure, known, track, action)
    facts = procedures.page_facts(work, known, track)
    form = procedures.form_of(procedure, transition)
    is_here = procedure.transition(track, known.states[track], action) is not None
    asked = form.names if form else frozenset()
    unmet: Iterable[Unmet] = engine.unmet_guards(transition, facts, False, asked) if is_here else ()
    return StepPage(
        case_id=known.case_id,
        reference=known.reference,
        row_version=known.row_version,
        track=track,
        action=action,
        label=transition.label,
        track_label=procedure.tracks[track].label,
        form=form,
        unmet=tuple((one.guard, one.neutral) for one in unmet),
        not_asked=procedures.not_asked_now(form, facts) | _settled_by_draft(transition, form),
        required=procedures.required_now(form, facts),
        filled_in=_filled_in(work, known, transition, form) if fills_in else {},
        choices=choices_of(work, form, known),
        draft=_draft(work, known, transition, form) if transition.signatures else None,
        is_withdrawal="withdraw_consent" in transition.effects,
        opens_next=_opens_next(procedure, transition),
        unsent=unsent.of_step(work, known, track, action) if fills_in else None,
    )


def _opens_next(procedure: Procedure, transition: Transition) -> bool:
    """Whether the step, or one that it fires, asks for a case that follows this one."""
    fired = {(transition.track, transition.action), *((also.track, also.action) for also in transition.also)}
    acts = (one for track, _ in fired for one in procedure.tracks[track].transitions if (track, one.action) in fired)
    return any("open_linked_case" in one.effects for one in acts)


def find_transition(procedure: Procedure, known: Standing, track: str, action: str) -> Transition:
    """The step from the present state, or else from any: whether it may be taken now is the runner's to say."""
    if track not in procedure.tracks:
        raise NotFound
    here = procedure.transition(track, known.states[track], action)
    anywhere = (one for one in procedure.tracks[track].transitions if one.action == action)
    found = here or next(anywhere, None)
    if found is None or found.only_also:
        raise NotFound
    return found


def choices_of(work: Work, form: Form | None, known: Standing | None) -> dict[str, tuple[Choice, ...]]:
    """Whom and what each question can be answered with, where answers are rows."""
    asked = [one for one in (form.fields if form else ()) if one.type in _CHOOSERS]
    return {one.name: _CHOOSERS[one.type](work, one, known) for one in asked}


def _agencies(work: Work, question: FormField, known: Standing | None) -> tuple[Choice, ...]:
    found = directory.agencies(work.session, work.actor, work.now, kind=question.kind)
    fitting = [one for one in found if question.kind or one.kind in PARTNER_KINDS]
    region = known.region if known else None
    return tuple(sorted(fitting, key=lambda one: one.region != region))


def _members(work: Work, question: FormField, known: Standing | None) -> tuple[Choice, ...]:
    if question.name != "called_user" or known is None:
        return tuple(directory.colleagues(work.session, work.actor))
    offices = directory.agencies(work.session, work.actor, work.now, kind="advocacy")
    near = sorted(offices, key=lambda one: one.region != known.region)
    return tuple(Colleague(one.member_id, one.name) for office in near for one in office.on_duty)


def _free_beds(work: Work, known: Standing | None) -> list[FreeBed]:
    with work.as_system("placement"):
        return free(work.session, work.actor, work.today, work.now, known.case_id if known else None)


def _shelters(work: Work, _question: FormField, known: Standing | None) -> tuple[Choice, ...]:
    return tuple(suggest(work, known)) if known else ()


def _beds(work: Work, _question: FormField, known: Standing | None) -> tuple[Choice, ...]:
    """A shelter gives its own beds; others are shown those of the shelters that take her."""
    places = shelter_intake.places_on(work.session, work.actor, work.today)
    rows = {row.shelter.agency_id: row for row in places}
    own = rows.get(work.actor.agency_id) if work.actor.agency_id else None
    fitting = {id for id, row in rows.items() if known is None or not reasons_against(row, known)}
    wanted = {own.shelter.agency_id} if own else fitting
    return tuple(PlacedBed(bed, rows[bed.agency_id]) for bed in _free_beds(work, known) if bed.agency_id in wanted)


_CHOOSERS = {"agency": _agencies, "user": _members, "shelter": _shelters, "bed": _beds}


def _filled_in(work: Work, known: Standing, transition: Transition, form: Form | None) -> dict[str, Any]:
    """What the case tells already: coarse facts for a call, the place that was proposed, a joint act's content."""
    if form is None:
        return {}
    names = {one.name for one in form.fields}
    told = {name: getattr(known, name) for name in POINTER_FIELDS} | {"age_group": age_group(known)}
    told = {name: value for name, value in told.items() if value != "unknown"}
    if transition.signatures:
        read = _readable_draft(work, known, transition, form)
        told |= {name: value for name, value in read.items() if value is not None}
    elif any(one.type in PLACE_TYPES for one in form.fields):
        told |= _place_before(work, known, transition, form)
    names -= SIGNED_ANEW
    return {name: value for name, value in told.items() if name in names}


def age_group(known: Standing) -> str:
    """Adult, child, or in doubt, as the form asks it."""
    if known.age_in_doubt:
        return "in_doubt"
    return "child" if known.is_child else "adult"


def _settled_by_draft(transition: Transition, form: Form | None) -> frozenset[str]:
    """Of a joint act's form only what must be answered is asked: the rest stands in the draft and is shown."""
    if form is None or not transition.signatures:
        return frozenset()
    return frozenset(one.name for one in form.fields if not one.required)


def _place_before(work: Work, known: Standing, transition: Transition, form: Form) -> dict[str, Any]:
    """The shelter or bed that the track's newest step named."""
    if hidden(work, known.case_id).shelters:
        return {}
    keys = unwrap_keys(work, known.case_id, known.identity_key, known.content_key)
    wanted = {one.name for one in form.fields if one.type in PLACE_TYPES}
    for event in timeline.latest(work.session, work.actor, known.case_id, transition.track):
        if event.answers is None:
            continue
        opened = work.vault.open(keys.content, event.answers, "case_event", "answers", event.id)
        found = {name: value for name, value in opened.items() if name in wanted}
        if found:
            return found
    return {}


def _readable_draft(work: Work, known: Standing, transition: Transition, form: Form | None) -> dict[str, Any]:
    """What was proposed, while it waits: whole to who signs it, whatever the classes of her role; to others None in
    the place of what their own classes do not open.
    """
    if form is None or known.states[transition.track] not in transition.sources:
        return {}
    told = draft_answers(work, known, transition)
    if work.actor.roles & set(transition.signers(known.is_child or known.age_in_doubt)):
        return told
    classes = classes_of(work.actor.roles)
    shown = IN_STATES | open_names([(one.name, one.sensitivity) for one in form.fields], classes)
    return {name: value if name in shown else None for name, value in told.items()}


def _draft(work: Work, known: Standing, transition: Transition, form: Form | None) -> Draft | None:
    """The draft under way, with what of it the reader may read."""
    if known.states[transition.track] not in transition.sources:
        return None
    happened = timeline.latest(work.session, work.actor, known.case_id, transition.track)
    state = known.states[transition.track]
    proposal = next((one for one in happened if one.to_state == state and one.action != transition.action), None)
    if proposal is None:
        return None
    signed = tuple(row.role for row in known.signatures if row.track == transition.track)
    wanted = transition.signers(known.is_child or known.age_in_doubt)
    told = _readable_draft(work, known, transition, form)
    return Draft(
        proposed_by=proposal.by,
        proposed_on=proposal.occurred_on,
        signed=signed,
        awaited=tuple(role for role in wanted if role not in signed),
        answers=tuple(Answer(one, told[one.name]) for one in (form.fields if form else ()) if one.name in told),
    )


def changes_since(actor: Actor, case_id: UUID, row_version: int) -> Changes:
    """What happened since the version that a form was opened with. Raises NotFound where the case is not open."""
    with unit_of_work.read(actor) as work:
        known = find_standing(work, case_id)
        procedure = procedures.procedure_of(known)
        happened = hidden(work, case_id).without(timeline.since(work.session, actor, case_id, row_version))
        before = dict(known.states)
        for event in happened:
            before[event.track] = event.from_state
        steps = tuple(
            (
                procedures.transition_label(procedure, one.track, one.action),
                procedures.track_label(procedure, one.track),
                one,
            )
            for one in happened
        )
        tracks = tuple(
            (
                procedure.tracks[name].label,
                procedures.state_label(procedure, name, before[name]),
                procedures.state_label(procedure, name, state),
            )
            for name, state in known.states.items()
            if before[name] != state
        )
        return Changes(steps, tracks, known.row_version)


def opening(actor: Actor, track: str, action: str, *, fills_in: bool = False) -> StepPage:
    """The page of a first act that opens a case today; raises NotFound for one that is not the actor's."""
    with unit_of_work.read(actor) as work:
        offered = {(one.track, one.action): one for one in procedures.openings(work, work.today)}
        found = offered.get((track, action))
        if found is None:
            raise NotFound
        return StepPage(
            case_id=None,
            reference="",
            row_version=0,
            track=track,
            action=action,
            label=found.label,
            track_label=found.track_label,
            form=found.form,
            choices=choices_of(work, found.form, None),
            unsent=unsent.found(work, Place(track, action)) if fills_in else None,
        )
