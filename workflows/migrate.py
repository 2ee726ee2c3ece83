"""The plan that moves an open case from one version of the procedure to another: read by people before it is done."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from workflows.clocks import Calendar, due
from workflows.definition import SET_ASIDE, ClockRule, Procedure, Track, Transition

LEFT = "-"
"""What is chosen for a track that the other version does not have: it is left behind as it stands."""

KEPT, MAPPED, CHOSEN, BEGUN, LEFT_BEHIND = "kept", "mapped", "chosen", "begun", "left"
"""How a track comes over: by its name, by the target's own map, by hand, anew, or not at all."""

AGREED, RECOMPUTED, DROPPED, STARTED = "agreed", "recomputed", "dropped", "started"
"""How a clock comes over, beside kept: with the day that was agreed, by the other window, not at all, or begun."""

CalendarOn = Callable[[date], Calendar]
Action = tuple[str, str]
"""A track and an action on it."""


@dataclass(frozen=True, slots=True)
class Running:
    """A clock of the case that runs; `key` is the caller's own name for its row."""

    key: str
    name: str
    started_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class Position:
    """Where a case stands before it is moved."""

    states: Mapping[str, str]
    set_aside_from: Mapping[str, str] = field(default_factory=dict)
    clocks: tuple[Running, ...] = ()
    awaited: tuple[Action, ...] = ()
    """The answers that referrals of the case wait for."""
    never_starts: frozenset[str] = frozenset()
    """Clocks that this case cannot have, whatever the procedure says."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a track stands after the move; `was` is empty for one that begins, `now` for one that is left behind."""

    track: str
    was: str
    now: str
    how: str
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A state that the other version does not know, and what can be chosen for it."""

    track: str
    state: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClockChange:
    """What becomes of a clock; one that is begun has no key and was not due before."""

    name: str
    how: str
    key: str = ""
    started_at: datetime | None = None
    was_due: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What a step asks in the new version that it did not ask in the old: roles that sign it, or conditions."""

    track: str
    action: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """All that the move does. It can be carried out when nothing is unplaced and nothing unanswerable."""

    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    clocks: tuple[ClockChange, ...]
    opened: tuple[Action, ...]
    shut: tuple[Action, ...]
    signatures: tuple[Duty, ...]
    conditions: tuple[Duty, ...]
    unanswerable: tuple[Action, ...]
    """Answers that a referral waits for and that the new version does not have where the track will stand."""
    asked: tuple[Unplaced, ...] = ()
    """All that is for people to choose, those included that were chosen."""

    @property
    def is_ready(self) -> bool:
        """Whether the case can be moved."""
        return not self.unplaced and not self.unanswerable

    @property
    def states(self) -> dict[str, str]:
        """The state of each track after the move."""
        return {one.track: SET_ASIDE if one.is_aside else one.now for one in self.placed if one.now}

    @property
    def set_aside_from(self) -> dict[str, str]:
        """Where each track that is set aside is taken up again."""
        return {one.track: one.now for one in self.placed if one.is_aside}


def plan(
    old: Procedure,
    new: Procedure,
    position: Position,
    now: datetime,
    calendar_on: CalendarOn,
    chosen: Mapping[str, str] | None = None,
) -> Plan:
    """Return what a move from one version to another does to a case; a choice that is none of those offered is none."""
    tracks = _union(position.states, new.tracks)
    places = [_place(old, new, track, position, chosen or {}) for track in tracks]
    placed = tuple(one for one in places if isinstance(one, Placed))
    before, after = _open_steps(old, position.states), _open_steps(new, {one.track: _state(one) for one in placed})
    running = {clock.name for clock in position.clocks}
    # One that the case could not have been given where it stands now is no reason to keep the case.
    answerable = {(track, name) for track, at in position.states.items() for name in old.leaving.get((track, at), {})}
    begun = [
        clock
        for clock in _newly_running(old, new, placed, after.values())
        if clock not in running | position.never_starts
    ]
    return Plan(
        placed=placed,
        unplaced=_unplaced(places),
        clocks=(*_carried_clocks(old, new, position.clocks, calendar_on), *_begun(new, begun, now, calendar_on)),
        opened=tuple(step for step in after if step not in before),
        shut=tuple(step for step in before if step not in after),
        signatures=tuple(_duties(old, new, placed, lambda one: one.signers(True))),
        conditions=tuple(_duties(old, new, placed, _conditions)),
        unanswerable=tuple(one for one in position.awaited if one in answerable - _leaving(new, placed)),
        asked=_unplaced(_place(old, new, track, position, {}) for track in tracks),
    )


