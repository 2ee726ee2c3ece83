"""The session that puts the rules of `scope` on every ORM query by itself, for the actor that it belongs to."""

from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from app.security.actor import Actor
from app.security.scope import RULES


@lru_cache(maxsize=8192)
def criterion(entity: Any, actor: Actor) -> Any | None:
    """The loader criterion of one entity for one actor; kept, for building it costs more than the query."""
    rule = RULES.get(entity)
    return None if rule is None else with_loader_criteria(entity, rule(actor), include_aliases=True)


KEPT = {"is_kept": True}
"""Execution options of a statement that a module makes once, with bound parameters for what changes."""


class ScopedSession(Session):
    """A session that belongs to an actor; what it reads is scoped by who she is."""

    actor: Actor
    is_scoped: bool = True

    def scoped_to(self, actor: Actor, *, scoped: bool = True) -> "ScopedSession":
        """Give the session its actor; `scoped=False` is for the control tests only."""
        self.actor, self.is_scoped = actor, scoped
        return self


@event.listens_for(ScopedSession, "do_orm_execute")
def _scope_query(state: ORMExecuteState) -> None:
    session = state.session
    if not isinstance(session, ScopedSession) or not session.is_scoped or state.is_insert or state.is_column_load:
        return
    if state.execution_options.get("is_kept"):
        state.statement = _made_once(cast(Hashable, state.statement), session.actor)
        return
    entities = {mapper.class_ for mapper in state.all_mappers} | _entities_in(state.statement)
    state.statement = _with_rules(state.statement, entities, session.actor)


def _with_rules(statement: Any, entities: set[Any], actor: Actor) -> Any:
    options = [criterion(cast(Hashable, entity), actor) for entity in entities]
    return statement.options(*[option for option in options if option is not None])


@lru_cache(maxsize=2048)
def _made_once(statement: Any, actor: Actor) -> Any:
    """The scoped form of a statement that is made once, kept for each reader: making it costs more than the query."""
    return _with_rules(statement, _entities_in(statement), actor)


def _entities_in(statement: Any) -> set[Any]:
    """Every entity that the statement reads, in joins, counts and subqueries too."""
    named = (element._annotations.get("parententity") for element in _parts_of(statement))
    return {entity.mapper.class_ for entity in named if entity is not None}


def _parts_of(statement: Any) -> Iterable[Any]:
    """Every part of the statement once: a table expression that is read ten times is not walked through ten times."""
    parts: dict[int, Any] = {}  # the parts too, and not their numbers alone: that of one let go is given to another
    ahead = [statement]
    while ahead:
        part = ahead.pop()
        if id(part) not in parts:
            parts[id(part)] = part
            ahead.extend(part.get_children())
    return parts.values()
