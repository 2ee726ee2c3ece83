"""A sentence in the reader's words."""

from typing import Any

from flask_babel import gettext, ngettext

from app.vocabulary.proceeding import CONVICTED
from app.web.filters import number_words


def sentence_words(row: Any) -> str:
    """Months, fine, suspended; that it is not known, of a conviction without any of them; else nothing."""
    if row.step != CONVICTED:
        return ""
    told = []
    if row.sentence_months:
        told.append(ngettext("%(num)d month", "%(num)d months", row.sentence_months))
    if row.fine_euros:
        told.append(gettext("fine of EUR %(amount)s", amount=number_words(row.fine_euros)))
    if row.is_suspended:
        told.append(gettext("suspended"))
    return ", ".join(told) or gettext("not known")
