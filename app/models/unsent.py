"""What somebody has typed into a form and not sent: kept as it is typed, so that nothing ends with a session."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId, sealed


class UnsentForm(HasId, Base):
    """One form of one member: of a step of a case, or of the act that opens one. Nobody else's, whoever is the agency.

    On a case it lies under the case's key, before there is one under a key of the agency.
    """

    __tablename__ = "unsent_form"
    __table_args__ = (UniqueConstraint("member_id", "place", name="uq_unsent_form_place"),)

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("cases.id"), index=True)
    place: Mapped[str] = mapped_column(comment="which form: a track and an act, after the case where there is one")
    content: Mapped[bytes | None] = sealed("P", "what was typed on a case")
    opening: Mapped[bytes | None] = sealed("P", "what was typed before there was a case")
    kept_at: Mapped[datetime]
