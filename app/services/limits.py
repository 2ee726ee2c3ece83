"""Movement limits: ordered, reviewed, lifted. There is no other way to limit where a resident goes.

An order has a reason of its own, an author, an end within the days that the country allows and a day of review, and
keeps what the person says to it. It ends by itself. Who leads the case is told of each, and of a child's the social
worker: they read it on the case's page, for an order under the content key of the case is theirs too.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.errors import Conflict, Invalid, NotFound
from app.models.house_life import LimitReview, MovementLimit
from app.models.placement import Stay
from app.queries import limits as query
from app.queries.limits import LimitRow
from app.security.actor import Actor
from app.services import house_keys, house_rules, unit_of_work
from app.services.house_keys import HouseKeys
from app.services.house_notices import tell_followers
from app.services.notices import Telling, tell
from app.services.stays import find_open, standing_of
from app.services.unit_of_work import Once, Work

TABLE, REVIEWS = MovementLimit.__tablename__, LimitReview.__tablename__
STANDING_ALREADY = ("movement_limit_one_of_a_kind", "uq_movement_limit_number", "movement_limit.number")
BATCH = 200
LIFTED = "lifted"


@dataclass(frozen=True)
class NewLimit:
    """What is ordered, and how the person was told of it."""

    kind: str
    ground: str
    reason: str = field(repr=False)
    from_on: date
    ends_on: date | None
    own_word: str
    told_in: str
    told_way: str
    own_words: str | None = field(default=None, repr=False)
    review_on: date | None = None
    social_worker_told_on: date | None = None


def order(actor: Actor, stay_id: UUID, new: NewLimit, once: Once | None = None) -> dict[str, str]:
    """Order a limit for a resident of the actor's own house; gives its id.

    Raises NotFound for any other stay, Invalid by field (no end, too late an end, the same reason again, a child's
    without the social worker), Conflict("limit_stands") while one of its kind holds.
    """
    with unit_of_work.write(actor) as work:
        limit_id = uuid4()
        made = {"limit_id": str(limit_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        stay = find_open(work, stay_id)
        known = standing_of(work, stay)
        keys = house_keys.of_house(work, [stay.case_id])[stay.case_id]
        before = query.of_resident(work.session, actor, stay.case_id)
        is_child = known.is_child or known.age_in_doubt
        _check(
            _days_faults(work.today, stay, new), _words_faults(keys, before, new), _child_faults(work, new, is_child)
        )
        _insert(work, MovementLimit, _row(work, limit_id, stay, new, keys))
        tell_followers(work, known, "limit:ordered", limit_kind=new.kind)
        work.audit("limit:ordered", stay.case_id, limit=limit_id, stay=stay_id)
        work.commit()
        return made


def _check(*faults: dict[str, str]) -> None:
    found = {name: key for one in faults for name, key in one.items()}
    if found:
        raise Invalid(found)


def _days_faults(today: date, stay: Stay, new: NewLimit) -> dict[str, str]:
    if new.from_on > today:
        return {"from_on": "date_in_future"}
    if new.from_on < max(stay.arrived_on, house_rules.earliest_limit(today)):
        return {"from_on": "limit_written_late" if new.from_on >= stay.arrived_on else "before_arrival"}
    if new.ends_on is None:
        return {"ends_on": "limit_needs_end"}
    if new.ends_on <= max(new.from_on, today):
        return {"ends_on": "limit_ends_before"}
    if new.ends_on > house_rules.longest_limit(new.from_on):
        return {"ends_on": "limit_too_long"}
    if new.review_on is not None and not new.from_on < new.review_on <= _review_day(new):
        return {"review_on": "limit_review_late"}
    return {}


def _review_day(new: NewLimit) -> date:
    assert new.ends_on is not None  # noqa: S101 - checked before
    return min(house_rules.latest_review(new.from_on), new.ends_on)


def _words_faults(keys: HouseKeys, before: list[LimitRow], new: NewLimit) -> dict[str, str]:
    """A reason that was given before is no reason for a new order."""
    if not new.reason.strip():
        return {"reason": "required"}
    given = {_plain(keys.open(one.reason, one.sealed_under, TABLE, "reason", one.id) or "") for one in before}
    return {"reason": "limit_same_reason"} if _plain(new.reason) in given else {}


def _plain(reason: str) -> str:
    return " ".join(reason.casefold().split())


def _child_faults(work: Work, new: NewLimit, is_child: bool) -> dict[str, str]:
    if is_child and new.social_worker_told_on is None:
        return {"social_worker_told_on": "limit_social_worker"}
    if new.social_worker_told_on is not None and new.social_worker_told_on > work.today:
        return {"social_worker_told_on": "date_in_future"}
    return {}


def _row(work: Work, limit_id: UUID, stay: Stay, new: NewLimit, keys: HouseKeys) -> dict[str, Any]:
    assert new.ends_on is not None  # noqa: S101 - checked before
    return {
        "id": limit_id,
        "case_id": stay.case_id,
        "agency_id": stay.agency_id,
        "stay_id": stay.id,
        "number": query.before(work.session, work.actor, stay.case_id).orders + 1,
        "kind": new.kind,
        "ground": new.ground,
        "reason": keys.seal(new.reason, TABLE, "reason", limit_id),
        "sealed_under": keys.under,
        "ordered_by_id": work.actor.member_id,
        "recorded_at": work.now,
        "from_on": new.from_on,
        "ends_on": new.ends_on,
        "review_on": new.review_on or _review_day(new),
        "days": (new.ends_on - new.from_on).days,
        "own_word": new.own_word,
        "own_words": keys.seal(new.own_words, TABLE, "own_words", limit_id),
        "told_in": new.told_in,
        "told_way": new.told_way,
        "social_worker_told_on": new.social_worker_told_on,
    }


def _insert(work: Work, table: type, row: dict[str, Any]) -> None:
    try:
        work.session.execute(insert(table), [row])
    except IntegrityError as fault:
        if any(name in str(fault.orig) for name in STANDING_ALREADY):
            raise Conflict("limit_stands") from None
        raise


def find(work: Work, limit_id: UUID) -> LimitRow:
    """An order of the actor's own house; raises NotFound for any other."""
    row = query.one(work.session, work.actor, limit_id)
    if row is None:
        raise NotFound
    return row


