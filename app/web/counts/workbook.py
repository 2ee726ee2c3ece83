"""The workbook of counts: numbers, all of them as one table, breakdowns, months, agencies, people, what they mean."""

import io
from collections.abc import Iterable

import xlsxwriter
from flask_babel import gettext

from app.queries.count_members import MemberRow
from app.services.count_blocks import Figure
from app.services.count_exports import Workbook
from app.services.counts import Reader, Report
from app.web.counts import definitions, long_table, quality_notes, words
from app.web.filters import agency_name
from app.web.phrases import phrase
from app.web.workbooks import OPTIONS, Line, Sheets, guarded


def written(content: Workbook, made_by: str) -> bytes:
    """The workbook as the bytes of an XLSX file."""
    held, report = io.BytesIO(), content.report
    with xlsxwriter.Workbook(held, OPTIONS) as book:
        sheets = Sheets(book, words.period_words(report.request.period))
        sheets.add(gettext("Counts"), _counts(report))
        sheets.add(gettext("Data"), long_table.lines(report))
        sheets.add(gettext("Breakdowns"), _breakdowns(report))
        sheets.add(gettext("Months"), _months(report))
        sheets.add(gettext("Agencies and overlap"), _agencies(report))
        if content.is_for_two:
            sheets.add(gettext("People"), [[phrase("second_person_wanted")]])
        elif content.members is not None:
            sheets.add(gettext("People"), _people(content))
        sheets.add(gettext("Definitions"), [*definitions.made(content, made_by), [], *definitions.meanings(report)])
        sheets.add(gettext("Notes on quality"), quality_notes.lines(content))
    return held.getvalue()


def _shown(figure: Figure) -> str | int:
    return gettext("not shown") if figure is None else figure


def _counts(report: Report) -> Iterable[Line]:
    blocks, lowest = long_table.blocks(report), report.nation.lowest if report.nation else {}
    yield [words.count_head(), *(name for name, _ in blocks), gettext("If all doubtful links were confirmed")]
    for place, metric in enumerate(report.request.metrics):
        yield [words.metric_words(metric), *(_shown(block.figures[place]) for _, block in blocks), lowest.get(metric)]
    is_chosen = report.reader is not Reader.NATION
    people = (
        gettext("People, each once, under one of these") if is_chosen else gettext("People, each once, under any count")
    )
    yield [people, *(_shown(block.people) for _, block in blocks), lowest.get("")]


def _breakdowns(report: Report) -> Iterable[Line]:
    heads = words.metric_list(report.request.metrics)
    for name, block in long_table.blocks(report):
        for dimension, table in block.tables.items():
            yield [f"{name}: {words.breakdown_words(dimension)}"]
            yield [words.breakdown_words(dimension), *heads]
            for value, figures in table.rows:
                yield [guarded(words.value_words(dimension, value)), *map(_shown, figures)]
            yield [gettext("All"), *map(_shown, table.totals)]
            if any(table.closed):
                closed = [head for head, shut in zip(heads, table.closed, strict=True) if shut]
                yield [gettext("Too few people to be broken down:"), ", ".join(closed)]
            yield []


def _months(report: Report) -> Iterable[Line]:
    for name, block in long_table.blocks(report):
        yield [name]
        yield [words.count_head(), *(words.month_words(each.start) for each in report.months)]
        for metric, figures in zip(report.request.metrics, block.months, strict=False):
            yield [words.metric_words(metric), *map(_shown, figures[: len(report.months)])]
        yield []


def _agencies(report: Report) -> Iterable[Line]:
    if report.nation is None:
        yield [gettext("Numbers of all agencies are given for a month or a year.")]
        return
    yield [gettext("Agency"), *words.metric_list(report.request.metrics)]
    for row in report.agencies:
        yield [guarded(agency_name(row.agency)), *map(_shown, row.figures)]
    yield [gettext("People, each once"), *map(_shown, report.nation.figures)]
    yield []
    yield [gettext("People whom two agencies both counted")]
    heads = (gettext("One agency"), words.count_head(), gettext("People"))
    others = (gettext("The other"), words.count_head(), gettext("People"))
    yield [*heads, *others, gettext("Both")]
    for each in report.overlaps:
        sides = ((side.agency, side.metric, side.figure) for side in (each.first, each.second))
        told = [(guarded(agency_name(agency)), words.metric_words(metric), figure) for agency, metric, figure in sides]
        yield [*told[0], *told[1], each.people]


def _people(content: Workbook) -> Iterable[Line]:
    """One line a person: her cases, and under each count the day of her first fact."""
    report = content.report
    if content.is_cut:
        yield [gettext("Too many for a sheet: the list is cut. The CSV file has all.")]
    yield [gettext("Person"), gettext("Cases"), *words.metric_list(report.request.metrics)]
    people: dict[str, list[MemberRow]] = {}
    for row in content.members or ():
        named = row.person if report.reader is Reader.STATISTICS else row.reference or row.person
        people.setdefault(named, []).append(row)
    for person, rows in people.items():
        days = {row.metric: row.occurred_on for row in rows}
        cases = ", ".join(sorted({row.reference for row in rows if row.reference}))
        yield [person, cases, *(days.get(metric) for metric in report.request.metrics)]
