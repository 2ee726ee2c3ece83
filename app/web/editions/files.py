"""An edition as files: what was frozen, in the shapes of any report. Nobody's line is in them."""

from flask import Response

from app.services.count_exports import Export, Workbook
from app.services.editions import Edition
from app.web import papers
from app.web.counts import json_report, long_table, workbook
from app.web.counts.files import file_name
from app.web.editions import paper
from app.web.workbooks import XLSX, csv_lines

KINDS = {"csv": "text/csv", "xlsx": XLSX, "json": "application/json", "pdf": papers.PDF}


def answer(export: Export, edition: Edition, kind: str) -> Response:
    """The file of a kind, named by period and edition."""
    name = file_name(export.report.request.period, kind, edition.head.number)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(_made(export, edition, kind), mimetype=KINDS[kind], headers=headers)


def _made(export: Export, edition: Edition, kind: str) -> bytes:
    if kind == "csv":
        return csv_lines(long_table.lines(export.report))
    if kind == "json":
        return json_report.written(export, edition.head.number)
    if kind == "xlsx":
        told = Workbook(export.report, export.procedures, export.notes, None, False)
        return workbook.written(told, edition.head.signed_by)
    return papers.written(paper.content(edition, export))
