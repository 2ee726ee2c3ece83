"""What the head of every page shows of its reader, in one statement: her agency's name and how many notices wait."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.models.agency import Agency
from app.queries.notices import WAITING, mine
from app.security.actor import Actor


@dataclass(frozen=True)
class Frame:
    """The agency in three languages, and the number of unread notices, at most a hundred counted."""

    name_en: str
    name_sq: str
    name_sr: str
    waiting: int


_OF_READER = select(Agency.name_en, Agency.name_sq, Agency.name_sr, WAITING.label("waiting")).where(
    Agency.id == bindparam("agency_id")
)


def of_reader(session: Session, actor: Actor) -> Frame:
    """The frame of the actor's pages. It names its agency itself, so that it needs no scope on top of that."""
    return Frame(*session.connection().execute(_OF_READER, mine(actor)).one())
