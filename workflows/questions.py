"""What every procedure must be able to promise, each as a question that the explorer answers with a proof or a path."""

from collections.abc import Callable
from dataclasses import dataclass, field

from workflows.definition import Procedure
from workflows.situations import Act
from workflows.slices import Edge, Memory, Node, Slice, path_to, walk


@dataclass(frozen=True)
class Proof:
    """An answer: whether the promise holds, on which slice that was found out, and a path where it does not."""

    question: str
    claim: str
    holds: bool
    moving: tuple[str, ...]
    free: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    nodes: int = 0
    path: tuple[str, ...] = ()
    reason: str = ""

    def __str__(self) -> str:
        lines = [
            f"{'holds' if self.holds else 'FAILS'}: {self.claim} [{self.question}]",
            f"  slice: {', '.join(self.moving)} move ({self.nodes} situations reached); "
            f"any state of {', '.join(self.free) or 'no other track'}; "
            f"any value of {', '.join(self.facts) or 'no fact'}",
        ]
        if self.reason:
            lines.append(f"  {self.reason}")
        lines += [f"  {number}. {step}" for number, step in enumerate(self.path, 1)]
        return "\n".join(lines)


@dataclass(frozen=True)
class Forbidden:
    """Something that must happen on no path: what concerns it, when it is broken, and what must be remembered."""

    name: str
    claim: str
    watched: tuple[str, ...]
    about: Callable[[Act], bool]
    """The acts at which it could happen."""
    concerns: Callable[[Edge], bool]
    breaks: Callable[[Memory, Edge], str]
    """Why an edge breaks the promise; empty when it does not."""
    remembers: Callable[[Memory, Edge], Memory] = field(default=lambda memory, edge: memory)
    begins_with: Memory = None


def never(procedure: Procedure, forbidden: Forbidden, moving: tuple[str, ...]) -> Proof:
    """Return whether something forbidden happens on no path of a slice; it fails where nothing there concerns it."""
    part = Slice(procedure, moving, forbidden.watched, forbidden.about)
    concerned = reason = ""

    def visit(node: Node, edge: Edge) -> Node | None:
        nonlocal concerned, reason
        if forbidden.concerns(edge):
            concerned = edge.act.transition.action
            reason = forbidden.breaks(node.memory, edge)
            if reason:
                return None
        return part.after(node, edge, forbidden.remembers(node.memory, edge))

    came, found = walk(part, part.start(forbidden.begins_with), visit)
    path = [*path_to(came, found[0]), found[1]] if found else []
    return Proof(
        question=forbidden.name,
        claim=forbidden.claim,
        holds=bool(concerned) and found is None,
        moving=moving,
        free=part.free,
        facts=part.facts,
        nodes=len(came),
        path=told(part, path),
        reason=reason if concerned else "nothing in this slice concerns it, so nothing was shown",
    )


def always_a_way(
    question: str, claim: str, part: Slice, is_goal: Callable[[Node], bool], accepts: Callable[[Edge], bool]
) -> Proof:
    """Return whether from every node a goal can be reached by steps that nothing outside the actors' will can shut."""
    came, _ = walk(part, part.start(), part.after)
    good = {node for node in came if is_goal(node)}
    left = [node for node in came if node not in good]
    targets: dict[tuple[str, str, tuple[str, ...], bool], set[Node]] = {}

    def leads_on(node: Node) -> bool:
        for act in part.acts_at(node):
            key = (act.transition.track, act.transition.action, node.places, node.has_stay)
            if key not in targets:
                targets[key] = part.reliable_targets(act, node, accepts)
            if targets[key] & good:
                return True
        return False

    grown = True
    while grown:
        newly = [node for node in left if leads_on(node)]
        good.update(newly)
        left = [node for node in left if node not in good]
        grown = bool(newly)
    path = told(part, path_to(came, left[0])) if left else ()
    return Proof(
        question=question,
        claim=claim,
        holds=not left,
        moving=part.moving,
        free=part.free,
        facts=part.facts,
        nodes=len(came),
        path=path,
        reason=f"there is no way on from {_where(part, left[0])}, reached by" if left else "",
    )


def told(part: Slice, path: list[Edge]) -> tuple[str, ...]:
    """Return a path in words: who does what, how the tracks move, and at the end with which facts."""
    lines = [_told(edge) for edge in path]
    if path and part.watched:
        given = [(atom, path[-1].values.get(atom)) for atom in part.watched]
        yes = ", ".join(atom for atom, value in given if value) or "nothing"
        no = ", ".join(atom for atom, value in given if not value) or "nothing"
        lines[-1] += f" - with {yes}; without {no}"
    return tuple(lines)


def _told(edge: Edge) -> str:
    who = "another act" if edge.act.transition.only_also else " or ".join(sorted(edge.roles))
    moves = ", ".join(f"{step.track}: {step.from_state} -> {step.to_state}" for step in edge.steps)
    return f"{who}: {edge.act.transition.label.en} ({moves})"


def _where(part: Slice, node: Node) -> str:
    places = ", ".join(f"{track} in {place}" for track, place in zip(part.moving, node.places, strict=True))
    return f"{places} with a stay open" if node.has_stay else places
