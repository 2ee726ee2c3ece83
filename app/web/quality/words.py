"""Findings on the quality of numbers as sentences, and where the numbers stand."""

from collections.abc import Callable
from typing import Any

from babel.numbers import format_percent
from flask import url_for
from flask_babel import gettext

from app.queries.quality import LATE
from app.services.quality_rules import Finding
from app.vocabulary.period import Period
from app.web.counts.words import metric_words, period_words
from app.web.days import LOCALES
from app.web.filters import number_words
from app.web.languages import chosen_language

__all__ = ["LATE", "address", "days_asked", "sentence", "share_words"]

Words = dict[str, str]


def sentence(finding: Finding, period: Period) -> str:
    """A finding as a sentence. KeyError for a kind that has none, which a test finds."""
    numbers = {name: number_words(number) for name, number in finding.numbers.items()}
    return SENTENCES[finding.kind](finding, period, numbers)


def _sentences(_finding: Finding, _period: Period, numbers: Words) -> str:
    return gettext("%(convicted)s convicted, %(known)s sentences known: %(without)s without.", **numbers)


def _raids(finding: Finding, _period: Period, numbers: Words) -> str:
    raids, arrests = finding.numbers["raids"], finding.numbers["arrests"]
    if not arrests:
        return gettext("%(raids)s raids and no arrest.", **numbers)
    ratio = number_words(round(raids / arrests, 1))
    return gettext("%(raids)s raids, %(arrests)s arrests: %(ratio)s raids to one arrest.", ratio=ratio, **numbers)


def _assistance(_finding: Finding, _period: Period, numbers: Words) -> str:
    return gettext(
        "Identified by the police: %(identified)s. Assisted by the victim advocates in the same period: %(assisted)s."
        " The two numbers are of different acts and need not be one; look who stands behind each.",
        **numbers,
    )


def _one_number(finding: Finding, period: Period, numbers: Words) -> str:
    told = {"metric": metric_words(finding.metric), "first": period_words(period)}
    other = period_words(finding.other) if finding.other else ""
    return gettext(
        "%(metric)s: the number %(number)s belongs to two periods, %(first)s and %(second)s. Name the period with it.",
        second=other,
        **told,
        **numbers,
    )


def _disagreements(_finding: Finding, _period: Period, numbers: Words) -> str:
    return gettext(
        "People whose linked records disagree: %(people)s; in sex %(sex)s, in age by more than one band %(age)s,"
        " in citizenship %(citizenship)s.",
        **numbers,
    )


def _pairs(_finding: Finding, _period: Period, numbers: Words) -> str:
    return gettext("Pairs of records that may be one person and wait for a reviewer: %(pairs)s.", **numbers)


def _late(_finding: Finding, _period: Period, numbers: Words) -> str:
    return gettext(
        "Of %(entries)s entries %(late)s were made more than %(days)s days after what they tell of.", **numbers
    )


SENTENCES: dict[str, Callable[[Finding, Period, Words], str]] = {
    "sentences": _sentences,
    "raids": _raids,
    "assistance": _assistance,
    "one_number": _one_number,
    "disagreements": _disagreements,
    "pairs": _pairs,
    "late": _late,
}


METRICS = {"assistance": ["identified", "assisted"]}
"""Which counts a finding is about, where it does not say so itself."""


def address(finding: Finding, period: Period) -> str:
    """Where the numbers of a finding stand."""
    asked = days_asked(period)
    if finding.leads_to == "work":
        return url_for("tallies.work", **asked)
    if finding.kind in METRICS:
        asked["metrics"] = METRICS[finding.kind]
    elif finding.metric:
        asked["metrics"] = [finding.metric]
    return url_for("counts.index", **asked)


def days_asked(period: Period) -> dict[str, Any]:
    """A period as the forms of counts ask for it: a year by its number, else its first and its last day."""
    if period.is_year:
        return {"year": period.start.year}
    ends = (("start", period.start), ("end", period.last))
    return {f"{name}-{part}": getattr(day, part) for name, day in ends for part in ("day", "month", "year")}


def share_words(share: float) -> str:
    """A part of a whole in hundredths."""
    return str(format_percent(share, locale=LOCALES[chosen_language()]))
