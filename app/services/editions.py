"""Frozen reports: made from definitions, period and as-of, signed off by a supervisor, never changed afterwards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from app.errors import Conflict, Invalid, NotFound
from app.models.edition import EditionMember, ReportEdition
from app.queries import count_members, editions
from app.queries.count_members import Cell
from app.queries.editions import Difference, EditionRow, FrozenMember
from app.security.actor import Actor
from app.services import count_exports, unit_of_work
from app.services.count_exports import Export
from app.services.counts import CountRequest, Reader, Report, reader_of
from app.services.edition_content import content_of, definitions_digest, digest_of, export_of
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked, view
from app.vocabulary.breakdown import COMMUNITY
from app.vocabulary.period import Period

MOST_MEMBERS = 200_000
"""Rows of people that one edition keeps: more are no report of a country's."""


@dataclass(frozen=True)
class NewEdition:
    """What is to be frozen. `reason` says why, where the period has an edition already."""

    period: Period
    metrics: tuple[str, ...]
    as_of: date
    reason: str = ""


@dataclass(frozen=True)
class CellChange:
    """A number that is another one in the later of two editions; None where one of them has none or hides it."""

    dimension: str
    value: str
    metric: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Edition:
    """An edition as its agency sees it: `is_whole` says whether all of it is still what was signed.

    To find that out takes every row of its people: None where nobody is told.
    """

    head: EditionRow
    report: Report
    digest: str
    definitions: str
    is_whole: bool | None
    is_defined_alike: bool
    earlier: EditionRow | None = None
    changes: tuple[CellChange, ...] = ()


def freeze(actor: Actor, new: NewEdition, once: Once | None = None) -> UUID:
    """Sign a report and keep it. Raises Invalid for a period or day that is not counted, and without a reason."""
    with unit_of_work.write(actor) as work:
        edition_id = uuid4()
        made = work.once(once, {"edition_id": str(edition_id)})
        if made is not None:
            return UUID(made["edition_id"])
        earlier = editions.of_period(work.session, actor, new.period)
        if earlier and not new.reason.strip():
            raise Invalid({"reason": "required"})
        number = earlier[0].number + 1 if earlier else 1
        _store(work, edition_id, new, number)
        work.audit("count:frozen", None, edition=edition_id, number=number, as_of=new.as_of, **_days(new.period))
        work.commit()
        return edition_id


def preview(actor: Actor, new: NewEdition) -> Report:
    """The numbers that would be kept. Raises Invalid for a period or day that is not counted."""
    with unit_of_work.read(actor) as work:
        return count_exports.whole(work, _request(new)).report


def _request(new: NewEdition) -> CountRequest:
    return CountRequest(new.period, new.metrics, as_of=new.as_of)


def _days(period: Period) -> dict[str, date]:
    return {"since": period.start, "until": period.last}


def _store(work: Work, edition_id: UUID, new: NewEdition, number: int) -> None:
    request = _request(new)
    export = count_exports.whole(work, request)
    people = editions.to_freeze(work.session, work.actor, request.asked())
    if len(people) > MOST_MEMBERS:
        raise Invalid({"end": "range_too_long"})
    row: dict[str, Any] = {
        "agency_id": work.actor.agency_id,
        "number": number,
        "period_start": new.period.start,
        "period_end": new.period.end,
        "as_of": new.as_of,
        "metrics": " ".join(new.metrics),
        "definitions": definitions_digest(),
        "reason": new.reason.strip(),
        "signed_by_id": work.actor.member_id,
        "signed_at": work.now,
        "members": len(people),
    }
    content = content_of(export)
    row |= {"content": content, "digest": _digest(row, content, sorted(map(_line, people)))}
    try:
        work.session.execute(insert(ReportEdition), [{"id": edition_id, **row}])
    except IntegrityError:
        raise Conflict("edition_made_twice") from None
    owned = {"edition_id": edition_id, "agency_id": work.actor.agency_id}
    if people:
        work.session.execute(insert(EditionMember), [{"id": uuid4(), **owned, **one} for one in people])


SIGNED = ("agency_id", "number", "period_start", "period_end", "as_of", "metrics", "definitions", "reason", "members")
"""What of an edition's head its digest covers, beside who signed it and when."""


def _digest(row: dict[str, Any], content: str, lines: Iterable[list[str]]) -> str:
    signed: datetime = row["signed_at"].astimezone(UTC)
    head = {name: str(row[name]) for name in (*SIGNED, "signed_by_id")} | {"signed_at": signed.isoformat()}
    return digest_of(head, content, lines)


def _line(one: Mapping[str, Any]) -> list[str]:
    return [f"{name}={one[name]}" for name in sorted(one)]


def open_edition(actor: Actor, edition_id: UUID) -> Edition:
    """An edition of the actor's agency, with what differs from the one before it. Raises NotFound for any other."""
    with unit_of_work.read(actor) as work:
        return _edition(work, edition_id, is_checked=True)


