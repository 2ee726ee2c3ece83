"""A large invented caseload: cases made by the services, copied with fresh ids, keys, names, days, sealed anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from psycopg.types.json import Json
from sqlalchemy import Engine, Table, insert, select

from app.demo import stories
from app.demo.caseload import Story, person
from app.matching.tokens import link_texts, possible_birth_years, search_texts, token
from app.models import Base
from app.security.actor import system_actor
from app.security.vault import CONTENT, IDENTITY, Vault, fresh_case_keys
from app.services import intake, unit_of_work
from app.services.administration import NewMember, add_member
from app.services.unit_of_work import Database

COPIED = (
    "cases",
    "case_party",
    "case_staff",
    "case_key",
    "client_record",
    "workflow_run",
    "case_event",
    "case_clock",
    "consent",
    "count_fact",
    "service_given",
    "referral",
    "notice",
)
TOKENS = ("search_token", "link_token", "record_person")
SEALED_UNDER = {
    ("client_record", "identity"): IDENTITY,
    ("client_record", "safe_contact"): IDENTITY,
    ("case_event", "identity"): IDENTITY,
    ("case_event", "answers"): CONTENT,
}
GIVEN = ("Arta", "Besa", "Drita", "Elona", "Flutura", "Gresa", "Hana", "Ilda", "Jeta", "Kaltrina", "Lena", "Mira")
FAMILY = ("Gashi", "Krasniqi", "Berisha", "Hoxha", "Shala", "Morina", "Kelmendi", "Zeka", "Jović", "Petrović", "Bytyqi")
DAYS = 1500
CASES_OF_ONE = 700
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Place:
    """An advocacy office with its two advocates: the copies are spread over all of them."""

    agency_id: UUID
    advocates: tuple[UUID, ...]


def add_offices(database: Database, agencies: dict[str, UUID], cases: int) -> list[Place]:
    """So many advocates in each office that none has more than a working life's cases; gives the offices."""
    unit_of_work.bind(database)
    places = []
    keys = [key for key in agencies if key.startswith("advocacy_")]
    number = max(2, cases // (len(keys) * CASES_OF_ONE))
    with unit_of_work.write(system_actor("setup")) as work:
        for key, agency_id in agencies.items():
            if key in keys:
                names = [f"bench.{key}.{one + 1}" for one in range(number)]
                made = [
                    add_member(work, agency_id, NewMember(name, name, ("advocate",), "bench password"))
                    for name in names
                ]
                places.append(Place(agency_id, tuple(made)))
        work.audit("bench:offices")
        work.commit()
    return places


def make_by_services(agencies: dict[str, UUID], today: date, count: int = 100) -> None:
    """Cases at several points of the way, each made by the services, step by step; nine of ten are closed."""
    random = Random(1)
    for number in range(count):
        told = person(random.choice(GIVEN), random.choice(FAMILY), f"{1975 + number % 30}-05-{1 + number % 28:02}")
        story, ago = Story(agencies, today, told), 20 + number
        if number % 50 == 0:
            stories.screened(stories.signalled(story, ago), ago)
        elif number % 50 == 10:
            stories.with_advocate(story, ago)
        else:
            stories.assisted(stories.with_advocate(story, ago), ago - 2)
        if number % 10:
            story.does("advocate", "legal.decide_on_cooperation", ago - 10)
            story.does("advocate", "advocacy.end_assistance", ago - 10)
            story.does("advocate", "case.close", ago - 10, **stories.NO_MORE)


class Templates:
    """The rows of the cases that the services made, opened."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self.vault = vault
        with engine.connect() as connection:
            rows = {name: [dict(row._mapping) for row in connection.execute(select(_table(name)))] for name in COPIED}
        self.cases = [_of_case(rows, case["id"]) for case in rows["cases"]]
        for case in self.cases:
            self._open(case)

    def _open(self, case: Rows) -> None:
        case_id = case["cases"][0]["id"]
        keys = {
            row["kind"]: self.vault.unwrap(row["wrapped"], case_id, row["kind"], row["holder_id"])
            for row in case["case_key"]
        }
        for (table, column), kind in SEALED_UNDER.items():
            for row in case[table]:
                if row[column] is not None:
                    row[column] = self.vault.open(keys[kind], row[column], table, column, row["id"])


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _of_case(rows: Rows, case_id: UUID) -> Rows:
    return {
        name: [dict(row) for row in found if row.get("case_id", row.get("id")) == case_id]
        for name, found in rows.items()
    }


class Copier:
    """Copies of templates: other ids, other keys, other names, other days, another office."""

    def __init__(self, vault: Vault, home: Place, places: list[Place], seed: int = 7) -> None:
        self.vault, self.home, self.places, self.random = vault, home, places, Random(seed)

    def copy(self, case: Rows) -> Rows:
        """One more case like this one."""
        place = self.random.choice(self.places)
        shift = timedelta(days=self.random.randrange(DAYS))
        ids: dict[Any, Any] = {row["id"]: uuid4() for rows in case.values() for row in rows if "id" in row}
        ids[self.home.agency_id] = place.agency_id
        ids |= dict.fromkeys(self.home.advocates, self.random.choice(place.advocates))
        keys = fresh_case_keys()
        made: Rows = {name: [self._row(row, ids, shift) for row in rows] for name, rows in case.items()}
        case_row, record = made["cases"][0], made["client_record"][0]
        case_row["reference"] = f"KS-{case_row['opened_on'].year}-{uuid4().hex[:10].upper()}"
        named = {"given_name": self.random.choice(GIVEN)}
        named["family_name"] = self.random.choice(FAMILY) + self.random.choice(("", "", "aj", "i"))
        for told in (record["identity"], *(event["identity"] for event in made["case_event"])):
            if told:
                told |= {name: value for name, value in named.items() if name in told}
        for row in made["case_key"]:
            row["wrapped"] = self.vault.wrap(keys[row["kind"]], case_row["id"], row["kind"], row["holder_id"])
        for row in made["notice"]:
            row["read_at"] = row["created_at"] if case_row["status"] == "closed" else row["read_at"]
        made |= self.tokens(made)
        self._seal(made, keys)
        return made

    def _row(self, row: dict[str, Any], ids: dict[Any, Any], shift: timedelta) -> dict[str, Any]:
        return {name: _moved(value, ids, shift) for name, value in row.items()}

    def tokens(self, made: Rows) -> Rows:
        """The tokens by which a case's person is found: for each of its agencies, and for the linker."""
        record = made["client_record"][0]
        view = intake.record_view(record["id"], "", record["identity"], record)
        opener = made["cases"][0]["opened_by_agency_id"]
        keyring, of_record = self.vault.keyring, {"record_id": record["id"]}
        years = {opener: possible_birth_years(view)}  # those who come later look for a name alone
        texts = {
            agency: search_texts(view.given_names, view.surname, birth_years=years.get(agency, ()))
            for agency in {party["agency_id"] for party in made["case_party"]}
        }
        return {
            "search_token": [
                {"agency_id": agency, "token": token(keyring.search(agency), one), **of_record}
                for agency, found in texts.items()
                for one in found
            ],
            "link_token": [{"token": token(keyring.link, one), **of_record} for one in link_texts(view)],
            "record_person": [
                {**of_record, "person_id": uuid4(), "since": datetime.combine(record["snapshot_on"], time(), UTC)}
            ],
        }

    def _seal(self, made: Rows, keys: dict[str, bytes]) -> None:
        for (table, column), kind in SEALED_UNDER.items():
            for row in made[table]:
                if row[column] is not None:
                    row[column] = self.vault.seal(keys[kind], row[column], table, column, row["id"])


def _moved(value: Any, ids: dict[Any, Any], shift: timedelta) -> Any:
    if isinstance(value, UUID):
        return ids.get(value, value)
    if isinstance(value, date | datetime):
        return value - shift
    return json.loads(json.dumps(value)) if isinstance(value, dict) else value


def batches(templates: Templates, copier: Copier, count: int, size: int = 500) -> Iterator[Rows]:
    """So many copies, in batches of rows by table."""
    for start in range(0, count, size):
        batch: Rows = {name: [] for name in (*COPIED, *TOKENS)}
        for number in range(start, min(start + size, count)):
            for name, rows in copier.copy(templates.cases[number % len(templates.cases)]).items():
                batch[name] += rows
        yield batch


def load_postgresql(superuser_url: str, found: Iterator[Rows]) -> None:
    """COPY the batches in, above row-level security, and let the planner see them."""
    with psycopg.connect(superuser_url) as connection:
        connection.execute("SET session_replication_role = replica")
        for batch in found:
            for name, rows in batch.items():
                if rows:
                    _copy(connection, name, rows)
            connection.commit()
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute("SELECT roll_up_counts()")
        connection.execute("VACUUM ANALYZE")


def _copy(connection: psycopg.Connection[Any], name: str, rows: list[dict[str, Any]]) -> None:
    columns = list(rows[0])
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(name), sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([Json(v) if isinstance(v, dict) else v for v in row.values()])


def load_sqlite(engine: Engine, found: Iterator[Rows]) -> None:
    """Insert the batches, a transaction each."""
    for batch in found:
        with engine.begin() as connection:
            for name, rows in batch.items():
                if rows:
                    connection.execute(insert(_table(name)), rows)
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
