"""An edition as files: what was frozen, in the shapes of any report. Nobody's line is in them."""

from flask import Response

from app.services.count_exports import Export, Paper, Workbook
from app.web import papers
from app.web.counts import json_report, long_table, paper, workbook
from app.web.counts.files import file_name
from app.web.guard import acting
from app.web.workbooks import XLSX, csv_lines

KINDS = {"csv": "text/csv", "xlsx": XLSX, "json": "application/json", "pdf": papers.PDF}


def answer(export: Export, number: int, kind: str) -> Response:
    """The file of a kind, named by period and edition."""
    name = file_name(export.report.request.period, kind, number)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(_made(export, number, kind), mimetype=KINDS[kind], headers=headers)


def _made(export: Export, number: int, kind: str) -> bytes:
    told, signer = (export.report, export.procedures, export.notes), acting().name
    if kind == "csv":
        return csv_lines(long_table.lines(export.report))
    if kind == "json":
        return json_report.written(export, number)
    if kind == "xlsx":
        return workbook.written(Workbook(*told, None, False), signer)
    return papers.written(paper.content(Paper(*told), signer))
