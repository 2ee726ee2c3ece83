"""Exploring a slice of a procedure: some tracks move, of the others any state is taken to be possible.

The whole product of states is too large. A slice leaves out what it does not look at in the careful direction: it may
show a path that the whole forbids, never hide one that the whole allows. It asks the engine itself what a step does.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod

from workflows.completion import open_tracks
from workflows.definition import CASE_TRACK, SET_ASIDE, Procedure
from workflows.engine import Step, judge, roles
from workflows.facts import Facts
from workflows.situations import STATES, Act, Values, act_of, domain, is_chosen, situations

POLICE = frozenset({"investigator", "prosecutor"})
STAY = {"open_stay": True, "close_stay": False}
ASSUMED = {CASE_TRACK: "open"}
"""Where the case's own track does not move, the case is taken to be open."""

SET_ASIDE_FROM = "set_aside_from"

Memory = Hashable


@dataclass(frozen=True)
class Node:
    """Where an exploration is: the moving tracks' places, whether a stay is open, and what a question has noted."""

    places: tuple[str, ...]
    """A track that is set aside also says from where: `set_aside<STATE`."""
    has_stay: bool = False
    memory: Memory = None


@dataclass(frozen=True)
class Edge:
    """One way in which an act can go: from which states, with which facts, and the moves that it makes."""

    act: Act
    facts: Facts
    values: Values
    steps: tuple[Step, ...]

    @property
    def without_police(self) -> bool:
        """Whether it can be taken with no act of police or prosecutor, not even as one who signs."""
        signers = frozenset(self.act.transition.signers(self.facts.counts_as_child))
        return not signers & POLICE and (self.act.transition.only_also or bool(self.roles - POLICE))

    @property
    def roles(self) -> frozenset[str]:
        """The roles that may take it."""
        return roles(self.act.transition, self.facts)

    @property
    def by_itself(self) -> bool:
        """Whether an actor can take it so, and not only another act whose form gives an answer that it needs."""
        return not self.act.lent & self.facts.answers.keys()

    @property
    def effects(self) -> tuple[str, ...]:
        """What the services are asked to carry out."""
        return tuple(effect for step in self.steps for effect in step.transition.effects)


