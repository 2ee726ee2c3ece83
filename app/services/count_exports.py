"""Counts that leave the system: what their files are made of, and all facts as a stream. Each is logged before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.queries import count_members
from app.queries.count_members import MemberRow
from app.security.actor import Actor
from app.services import count_lines, count_notes, count_pictures, counts, lines_of_people, unit_of_work, versions
from app.services.count_members import with_references
from app.services.count_notes import Notes
from app.services.count_pictures import Drawn
from app.services.counts import CountRequest, Reader, Report
from app.services.unit_of_work import Work
from app.vocabulary.breakdown import BREAKDOWN
from app.vocabulary.period import Period
from workflows.definition import Label

MOST_MEMBERS = 20_000
CHUNK = 1000


@dataclass(frozen=True)
class ProcedureRow:
    """A version of the procedure that was in force in the period."""

    name: str
    label: Label
    digest: str


@dataclass(frozen=True)
class Export:
    """What every file of a report is made of: with all breakdowns, and what has to be known of its numbers."""

    report: Report
    procedures: tuple[ProcedureRow, ...]
    notes: Notes


@dataclass(frozen=True)
class Workbook(Export):
    """What a workbook is made of. `members` is None for who may not see any; `is_cut` where there are too many.

    `is_for_two`: it has no members, for they are more than one person takes alone.
    """

    members: tuple[MemberRow, ...] | None
    is_cut: bool
    is_for_two: bool = False


@dataclass(frozen=True)
class Paper(Export):
    """What a paper is made of: besides the numbers, what its pictures show."""

    drawn: Drawn = Drawn()


def numbers(actor: Actor, request: CountRequest, kind: str) -> Export:
    """The report with all breakdowns and nobody's line, logged as an export. Raises what `report` raises."""
    with unit_of_work.write(actor) as work:
        found = whole(work, request)
        log(work, found.report.request, kind)
        work.commit()
    return found


def workbook(actor: Actor, request: CountRequest) -> Workbook:
    """The same with the people by pseudonym, for who may see them, and may take so many alone or was agreed to."""
    with unit_of_work.write(actor) as work:
        made = whole(work, request)
        report = made.report
        found = _members(work, report.request) if report.reader is not Reader.NATION else None
        number = len({one.person for one in found or ()})
        told = lines_of_people.leaving(work, count_lines.of(request), number) if found else {}
        log(work, report.request, "xlsx", told or {})
        work.commit()
    members = tuple(found[:MOST_MEMBERS]) if found is not None and told is not None else None
    is_cut = members is not None and found is not None and len(found) > MOST_MEMBERS
    return Workbook(report, made.procedures, made.notes, members, is_cut, told is None)


def paper(actor: Actor, request: CountRequest) -> Paper:
    """The same with what is drawn of it, and nobody's line: a paper is handed on."""
    with unit_of_work.write(actor) as work:
        made = whole(work, request)
        told = (made.report, made.procedures, made.notes)
        found = Paper(*told, count_pictures.drawn(work, request))
        log(work, found.report.request, "pdf")
        work.commit()
    return found


def whole(work: Work, request: CountRequest) -> Export:
    """The report with all breakdowns, within the caller's unit of work; nothing of it is logged."""
    every = replace(request, dimensions=BREAKDOWN.keys(), drawn=len(request.metrics))
    return Export(counts.build(work, every), procedures_of(work, request.period), count_notes.of(work, every))


def procedures_of(work: Work, period: Period) -> tuple[ProcedureRow, ...]:
    """The versions of the procedure that were in force on any day of the period."""
    return tuple(
        ProcedureRow(each.name, each.label, each.digest)
        for each in versions.every(work)
        if each.in_force_from <= period.last and (each.in_force_to is None or each.in_force_to >= period.start)
    )


def _members(work: Work, request: CountRequest) -> list[MemberRow]:
    asked = request.asked()
    return with_references(work, count_members.everyone(work.session, work.actor, asked, MOST_MEMBERS + 1))


def log(work: Work, request: CountRequest, kind: str, lines: Mapping[str, Any] | None = None) -> None:
    """That a report left as a file of this kind: its counts, its days, and what is to be said of lines in it."""
    days = {"since": request.period.start, "until": request.period.last}
    work.audit("count:exported", None, format=kind, metrics=list(request.metrics), **days, **(lines or {}))
