"""Proceedings against those who are accused, as steps of a file under its agency's own pseudonym. No name, no case.

Rows are only added: one that is wrong is followed by its twin of weight -1, so that any past day can be shown again.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, HasId


class ProceedingStep(HasId, Base):
    """A step against one of the accused, by his number within the file, or in the file as a whole."""

    __tablename__ = "proceeding_step"
    __table_args__ = (
        CheckConstraint(
            "(weight = 1 AND takes_back_id IS NULL AND correction IS NULL)"
            " OR (weight = -1 AND takes_back_id IS NOT NULL AND correction IS NOT NULL)",
            name="twin_says_why",
        ),
        CheckConstraint("accused >= 1", name="accused_from_one"),
        CheckConstraint("sentence_months >= 1 AND fine_euros >= 1", name="sentence_is_something"),
        CheckConstraint(
            "step = 'convicted' OR (sentence_months IS NULL AND fine_euros IS NULL AND NOT is_suspended)",
            name="sentence_of_a_conviction",
        ),
        UniqueConstraint("takes_back_id"),
        UniqueConstraint("id", "agency_id"),
        # A step is taken back by its own agency alone.
        ForeignKeyConstraint(["takes_back_id", "agency_id"], ["proceeding_step.id", "proceeding_step.agency_id"]),
        Index("ix_proceeding_step_list", "agency_id", "occurred_on", "recorded_at"),
        Index("ix_proceeding_step_file", "agency_id", "file_code"),
    )

    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"), comment="the agency that keeps the file")
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    file_code: Mapped[str] = mapped_column(comment="the agency's own pseudonym of the file, upper case")
    accused: Mapped[int | None] = mapped_column(comment="which of the accused, by number; none: the file as a whole")
    step: Mapped[str] = mapped_column(comment="code of the list proceeding_step")
    occurred_on: Mapped[date]
    recorded_at: Mapped[datetime]
    law_article: Mapped[str] = mapped_column(comment="code of the list law_article")
    form: Mapped[str] = mapped_column(comment="code of the list exploitation_form")
    official: Mapped[str] = mapped_column(comment="whether an official is accused: code of the list yes_no_unknown")

    sentence_months: Mapped[int | None]
    fine_euros: Mapped[int | None]
    is_suspended: Mapped[bool] = mapped_column(default=False)

    weight: Mapped[int] = mapped_column(default=1)
    takes_back_id: Mapped[uuid.UUID | None]
    correction: Mapped[str | None] = mapped_column(comment="why: code of the list proceeding_correction")
