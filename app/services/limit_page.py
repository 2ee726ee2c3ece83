"""Pages of movement limits: of a resident, of one order, of a case for those who follow it; the paper of an order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.errors import NotFound
from app.models.house_life import LimitReview, MovementLimit
from app.queries import beds
from app.queries import limits as query
from app.queries.beds import StayRow
from app.queries.limits import Before, LimitRow, ReviewRow
from app.services import house_keys, house_rules, incident_page
from app.services.hidden_places import hidden
from app.services.house_keys import HouseKeys, opened
from app.services.incident_page import IncidentPage
from app.services.limits import find
from app.services.stays import find_open, opened_safety, standing_of
from app.services.unit_of_work import Work
from app.services.viewing import Looked
from app.services.workflow_runner import find_standing
from workflows.definition import Citation

TABLE, REVIEWS = MovementLimit.__tablename__, LimitReview.__tablename__


@dataclass(frozen=True)
class Review:
    """One review, opened."""

    row: ReviewRow
    note: str | None


@dataclass(frozen=True)
class Limit:
    """One order, opened as far as the reader holds its key; standings: stands, over, lifted, left."""

    row: LimitRow
    standing: str
    is_review_due: bool
    reason: str | None
    own_words: str | None
    lift_reason: str | None
    reviews: tuple[Review, ...] = ()

    @property
    def is_sealed(self) -> bool:
        """Whether its words do not open to the reader, or not any more."""
        return self.row.reason is not None and self.reason is None


@dataclass(frozen=True)
class Resident:
    """Whose page it is: her stay, and the name that she uses in the house."""

    stay: StayRow
    alias: str


@dataclass(frozen=True)
class LimitsOfStay:
    """All that a resident was ordered in the house; `today` tells what stands."""

    resident: Resident
    limits: tuple[Limit, ...]
    today: date


@dataclass(frozen=True)
class LimitPage:
    """One order, with the stay that it leads back to; None after she has left."""

    limit: Limit
    stay_id: UUID | None
    today: date
    cites: Citation | None = None


@dataclass(frozen=True)
class Asked:
    """What the form of an order needs: who it is for, what came before, and how far an order can go."""

    resident: Resident
    language: str
    is_child: bool
    before: Before
    at_most: int
    review_after: int
    today: date


@dataclass(frozen=True)
class LimitsOfCase:
    """The orders on a case, for those who follow it."""

    case_id: UUID
    reference: str
    limits: tuple[Limit, ...]
    today: date = field(default=date.min)
    incidents: tuple[IncidentPage, ...] = ()


def resident_of(work: Work, stay_id: UUID) -> Resident:
    """The resident of a stay of the actor's own house, also one who has left; raises NotFound for any other."""
    stay = beds.one_stay(work.session, work.actor, stay_id)
    if stay is None:
        raise NotFound
    return Resident(stay, str(opened_safety(work, stay.id, stay.safety, stay.wrapped).get("alias", "")))


def of_stay(work: Work, stay_id: UUID) -> Looked[LimitsOfStay]:
    """What a resident was ordered."""
    resident = resident_of(work, stay_id)
    case_id = resident.stay.case_id
    rows = query.of_resident(work.session, work.actor, case_id)
    page = LimitsOfStay(resident, _opened(work, rows, house_keys.of_house(work, [case_id])[case_id]), work.today)
    return Looked(page, case_id, detail={"stay": str(stay_id)})


def one(work: Work, limit_id: UUID) -> Looked[LimitPage]:
    """One order of the actor's own house."""
    row = find(work, limit_id)
    limit = _opened(work, [row], house_keys.of_house(work, [row.case_id])[row.case_id])[0]
    stay_id = query.open_stay(work.session, work.actor, row.case_id)
    cites = house_rules.rules().periods["limit_at_most"].cites
    return Looked(LimitPage(limit, stay_id, work.today, cites), row.case_id, detail={"limit": str(limit_id)})


def asked(work: Work, stay_id: UUID) -> Looked[Asked]:
    """What the form of an order needs; raises NotFound for a stay that has ended."""
    stay = find_open(work, stay_id)
    known = standing_of(work, stay)
    rules = house_rules.rules()
    page = Asked(
        resident=resident_of(work, stay_id),
        language=known.language,
        is_child=known.is_child or known.age_in_doubt,
        before=query.before(work.session, work.actor, stay.case_id),
        at_most=rules.days("limit_at_most"),
        review_after=rules.days("limit_review"),
        today=work.today,
    )
    return Looked(page, stay.case_id, detail={"stay": str(stay_id)})


def of_case(work: Work, case_id: UUID) -> Looked[LimitsOfCase]:
    """The orders on a case that is open to the actor; raises NotFound for any other."""
    known = find_standing(work, case_id)
    rows = hidden(work, case_id).without(query.of_case(work.session, work.actor, case_id))
    keys = house_keys.of_cases(work, [case_id])[case_id]
    limits, incidents = _opened(work, rows, keys), incident_page.of_case(work, case_id)
    return Looked(LimitsOfCase(case_id, known.reference, limits, work.today, incidents), case_id)


def _opened(work: Work, rows: Sequence[LimitRow], keys: HouseKeys) -> tuple[Limit, ...]:
    made: dict[UUID, list[Review]] = {row.id: [] for row in rows}
    for review in query.reviews(work.session, work.actor, made) if rows else ():
        made[review.limit_id].append(Review(review, opened(keys, review, REVIEWS, "note")["note"]))
    return tuple(_limit(work, row, keys, tuple(made[row.id])) for row in rows)


def _limit(work: Work, row: LimitRow, keys: HouseKeys, reviews: tuple[Review, ...]) -> Limit:
    words = opened(keys, row, TABLE, "reason", "own_words")
    lifted = keys.open(row.lift_reason, row.lift_sealed_under or "", TABLE, "lift_reason", row.id)
    standing = _standing(row, work.today)
    is_due = standing == "stands" and row.review_on <= work.today and not reviews
    return Limit(row, standing, is_due, words["reason"], words["own_words"], lifted, reviews)


def _standing(row: LimitRow, today: date) -> str:
    if row.stands(today):
        return "stands"
    if row.lifted_on is None:
        return "over"
    return "left" if row.lift_sealed_under is None else "lifted"
