"""What all kinds of question share: that they must be answered, and how what was typed is read and shown again."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from wtforms.validators import StopValidation

from app.clock import local_day, utc_now
from app.services.unit_of_work import Database

LINE_LENGTH = 200
# What no keyboard types and PostgreSQL or a spreadsheet chokes on. Line breaks and tabs are allowed.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
DIGITS = re.compile(r"[0-9]{1,6}", re.ASCII)


def today() -> date:
    """The day it is in the country, by the application's clock, which a test may move."""
    database: Database | None = current_app.extensions.get("database")
    clock = database.parts.clock if database else None
    return local_day((clock or utc_now)())


class Answered:
    """Validator: the question must be answered. Sets the flag `required`, which the macros read."""

    field_flags = {"required": True}

    def __init__(self, message: str | None = None) -> None:
        self.message = message

    def __call__(self, _form: object, field: Any) -> None:
        """Stop at a question without an answer; one with a fault of its own says that alone."""
        if field.errors or field.data not in (None, "", []):
            return
        raise StopValidation(str(self.message or field.ask))


class Asked:
    """Adds to a WTForms field: `required`, the sentence for when it is left empty, and the shape that the page shows.

    `is_sometimes_required`: whether it must be answered depends on something else, so that it is not called optional.
    """

    shape = "line"
    ask = _l("Answer this question")

    def __init__(
        self,
        label: Any = None,
        validators: Iterable[Any] = (),
        *,
        required: bool = False,
        ask: Any = None,
        hint: Any = "",
        is_sometimes_required: bool = False,
        **kwargs: Any,
    ) -> None:
        self.ask = ask or type(self).ask
        self.is_sometimes_required = is_sometimes_required
        checks = [Answered()] if required else []
        super().__init__(label, [*checks, *validators], description=hint, **kwargs)  # type: ignore[call-arg]


def tidy(typed: str) -> str:
    """What was typed, without blanks at the ends and with one kind of line break."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()


def shown(typed: str) -> str:
    """What was typed, fit to be shown again: without unseen characters and not endless."""
    return UNSEEN.sub("", typed)[:LINE_LENGTH]
