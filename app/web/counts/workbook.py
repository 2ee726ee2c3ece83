"""The workbook of counts: numbers, breakdowns, months, agencies and overlap, people by pseudonym, definitions."""

import io
from collections.abc import Iterable

import xlsxwriter
from flask_babel import gettext

from app.queries.count_members import MemberRow
from app.services.count_blocks import Block, Figure
from app.services.count_exports import Workbook
from app.services.counts import Reader, Report
from app.vocabulary.breakdown import COMMUNITY
from app.web.counts import words
from app.web.days import day_words
from app.web.filters import agency_name, moment_words, own_words
from app.web.workbooks import OPTIONS, Line, Sheets, guarded


def written(content: Workbook, made_by: str) -> bytes:
    """The workbook as the bytes of an XLSX file."""
    held, report = io.BytesIO(), content.report
    with xlsxwriter.Workbook(held, OPTIONS) as book:
        sheets = Sheets(book, words.period_words(report.request.period))
        sheets.add(gettext("Counts"), _counts(report))
        sheets.add(gettext("Breakdowns"), _breakdowns(report))
        sheets.add(gettext("Months"), _months(report))
        sheets.add(gettext("Agencies and overlap"), _agencies(report))
        if content.members is not None:
            sheets.add(gettext("People"), _people(content))
        sheets.add(gettext("Definitions"), _definitions(content, made_by))
    return held.getvalue()


def _shown(figure: Figure) -> str | int:
    return gettext("not shown") if figure is None else figure


def _blocks(report: Report) -> list[tuple[str, Block]]:
    named = ((gettext("Your agency"), report.own), (gettext("All agencies"), report.nation))
    return [(name, block) for name, block in named if block is not None]


def _counts(report: Report) -> Iterable[Line]:
    blocks, lowest = _blocks(report), report.nation.lowest if report.nation else {}
    yield [gettext("Count"), *(name for name, _ in blocks), gettext("If all doubtful links were confirmed")]
    for place, metric in enumerate(report.request.metrics):
        yield [words.metric_words(metric), *(_shown(block.figures[place]) for _, block in blocks), lowest.get(metric)]
    is_chosen = report.reader is not Reader.NATION
    people = (
        gettext("People, each once, under one of these") if is_chosen else gettext("People, each once, under any count")
    )
    yield [people, *(_shown(block.people) for _, block in blocks), lowest.get("")]


def _breakdowns(report: Report) -> Iterable[Line]:
    heads = words.metric_list(report.request.metrics)
    for name, block in _blocks(report):
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
    for name, block in _blocks(report):
        yield [name]
        yield [gettext("Count"), *(words.month_words(each.start) for each in report.request.trend)]
        for metric, figures in zip(report.request.metrics, block.months, strict=False):
            yield [words.metric_words(metric), *map(_shown, figures)]
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
    heads = (gettext("One agency"), gettext("Count"), gettext("People"))
    others = (gettext("The other"), gettext("Count"), gettext("People"))
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


def _definitions(content: Workbook, made_by: str) -> Iterable[Line]:
    report = content.report
    as_of = report.request.as_of
    yield [gettext("Period"), words.period_words(report.request.period)]
    yield [gettext("First day"), report.request.period.start]
    yield [gettext("Last day"), report.request.period.last]
    known = gettext("the end of %(day)s", day=day_words(as_of)) if as_of else moment_words(report.made_at)
    yield [gettext("As it was known at"), known]
    yield [gettext("Made at"), moment_words(report.made_at)]
    yield [gettext("Made by"), guarded(made_by)]
    for procedure in content.procedures:
        yield [gettext("Procedure in force"), own_words(procedure.label), procedure.name, procedure.digest[:12]]
    yield []
    for metric in report.request.metrics:
        yield [words.metric_words(metric), words.definition_words(metric)]
    yield []
    for sentence in _rules(report):
        yield [gettext("Rule"), sentence]


def _rules(report: Report) -> Iterable[str]:
    yield gettext("A person counts once under a count in a period, whatever agencies and records she was counted by.")
    yield gettext("A fact belongs to the day on which it happened; both ends of a period belong to it.")
    yield gettext("A breakdown shows the person as she was at her first fact under the count in the period.")
    yield gettext("Unknown, refused, not asked and zero are four different things.")
    if report.reader is not Reader.STATISTICS:
        yield gettext("Numbers under five are not shown, nor others from which they could be worked out.")
    if any(COMMUNITY in block.tables for _, block in _blocks(report)):
        yield gettext("Community is counted with consent alone and shown in sums alone.")