def _place(
    old: Procedure, new: Procedure, track: str, position: Position, chosen: Mapping[str, str]
) -> Placed | Unplaced:
    if track not in position.states:
        return Placed(track, "", new.tracks[track].initial, BEGUN)
    aside = position.states[track] == SET_ASIDE
    was = position.set_aside_from[track] if aside else position.states[track]
    target = new.tracks.get(track)
    if target is None:
        # What is at its end, or never began, leaves nothing undone behind.
        rests = (track, was) in old.at_rest or was == old.tracks[track].initial or chosen.get(track) == LEFT
        return Placed(track, was, "", LEFT_BEHIND) if rests else Unplaced(track, was, (LEFT,))
    aside = aside and SET_ASIDE in target.states
    mapped = new.carries.get(track, {}).get(was, "")
    if was in target.states or mapped:
        return Placed(track, was, mapped or was, MAPPED if mapped else KEPT, aside)
    choices = _choices(target, ends=(track, was) in old.at_rest)
    by_hand = chosen.get(track, "")
    return Placed(track, was, by_hand, CHOSEN, aside) if by_hand in choices else Unplaced(track, was, choices)


def _unplaced(places: Iterable[Placed | Unplaced]) -> tuple[Unplaced, ...]:
    return tuple(one for one in places if isinstance(one, Unplaced))


def _choices(track: Track, *, ends: bool) -> tuple[str, ...]:
    """States that end the track for one that ended, others for one under way: a move neither ends nor revives."""
    alike = tuple(state.name for state in track.states.values() if state.ends == ends and state.name != SET_ASIDE)
    return alike or tuple(name for name in track.states if name != SET_ASIDE)


def _state(one: Placed) -> str:
    return SET_ASIDE if one.is_aside else one.now


def _open_steps(procedure: Procedure, states: Mapping[str, str]) -> dict[Action, Transition]:
    """The steps that somebody can take from where the tracks stand, without those that every track has."""
    return {
        (track, action): one
        for track, state in states.items()
        for action, one in procedure.leaving.get((track, state), {}).items()
        if not one.is_standard and not one.only_also
    }


def _leaving(procedure: Procedure, placed: Iterable[Placed]) -> set[Action]:
    return {(one.track, action) for one in placed for action in procedure.leaving.get((one.track, _state(one)), {})}


def _newly_running(
    old: Procedure, new: Procedure, placed: Iterable[Placed], steps: Iterable[Transition]
) -> Iterator[str]:
    """Yield the clocks that run in a state of the new version however it is reached, and did not so in the old one.

    One that no open step would stop is not begun: what it measures lies behind the case.
    """
    stopped = {clock for one in steps for clock in one.stops}
    for one in placed:
        if one.now and one.was and not one.is_aside:
            known = _runs_in(old.tracks[one.track]).get(one.was, frozenset())
            yield from sorted((_runs_in(new.tracks[one.track])[one.now] - known) & stopped)


