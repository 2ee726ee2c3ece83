"""The form of a hold, and what the buttons of the list send."""

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.web import fields
from app.web.forms import ActForm


class HoldForm(ActForm):
    """Why a case is kept, and until when."""

    reason = fields.CodeField(_l("Why is it kept?"), codes="hold_reason", required=True)
    until = fields.DateField(
        _l("Until"), earliest=fields.today, required=True, hint=_l("The last day. The hold ends by itself after it.")
    )


def cases_of(sent: Any) -> list[UUID]:
    """The cases that a button names, at most a page of them; none where one is no code of a case."""
    try:
        return [UUID(one) for one in sent.get("cases", "").split(",")[:50]]
    except ValueError:
        return []
