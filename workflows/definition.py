"""The shape of a procedure: labels, clocks, states, transitions, tracks, forms. Holds no rule and reads no file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

ROLES = frozenset(
    {
        "investigator",
        "advocate",
        "social_worker",
        "shelter_coordinator",
        "return_coordinator",
        "prosecutor",
        "agency_supervisor",
        "statistics_supervisor",
        "link_reviewer",
        "national_coordinator",
        "administrator",
        "hotline_operator",
        "reporter",
    }
)
TICK = "tick"
ACTORS = ROLES | {TICK}

STAGES = ("identification", "advocacy", "shelter", "return_or_reintegration")
UNITS = ("minutes", "hours", "days", "working_days", "months")
FIELD_TYPES = frozenset(
    {
        "line",
        "text",
        "date",
        "yes_no",
        "yes_no_unknown",
        "number",
        "code",
        "codes",
        "agency",
        "user",
        "bed",
        "shelter",
        "guardian",
    }
)
EFFECTS = frozenset(
    {
        "record_snapshot",
        "record_consents",
        "withdraw_consent",
        "hold_bed",
        "release_hold",
        "open_stay",
        "close_stay",
        "extend_stay",
        "record_unmet_need",
        "open_linked_case",
        "add_party",
        "hand_over",
        "end_police_duty",
        "record_service",
        "close_case",
        "reopen_case",
        "start_retention",
        "record_guardian",
        "open_emergency_bed",
    }
)

SIGNERS = ("person", "guardian", "worker")
"""Who can sign a form by hand: the person it is about, the guardian of a child, and who fills it in."""

CASE_TRACK = "case"
SET_ASIDE = "set_aside"
TAKE_UP = "take_up"
SAME = "="
ALL_CLOCKS = "*"
"""Among what a step stops: every clock that runs, but those that it starts."""
BACK = "<back>"


@dataclass(frozen=True, slots=True)
class Label:
    """What a person reads, in Albanian, Serbian (Latin script) and English."""

    sq: str
    sr: str
    en: str

    def text(self, language: str) -> str:
        """Return the wording for a language or locale (`sr_Latn` reads as `sr`); raises KeyError for any other."""
        key = language.replace("-", "_").partition("_")[0].lower()
        if key not in ("sq", "sr", "en"):
            raise KeyError(language)
        wording: str = getattr(self, key)
        return wording


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule comes from, and whether somebody has compared it with the full text."""

    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Window:
    """A length of time as the procedure says it: an amount and one of `UNITS`."""

    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A period of the procedure. One with `repeats` is a series: its due times start together, each is met in turn."""

    name: str
    window: Window
    label: Label
    cites: Citation
    reminds: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    repeats: tuple[Window, ...] = ()
    warns: tuple[Window, ...] = ()
    """How long before its end those who are reminded hear of it; without any, with a quarter of the time left."""
    runs_from: str | None = None
    """The question of the form whose day starts it, where it does not start with the act."""

    @property
    def windows(self) -> tuple[Window, ...]:
        """The windows that run from one start: those of the series, or the only one."""
        return self.repeats or (self.window,)


@dataclass(frozen=True, slots=True)
class State:
    """Where a track can be. `ends` says that nothing is open there, so that the case may be closed."""

    name: str
    label: Label
    responsible: tuple[str, ...] = ()
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Also:
    """An action that the same act fires on another track, when the guard `when` holds."""

    track: str
    action: str
    when: str | None = None


@dataclass(frozen=True, slots=True)
class ConsentRule:
    """The live consent that a step needs, unless one of the named guards gives another basis."""

    purpose: str
    recipient: str
    unless: tuple[str, ...] = ()

    @property
    def guard(self) -> str:
        """The name under which a missing consent is listed among the unmet."""
        return f"consent_{self.purpose}"


@dataclass(frozen=True, slots=True)
class TargetByAnswer:
    """A target that depends on a coded answer of the form."""

    field: str
    states: Mapping[str, str]


NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class CountRule:
    """A count under which a step counts; `when` names answers of its form, any of which must have been given."""

    count: str
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def holds(self, answers: Mapping[str, object]) -> bool:
        """Whether the answers are those that it counts with; one that was not given is `not_asked`."""
        return all((answers.get(name) or NOT_ASKED) in wanted for name, wanted in self.when)


@dataclass(frozen=True)
class Transition:
    """One way from states of a track to another state, by whom, under which conditions and with what consequences."""

    track: str
    action: str
    label: Label
    sources: tuple[str, ...]
    target: str | TargetByAnswer
    cites: Citation
    by: tuple[str, ...] = ()
    by_if_child: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    form: str | None = None
    consent: ConsentRule | None = None
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    also: tuple[Also, ...] = ()
    refers: str | None = None
    accepts: str | None = None
    declines: str | None = None
    expires: Window | None = None
    """How long a referral that it makes waits for its answer; without it, until it is withdrawn."""

    effects: tuple[str, ...] = ()
    counts: tuple[CountRule, ...] = ()
    signatures: tuple[str, ...] = ()
    signatures_if_child: tuple[str, ...] = ()
    is_standard: bool = False
    """Added to the track by the loader: `set_aside` and `take_up`."""

    roles_for_adult: frozenset[str] = field(init=False, repr=False, compare=False)
    roles_for_child: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles_for_adult", frozenset(self.by))
        object.__setattr__(self, "roles_for_child", frozenset(self.by + self.by_if_child))

    @property
    def only_also(self) -> bool:
        """Whether no actor fires it, only another act through `also`."""
        return not self.by and not self.by_if_child

    def signers(self, is_child: bool) -> tuple[str, ...]:
        """The roles that must all sign before it fires; empty for a step of one actor."""
        return self.signatures + self.signatures_if_child if is_child else self.signatures

    def targets(self, source: str) -> tuple[str, ...]:
        """The states that it can lead to from a state; `BACK` stands for the one the track was set aside from."""
        if isinstance(self.target, TargetByAnswer):
            return tuple(dict.fromkeys(self.target.states.values()))
        return (source if self.target == SAME else self.target,)


@dataclass(frozen=True)
class Track:
    """A small flat machine that runs beside the others; a case is in one of its states."""

    name: str
    stage: str
    label: Label
    initial: str
    states: Mapping[str, State]
    transitions: tuple[Transition, ...]


@dataclass(frozen=True, slots=True)
class FormField:
    """A question of a form: its type, when it must be answered, and the class of those who may read the answer."""

    name: str
    type: str
    sensitivity: str
    label: Label
    required: bool = False
    required_if: str | None = None
    codes: str | None = None
    kind: str | None = None
    hint: Label | None = None
    phase: str | None = None


@dataclass(frozen=True)
class Form:
    """What a step writes down."""

    key: str
    label: Label
    fields: tuple[FormField, ...]
    number: str | None = None
    """The number by which people call it, where its key is another."""

    signs: tuple[str, ...] = ()
    """Who signs it by hand, of `SIGNERS`; empty leaves it to what its steps do."""

    names: frozenset[str] = field(init=False, repr=False, compare=False)
    always: tuple[str, ...] = field(init=False, repr=False, compare=False)
    sometimes: tuple[tuple[str, str], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", frozenset(one.name for one in self.fields))
        always = tuple(one.name for one in self.fields if one.required)
        sometimes = tuple((one.name, one.required_if) for one in self.fields if one.required_if)
        object.__setattr__(self, "always", always)
        object.__setattr__(self, "sometimes", sometimes)


@dataclass(frozen=True)
class Procedure:
    """One version of the SOP, whole: what it extends is already resolved, and `digest` covers all of it."""

    name: str
    label: Label
    in_force_from: date
    in_force_to: date | None
    tracks: Mapping[str, Track]
    clocks: Mapping[str, ClockRule]
    forms: Mapping[str, Form]
    digest: str = ""
    carries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By track: the state in which a case goes on here that comes from another version in a state unknown to this."""
    # What leaves a state, by (track, state) and action: made once, because every page asks for it.
    leaving: Mapping[tuple[str, str], Mapping[str, Transition]] = field(init=False, repr=False, compare=False)
    at_rest: frozenset[tuple[str, str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        leaving: dict[tuple[str, str], dict[str, Transition]] = {}
        at_rest: set[tuple[str, str]] = set()
        for track in self.tracks.values():
            at_rest.update((track.name, state.name) for state in track.states.values() if state.ends)
            at_rest.add((track.name, SET_ASIDE))
            for transition in track.transitions:
                for source in transition.sources:
                    leaving.setdefault((track.name, source), {})[transition.action] = transition
        object.__setattr__(self, "leaving", MappingProxyType(leaving))
        object.__setattr__(self, "at_rest", frozenset(at_rest))

    def is_in_force(self, day: date) -> bool:
        """Whether a case opened on that day runs under this version; both ends are included."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def transition(self, track: str, state: str, action: str) -> Transition | None:
        """The transition of that action from that state, or None where the procedure lists none."""
        return self.leaving.get((track, state), {}).get(action)