def _runs_in(track: Track) -> dict[str, frozenset[str]]:
    """Return the clocks that run in each state on every way to it that lies on the track itself."""
    found = dict.fromkeys(track.states, frozenset(clock for one in track.transitions for clock in one.starts))
    found[track.initial] = frozenset()
    edges = [
        (source, target, one)
        for one in track.transitions
        if not one.is_standard
        for source in one.sources
        for target in one.targets(source)
    ]
    shrunk = True
    while shrunk:
        before = dict(found)
        for source, target, one in edges:
            found[target] &= (found[source] - set(one.stops)) | set(one.starts)
        shrunk = found != before
    return found


def _carried_clocks(
    old: Procedure, new: Procedure, running: Iterable[Running], calendar_on: CalendarOn
) -> Iterator[ClockChange]:
    ordered = sorted(running, key=lambda one: (one.name, one.started_at, one.due_at))
    for (name, started_at), group in groupby(ordered, key=lambda one: (one.name, one.started_at)):
        series = list(group)
        windows = old.clocks[name].windows
        met = max(len(windows) - len(series), 0)
        for number, clock in enumerate(series, met):
            yield _carried(old.clocks[name], new.clocks.get(name), clock, number, calendar_on)
        longer = new.clocks[name].windows[len(windows) :] if name in new.clocks else ()
        calendar = calendar_on(started_at.date())
        for window in longer:
            due_at = due(window, started_at, calendar.holidays, calendar.zone)
            yield ClockChange(name, STARTED, started_at=started_at, due=due_at)


def _carried(
    rule: ClockRule, other: ClockRule | None, clock: Running, number: int, calendar_on: CalendarOn
) -> ClockChange:
    known = {"key": clock.key, "started_at": clock.started_at, "was_due": clock.due_at}
    if other is None or number >= len(other.windows):
        return ClockChange(clock.name, DROPPED, **known)  # type: ignore[arg-type]
    calendar = calendar_on(clock.started_at.date())
    was, window = rule.windows[min(number, len(rule.windows) - 1)], other.windows[number]
    if due(was, clock.started_at, calendar.holidays, calendar.zone) != clock.due_at:
        return ClockChange(clock.name, AGREED, due=clock.due_at, **known)  # type: ignore[arg-type]
    how = KEPT if was == window else RECOMPUTED
    due_at = due(window, clock.started_at, calendar.holidays, calendar.zone)
    return ClockChange(clock.name, how, due=due_at, **known)  # type: ignore[arg-type]


def _begun(new: Procedure, names: Iterable[str], now: datetime, calendar_on: CalendarOn) -> Iterator[ClockChange]:
    """Yield the clocks that begin with the move: a duty that is new cannot have been missed before."""
    calendar = calendar_on(now.date())
    for name in dict.fromkeys(names):
        for window in new.clocks[name].windows:
            due_at = due(window, now, calendar.holidays, calendar.zone)
            yield ClockChange(name, STARTED, started_at=now, due=due_at)


def _duties(
    old: Procedure, new: Procedure, placed: Iterable[Placed], asks: Callable[[Transition], tuple[str, ...]]
) -> Iterator[Duty]:
    """Yield what the steps of tracks that can still move ask that they did not ask before."""
    under_way = [one.track for one in placed if new.leaving.get((one.track, one.now))]
    before = _asked(old, under_way, asks)
    for (track, action), needs in _asked(new, under_way, asks).items():
        more = tuple(name for name in needs if name not in before.get((track, action), ()))
        if more:
            yield Duty(track, action, more)


def _asked(
    procedure: Procedure, tracks: Iterable[str], asks: Callable[[Transition], tuple[str, ...]]
) -> dict[Action, tuple[str, ...]]:
    found: dict[Action, tuple[str, ...]] = {}
    steps = [one for name in tracks if name in procedure.tracks for one in procedure.tracks[name].transitions]
    for one in steps:
        step = (one.track, one.action)
        found[step] = tuple(dict.fromkeys((*found.get(step, ()), *asks(one))))
    return found


def _conditions(one: Transition) -> tuple[str, ...]:
    return (*one.requires, one.consent.guard) if one.consent else one.requires


def _union(old: Iterable[str], new: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*old, *new]))
