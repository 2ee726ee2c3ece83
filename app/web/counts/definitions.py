"""What a report is and what its words mean, as lines for its files."""

from collections.abc import Iterable

from flask_babel import gettext

from app.services import count_definitions
from app.services.count_exports import Export
from app.services.counts import Reader, Report
from app.vocabulary.breakdown import COMMUNITY
from app.web.counts import long_table, words
from app.web.days import day_words
from app.web.filters import moment_words, own_words
from app.web.workbooks import Line, guarded


def known_at(report: Report) -> str:
    """The moment that the numbers are of."""
    as_of = report.request.as_of
    return gettext("the end of %(day)s", day=day_words(as_of)) if as_of else moment_words(report.made_at)


def made(export: Export, made_by: str) -> Iterable[Line]:
    """Of what, when and by whom the file was made."""
    report = export.report
    yield [gettext("Period"), words.period_words(report.request.period)]
    yield [gettext("First day"), report.request.period.start]
    yield [gettext("Last day"), report.request.period.last]
    if report.request.only:
        yield [gettext("Only of"), guarded(words.row_words(report.request.only))]
    yield [gettext("As it was known at"), known_at(report)]
    yield [gettext("Made at"), moment_words(report.made_at)]
    yield [gettext("Made by"), guarded(made_by)]
    for procedure in export.procedures:
        yield [gettext("Procedure in force"), own_words(procedure.label), procedure.name, procedure.digest[:12]]
    yield [gettext("Digest of the definitions"), count_definitions.digest(report.request.metrics)[:12]]


def meanings(report: Report) -> Iterable[Line]:
    """Each count with the sentence that defines it, then what holds of every number."""
    for metric in report.request.metrics:
        yield [words.metric_words(metric), words.definition_words(metric)]
    for sentence in rules(report):
        yield [gettext("Rule"), sentence]


def rules(report: Report) -> Iterable[str]:
    """What holds of every number."""
    yield gettext("A person counts once under a count in a period, whatever agencies and records she was counted by.")
    yield gettext("A fact belongs to the day on which it happened; both ends of a period belong to it.")
    yield gettext("A breakdown shows the person as she was at her first fact under the count in the period.")
    yield gettext("Unknown, refused, not asked and zero are four different things.")
    if report.reader is not Reader.STATISTICS:
        yield gettext("Numbers under five are not shown, nor others from which they could be worked out.")
    if told := words.range_words(report):
        yield told
    if any(COMMUNITY in block.tables for _, block in long_table.blocks(report)):
        yield gettext("Community is counted with consent alone and shown in sums alone.")
