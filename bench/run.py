"""python -m bench.run [--cases 10000] [--database postgresql|sqlite]: each page beside the same thing in raw SQL.

One run: generate, serve with two workers, measure page and raw SQL in turn, print a table. CPU is what counts here;
rates on a shared machine move. Traffic goes to this machine alone.
"""

from __future__ import annotations

import argparse
import os
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import create_engine, make_url

from app import demo
from app.demo.setup import set_up
from app.matching.tokens import query_texts, token
from app.security.keyring import ensure_key_file, load_keyring
from app.services import accounts, schema, unit_of_work
from app.services.counts import CountRequest
from app.services.unit_of_work import Database
from app.vocabulary.metric import MAIN
from app.vocabulary.period import Period
from bench.agreed import agree
from bench.caseload import (
    Copier,
    Place,
    Templates,
    add_offices,
    batches,
    load_postgresql,
    load_sqlite,
    make_by_services,
)
from bench.pages import Browser, Cost, children, csrf, hidden, measure, serving
from bench.raw import COUNTS, CSV, HOUSE, LIST, PAGE, SEARCH, Raw, open_raw
from tests.support.full_house import fill_house
from tests.support.long_case import add_events, begin_all_tracks
from tests.support.postgres import running_cluster

TODAY = date(2026, 11, 1)
EVENTS = 200
MEMORY = "2GB"  # of 24: what a server for a country would be given
STEP = "steps/risk/write_safety_plan"
OPERATIONS = (
    "list",
    "case page",
    "case page, all tracks, 200 events",
    "transition",
    "search",
    "monthly counts",
    "CSV export",
    "bed board, 200 beds, 31 days",
)
BEDS = 200


@dataclass(frozen=True)
class Country:
    """A database under measurement."""

    kind: str
    app_url: str
    superuser_url: str
    folder: Path
    key_file: Path
    server_pids: Callable[[], list[int]]


@contextmanager
def country(kind: str) -> Iterator[Country]:
    """An empty database of a kind, durable as in production."""
    with tempfile.TemporaryDirectory(prefix="throughcare-bench-") as name:
        folder = Path(name)
        key_file = folder / "keys.json"
        ensure_key_file(key_file)
        if kind == "sqlite":
            url = f"sqlite:///{folder / 'throughcare.db'}"
            schema.upgrade(url)
            yield Country(kind, url, url, folder, key_file, list)
            return
        with running_cluster(durable=True, memory=MEMORY) as cluster:
            base = make_url(cluster.url("bench"))
            owner = base.set(username="throughcare_owner", password=None).render_as_string(hide_password=False)
            app_url = base.set(username="throughcare_app", password=None).render_as_string(hide_password=False)
            schema.bootstrap(cluster.url(), owner, app_url)
            schema.upgrade(owner)
            schema.give_context_key(owner, load_keyring(key_file))
            postmaster = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
            yield Country(kind, app_url, cluster.url("bench"), folder, key_file, lambda: children(postmaster))


def fill(where: Country, cases: int) -> None:
    """Agencies, people, a hundred cases by the services, and copies of them up to the number."""
    database = Database(where.app_url, load_keyring(where.key_file))
    unit_of_work.bind(database)
    agencies = set_up()
    places = add_offices(database, agencies, cases)
    make_by_services(agencies, TODAY)
    engine = create_engine(where.superuser_url)
    templates = Templates(engine, database.vault)
    home = Place(agencies["advocacy_prishtine"], (_member("advocate"),))
    found = batches(templates, Copier(database.vault, home, places), cases - len(templates.cases))
    if where.kind == "sqlite":
        load_sqlite(database.engine, found)
    else:
        load_postgresql(where.superuser_url, found)
    engine.dispose()
    database.engine.dispose()


def _member(sign_in: str) -> UUID:
    member = accounts.load_actor(sign_in).member_id
    assert member is not None
    return member


