"""What somebody types into a form is kept sealed as it is typed: a session that ends, a quick way out, a dead line lose
nothing. It is hers alone, goes with the form that is sent, with the case's erasure, and after a week.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update

from app.errors import Refusal
from app.models.case import Case
from app.models.unsent import UnsentForm
from app.queries.standing import Standing
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.case_keys import open_keys, unwrap_keys
from app.services.unit_of_work import Work

Typed = Sequence[tuple[str, str]]
KEPT = timedelta(days=7)
MOST = 64 * 1024
"""Signs of one form, names and values: more than any form of the procedure takes."""
LISTED = 20


@dataclass(frozen=True)
class Place:
    """Which form: a track and an act of a case, or of none where the act opens one."""

    track: str
    action: str
    case_id: UUID | None = None

    @property
    def name(self) -> str:
        """As it is kept."""
        return f"{self.case_id or 'opening'}/{self.track}/{self.action}"

    @classmethod
    def named(cls, name: str, case_id: UUID | None) -> "Place":
        """The place that is kept under a name."""
        _, track, action = name.split("/")
        return cls(track, action, case_id)


@dataclass(frozen=True)
class Unsent:
    """What was typed, field by field as it was sent, and when it was kept."""

    typed: tuple[tuple[str, str], ...]
    kept_at: datetime


@dataclass(frozen=True)
class Waiting:
    """A form that waits to be sent: where it is, of which case, since when."""

    place: Place
    reference: str
    kept_at: datetime


def keep(actor: Actor, place: Place, typed: Typed) -> None:
    """Keep what is typed in the place of what was kept before; the first time is written down.

    Raises NotFound for a case that is not open to the actor, Refusal("form_too_long") for more than a form takes.
    """
    if sum(len(name) + len(value) for name, value in typed) > MOST:
        raise Refusal("form_too_long")
    with unit_of_work.write(actor) as work:
        known = work.session.execute(_of(work, place, UnsentForm.id)).scalar_one_or_none()
        row_id = known or uuid4()
        values = {"kept_at": work.now, **_sealed(work, place, row_id, [list(one) for one in typed])}
        if known is not None:
            work.change(update(UnsentForm).where(UnsentForm.id == row_id).values(**values))
            work.commit_unaudited()  # each stop of the fingers would be an entry; that there is one is written down
            return
        own = {"member_id": actor.member_id, "agency_id": actor.agency_id, "case_id": place.case_id}
        work.session.execute(insert(UnsentForm), [{"id": row_id, "place": place.name, **own, **values}])
        work.audit("form:kept", place.case_id, track=place.track, step=place.action)
        work.commit()


def _of(work: Work, place: Place, *columns: Any) -> Any:
    mine = UnsentForm.member_id == work.actor.member_id
    return select(*columns).where(mine, UnsentForm.place == place.name)


def _sealed(work: Work, place: Place, row_id: UUID, typed: Any) -> dict[str, bytes]:
    column, key = _key(work, place.case_id)
    return {column: work.vault.seal(key, typed, "unsent_form", column, row_id)}


def _key(work: Work, case_id: UUID | None) -> tuple[str, bytes]:
    if case_id is not None:
        return "content", open_keys(work, case_id).content
    return "opening", work.vault.keyring.named(f"unsent|{work.actor.agency_id}")


def found(work: Work, place: Place) -> Unsent | None:
    """What the actor typed for an act that opens a case and did not send; None where there is nothing."""
    row = work.session.execute(_of(work, place, UnsentForm)).scalar_one_or_none()
    return _opened(work, row, "opening", _key(work, None)[1]) if row else None


def of_step(work: Work, known: Standing, track: str, action: str) -> Unsent | None:
    """What the actor typed for a step and did not send; None where there is nothing."""
    row = work.session.execute(_of(work, Place(track, action, known.case_id), UnsentForm)).scalar_one_or_none()
    if row is None:
        return None
    keys = unwrap_keys(work, known.case_id, known.identity_key, known.content_key)
    return _opened(work, row, "content", keys.content)


def _opened(work: Work, row: UnsentForm, column: str, key: bytes) -> Unsent | None:
    sealed = getattr(row, column)
    if sealed is None:
        return None
    typed = work.vault.open(key, sealed, "unsent_form", column, row.id)
    return Unsent(tuple((name, value) for name, value in typed), row.kept_at)


def forget(actor: Actor, place: Place, *, is_sent: bool) -> None:
    """What was kept has been sent, or its writer does not want it any more."""
    with unit_of_work.write(actor) as work:
        mine = (UnsentForm.member_id == actor.member_id, UnsentForm.place == place.name)
        if work.change(delete(UnsentForm).where(*mine)):
            action = "form:sent" if is_sent else "form:discarded"
            work.audit(action, place.case_id, track=place.track, step=place.action)
            work.commit()


def waiting(work: Work) -> list[Waiting]:
    """The forms that the actor has not sent, the latest first."""
    rows = work.session.execute(
        select(UnsentForm.place, UnsentForm.case_id, UnsentForm.kept_at, Case.reference)
        .outerjoin(Case, Case.id == UnsentForm.case_id)
        .where(UnsentForm.member_id == work.actor.member_id)
        .order_by(UnsentForm.kept_at.desc(), UnsentForm.id)
        .limit(LISTED)
    )
    return [
        Waiting(Place.named(row.place, row.case_id), row.reference or "", row.kept_at)
        for row in rows
        if row.case_id is None or row.reference
    ]


def forget_case(work: Work, case_id: UUID) -> None:
    """Take away what anybody has typed on a case, with its erasure."""
    with work.as_system("tick"):
        work.change(delete(UnsentForm).where(UnsentForm.case_id == case_id))


def forget_old(work: Work) -> int:
    """Take away what nobody has sent for a week; gives how many. The clock does it."""
    return work.change(delete(UnsentForm).where(UnsentForm.kept_at < work.now - KEPT))