@dataclass
class Slice:
    """A part of a procedure: the tracks that move, what is watched on the way, and facts that are fixed."""

    procedure: Procedure
    moving: tuple[str, ...]
    watched: tuple[str, ...] = ()
    watches: Callable[[Act], bool] = lambda act: True
    """The acts at which what is watched takes every value; at others it is left as it is."""
    fixed: Values = field(default_factory=dict)
    closed: bool = False
    """Only steps that look at nothing outside, none set aside: leaves paths out, but each that it shows is one."""

    def __post_init__(self) -> None:
        self.acts = {
            (track, state, action): act_of(self.procedure, transition)
            for (track, state), leaving in self.procedure.leaving.items()
            if track in self.moving
            for action, transition in leaving.items()
        }
        if self.closed:
            inside = {*self.moving, *ASSUMED}
            stays = {key: act for key, act in self.acts.items() if act.touches <= inside}
            self.acts = {key: act for key, act in stays.items() if not act.transition.is_standard}
        chains = [one for act in self.acts.values() for one in act.chain]
        self.models_stay = any(effect in STAY for one in chains for effect in one.effects)
        self.is_whole = set(self.moving) == set(self.procedure.tracks)
        self._fired_outside = {
            (also.track, also.action)
            for track in self.procedure.tracks.values()
            if track.name not in self.moving
            for one in track.transitions
            for also in one.also
        }
        self._leaving: dict[tuple[str, str], list[Act]] = {}
        for (track, state, _), act in sorted(self.acts.items(), key=lambda one: len(one[1].reads)):
            if self.can_be_fired(act):
                self._leaving.setdefault((track, state), []).append(act)
        # Properties of an act that every node asks for.
        self._near = {
            id(act): [self.moving.index(one) for one in act.touches & set(self.moving)] for act in self.acts.values()
        }
        self._found: dict[Hashable, tuple[Edge, ...]] = {}
        self._classes: dict[Hashable, tuple[str, ...]] = {}

    @property
    def free(self) -> tuple[str, ...]:
        """The other tracks that the moving ones look at: any of their states is taken to be possible."""
        touched = {track for act in self.acts.values() for track in act.touches}
        return tuple(sorted(touched - set(self.moving) - set(ASSUMED)))

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts and answers that take every value."""
        return tuple(sorted({atom for act in self.acts.values() for atom in act.reads} | set(self.watched)))

    def start(self, memory: Memory = None) -> Node:
        """Return where a case begins."""
        return Node(tuple(self.procedure.tracks[track].initial for track in self.moving), False, memory)

    def acts_at(self, node: Node) -> Iterator[Act]:
        """Yield the acts that leave a node, on each track the simplest to judge first."""
        for track, place in zip(self.moving, node.places, strict=True):
            yield from self._leaving.get((track, _state(place)), ())

    def edges(self, node: Node) -> Iterator[Edge]:
        """Yield every way in which some act can go from a node; ways that look alike to the watcher once."""
        for act in self.acts_at(node):
            yield from self.ways(act, node)

    def ways(self, act: Act, node: Node) -> tuple[Edge, ...]:
        """Return every way in which an act can go from a node; ways that look alike to the watcher once."""
        key = self._key(act, node)
        if key not in self._found:
            self._found[key] = tuple(self._ways(act, node))
        return self._found[key]

    def mixtures(self, reached: Sequence[set[str]], stays: set[bool]) -> Iterator[tuple[Act, Node]]:
        """Yield each act with every mixture of the places reached that it can tell apart, track by track."""
        for at, places in enumerate(reached):
            for place in sorted(places):
                for act in self._leaving.get((self.moving[at], _state(place)), ()):
                    near = self._near[id(act)]
                    choices = [sorted(one) if other in near else [min(one)] for other, one in enumerate(reached)]
                    choices[at] = [place]
                    yield from ((act, Node(mixed, stay)) for mixed in product(*choices) for stay in sorted(stays))

    def after(self, node: Node, edge: Edge, memory: Memory = None) -> Node:
        """Return where an edge leads from a node."""
        places = list(node.places)
        for step in edge.steps:
            if step.track in self.moving and step.to_state != step.from_state:
                place = f"{SET_ASIDE}<{step.from_state}" if step.to_state == SET_ASIDE else step.to_state
                places[self.moving.index(step.track)] = place
        stays = [STAY[effect] for effect in edge.effects if effect in STAY]
        return Node(tuple(places), stays[-1] if stays else node.has_stay, memory)

    def open_ways(self, act: Act, node: Node, watched: tuple[str, ...] = ()) -> Iterator[Edge]:
        """Yield an edge for each situation in which an act is open at a node."""
        known, domains = self._range(act, node, watched)
        for values, facts in situations(self.procedure, act, known, domains):
            verdict = judge(self.procedure, facts, act.transition)
            if not verdict.unmet and verdict.stuck is None:
                yield Edge(act, facts, values, verdict.steps)

    def reliable_targets(self, act: Act, node: Node, accepts: Callable[[Edge], bool]) -> set[Node]:
        """Return where an act leads from a node however the case happens to be, if whoever acts does what she can."""
        _, domains = self._range(act, node, ())
        world = sorted(atom for atom in domains if not is_chosen(atom))
        by_world: dict[Hashable, set[Node]] = {}
        for edge in self.open_ways(act, node):
            if accepts(edge):
                key = tuple(edge.values[atom] for atom in world)
                by_world.setdefault(key, set()).add(self.after(node, edge))
        if len(by_world) < prod(len(domains[atom]) for atom in world):
            return set()
        return set.intersection(*by_world.values())

    def can_be_fired(self, act: Act) -> bool:
        """Whether an actor takes the step, or an act outside the slice may fire it."""
        one = act.transition
        return not one.only_also or (not self.closed and (one.track, one.action) in self._fired_outside)

    def _key(self, act: Act, node: Node) -> tuple[Hashable, ...]:
        # Open tracks depend on all of them.
        whole = self.is_whole and "open_tracks" in act.reads
        seen = node.places if whole else tuple(node.places[at] for at in self._near[id(act)])
        return id(act), seen, node.has_stay

    def _ways(self, act: Act, node: Node) -> Iterator[Edge]:
        seen = set()
        watched = self.watched if self.watches(act) else ()
        for edge in self.open_ways(act, node, watched):
            moves = tuple((step.track, step.to_state) for step in edge.steps)
            looks = (moves, edge.effects, edge.without_police, tuple(edge.values[atom] for atom in watched))
            if looks not in seen:
                seen.add(looks)
                yield edge

    def _range(self, act: Act, node: Node, watched: tuple[str, ...]) -> tuple[Values, dict[str, tuple[object, ...]]]:
        """Return what is known of a case at a node, and the values that all else can take."""
        at = {track: _state(place) for track, place in zip(self.moving, node.places, strict=True)}
        states = {**ASSUMED, **at}
        known: dict[str, object] = {f"{STATES}{track}": state for track, state in states.items()}
        known.update(self.fixed)
        places = zip(self.moving, node.places, strict=True)
        known[SET_ASIDE_FROM] = {track: place.partition("<")[2] for track, place in places if "<" in place}
        if self.models_stay:
            known["has_open_stay"] = node.has_stay
        if self.is_whole:
            known["open_tracks"] = open_tracks(self.procedure, states)
        domains: dict[str, tuple[object, ...]] = {}
        domains |= {f"{STATES}{track}": self._unlike(act, track) for track in act.touches - set(states)}
        domains |= {atom: domain(act, atom) for atom in (*act.reads, *watched) if atom not in known}
        return known, domains

    def _unlike(self, act: Act, track: str) -> tuple[str, ...]:
        """Return states of a track, one of each kind that the act can tell apart."""
        key = (act.transition.track, act.transition.action, act.transition.sources, track)
        if key not in self._classes:
            by_looks: dict[Hashable, str] = {}
            for state in self.procedure.tracks[track].states:
                by_looks.setdefault(self._looks(act, track, state), state)
            self._classes[key] = tuple(by_looks.values())
        return self._classes[key]

    def _looks(self, act: Act, track: str, state: str) -> Hashable:
        atom = f"{STATES}{track}"
        judged = []
        for condition in (*act.conditions, *act.followers):
            if atom in condition.reads:
                others = {one: self._any(act, one) for one in sorted(condition.reads - {atom})}
                bare = replace(act, conditions=())
                found = situations(self.procedure, bare, {atom: state}, others)
                judged.append(tuple(condition.holds(facts) for _, facts in found))
        leaving = self.procedure.leaving.get((track, state), {})
        moves = tuple((action, one.targets(state)) for action, one in leaving.items() if one in act.chain)
        return tuple(judged), moves, (track, state) in self.procedure.at_rest

    def _any(self, act: Act, atom: str) -> tuple[object, ...]:
        if atom.startswith(STATES):
            return tuple(self.procedure.tracks[atom.removeprefix(STATES)].states)
        return domain(act, atom)


Came = dict[Node, tuple[Node, Edge] | None]
"""How each node was first reached; the first one was not."""


def walk(part: Slice, start: Node, visit: Callable[[Node, Edge], Node | None]) -> tuple[Came, tuple[Node, Edge] | None]:
    """Go everywhere from a node, nearest first, and return how each was reached.

    `visit` returns where an edge leads, with its memory; or None when it shows what was looked for: then the walk stops
    and that node and edge are returned too.
    """
    came: Came = {start: None}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for edge in part.edges(node):
            target = visit(node, edge)
            if target is None:
                return came, (node, edge)
            if target not in came:
                came[target] = (node, edge)
                waiting.append(target)
    return came, None


def effects_at_most(part: Slice, start: Node, accepts: Callable[[Edge], bool]) -> frozenset[str]:
    """Return every effect that some act of a part could have if whatever a track has once reached stayed open for ever:
    more than on any path and never less, found soon where a walk through all situations is not. Not for the whole
    procedure, some of whose acts look at all tracks at once.
    """
    reached, stays, effects = [{place} for place in start.places], {start.has_stay}, set[str]()
    known, grown = 0, True
    while grown:
        for act, node in list(part.mixtures(reached, stays)):
            for edge in filter(accepts, part.ways(act, node)):
                target = part.after(node, edge)
                stays.add(target.has_stay)
                effects.update(edge.effects)
                for places, place in zip(reached, target.places, strict=True):
                    places.add(place)
        before, known = known, sum(map(len, reached)) + len(stays) + len(effects)
        grown = known > before
    return frozenset(effects)


def path_to(came: Came, node: Node) -> list[Edge]:
    """Return the edges by which a node was first reached."""
    edges = []
    before = came[node]
    while before is not None:
        node, edge = before
        edges.append(edge)
        before = came[node]
    return edges[::-1]


def _state(place: str) -> str:
    return place.partition("<")[0]
