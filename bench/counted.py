"""A million cases for counting alone: of each case that the services made, the rows that are counted, by COPY.

Names, keys and events stay out, which would take hours to seal. Who is who and when is new in each copy; all else of
the case, its record and its facts is what the services wrote. One record in ten is linked to the one before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql

from app.models import Base
from bench.caseload import DAYS, Place, Rows

COUNTED = ("cases", "client_record", "count_fact")
PERSON = "record_person"
BATCH = 20_000
LINKED_OF_TEN = 1
Lines = dict[str, list[str]]


class Counted:
    """A case as lines of COPY in which ids and days are left open."""

    def __init__(self, case: Rows, home: Place) -> None:
        ids = [row["id"] for name in COUNTED for row in case[name]]
        self.names = {one: f"i{place}" for place, one in enumerate(ids)} | {home.agency_id: "agency"}
        self.days: dict[str, date | datetime] = {}
        self.lines = {name: [self._line(name, row) for row in case[name]] for name in COUNTED}
        self.record = self.names[case["client_record"][0]["id"]]

    def _line(self, table: str, row: dict[str, Any]) -> str:
        return "\t".join(self._open(column.name, row) for column in Base.metadata.tables[table].columns)

    def _open(self, column: str, row: dict[str, Any]) -> str:
        value = row[column]
        if value is None or isinstance(value, dict) or column == "event_id":
            return r"\N"
        if column == "reference":
            return "KS-{reference}"
        if value in self.names:
            return "{" + self.names[value] + "}"
        if isinstance(value, date | datetime):
            name = f"d{len(self.days)}"
            self.days[name] = value
            return "{" + name + "}"
        return str(value).replace("\\", r"\\").replace("{", "{{").replace("}", "}}")

    def copy(self, agency: UUID, shift: timedelta, person: UUID | None) -> tuple[Lines, UUID]:
        """The lines of one more case like this, and who its person is."""
        ids = {name: str(uuid4()) for name in self.names.values()}
        whose = person or uuid4()
        days = {name: str(day - shift) for name, day in self.days.items()}
        told = {**ids, **days, "agency": str(agency), "reference": ids[self.record][:18]}
        lines = {name: [line.format_map(told) for line in found] for name, found in self.lines.items()}
        opened = next(day for day in self.days.values() if isinstance(day, datetime)) - shift
        lines[PERSON] = [f"{ids[self.record]}\t{whose}\t{opened}"]
        return lines, whose


def batches(
    cases: Sequence[Rows], home: Place, agencies: Sequence[UUID], count: int, seed: int = 11
) -> Iterator[Lines]:
    """So many cases of these agencies, in batches of lines by table."""
    made, dice = [Counted(case, home) for case in cases], Random(seed)
    # The oldest first, as a country would have written them: what happened in one month lies together.
    shifts = sorted((dice.randrange(DAYS) for _ in range(count)), reverse=True)
    person: UUID | None = None
    for start in range(0, count, BATCH):
        batch: Lines = {name: [] for name in (*COUNTED, PERSON)}
        for number in range(start, min(start + BATCH, count)):
            known = person if dice.randrange(10) < LINKED_OF_TEN else None
            shift = timedelta(days=shifts[number])
            lines, person = made[number % len(made)].copy(dice.choice(agencies), shift, known)
            for name, found in lines.items():
                batch[name] += found
        yield batch


def load(superuser_url: str, found: Iterator[Lines]) -> None:
    """COPY the batches in past the triggers, roll them up once, and let the planner see them."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        indexes = [definition for table in (*COUNTED, PERSON) for definition in _taken_off(connection, table)]
        for batch in found:
            for name, lines in batch.items():
                _copy(connection, name, lines)
        for definition in indexes:
            connection.execute(definition)
        connection.execute("VACUUM ANALYZE")
        connection.execute("SELECT roll_up_counts()")
        connection.execute("VACUUM ANALYZE count_cell")


def _copy(connection: psycopg.Connection[Any], name: str, lines: list[str]) -> None:
    columns = [column.name for column in Base.metadata.tables[name].columns]
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(name), listed)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write("\n".join(lines) + "\n")


def _taken_off(connection: psycopg.Connection[Any], table: str) -> list[Any]:
    """Drop the indexes that no constraint needs; gives how they are made again, which is quicker than row by row."""
    asked = """
        SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
         WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
    """
    found = connection.execute(asked, (table,)).fetchall()
    for name, _ in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    return [definition for _, definition in found]
