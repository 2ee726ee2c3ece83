"""All facts behind the numbers as a stream of CSV, in words: the database sends codes, year by year, in order.

Words are put in here, once for each combination of codes: joined in the database, twenty lists of labels would cost
more than all else of the export.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from app.errors import Forbidden
from app.queries import count_members, counts
from app.queries.count_members import CODED, PSEUDONYM, PSEUDONYM_DIGITS, guarded
from app.security.actor import Actor
from app.services import count_exports, count_lines, lines_of_people, unit_of_work
from app.services.counts import CountRequest, Reader, reader_of, refuse_period
from app.services.unit_of_work import Database, Work
from app.vocabulary import breakdown
from app.vocabulary.breakdown import BETWEEN, SEVERAL
from app.vocabulary.metric import METRIC

ROWS_FETCHED = 1000
BLOCK = 64 * 1024  # bytes: what is sent at once
MOST_KNOWN = 20_000  # combinations of codes, some 10 MB: memory stays flat whatever is exported
NOTHING = r"\N"  # how COPY writes what is not there
ESCAPE = re.compile(r"\\[tnr\\]")
ESCAPED = {r"\t": "\t", r"\n": "\n", r"\r": "\r", r"\\": "\\"}


def facts(actor: Actor, request: CountRequest, headings: Sequence[str], language: str) -> Iterator[bytes]:
    """All standing facts of the period as CSV, in blocks as they come; logged before the first of them is made.

    Raises Forbidden for the national coordinator, who sees no row, Invalid for a period that is not counted, and
    ForTwo where they are of more than fifty people and nobody else agreed.
    """
    reader = reader_of(actor)
    if reader is Reader.NATION:
        raise Forbidden("no_members")
    with unit_of_work.write(actor) as work:
        refuse_period(reader, request, work.today)
        people = count_lines.people(work, request, lines_of_people.MOST_ALONE + 1)
        told = lines_of_people.refuse_alone(work, count_lines.of(request), people)
        count_exports.log(work, request, "csv", told)
        work.commit()
    words = Words(language, by_person=reader is Reader.STATISTICS)
    return _blocks(unit_of_work.current(), actor, request, words, headings)


def _blocks(
    database: Database, actor: Actor, request: CountRequest, words: "Words", headings: Sequence[str]
) -> Iterator[bytes]:
    waiting = [("\ufeff" + _line(headings)).encode()]
    length = len(waiting[0])
    with database.read(actor) as work:
        words.learn_agencies(work)
        for line in words.lines(_rows(work, request, by_person=words.by_person)):
            waiting.append(line)
            length += len(line)
            if length > BLOCK:
                yield b"".join(waiting)
                waiting, length = [], 0
    yield b"".join(waiting)


def _rows(work: Work, request: CountRequest, *, by_person: bool) -> Iterator[bytes]:
    """Each fact as one line of codes with tabs between. A year is put in order at once: less to sort
    than all, and few enough parts that who is who is not looked up anew too often.

    Who is in one row of a breakdown is decided by all of the period: then it is asked at once.
    """
    days = [{"since": part.start, "until": part.end} for part in count_lines.parts_of(request)]
    statement = count_members.stream(request.asked(), by_person=by_person)
    yield from _copied(work, statement, days) if work.is_postgresql else _fetched(work, statement, days)


def _copied(work: Work, statement: Any, days: list[dict[str, date]]) -> Iterator[bytes]:
    """PostgreSQL writes the lines itself, under the actor's context and row-level security."""
    compiled = statement.compile(dialect=work.session.get_bind().dialect, compile_kwargs={"render_postcompile": True})
    driver: Any = work.session.connection().connection.driver_connection
    with driver.cursor() as cursor:
        for part in days:
            with cursor.copy(f"COPY ({compiled}) TO STDOUT", {**compiled.params, **part}) as copy:
                yield from (bytes(line[:-1]) for line in copy)


def _fetched(work: Work, statement: Any, days: list[dict[str, date]]) -> Iterator[bytes]:
    for part in days:
        found = work.session.execute(statement.execution_options(yield_per=ROWS_FETCHED), part)
        yield from ("\t".join(map(str, row)).encode() for row in found)


class Words:
    """What the codes of a line mean to a reader of a language; each combination is put into words once."""

    def __init__(self, language: str, *, by_person: bool) -> None:
        self.language, self.by_person = language, by_person
        self.agencies: Mapping[str, str] = {}
        self._metrics = {code.code: code.label.text(language) for code in METRIC}
        self._labels = [
            {code: breakdown.value_label(name, code, language) for code in breakdown.codes_of(name)} for name in CODED
        ]
        self.known: dict[bytes, bytes] = {}

    def learn_agencies(self, work: Work) -> None:
        """The names of the agencies, in the reader's language."""
        named = counts.agency_names(work.session, work.actor)
        self.agencies = {str(one.id): getattr(one, f"name_{self.language}") for one in named}

    def lines(self, rows: Iterable[bytes]) -> Iterator[bytes]:
        """The lines of codes as lines of CSV; no cell begins as a formula does."""
        known, mark = self.known, PSEUDONYM.encode()
        for row in rows:
            who, day, codes = row.split(b"\t", 2)
            told = known.get(codes)
            if told is None:
                told = self._learn(codes)
            named = mark + who[:PSEUDONYM_DIGITS].upper() if self.by_person else who
            yield b"%b,%b,%b" % (named, day, told)

    def _learn(self, codes: bytes) -> bytes:
        agency, metric, *coded = (_plain(code) for code in codes.decode().split("\t"))
        cells = [self.agencies.get(agency, ""), self._metrics.get(metric, metric)]
        cells += [_told(*each) for each in zip(CODED, self._labels, coded, strict=True)]
        if len(self.known) >= MOST_KNOWN:
            self.known.clear()
        told = self.known[codes] = _line([guarded(cell) for cell in cells]).encode()
        return told


def _told(name: str, labels: Mapping[str, str], code: str) -> str:
    """The words of a code, of several where a fact may say several."""
    parts = code.split(BETWEEN) if name in SEVERAL else [code]
    return f"{BETWEEN} ".join(labels.get(part, part) for part in parts)


def _plain(code: str) -> str:
    """A code as it is in the database: COPY writes a few signs otherwise."""
    if "\\" not in code:
        return code
    return "" if code == NOTHING else ESCAPE.sub(lambda found: ESCAPED[found.group()], code)


def _line(cells: Sequence[object]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(cells)
    return written.getvalue()
