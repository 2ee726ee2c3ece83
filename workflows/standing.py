"""The steps that every track has without writing them: to be set aside with a reason, and taken up again (decision 38).

So that a case can always be closed, and nothing that was set aside is lost.
"""

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from workflows.definition import (
    BACK,
    CASE_TRACK,
    SET_ASIDE,
    TAKE_UP,
    TICK,
    Citation,
    Form,
    FormField,
    Label,
    State,
    Track,
    Transition,
)

CITES = Citation("design.md decision 38", verified=False)
CARERS = ("advocate", "agency_supervisor")
"""Those who may set any track aside, beside the roles responsible for its state; for a child the social worker too."""
CARERS_OF_CHILD = ("social_worker",)

REASON_FORM = Form(
    "reason",
    Label(sq="Arsyeja", sr="Razlog", en="Reason"),
    (
        FormField(
            name="reason",
            type="text",
            sensitivity="N",
            label=Label(sq="Arsyeja", sr="Razlog", en="Reason"),
            required=True,
        ),
    ),
)
ASIDE = Label(sq="Lënë mënjanë", sr="Odloženo", en="Set aside")
SET_IT_ASIDE = Label(sq="Lër mënjanë", sr="Odloži", en="Set aside")
TAKE_IT_UP = Label(sq="Rimerr", sr="Ponovo preuzmi", en="Take up again")


def with_standing_steps(track: Track) -> Track:
    """Return the track with the state `set_aside` and the steps into it and back; the case's own track as it is."""
    running = [state for state in track.states.values() if not state.ends]
    if track.name == CASE_TRACK or not running or SET_ASIDE in track.states:
        return track
    everybody = _people(role for state in running for role in state.responsible)
    aside = State(SET_ASIDE, ASIDE, responsible=everybody)
    steps = [_set_aside(track, state) for state in running]
    back = Transition(
        track=track.name,
        action=TAKE_UP,
        label=TAKE_IT_UP,
        sources=(SET_ASIDE,),
        target=BACK,
        cites=CITES,
        by=everybody,
        by_if_child=CARERS_OF_CHILD,
        requires=("case_not_closed",),
        form=REASON_FORM.key,
        is_standard=True,
    )
    return replace(
        track,
        states=MappingProxyType({**track.states, SET_ASIDE: aside}),
        transitions=(*track.transitions, *steps, back),
    )


def _set_aside(track: Track, state: State) -> Transition:
    # A person who sleeps in a bed must leave it first: otherwise the bed would stay taken with nobody answering for it.
    effects = {effect for transition in track.transitions for effect in transition.effects}
    keeps_beds = bool(effects & {"open_stay", "hold_bed"})
    return Transition(
        track=track.name,
        action=SET_ASIDE,
        label=SET_IT_ASIDE,
        sources=(state.name,),
        target=SET_ASIDE,
        cites=CITES,
        by=_people(state.responsible),
        by_if_child=CARERS_OF_CHILD,
        requires=("case_not_closed", "no_open_stay") if keeps_beds else ("case_not_closed",),
        form=REASON_FORM.key,
        stops=tuple(dict.fromkeys(clock for one in track.transitions for clock in one.starts)),
        effects=("release_hold",) if keeps_beds else (),
        is_standard=True,
    )


def _people(roles: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(role for role in (*roles, *CARERS) if role != TICK))
