"""Case meetings in a world: called, held, and read by those who are invited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.models.case import Case
from app.services import meetings
from app.services.meetings import MeetingPage, NewFollowUp, NewMeeting
from app.services.viewing import view
from tests.factories.world import World


@dataclass(frozen=True)
class Meetings:
    """What people do around meetings, through the services."""

    world: World

    def reference(self, case_id: UUID, by: str) -> str:
        """A case's pseudonym, as a member of one of its parties sees it."""
        with self.world.database.read(self.world.actor(by)) as work:
            return str(work.session.execute(select(Case.reference).where(Case.id == case_id)).scalar_one())

    def called(self, by: str, *case_ids: UUID, on: date | None = None, **more: Any) -> UUID:
        """Call a meeting on some cases; today where no day is named."""
        references = tuple(self.reference(one, by) for one in case_ids)
        with self.world.database.read(self.world.actor(by)) as work:
            today = work.today
        told: dict[str, Any] = {"kind": "extraordinary", "reason": "new_danger", "references": references, **more}
        return UUID(meetings.call(self.world.actor(by), NewMeeting(held_on=on or today, **told))["meeting_id"])

    def seen(self, by: str, meeting_id: UUID) -> MeetingPage:
        """A meeting as one of those invited sees it."""
        return view(self.world.actor(by), "meeting:opened", meetings.one, meeting_id=meeting_id)

    def entry(self, by: str, meeting_id: UUID) -> UUID:
        """The first case of the agenda that is open to her."""
        return self.seen(by, meeting_id).entries[0].row.id

    def takes_on(self, by: str, entry_id: UUID, agency: str, task: str, due_on: date) -> None:
        """Record what an agency is to do."""
        new = NewFollowUp(self.world.agencies[agency], due_on, task)
        meetings.add_follow_up(self.world.actor(by), entry_id, new)