def run(kind: str, cases: int, rounds: int, only: Sequence[str] = OPERATIONS) -> list[tuple[str, Cost, Cost]]:
    """Generate, serve, measure; gives operation, ours, raw."""
    with country(kind) as where:
        began = time.perf_counter()
        fill(where, cases)
        print(f"# {kind}, {cases} cases, generated in {time.perf_counter() - began:.0f} s", flush=True)
        raw = open_raw(where.superuser_url)
        with serving(where.folder, where.app_url, where.key_file) as server:
            acts = _acts(where, server.port, raw)
            found = []
            for name in only:
                ours, plain = acts[name]
                n = max(3, rounds // 20) if name in ("monthly counts", "CSV export") else rounds
                mine = measure(server.pids, where.server_pids, ours, n)
                beside = measure(lambda: [os.getpid()], where.server_pids, plain, n)
                found.append((name, mine, beside))
                print(_line(name, mine, beside), flush=True)
        return found


def _acts(where: Country, port: int, raw: Raw) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    database = Database(where.app_url, load_keyring(where.key_file))
    unit_of_work.bind(database)
    actor = accounts.load_actor("bench.advocacy_prishtine.1")
    assert actor.agency_id is not None
    assert actor.member_id is not None
    advocate, statistics = Browser(port), Browser(port)
    advocate.sign_in("bench.advocacy_prishtine.1", "bench password")
    statistics.sign_in("statistics.supervisor", demo.PASSWORD)
    case_id, other = _rated(advocate, [UUID(str(row[0])) for row in raw.run(LIST, m=actor.member_id)])
    _lengthen(where, other)
    coordinator, house = _house(where, database, port)
    first = TODAY - timedelta(days=15)
    window = {"a": house, "f": first, "u": first + timedelta(days=31)}
    key = database.vault.keyring.search(actor.agency_id)
    mark = token(key, sorted(query_texts("Gresa", None)[0])[0])
    year = {"f": TODAY.replace(year=TODAY.year - 1), "u": TODAY}
    period = urlencode({**_day("start", year["f"]), **_day("end", TODAY - timedelta(days=1)), "breakdown": "sex"})
    agree(CountRequest(Period(year["f"], TODAY), MAIN))
    new_page = advocate.get("/cases/new")
    search = {"csrf_token": csrf(new_page), "given_name": "Gresa", "family_name": "Krasniqi"}
    return {
        "list": (lambda: advocate.get("/cases"), lambda: raw.run(LIST, m=actor.member_id)),
        "case page": (
            lambda: advocate.get(f"/cases/{case_id}"),
            lambda: [raw.run(one, c=case_id) for one in PAGE],
        ),
        "case page, all tracks, 200 events": (
            lambda: advocate.get(f"/cases/{other}"),
            lambda: [raw.run(one, c=other) for one in PAGE],
        ),
        "transition": (
            _stepping(advocate, case_id),
            lambda: raw.transition(case_id, actor.agency_id, actor.member_id),  # type: ignore[arg-type]
        ),
        "search": (
            lambda: advocate.post("/cases/search", **search, once=secrets.token_urlsafe(12)),
            lambda: raw.run(SEARCH, a=actor.agency_id, t=mark),
        ),
        "monthly counts": (lambda: statistics.get(f"/counts?{period}"), lambda: raw.run(COUNTS, **year)),
        "CSV export": (lambda: statistics.get(f"/counts/export.csv?{period}"), lambda: _csv(raw, **year)),
        "bed board, 200 beds, 31 days": (
            lambda: coordinator.get(f"/beds/month?day={first.isoformat()}"),
            lambda: [raw.run(one, **window) for one in HOUSE],
        ),
    }


def _rated(browser: Browser, cases: list[UUID]) -> tuple[UUID, UUID]:
    """The first of the cases in which the step to be measured can be taken, and another one."""
    for case_id in cases:
        if STEP in browser.get(f"/cases/{case_id}"):
            return case_id, next(one for one in cases if one != case_id)
    raise RuntimeError("no case can take the step")


def _house(where: Country, database: Database, port: int) -> tuple[Browser, UUID]:
    """A shelter of many beds, all taken, and its coordinator signed in."""
    actor = accounts.load_actor("shelter.coordinator")
    assert actor.agency_id is not None
    above = create_engine(where.superuser_url)
    fill_house(above, database.vault, "shelter_ngo", BEDS, TODAY, actor.member_id)
    above.dispose()
    browser = Browser(port)
    browser.sign_in("shelter.coordinator", demo.PASSWORD)
    return browser, actor.agency_id


def _lengthen(where: Country, case_id: UUID) -> None:
    above = create_engine(where.superuser_url)
    begin_all_tracks(above, case_id)
    add_events(above, case_id, EVENTS)
    above.dispose()


def _day(name: str, day: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def _stepping(browser: Browser, case_id: UUID) -> Callable[[], object]:
    """A durable step through the page's form: the safety plan is written again and again."""
    path = f"/cases/{case_id}/{STEP}"
    page = browser.get(path)
    state = {"version": int(hidden(page, "row_version"))}
    given = {"steps": "As agreed.", "agreed_with_person": "yes", "csrf_token": csrf(page), **_day("occurred_on", TODAY)}

    def step() -> object:
        answer = browser.post(path, **given, once=secrets.token_urlsafe(12), row_version=str(state["version"]))
        state["version"] += 1
        return answer

    return step


def _csv(raw: Raw, f: date, u: date) -> int:
    if not raw.is_postgresql:
        return len(raw.run(CSV, f=f, u=u))
    asked = CSV.replace("{f}", f"'{f}'").replace("{u}", f"'{u}'")
    with raw.connection.cursor().copy(f"COPY ({asked}) TO STDOUT WITH CSV") as copy:
        return sum(len(block) for block in copy)


def _line(name: str, ours: Cost, raw: Cost) -> str:
    return (
        f"| {name} | {ours.cpu_ms:.1f} ({ours.program_ms:.1f} + {ours.database_ms:.1f}) | {ours.per_second:.0f} |"
        f" {raw.cpu_ms:.2f} | {raw.per_second:.0f} | {ours.cpu_ms / max(raw.cpu_ms, 0.01):.0f} |"
    )


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--only", choices=OPERATIONS, nargs="+", default=OPERATIONS, help="measure these rows alone")
    options = parser.parse_args()
    run(options.database, options.cases, options.rounds, options.only)


if __name__ == "__main__":
    main()
