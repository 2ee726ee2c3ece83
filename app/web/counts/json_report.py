"""The report for machines. What each key means stands in docs/counting-json.md, and a test holds the two together.

Numbers go by the keys of counts and breakdowns, which no language changes; labels stand beside them for people.
"""

import json
from collections.abc import Iterable
from typing import Any

from app.queries.count_facts import Only
from app.queries.counts import AgencyName
from app.security.suppression import THRESHOLD
from app.services import count_definitions
from app.services.count_blocks import Block, Counted, Figure, Table, at_month
from app.services.count_exports import Export
from app.services.counts import Reader, Report
from app.vocabulary.breakdown import BREAKDOWN
from app.vocabulary.period import Period
from app.web.counts import words
from app.web.languages import page_language
from app.web.workbooks import guarded

FORMAT, VERSION = "throughcare-counts", 1


def written(export: Export, edition: int | None = None) -> bytes:
    """The report as the bytes of a JSON file in UTF-8."""
    return (json.dumps(_report(export, edition), ensure_ascii=False, indent=1) + "\n").encode()


def _report(export: Export, edition: int | None) -> dict[str, Any]:
    report = export.report
    return {
        "format": FORMAT,
        "format_version": VERSION,
        "internal": True,
        "language": page_language(),
        "reader": report.reader.value,
        "period": _period(report.request.period),
        "only": _row(report.request.only),
        "as_of": report.request.as_of.isoformat() if report.request.as_of else None,
        "made_at": report.made_at.isoformat(),
        "edition": edition,
        "definitions": _definitions(export),
        "own": _block(report, report.own),
        "nation": _block(report, report.nation),
        "agencies": [
            {**_agency(row.agency), "is_own": row.is_own, "figures": _figures(report, row.figures)}
            for row in report.agencies
        ],
        "overlaps": [
            {"first": _side(each.first), "second": _side(each.second), "people": each.people}
            for each in report.overlaps
        ],
        "notes": {"late": export.notes.late, "waiting_pairs": export.notes.pairs},
    }


def _period(period: Period) -> dict[str, str]:
    kinds = {
        "month": period.is_month,
        "quarter": period.is_quarter,
        "year": period.is_year,
        "april_year": period.is_april_year,
    }
    kind = next((name for name, is_one in kinds.items() if is_one), "range")
    return {"kind": kind, "first_day": period.start.isoformat(), "last_day": period.last.isoformat()}


def _row(only: Only | None) -> dict[str, str] | None:
    return {"breakdown": only.dimension, "row": only.value} if only else None


def _definitions(export: Export) -> dict[str, Any]:
    report = export.report
    metrics = report.request.metrics
    return {
        "digest": count_definitions.digest(metrics),
        "threshold": None if report.reader is Reader.STATISTICS else THRESHOLD,
        "metrics": [
            {"key": metric, "label": words.metric_words(metric), "definition": words.definition_words(metric)}
            for metric in metrics
        ],
        "breakdowns": [{"key": name, "label": words.breakdown_words(name)} for name in BREAKDOWN.keys()],  # noqa: SIM118
        "procedures": [{"name": one.name, "digest": one.digest} for one in export.procedures],
    }


def _cell(figure: Figure) -> dict[str, Any]:
    """A number, or null and the mark that it may not be shown."""
    return {"value": figure, "withheld": figure is None}


def _figures(report: Report, figures: Iterable[Figure]) -> dict[str, Any]:
    return {metric: _cell(figure) for metric, figure in zip(report.request.metrics, figures, strict=True)}


def _block(report: Report, block: Block | None) -> dict[str, Any] | None:
    if block is None:
        return None
    months = [
        {
            "month": f"{at_month(month) // 100}-{at_month(month) % 100:02}",
            "figures": _figures(report, (figures[place] for figures in block.months)),
        }
        for place, month in enumerate(report.months)
    ]
    return {
        "figures": _figures(report, block.figures),
        "people": _cell(block.people),
        "lowest": {metric or "people": number for metric, number in block.lowest.items()},
        "months": months,
        "breakdowns": {dimension: _table(report, table) for dimension, table in block.tables.items()},
    }


def _table(report: Report, table: Table) -> dict[str, Any]:
    closed = [metric for metric, shut in zip(report.request.metrics, table.closed, strict=True) if shut]
    rows = [
        {
            "key": value,
            "label": guarded(words.value_words(table.dimension, value)),
            "figures": _figures(report, figures),
        }
        for value, figures in table.rows
    ]
    return {"closed": closed, "rows": rows, "totals": _figures(report, table.totals)}


def _agency(agency: AgencyName) -> dict[str, Any]:
    names = {"en": agency.name_en, "sq": agency.name_sq, "sr-Latn": agency.name_sr}
    return {
        "agency": str(agency.id),
        "kind": agency.kind,
        "names": {language: guarded(name) for language, name in names.items()},
    }


def _side(side: Counted) -> dict[str, Any]:
    return {"agency": str(side.agency.id), "metric": side.metric, "people": side.figure}
