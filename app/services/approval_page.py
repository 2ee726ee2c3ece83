"""What the page of approvals shows: what waits, with whose word it is done; and what was decided lately, by whom."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models.agency import Agency, Member
from app.models.approval import Approval
from app.security.actor import Actor
from app.services import approvals, lines_of_people, unit_of_work
from app.services.unit_of_work import Work
from app.vocabulary.code import Label

SHOWN_FOR = timedelta(days=90)
SHOWN_AT_MOST = 25


@dataclass(frozen=True)
class Request:
    """What was asked: about whom, of which agency, what is given and taken, by whom, until when it can be decided.

    Of what is over its period: the class `what`, and the day `before` which it began, as ISO says it. Of lines of
    people that leave: what was asked, as `lines_of_people` keeps it.
    """

    id: UUID
    kind: str
    digest: str
    name: str
    name_en: str
    name_sq: str
    name_sr: str
    gives: tuple[str, ...]
    takes: tuple[str, ...]
    by: str
    at: datetime
    until: datetime
    state: str
    decided_by: str
    decided_at: datetime | None
    is_hers: bool
    what: Label | None = None
    before: str = ""
    lines: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Page:
    """What waits, the longest waiting first, and what was decided lately."""

    waiting: tuple[Request, ...]
    decided: tuple[Request, ...]


_subject, _asker, _decider = aliased(Member), aliased(Member), aliased(Member)
_REQUESTS = (
    select(Approval, Agency, _subject.name.label("name"), _asker.name.label("by"), _decider.name.label("decided_by"))
    .join(Agency, Agency.id == Approval.agency_id)
    .join(_asker, _asker.id == Approval.asked_by_id)
    .outerjoin(_subject, _subject.id == Approval.subject_id)
    .outerjoin(_decider, _decider.id == Approval.decided_by_id)
)


def page(actor: Actor) -> Page:
    """The requests that the actor may see: her agency's, an administrator all."""
    with unit_of_work.read(actor) as work:
        waits = (Approval.state == "asked", Approval.expires_at > work.now)
        waiting = work.session.execute(_REQUESTS.where(*waits).order_by(Approval.asked_at, Approval.id)).all()
        lately = (Approval.state.in_(("approved", "refused")), Approval.decided_at > work.now - SHOWN_FOR)
        newest = _REQUESTS.where(*lately).order_by(Approval.decided_at.desc(), Approval.id).limit(SHOWN_AT_MOST)
        decided = work.session.execute(newest).all()
        return Page(tuple(_requests(work, waiting)), tuple(_requests(work, decided)))


def _requests(work: Work, rows: Sequence[Any]) -> Iterator[Request]:
    panel, known = approvals.panel(work, [row.Approval.agency_id for row in rows]), work.database.periods
    for row in rows:
        one, agency, asked = row.Approval, row.Agency, json.loads(row.Approval.asked)
        deciders = panel.of(one.agency_id, (one.asked_by_id, one.subject_id))
        yield Request(
            id=one.id,
            kind=one.kind,
            digest=one.digest,
            name=row.name or "",
            name_en=agency.name_en,
            name_sq=agency.name_sq,
            name_sr=agency.name_sr,
            gives=tuple(asked.get("gives", ())),
            takes=tuple(asked.get("takes", ())),
            by=row.by,
            at=one.asked_at,
            until=one.expires_at,
            state=one.state,
            decided_by=row.decided_by or "",
            decided_at=one.decided_at,
            what=known[asked["what"]].what if asked.get("what") in known else None,
            before=asked.get("before", ""),
            lines=asked if one.kind == lines_of_people.KIND else None,
            is_hers=work.actor.member_id in [decider.member_id for decider in deciders],
        )
