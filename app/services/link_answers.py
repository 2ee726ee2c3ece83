"""A reviewer's answers to pairs of records: opening the names, one person or two, a link taken back (decision 7)."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from app.errors import Invalid, NotFound, Refusal
from app.matching.records import RecordView
from app.models.record import ClientRecord, LinkPair, RecordPerson
from app.security.actor import Actor
from app.services import link_settling, unit_of_work
from app.services.linking import WITH_KEYS, view_of
from app.services.unit_of_work import Once, Work
from app.vocabulary import catalog

REASONS = {"confirmed": "link_confirm_reason", "refused": "link_refuse_reason", "undone": "link_refuse_reason"}
"""The code list that the reason of an answer comes from."""

ANSWERABLE = {"confirmed": ("doubtful",), "refused": ("doubtful",), "undone": ("sure", "confirmed")}
"""In which states a pair takes which answer; one that was answered on older data takes any answer anew."""


@dataclass(frozen=True)
class Side:
    """What a reviewer is shown of one row of a pair, where the agreement alone is not enough.

    `born` is an ISO date or a year, `age` counts from `age_on`.
    """

    given_name: str
    family_name: str
    other_names: str
    born: str
    age: int | None
    age_on: str
    sex: str
    citizenships: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """What an answer changed: how many people there were and are, and how many pairs wait now.

    `compared` is how many records were looked at for it.
    """

    people_before: int
    people: int
    waiting: int
    compared: int


def open_pair(actor: Actor, pair_id: UUID) -> tuple[Side, Side]:
    """Names, birth date or age, sex and citizenship of both rows; each opening is audited. Raises NotFound."""
    with unit_of_work.write(actor) as work:
        pair = _pair(work, pair_id)
        ids = (pair.record_a_id, pair.record_b_id)
        with work.as_system("linker"):
            rows = work.session.execute(WITH_KEYS.where(ClientRecord.id.in_(ids))).all()
            views = {row.id: view_of(work, row) for row in rows}
        if len(views) != len(ids):
            raise NotFound
        work.audit("link:opened", pair=pair_id, records=[str(record) for record in ids])
        work.commit()
        return _side(views[ids[0]]), _side(views[ids[1]])


def _side(view: RecordView) -> Side:
    return Side(
        given_name=view.given_names,
        family_name=view.surname,
        other_names=view.other_names,
        born=view.birth_date.isoformat() if view.birth_date else str(view.birth_year or ""),
        age=view.age,
        age_on=view.age_on.isoformat() if view.age_on else "",
        sex=view.sex or "unknown",
        citizenships=tuple(sorted(view.citizenships)),
    )


def _pair(work: Work, pair_id: UUID) -> LinkPair:
    pair = work.session.get(LinkPair, pair_id)
    if pair is None:
        raise NotFound
    return pair


def decide(actor: Actor, pair_id: UUID, is_same: bool, reason: str, once: Once | None = None) -> Answered:
    """A reviewer's answer to a pair that waits, or was answered on older data; what follows is worked out at once.

    Raises NotFound, Refusal where the pair waits no more, Invalid for a reason that is not of this answer's list.
    """
    return _answer(actor, pair_id, "confirmed" if is_same else "refused", reason, once)


def undo(actor: Actor, pair_id: UUID, reason: str, once: Once | None = None) -> Answered:
    """Take a standing link back: it stays undone, whatever the linker finds later. Raises as `decide`."""
    return _answer(actor, pair_id, "undone", reason, once)


def _answer(actor: Actor, pair_id: UUID, state: str, reason: str, once: Once | None) -> Answered:
    if reason not in catalog.get(REASONS[state]):
        raise Invalid({"reason": "required"})
    with unit_of_work.write(actor) as work:
        earlier = work.once(once, {"pair_id": str(pair_id)})
        pair = _pair(work, pair_id)
        before = _people(work)
        if earlier is not None:
            return Answered(before, before, _waiting(work), compared=0)
        if pair.state not in ANSWERABLE[state] and pair.changed_at is None:
            raise Refusal("pair_already_answered")
        pair.state, pair.decided_at, pair.decided_by_id, pair.reason = state, work.now, actor.member_id, reason
        # What was put right a moment ago is not scored yet: she answered on what stood there before.
        pair.answered_agreement, pair.changed_at = pair.agreement, None if _is_scored(work, pair) else work.now
        work.session.flush()
        with work.as_system("linker"):
            compared = link_settling.settle(work, (pair.record_a_id, pair.record_b_id))
        answered = Answered(before, _people(work), _waiting(work), compared)
        work.audit("link:answered", pair=pair_id, state=state, reason=reason)
        work.commit()
        return answered


def _is_scored(work: Work, pair: LinkPair) -> bool:
    known = select(func.count()).where(RecordPerson.record_id.in_((pair.record_a_id, pair.record_b_id)))
    return work.session.execute(known).scalar_one() == 2


def _people(work: Work) -> int:
    return work.session.execute(select(func.count(RecordPerson.person_id.distinct()))).scalar_one()


def _waiting(work: Work) -> int:
    return work.session.execute(select(func.count()).where(LinkPair.state == "doubtful")).scalar_one()
