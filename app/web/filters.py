"""Template filters: labels of codes and of the procedure, dates and numbers in the reader's language."""

from typing import Any

from flask import Flask
from flask_babel import format_date, format_datetime, format_decimal

from app.vocabulary import catalog
from app.web.languages import LANGUAGES, chosen_language, data_language


def label_of(code: str | None, list_name: str) -> str:
    """The label of a code of a list in the reader's language; an unknown code shows itself."""
    if code is None:
        return ""
    try:
        text: str = catalog.get(list_name).label(code, data_language())
    except KeyError:
        return code
    return text


def own_words(label: Any) -> str:
    """A data label (of a track, state, step, agency) in the reader's language."""
    text: str = label.text(data_language())
    return text


def agency_name(agency: Any) -> str:
    """An agency's name in the reader's language."""
    name: str = getattr(agency, f"name_{data_language()}")
    return name


def register_filters(app: Flask) -> None:
    """Make them known to all templates."""
    app.jinja_env.filters.update(
        code=label_of,
        words=own_words,
        agency=agency_name,
        day=lambda value: format_date(value, "medium") if value else "",
        moment=lambda value: format_datetime(value, "short") if value else "",
        number=format_decimal,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(LANGUAGES=LANGUAGES, chosen_language=chosen_language)
    # As in babel.cfg: a sentence over several lines of a template is one line in the catalogue.
    app.jinja_env.policies["ext.i18n.trimmed"] = True
