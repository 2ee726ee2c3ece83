"""An act under way: what the runner hands to the effects of a step. Lives inside one unit of work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.errors import Invalid
from app.queries.standing import Standing
from app.security.vault import Vault
from app.services.case_keys import CaseKeys
from app.services.notices import Telling
from app.services.unit_of_work import Work
from workflows.definition import Procedure
from workflows.engine import Outcome


@dataclass(frozen=True)
class StepRequest:
    """What an actor asks for: the action on a track, the form's answers, the day, the row version she saw."""

    case_id: UUID
    track: str
    action: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    occurred_on: date | None = None
    row_version: int | None = None
    referral_id: UUID | None = None


@dataclass
class Act:
    """One step being taken: the case before it, the outcome, the answers, and what is still to be written."""

    work: Work
    standing: Standing
    procedure: Procedure
    keys: CaseKeys
    outcome: Outcome
    answers: dict[str, Any]
    occurred_on: date
    event_id: UUID
    referral_id: UUID | None = None
    tellings: list[Telling] = field(default_factory=list)
    snapshot: dict[str, Any] = field(default_factory=dict)
    placed_at: UUID | None = None
    after: list[Callable[[], None]] = field(default_factory=list)

    @property
    def case_id(self) -> UUID:
        """The case."""
        return self.standing.case_id

    @property
    def vault(self) -> Vault:
        """Seals and opens."""
        return self.work.vault

    def answer_id(self, name: str) -> UUID | None:
        """The id that a field of the form names (an agency, a bed, a member); raises Invalid."""
        value = self.answers.get(name)
        try:
            return UUID(str(value)) if value else None
        except ValueError:
            raise Invalid({name: "unknown_choice"}) from None
