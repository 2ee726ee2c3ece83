"""The forms of a request: what was asked, and how it is answered."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.services.person_requests import NewAnswer, NewRequest
from app.web import fields
from app.web.forms import ActForm


class RequestForm(ActForm):
    """What the person asked."""

    kind = fields.CodeField(_l("What was asked"), codes="person_request", required=True)
    asked_by = fields.CodeField(_l("Who asked"), codes="person_request_by", required=True)
    received_on = fields.DateField(
        _l("Received on"),
        required=True,
        past=True,
        default=fields.today,
        hint=_l("From this day there are 30 days to answer"),
    )

    @property
    def told(self) -> NewRequest:
        """What was filled in."""
        day: Any = self.received_on.data
        return NewRequest(str(self.kind.data), str(self.asked_by.data), day)


class AnswerForm(ActForm):
    """How a request is answered."""

    answer = fields.CodeField(_l("Answer"), codes="person_request_answer", required=True)
    reason = fields.CodeField(
        _l("Why not as asked"),
        codes="person_request_reason",
        hint=_l("Where it is refused or done in part. The person is told the reason"),
    )
    answered_on = fields.DateField(_l("Answered on"), required=True, past=True, default=fields.today)

    @property
    def told(self) -> NewAnswer:
        """What was filled in."""
        day: Any = self.answered_on.data
        return NewAnswer(str(self.answer.data), self.reason.data or None, day)
