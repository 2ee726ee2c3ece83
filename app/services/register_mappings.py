"""The mappings by which registers are read: those that come with the system, and each agency's own."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select

from app.errors import Refusal
from app.models.register import RegisterMapping
from app.registers import guess, mapping
from app.registers.faults import RegisterFault
from app.registers.mapping import RegisterMapping as Mapped
from app.registers.reader import Table
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.unit_of_work import Work

NAME_LENGTH = 100


def mappings(actor: Actor) -> dict[str, Mapped]:
    """The presets, and the agency's own mappings, by name."""
    with unit_of_work.read(actor) as work:
        return known_to(work)


def known_to(work: Work) -> dict[str, Mapped]:
    """The same within a unit of work; an own one goes before a preset of the same name."""
    rows = work.session.execute(
        select(RegisterMapping.name, RegisterMapping.definition)
        .where(RegisterMapping.agency_id == work.actor.agency_id)
        .order_by(RegisterMapping.name)
    ).all()
    own = {row.name: mapping.from_dict(json.loads(row.definition)) for row in rows}
    return own | {name: mapping.preset(name) for name in mapping.preset_names() if name not in own}


def best_for(table: Table, known: Mapping[str, Mapped]) -> Mapped | None:
    """Of all known mappings the one that places the most columns, an own one before a preset; else a proposal.

    None where no heading is even one of a name.
    """
    fitting = [(guess.places(one, table), one) for one in known.values()]
    most = max((places for places, _ in fitting), default=0)
    if most:
        return next(one for places, one in fitting if places == most)
    try:
        return guess.propose(table).mapping
    except RegisterFault:
        return None


def save_mapping(actor: Actor, name: str, stored: Mapping[str, Any]) -> None:
    """Keep a mapping for the next file. Raises RegisterFault for one that cannot be, Refusal for a taken name."""
    with unit_of_work.write(actor) as work:
        keep(work, mapping.from_dict({**stored, "name": name}))
        work.commit()


def keep(work: Work, made: Mapped) -> None:
    """The same within the caller's transaction."""
    taken = select(RegisterMapping.id).where(
        RegisterMapping.agency_id == work.actor.agency_id, RegisterMapping.name == made.name
    )
    if made.name in mapping.preset_names() or work.session.execute(taken).first():
        raise Refusal("mapping_name_taken")
    row = {"id": uuid4(), "agency_id": work.actor.agency_id, "name": made.name, "saved_at": work.now}
    work.session.execute(insert(RegisterMapping), [{**row, "definition": json.dumps(made.to_dict())}])
    work.audit("register:mapping_saved")
