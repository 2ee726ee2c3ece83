"""Under which version of the procedure each step of a case was taken: a case that was moved has had more than one."""

from collections.abc import Iterable
from typing import Any

from app.queries.moves import MoveRow
from app.services import procedures
from workflows import registry
from workflows.definition import Procedure


def version_at(known: Any, moves: Iterable[MoveRow], position: int) -> Procedure:
    """The version that held when a step was taken; the move itself belongs to the version that it led to.

    `known` has the `procedure` and `digest` that hold now, `moves` are in their order.
    """
    for move in moves:
        if position < move.position:
            return registry.get(move.from_procedure, move.from_digest)
    return procedures.procedure_of(known)


def version_before(move: MoveRow) -> Procedure:
    """The version that a move led away from."""
    return registry.get(move.from_procedure, move.from_digest)
