"""Counts in the reader's words: periods, metrics, rows of breakdowns, numbers that may not be shown."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from babel.dates import format_skeleton
from flask import url_for
from flask_babel import gettext, pgettext

from app.queries.count_facts import Only
from app.services.count_blocks import Figure
from app.services.counts import Reader, Report
from app.vocabulary import breakdown, metric
from app.vocabulary.period import Period
from app.web.days import LOCALES, day_words
from app.web.filters import number_words
from app.web.languages import chosen_language, data_language


def metric_words(code: str) -> str:
    """The name of a count."""
    return metric.METRIC.label(code, data_language())


def count_head() -> str:
    """What heads a column of counts' names: the thing, not the act."""
    return pgettext("noun", "Count")


def metric_list(codes: Iterable[str]) -> list[str]:
    """The names of counts, for the heads of columns."""
    return [metric_words(code) for code in codes]


def definition_words(code: str) -> str:
    """The sentence that defines a count."""
    return metric.definition(code).text(data_language())


def breakdown_words(dimension: str) -> str:
    """By what is broken down."""
    return breakdown.BREAKDOWN.label(dimension, data_language())


def behind(address: Mapping[str, Any], **cell: Any) -> str:
    """Where a number leads: to who stands behind it now, or stood behind it in a frozen report."""
    return url_for("editions.members" if "edition_id" in address else "counts.members", **cell, **address)


def has_several(dimension: str) -> bool:
    """Whether a person may stand in several rows of a breakdown."""
    return dimension in breakdown.SEVERAL


def value_words(dimension: str, value: str) -> str:
    """A row of a breakdown."""
    return breakdown.value_label(dimension, value, data_language())


def row_words(row: Only) -> str:
    """A row with what it is one of."""
    return f"{breakdown_words(row.dimension)}: {value_words(row.dimension, row.value)}"


def period_words(period: Period) -> str:
    """A month by its name, a year by its number, other days by the first and the last."""
    if period.is_year:
        return str(period.start.year)
    if period.is_month:
        return month_words(period.start)
    if period.is_quarter:
        number = (period.start.month + 2) // 3
        return gettext("Quarter %(number)s of %(year)s", number=number, year=period.start.year)
    if period.start == period.last:
        return day_words(period.start)
    return gettext("%(first)s to %(last)s", first=day_words(period.start), last=day_words(period.last))


def month_words(day: date, *, short: bool = False) -> str:
    """The month of a day; in short for the axis of a chart."""
    return format_skeleton("MMM" if short else "yMMMM", day, locale=LOCALES[chosen_language()])


def kind_words(report: Report) -> str:
    """What kind of numbers the reader is shown."""
    if report.reader is Reader.STATISTICS:
        return gettext("Every number is shown as it is.")
    if report.nation is not None:
        return gettext(
            "A star stands for a number that is not shown: "
            "under five, or one from which such a number could be worked out."
        )
    return gettext(
        "Numbers of all agencies are given for a month or a year: two other ranges would tell what lies between them."
    )


def range_words(report: Report) -> str:
    """Why a report of a past day has no range before review; nothing of any other, and for who never has one."""
    has_none = report.reader is Reader.STATISTICS and report.request.as_of is not None
    if not has_none or (report.nation and report.nation.lowest):  # frozen reports of before have one
        return ""
    return gettext(
        "Which pairs of records wait for an answer is known of today alone: "
        "for a past day it is not told how many there would be if every doubtful link were confirmed."
    )


def figure_words(figure: Figure) -> str:
    """A number, or that it is not shown."""
    return gettext("not shown") if figure is None else number_words(figure)
