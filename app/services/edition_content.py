"""A report as the text that is frozen, and back: what it was is all that its pages and files need. Pure."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from app.queries.counts import AgencyName
from app.services.count_blocks import AgencyRow, Block, Counted, OverlapRow, Table
from app.services.count_exports import Export, ProcedureRow
from app.services.count_notes import Notes
from app.services.counts import CountRequest, Reader, Report
from app.vocabulary.breakdown import BREAKDOWN
from app.vocabulary.metric import METRIC, definition
from app.vocabulary.period import Period
from workflows.definition import Label


def definitions_digest() -> str:
    """A short digest of what the counts and their breakdowns mean: of their names and sentences in all languages."""
    counts = [[code.code, asdict(code.label), asdict(definition(code.code))] for code in METRIC]
    rows = [[code.code, asdict(code.label)] for code in BREAKDOWN]
    return _sha256([counts, rows])[:16]


def content_of(export: Export) -> str:
    """A report with what has to be known of it as JSON, the same text for the same report."""
    return _written(asdict(export))


def export_of(content: str) -> Export:
    """The report that a content was made of, with what has to be known of it."""
    said = json.loads(content)
    procedures = (ProcedureRow(one["name"], Label(**one["label"]), one["digest"]) for one in said["procedures"])
    return Export(_report(said["report"]), tuple(procedures), Notes(**said["notes"]))


def _report(said: dict[str, Any]) -> Report:
    return Report(
        reader=Reader(said["reader"]),
        request=_request(said["request"]),
        made_at=datetime.fromisoformat(said["made_at"]),
        own=_block(said["own"]),
        nation=_block(said["nation"]),
        agencies=tuple(AgencyRow(_agency(one["agency"]), tuple(one["figures"])) for one in said["agencies"]),
        overlaps=tuple(
            OverlapRow(_counted(one["first"]), _counted(one["second"]), one["people"]) for one in said["overlaps"]
        ),
    )


def digest_of(head: dict[str, Any], content: str, members: Iterable[list[str]]) -> str:
    """SHA-256 over what the edition says of itself, its numbers, and the rows of its people, which come sorted.

    It is that of all three as one list in JSON, of which never more than a row is there at once.
    """
    told = sha256(f"[{_written(head)}, {_written(content)}, [".encode())
    for place, row in enumerate(members):
        told.update((", " * bool(place) + _written(row)).encode())
    told.update(b"]]")
    return told.hexdigest()


def _written(what: object) -> str:
    return json.dumps(what, sort_keys=True, default=str, ensure_ascii=False)


def _sha256(what: object) -> str:
    return sha256(_written(what).encode()).hexdigest()


def _request(said: dict[str, Any]) -> CountRequest:
    days = said["period"]
    return CountRequest(
        Period(date.fromisoformat(days["start"]), date.fromisoformat(days["end"])),
        tuple(said["metrics"]),
        tuple(said["dimensions"]),
        date.fromisoformat(said["as_of"]),
        said["drawn"],
    )


def _block(said: dict[str, Any] | None) -> Block | None:
    if said is None:
        return None
    return Block(
        tuple(said["figures"]),
        said["people"],
        {name: _table(one) for name, one in said["tables"].items()},
        tuple(tuple(figures) for figures in said["months"]),
        said["lowest"],
    )


def _table(said: dict[str, Any]) -> Table:
    rows = tuple((value, tuple(figures)) for value, figures in said["rows"])
    return Table(said["dimension"], rows, tuple(said["totals"]), tuple(said["closed"]))


def _counted(said: dict[str, Any]) -> Counted:
    return Counted(_agency(said["agency"]), said["metric"], said["figure"])


def _agency(said: dict[str, Any]) -> AgencyName:
    return AgencyName(UUID(said["id"]), said["kind"], said["name_en"], said["name_sq"], said["name_sr"])
