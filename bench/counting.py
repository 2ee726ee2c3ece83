"""python -m bench.counting [--cases 10000 100000]: counting on PostgreSQL beside the same questions in plain SQL.

For each size: the standing tables of a month and of a year from the roll-ups, a day of the past, the CSV of all coded
fields through a server of two workers, and what the roll-ups cost sixteen writers. Traffic goes to this machine alone.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import psycopg
from psycopg import sql
from sqlalchemy import create_engine

from app import demo
from app.demo.setup import set_up
from app.models.count import DIMENSIONS
from app.models.record import ClientRecord
from app.queries import counts
from app.queries.count_facts import Asked, Grain
from app.security.actor import Actor
from app.security.keyring import load_keyring
from app.services import accounts, unit_of_work
from app.services import counts as reports
from app.services.counts import CountRequest
from app.services.unit_of_work import Database
from app.vocabulary.breakdown import BREAKDOWN
from app.vocabulary.metric import METRIC
from app.vocabulary.period import Period, end_of_day, month, year
from bench import counted
from bench.agreed import agree
from bench.caseload import Place, Templates, make_by_services
from bench.pages import Browser, Server, cpu_seconds, serving
from bench.run import Country, country

TODAY = date(2026, 11, 1)
A_MONTH, A_YEAR = month(2025, 3), year(2025)
EVERY_YEAR = Period(date(2015, 1, 1), TODAY)
WRITERS, WRITES = 16, 100
LOOK_SECONDS = 0.2
LONG_ENOUGH = 20_000  # milliseconds of one thing
SETTINGS = "-c jit=off -c random_page_cost=1.1 -c work_mem=32MB"

TABLE = """
SELECT f.metric, f.sex, count(DISTINCT coalesce(p.person_id, f.record_id)) FROM count_fact f
LEFT JOIN record_person p ON p.record_id = f.record_id
WHERE f.occurred_on >= %(f)s AND f.occurred_on < %(u)s GROUP BY f.metric, f.sex
"""
AS_OF = """
WITH known AS (
    SELECT f.metric, f.agency_id, f.sex, f.occurred_on,
           coalesce(b.person_id, CASE WHEN p.since < %(t)s THEN p.person_id END, f.record_id) AS person,
           min(f.recorded_at) AS recorded_at
      FROM count_fact f LEFT JOIN record_person p ON p.record_id = f.record_id
      LEFT JOIN former_person b ON b.record_id = f.record_id AND b.since < %(t)s AND b.until >= %(t)s
     WHERE f.occurred_on >= %(f)s AND f.occurred_on < %(u)s AND f.recorded_at < %(t)s
     GROUP BY f.record_id, f.metric, f.agency_id, f.sex, f.occurred_on, person HAVING sum(f.weight) > 0
), first AS (
    SELECT DISTINCT ON (person, metric) metric, sex FROM known
     ORDER BY person, metric, occurred_on, recorded_at, agency_id
), there AS (SELECT DISTINCT metric, agency_id, person FROM known)
SELECT 'total', metric, '', count(DISTINCT person) FROM there GROUP BY metric
UNION ALL SELECT 'agency', metric, agency_id::text, count(*) FROM there GROUP BY metric, agency_id
UNION ALL SELECT 'people', '', '', count(DISTINCT person) FROM there
UNION ALL SELECT 'sex', metric, sex, count(*) FROM first GROUP BY metric, sex
"""
_SAID = ", ".join(DIMENSIONS)
_OF_RECORD = ", ".join(name if name in ClientRecord.__table__.columns else "'unknown'" for name in DIMENSIONS)
FACT = f"""
INSERT INTO count_fact (id, case_id, agency_id, record_id, metric, occurred_on, recorded_at, weight, {_SAID})
SELECT gen_random_uuid(), case_id, agency_id, id, 'assisted', %(day)s, now(), 1, {_OF_RECORD}
  FROM client_record WHERE id = %(record)s
