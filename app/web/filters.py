"""Template filters: labels of codes and of the procedure, dates and numbers in the reader's language."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.numbers import format_decimal
from flask import Flask

from app.clock import COUNTRY_ZONE
from app.services import sheets, wording
from app.vocabulary import catalog
from app.web.codes_drawn import in_fours, square_code
from app.web.conditions import AGAINST, IN_FAVOUR, TO_CHECK, WHEN, unmet_sentence
from app.web.days import LOCALES, day_words
from app.web.languages import LANGUAGES, chosen_language, data_language
from app.web.notices.links import notice_url
from app.web.phrases import CASE_STATES, FIRST_ACTS, STAGES, notice_sentence, phrase


def label_of(code: str | None, list_name: str) -> str:
    """The label of a code of a list in the reader's language; an unknown code shows itself."""
    if code is None:
        return ""
    try:
        text: str = catalog.get(list_name).label(code, data_language())
    except KeyError:
        return code
    return text


def code_words(list_name: str) -> list[str]:
    """The labels of a whole code list in the reader's language, in the order in which they are offered."""
    return [words for _, words in catalog.get(list_name).choices(data_language())]


def own_words(label: Any) -> str:
    """A data label (of a track, state, step, agency) in the reader's language."""
    text: str = label.text(data_language())
    return text


def agency_name(agency: Any) -> str:
    """An agency's name in the reader's language."""
    name: str = getattr(agency, f"name_{data_language()}")
    return name


def house_name(house: Any) -> str:
    """A house by its shelter's name, with its own code where the shelter has several."""
    return f"{agency_name(house)}, {house.house}" if house.house else agency_name(house)


def moment_words(value: datetime | None) -> str:
    """A day and the time of day on the country's clocks."""
    if value is None:
        return ""
    return f"{day_words(value)}, {time_of_day(value)}"


def time_of_day(value: datetime) -> str:
    """The time of day on the country's clocks."""
    return format_time(value.astimezone(COUNTRY_ZONE).timetz(), "HH:mm", locale=LOCALES[chosen_language()])


def near_words(value: date | datetime | None) -> str:
    """A day or a moment of these weeks, without the year."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        local = value.astimezone(COUNTRY_ZONE)
        return f"{_near_day(local.date(), LOCALES[chosen_language()])}, {local:%H:%M}"
    return _near_day(value, LOCALES[chosen_language()])


@lru_cache(maxsize=4096)
def _near_day(day: date, locale: str) -> str:
    return format_skeleton("MMMd", day, locale=locale)


def length_words(value: timedelta) -> str:
    """How long something lasted, in the one unit that says most of it."""
    return format_timedelta(value, granularity="minute", threshold=2, locale=LOCALES[chosen_language()])


def weekday_words(value: date) -> str:
    """The day of the week in two letters or so."""
    return format_date(value, "EEEEEE", locale=LOCALES[chosen_language()])


def number_words(value: float) -> str:
    """A number with the reader's own marks."""
    return format_decimal(value, locale=LOCALES[chosen_language()])


def track_words(name: str) -> str:
    """The name of a track in the reader's language."""
    label = wording.track_label(name)
    return own_words(label) if label else name


def register_filters(app: Flask) -> None:
    """Make them known to all templates."""
    app.jinja_env.filters.update(
        code=label_of,
        code_words=code_words,
        words=own_words,
        agency=agency_name,
        house=house_name,
        day=day_words,
        moment=moment_words,
        near=near_words,
        time_of_day=time_of_day,
        weekday=weekday_words,
        length_of_time=length_words,
        number=number_words,
        phrase=phrase,
        notice=notice_sentence,
        notice_url=notice_url,
        first_act=lambda offer: FIRST_ACTS.get(offer.action) or own_words(offer.label),
        when=lambda guard: WHEN.get(guard, ""),
        unmet=lambda one: unmet_sentence(*one),
        against=lambda key: str(AGAINST.get(key, key)),
        in_favour=lambda key: str(IN_FAVOUR.get(key, key)),
        to_check=lambda key: str(TO_CHECK.get(key, key)),
        iso_day=lambda text: day_words(date.fromisoformat(text)),
        stage=lambda name: STAGES.get(name, ""),
        case_state=lambda name: CASE_STATES.get(name, name),
        track=track_words,
        qr=square_code,
        in_fours=in_fours,
    )
    app.jinja_env.tests["ticked"] = sheets.ticked
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(LANGUAGES=LANGUAGES, chosen_language=chosen_language)
    # As in babel.cfg: a sentence over several lines of a template is one line in the catalogue.
    app.jinja_env.policies["ext.i18n.trimmed"] = True