def _edition(work: Work, edition_id: UUID, *, is_checked: bool = False) -> Edition:
    row = _row(work, edition_id)
    period = Period(row.period_start, row.period_end)
    head, *before = editions.of_period(work.session, work.actor, period, upto=row.number)
    earlier = before[0] if before else None
    report = export_of(row.content).report
    return Edition(
        head=head,
        report=report,
        digest=row.digest,
        definitions=row.definitions,
        is_whole=is_whole(work, row) if is_checked else None,
        is_defined_alike=row.definitions == definitions_digest(),
        earlier=earlier,
        changes=_changes(work, earlier, report),
    )


def _row(work: Work, edition_id: UUID) -> ReportEdition:
    row = work.session.execute(select(ReportEdition).where(ReportEdition.id == edition_id)).scalar_one_or_none()
    if row is None:
        raise NotFound
    return row


def is_whole(work: Work, row: ReportEdition) -> bool:
    """Whether an edition and all rows of its people are still what was signed."""
    head = {name: getattr(row, name) for name in (*SIGNED, "signed_by_id", "signed_at")}
    people = editions.all_members(work.session, work.actor, row.id)
    return _digest(head, row.content, map(_line, people)) == row.digest


def _changes(work: Work, earlier: EditionRow | None, report: Report) -> tuple[CellChange, ...]:
    if earlier is None:
        return ()
    content = work.session.execute(select(ReportEdition.content).where(ReportEdition.id == earlier.id)).scalar_one()
    before, after = _cells(export_of(content).report), _cells(report)
    places = [*after, *(place for place in before if place not in after)]
    return tuple(
        CellChange(*place, before.get(place), after.get(place))
        for place in places
        if before.get(place) != after.get(place)
    )


def _cells(report: Report) -> dict[tuple[str, str, str], int | None]:
    """The numbers of a report by breakdown, row and count."""
    block = report.nation or report.own
    if block is None:
        return {}
    metrics = report.request.metrics
    found = {("", "", metric): figure for metric, figure in zip(metrics, block.figures, strict=True)}
    for table in block.tables.values():
        for value, figures in table.rows:
            cells = zip(metrics, figures, strict=True)
            found |= {(table.dimension, value, metric): figure for metric, figure in cells}
    return found


CHECKED = ("pdf",)
"""The files that say whether the edition is still what was signed."""


def export(actor: Actor, edition_id: UUID, kind: str) -> tuple[Export, Edition]:
    """What the files of an edition are made of, and the edition; logged. Raises NotFound for another agency's."""
    with unit_of_work.write(actor) as work:
        edition = _edition(work, edition_id, is_checked=kind in CHECKED)
        made = export_of(_row(work, edition_id).content)
        work.audit("count:exported", None, format=kind, edition=edition_id, **_days(edition.head.period))
        work.commit()
        return made, edition


def members(actor: Actor, edition_id: UUID, cell: Cell, page: int = 1) -> list[FrozenMember]:
    """Who stood behind a number of an edition; the look is recorded. Raises NotFound for another agency's edition."""
    return view(actor, "count:frozen_members", _look, edition_id=edition_id, cell=cell, page=page)


def _look(work: Work, edition_id: UUID, cell: Cell, page: int) -> Looked[list[FrozenMember]]:
    if work.session.execute(select(ReportEdition.id).where(ReportEdition.id == edition_id)).first() is None:
        raise NotFound
    if cell.dimension == COMMUNITY:
        raise NotFound
    offset = (page - 1) * editions.MEMBERS
    found = editions.members(work.session, work.actor, edition_id, cell, offset=offset)
    if reader_of(work.actor) is Reader.STATISTICS:
        known = count_members.references(work.session, [row.case_id for row in found])
        found = [replace(row, reference=known.get(row.case_id, "")) for row in found]
    found = [replace(row, reference="") if row.is_erased else row for row in found]
    shown = [row.case_id for row in found[: editions.MEMBERS]]
    detail = {"edition": edition_id, "metric": cell.metric, **({cell.dimension: cell.value} if cell.dimension else {})}
    return Looked(found, shown=shown, detail=detail)


def differences(actor: Actor, edition_id: UUID, page: int = 1) -> tuple[Edition, list[Difference]]:
    """What differs from the edition before, row by row of its people. Raises NotFound where there is none."""
    return view(actor, "count:frozen_differences", _differing, edition_id=edition_id, page=page)


def _differing(work: Work, edition_id: UUID, page: int) -> Looked[tuple[Edition, list[Difference]]]:
    edition = _edition(work, edition_id)
    if edition.earlier is None:
        raise NotFound
    found = editions.differences(work.session, work.actor, edition_id, edition.earlier.id, page)
    shown = [row.case_id for row in found[: editions.MEMBERS]]
    return Looked((edition, found), shown=shown, detail={"edition": edition_id})