"""  # noqa: S608 - of the names of columns alone


@dataclass(frozen=True)
class Bench:
    """A filled database under measurement."""

    where: Country
    database: Database
    actor: Actor
    superuser: str

    def milliseconds(self, act: Callable[[], object], rounds: int = 9) -> float:
        """The median time of an act, warm; of fewer rounds where one takes long."""
        act()
        found: list[float] = []
        while len(found) < rounds and sum(found) < LONG_ENOUGH:
            began = time.perf_counter()
            act()
            found.append((time.perf_counter() - began) * 1000)
        return statistics.median(found)

    def cells(self, asked: Asked, dimensions: tuple[str, ...]) -> Callable[[], object]:
        """The tables as the application counts them."""

        def act() -> object:
            with self.database.read(self.actor) as work:
                return counts.cells(work.session, self.actor, asked, dimensions)

        return act

    def scanned(self, asked: Asked, dimensions: tuple[str, ...]) -> Callable[[], object]:
        """The same from the facts."""

        def act() -> object:
            with self.database.read(self.actor) as work:
                return counts.from_facts(work.session, self.actor, asked, dimensions, (Grain.WHOLE,))

        return act

    def raw(self, statement: str, **values: Any) -> Callable[[], object]:
        """The same in plain SQL, above row-level security."""
        connection = psycopg.connect(self.superuser, options=SETTINGS, autocommit=True)
        return lambda: connection.execute(statement, values).fetchall()


def fill(where: Country, cases: int) -> Database:
    """Agencies, people, a hundred cases by the services, and what is counted of copies of them."""
    database = Database(where.app_url, load_keyring(where.key_file))
    unit_of_work.bind(database)
    agencies = set_up()
    make_by_services(agencies, TODAY)
    engine = create_engine(where.superuser_url)
    templates = Templates(engine, database.vault)
    engine.dispose()
    home = Place(agencies["advocacy_prishtine"], ())
    offices = [agency for key, agency in agencies.items() if key.startswith("advocacy_")]
    counted.load(where.superuser_url, counted.batches(templates.cases, home, offices, cases - len(templates.cases)))
    return database


def tables(bench: Bench) -> None:
    """The standing tables, by roll-ups and scanned, beside one plain statement."""
    every = BREAKDOWN.keys()
    for name, period in (("month", A_MONTH), ("year", A_YEAR)):
        asked = Asked(period)
        ours = bench.milliseconds(bench.cells(asked, every))
        scan = bench.milliseconds(bench.scanned(asked, every), 3)
        plain = bench.milliseconds(bench.raw(TABLE, f=period.start, u=period.end), 3)
        page = bench.milliseconds(partial(reports.report, bench.actor, CountRequest(period, dimensions=every)), 3)
        print(f"| tables of a {name} | {ours:.1f} | {scan:.0f} | {plain:.0f} | {page:.0f} |", flush=True)


def past(bench: Bench) -> None:
    """A past day, beside the same question in plain SQL."""
    for name, period in (("month", A_MONTH), ("year", A_YEAR)):
        at = end_of_day(TODAY - timedelta(days=30))
        ours = bench.milliseconds(bench.cells(Asked(period, as_of=at), ("sex",)), 5)
        plain = bench.milliseconds(bench.raw(AS_OF, f=period.start, u=period.end, t=at), 5)
        print(f"| {name} as of a past day | {ours:.0f} | {plain:.0f} | {ours / plain:.2f} |", flush=True)


def csv(bench: Bench) -> None:
    """All coded fields as CSV: rows a second, and the memory of the server's fattest process meanwhile.

    How much it grew; its own share (Pss: what it shares with two others counts a third); all that it can reach (RSS).
    """
    with serving(bench.where.folder, bench.where.app_url, bench.where.key_file) as server:
        browser = Browser(server.port)
        browser.sign_in("statistics.supervisor", demo.PASSWORD)
        for period in (A_MONTH, EVERY_YEAR):
            agree(CountRequest(period, tuple(METRIC.keys())))
        _read(browser, _of(A_MONTH))
        before = _peak(server)
        with ThreadPoolExecutor(1) as beside:
            began = time.perf_counter()
            reading = beside.submit(_read, browser, _of(EVERY_YEAR))
            shares = [_own_share(server)]
            while not wait([reading], LOOK_SECONDS).done:
                shares.append(_own_share(server))
            rows, seconds = reading.result(), time.perf_counter() - began
        peak = _peak(server)
        told = f"grew by {(peak - before) / 1024:.1f} MB, own share {max(shares) / 1024:.0f} of {peak / 1024:.0f} MB"
        print(f"| CSV, {rows} rows | {rows / seconds:.0f} a second | {told} |", flush=True)


def _of(period: Period) -> str:
    days = {"start": period.start, "end": period.last}
    return urlencode(
        {f"{name}-{part}": getattr(day, part) for name, day in days.items() for part in ("day", "month", "year")}
    )


def _read(browser: Browser, period: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", browser.port, timeout=600)
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    metrics = urlencode([("metrics", one) for one in METRIC.keys()])  # noqa: SIM118 - a code list, no dict
    connection.request("GET", f"/counts/export.csv?{period}&{metrics}", headers={"Cookie": cookie})
    answer = connection.getresponse()
    assert answer.status == 200, answer.status
    lines = 0
    while block := answer.read(1 << 20):
        lines += block.count(b"\n")
    connection.close()
    return lines - 1


def _peak(server: Server) -> int:
    """The largest memory that any process of the server ever had, in kB."""
    return max(_told(pid, "status", "VmHWM:") for pid in server.pids())


def _own_share(server: Server) -> int:
    """The largest share of memory that is a process's own just now, in kB: what three share counts a third in each."""
    return max(_told(pid, "smaps_rollup", "Pss:") for pid in server.pids())


