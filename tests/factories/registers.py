"""The three registers of 2007, and who keeps each; what they say is in tests/registers/2007."""

import csv
import io
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from app.models.record import LinkPair
from app.models.register import RegisterRow
from app.security.actor import system_actor
from app.services import registers
from app.services.registers import Receipt
from tests.factories.world import World

FOLDER = Path(__file__).parents[1] / "registers" / "2007"
KEEPERS = {
    "police": "police.supervisor",
    "advocates": "advocacy.supervisor",
    "return_partner": "return.supervisor",
}


def content_of(register: str) -> bytes:
    """The file as its agency keeps it."""
    return (FOLDER / f"{register}.csv").read_bytes()


def take_in(world: World) -> dict[str, Receipt]:
    """Take the three files in through the service, each as its own agency's supervisor."""
    return {
        register: registers.import_file(world.actor(keeper), content_of(register), year=2007)
        for register, keeper in KEEPERS.items()
    }


def truth() -> dict[tuple[str, int], str]:
    """The person of each row, by register and row of the file, its headings being row 1."""
    listed = csv.DictReader(io.StringIO((FOLDER / "truth.csv").read_text(encoding="utf-8")))
    return {(row["register"], int(row["row"]) + 1): row["person"] for row in listed}


def rows_of_records(world: World) -> dict[UUID, tuple[str, int]]:
    """Which row of which register each record was made of."""
    found: dict[UUID, tuple[str, int]] = {}
    for register, keeper in KEEPERS.items():
        with world.database.read(world.actor(keeper)) as work:
            rows = work.session.execute(select(RegisterRow.record_id, RegisterRow.number)).all()
        found |= {row.record_id: (register, row.number) for row in rows}
    return found


def pairs(world: World, *states: str) -> dict[UUID, frozenset[tuple[str, int]]]:
    """The pairs in these states, each as the two rows that its records were made of."""
    rows = rows_of_records(world)
    with world.database.read(system_actor("linker")) as work:
        found = work.session.execute(
            select(LinkPair.id, LinkPair.record_a_id, LinkPair.record_b_id).where(LinkPair.state.in_(states))
        ).all()
    return {row.id: frozenset({rows[row.record_a_id], rows[row.record_b_id]}) for row in found}