def _find_standing(work: Work, limit_id: UUID, on: date) -> LimitRow:
    row = find(work, limit_id)
    if not row.stands(work.today) and row.from_on <= work.today:
        raise Conflict("limit_is_over")
    if on > work.today:
        raise Invalid({"on": "date_in_future"})
    if on < row.from_on:
        raise Invalid({"on": "limit_not_yet"})
    return row


def review(
    actor: Actor, limit_id: UUID, outcome: str, note: str, on: date | None = None, once: Once | None = None
) -> UUID:
    """Keep that a limit was looked at again; one that is not needed any more ends with the review. Gives the limit.

    Raises NotFound, Conflict("limit_is_over"), Invalid for the day or without a word on why.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {"limit_id": str(limit_id)}) is not None:
            return limit_id
        day = on or work.today
        row = _find_standing(work, limit_id, day)
        if not note.strip():
            raise Invalid({"note": "required"})
        keys = house_keys.of_house(work, [row.case_id])[row.case_id]
        review_id = uuid4()
        values = {
            "id": review_id,
            "case_id": row.case_id,
            "agency_id": row.agency_id,
            "limit_id": limit_id,
            "member_id": actor.member_id,
            "reviewed_on": day,
            "recorded_at": work.now,
            "outcome": outcome,
            "note": keys.seal(note, REVIEWS, "note", review_id),
            "sealed_under": keys.under,
        }
        work.session.execute(insert(LimitReview), [values])
        if outcome == LIFTED:
            _end(work, row, day, note, keys)
        _tell_of(work, row, "limit:lifted" if outcome == LIFTED else "limit:upheld")
        work.audit("limit:reviewed", row.case_id, limit=limit_id, review=review_id)
        work.commit()
        return limit_id


def lift(actor: Actor, limit_id: UUID, reason: str, on: date | None = None, once: Once | None = None) -> UUID:
    """Lift a limit before it ends; gives it.

    Raises NotFound, Conflict("limit_is_over"), Invalid for the day or without a reason.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {"limit_id": str(limit_id)}) is not None:
            return limit_id
        day = on or work.today
        row = _find_standing(work, limit_id, day)
        if not reason.strip():
            raise Invalid({"reason": "required"})
        _end(work, row, day, reason, house_keys.of_house(work, [row.case_id])[row.case_id])
        _tell_of(work, row, "limit:lifted")
        work.audit("limit:lifted", row.case_id, limit=limit_id)
        work.commit()
        return limit_id


def _end(work: Work, row: LimitRow, on: date, reason: str, keys: HouseKeys) -> None:
    """From that day on it does not hold; a begun day counts."""
    sealed = keys.seal(reason, TABLE, "lift_reason", row.id)
    change = update(MovementLimit).where(MovementLimit.id == row.id, MovementLimit.lifted_on.is_(None))
    ended = change.values(
        lifted_on=on,
        lifted_at=work.now,
        lifted_by_id=work.actor.member_id,
        lift_reason=sealed,
        lift_sealed_under=keys.under,
        days=max(1, (on - row.from_on).days),
    )
    if work.change(ended) == 0:
        raise Conflict("limit_is_over")


def _tell_of(work: Work, row: LimitRow, kind: str) -> None:
    """Those who follow the case, as long as she lives in the house: afterwards nothing of it is the house's to tell."""
    stay_id = query.open_stay(work.session, work.actor, row.case_id)
    if stay_id is not None:
        known = standing_of(work, find_open(work, stay_id))
        tell_followers(work, known, kind, limit_kind=row.kind)


def remind(work: Work, agency_id: UUID) -> int:
    """Tell a house once of each limit whose review is due and was not made; gives how many."""
    table = MovementLimit
    made = exists(select(LimitReview.id).where(LimitReview.limit_id == table.id))
    lives_there = exists(select(Stay.id).where(Stay.case_id == table.case_id, Stay.left_on.is_(None)))
    due = (table.agency_id == agency_id, table.review_noticed_at.is_(None), table.review_on <= work.today)
    holds = (table.lifted_on.is_(None), table.ends_on > work.today, lives_there, ~made)
    asked = select(table.id, table.case_id, table.kind).where(*due, *holds).order_by(table.review_on, table.id)
    rows = work.session.execute(asked.limit(BATCH)).all()
    for row in rows:
        work.change(update(table).where(table.id == row.id).values(review_noticed_at=work.now))
    roles = ("shelter_coordinator", "agency_supervisor")
    told = [
        Telling(agency_id, "limit:review_due", row.case_id, role, values={"limit_kind": row.kind})
        for row in rows
        for role in roles
    ]
    tell(work, told)
    return len(rows)