def _told(pid: int, paper: str, name: str) -> int:
    return int(Path(f"/proc/{pid}/{paper}").read_text().split(name)[1].split()[0])


def writers(bench: Bench) -> None:
    """Sixteen writers of facts, each act a transaction, with the triggers of the roll-ups and without."""
    with psycopg.connect(bench.superuser, autocommit=True) as connection:
        asked = "SELECT id FROM client_record ORDER BY md5(id::text) LIMIT %s"
        records = [row[0] for row in connection.execute(asked, (WRITERS * WRITES,))]
        for name, state in (("with roll-ups", "ENABLE"), ("without", "DISABLE"), ("with roll-ups", "ENABLE")):
            connection.execute(sql.SQL("ALTER TABLE count_fact {} TRIGGER USER").format(sql.SQL(state)))
            before, began = cpu_seconds(bench.where.server_pids()), time.perf_counter()
            threads = [threading.Thread(target=_write, args=(bench, records[one::WRITERS])) for one in range(WRITERS)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            seconds = time.perf_counter() - began
            spent = (cpu_seconds(bench.where.server_pids()) - before) / len(records) * 1000
            print(f"| 16 writers {name} | {len(records) / seconds:.0f} a second | {spent:.2f} ms |", flush=True)


def _write(bench: Bench, records: list[UUID]) -> None:
    with psycopg.connect(bench.superuser, options=SETTINGS) as connection:
        for record in records:
            connection.execute(FACT, {"record": record, "day": date(2025, 3, 3)})
            connection.commit()


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    for cases in parser.parse_args().cases:
        with country("postgresql") as where:
            began = time.perf_counter()
            database = fill(where, cases)
            seconds = time.perf_counter() - began
            print(f"# {cases} cases, made in {seconds:.0f} s, {datetime.now(UTC):%d %B %Y}", flush=True)
            bench = Bench(where, database, accounts.load_actor("statistics.supervisor"), where.superuser_url)
            for each in (tables, past, csv, writers):
                each(bench)
            database.engine.dispose()


if __name__ == "__main__":
    main()
