"""Words for what a definition says in codes: lengths of time, and the parts of a step."""

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

ASPECTS = {
    "": _l("the whole step"),
    "window": _l("period"),
    "from": _l("from"),
    "to": _l("to"),
    "by": _l("who takes it"),
    "signatures": _l("who signs"),
    "conditions": _l("conditions"),
    "form": _l("form"),
    "clocks": _l("deadlines"),
    "also": _l("what follows at once"),
}


def period_words(written: str) -> str:
    """A length of time, written as `24 hours`, in the reader's language; another text is given back as it is."""
    amount, _, unit = written.partition(" ")
    number = int(amount) if amount.isdecimal() else 0
    said = {
        "minutes": lambda: ngettext("%(num)d minute", "%(num)d minutes", number),
        "hours": lambda: ngettext("%(num)d hour", "%(num)d hours", number),
        "days": lambda: ngettext("%(num)d day", "%(num)d days", number),
        "working_days": lambda: ngettext("%(num)d working day", "%(num)d working days", number),
        "months": lambda: ngettext("%(num)d month", "%(num)d months", number),
    }.get(unit)
    return said() if said else written


def register_sop_words(app: Flask) -> None:
    """Make them known to the templates."""
    app.jinja_env.filters.update(period=period_words, aspect=lambda name: ASPECTS.get(name, name))
