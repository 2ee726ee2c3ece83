"""All facts behind the numbers as a stream of CSV, in words: the database sends codes, year by year, in order.

Words are put in here, once for each combination of codes: joined in the database, twenty lists of labels would cost
more than all else of the export.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from itertools import cycle, islice
from typing import Any, TypeVar

from app.errors import Forbidden
from app.queries import count_members, counts
from app.queries.count_members import CODED, PSEUDONYM, PSEUDONYM_DIGITS, guarded
from app.security.actor import Actor
from app.services import count_exports, count_lines, lines_of_people, unit_of_work
from app.services.counts import CountRequest, Reader, reader_of, refuse
from app.services.unit_of_work import Database, Work
from app.vocabulary import breakdown
from app.vocabulary.breakdown import BETWEEN, SEVERAL
from app.vocabulary.metric import METRIC

ROWS_FETCHED = 1000
LINES_SENT = 512  # at once: some 64 kB
MOST_KNOWN = 20_000  # combinations of codes, some 10 MB: memory stays flat whatever is exported
NOTHING = r"\N"  # how COPY writes what is not there
Part = TypeVar("Part")
Begun = TypeVar("Begun")
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
        refuse(work, request)
        people = count_lines.people(work, request, lines_of_people.MOST_ALONE + 1)
        told = lines_of_people.refuse_alone(work, count_lines.of(request), people)
        count_exports.log(work, request, "csv", told)
        work.commit()
    words = Words(language, by_person=reader is Reader.STATISTICS)
    return _blocks(unit_of_work.current(), actor, request, words, headings)


def _blocks(
    database: Database, actor: Actor, request: CountRequest, words: "Words", headings: Sequence[str]
) -> Iterator[bytes]:
    with database.read(actor) as work, closing(_rows(work, request, by_person=words.by_person)) as rows:
        words.learn_agencies(work)
        lines = words.lines(rows)
        # Not before the first lines are there: a file of heads alone would say that nobody was counted.
        yield ("\ufeff" + _line(headings)).encode() + b"".join(islice(lines, LINES_SENT))
        while block := b"".join(islice(lines, LINES_SENT)):
            yield block


def _rows(work: Work, request: CountRequest, *, by_person: bool) -> Generator[bytes, None, None]:
    """Each fact as one line of codes with tabs between. A year is put in order at once: less to sort
    than all, and few enough parts that who is who is not looked up anew too often.

    Who is in one row of a breakdown is decided by all of the period: then it is asked at once.
    """
    days = [{"since": part.start, "until": part.end} for part in count_lines.parts_of(request)]
    statement = count_members.stream(request.asked(), by_person=by_person)
    yield from _copied(work, statement, days) if work.is_postgresql else _fetched(work, statement, days)


def _copied(work: Work, statement: Any, days: list[dict[str, date]]) -> Iterator[bytes]:
    """PostgreSQL writes the lines itself, under the actor's context and row-level security.

    Two connections take turns: while the lines of a year are put into words, the next year is put in order.
    """
    compiled = statement.compile(dialect=work.session.get_bind().dialect, compile_kwargs={"render_postcompile": True})
    with _in_turn(work, len(days)) as turns, ExitStack() as begun:

        def begin(part: dict[str, date]) -> tuple[ExitStack, Any]:
            one = begun.enter_context(ExitStack())
            cursor = one.enter_context(next(turns).cursor())
            return one, one.enter_context(cursor.copy(f"COPY ({compiled}) TO STDOUT", {**compiled.params, **part}))

        with closing(_one_ahead(begin, days)) as copies:
            for one, copy in copies:
                with one:  # a connection is free for its next turn when this is left
                    yield from map(bytes, copy)


@contextmanager
def _in_turn(work: Work, parts: int) -> Iterator[Iterator[Any]]:
    """The connections that take turns: for one part alone the one that is there."""
    with ExitStack() as opened:
        works = [work]
        if parts > 1:
            beside = opened.enter_context(work.database.beside())
            works.append(opened.enter_context(beside.read(work.actor)))
        yield cycle([each.session.connection().connection.driver_connection for each in works])


def _one_ahead(begin: Callable[[Part], Begun], parts: Iterable[Part]) -> Generator[Begun, None, None]:
    """What is begun of each part, in order; while one is used, the next is begun in a thread of its own."""
    with ThreadPoolExecutor(1) as beside:
        coming: deque[Future[Begun]] = deque()
        for part in parts:
            coming.append(beside.submit(begin, part))
            if len(coming) > 1:
                yield coming.popleft().result()
        yield from (each.result() for each in coming)


def _fetched(work: Work, statement: Any, days: list[dict[str, date]]) -> Iterator[bytes]:
    for part in days:
        found = work.session.execute(statement.execution_options(yield_per=ROWS_FETCHED), part)
        yield from (("\t".join(map(str, row)) + "\n").encode() for row in found)


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
        agency, metric, *coded = (_plain(code) for code in codes.decode().rstrip("\n").split("\t"))
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
