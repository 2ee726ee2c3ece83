"""What is asked before a packet is made, and what the receiver answered."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.services.transnational import NewPacket, Packets, Reception
from app.web import fields
from app.web.forms import ActForm


class PacketForm(ActForm):
    """What the person agreed to pass on beyond the coded facts, and what was agreed with the receiver."""

    shares = fields.CodesField(
        _l("What the person agreed to pass on"),
        codes="transnational_share",
        hint=_l("Ask for each in particular. Without a tick the packet holds the pseudonym and coded facts only."),
    )
    escort = fields.LineField(_l("Who travels with the person"))
    follow_up = fields.TextField(_l("Follow-up that was agreed"), required=True, length=1000)
    follow_up_by = fields.CodeField(_l("By whom"), codes="follow_up_by", required=True)
    contact = fields.LineField(
        _l("Where the receiver can answer"),
        required=True,
        hint=_l("Telephone or address of the office. No private number, no name of the person."),
    )

    @classmethod
    def of(cls, page: Packets) -> "PacketForm":
        """The form with what the return's own steps say already."""
        form = cls()
        if form.escort.data is None and not form.is_submitted():
            form.escort.data = page.escort or None
        return form

    @property
    def told(self) -> NewPacket:
        """What was filled in."""
        return NewPacket(
            shares=tuple(self.shares.data or ()),
            follow_up=str(self.follow_up.data),
            follow_up_by=str(self.follow_up_by.data),
            contact=str(self.contact.data),
            escort=self.escort.data or "",
        )


class AnswerForm(ActForm):
    """What came back from the receiver."""

    answer = fields.CodeField(_l("What the receiver answered"), codes="reception_answer", required=True)
    answered_on = fields.DateField(_l("Day"), required=True, past=True, default=fields.today)
    note = fields.TextField(_l("What was said"), length=2000, hint=_l("Sealed, like all that is written about a case"))

    @property
    def told(self) -> Reception:
        """What was filled in."""
        day: Any = self.answered_on.data or fields.today()
        return Reception(str(self.answer.data), day, self.note.data or "")
