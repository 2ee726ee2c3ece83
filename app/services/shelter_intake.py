"""Whom a shelter takes: a new period from today on or later, set by an administrator or the shelter's own supervisor.

What held before is never changed: the new period ends it, and the past can be asked again as it was.
"""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.errors import Conflict, Invalid, NotFound, Refusal
from app.models.intake import ShelterIntake
from app.models.placement import Shelter
from app.queries import shelter_intake as query
from app.queries.shelter_intake import PeriodRow, PlaceRow
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.notices import Telling, tell
from app.services.unit_of_work import Once, Work
from app.vocabulary.role import Role

NO_TWO = "shelter_intake_one_a_day"


@dataclass(frozen=True)
class Takes:
    """Whom a shelter takes."""

    takes_women: bool = True
    takes_men: bool = False
    takes_domestic: bool = True
    takes_foreign: bool = True
    takes_high_risk: bool = False
    takes_accompanied: bool = False
    takes_disability: bool = False
    min_age: int = 0
    max_age: int | None = None

    @classmethod
    def of(cls, row: ShelterIntake) -> "Takes":
        """As a period says."""
        return cls(**{name: getattr(row, name) for name in cls.names()})

    @classmethod
    def names(cls) -> frozenset[str]:
        """The names of all that is said."""
        return frozenset(cls.__dataclass_fields__)


@dataclass(frozen=True)
class IntakePage:
    """A shelter with all its periods, the latest first; the one that holds today stands in `place`."""

    place: PlaceRow
    periods: tuple[PeriodRow, ...]
    today: date
    can_change: bool

    def is_planned(self, row: PeriodRow) -> bool:
        """Whether the period is still to begin."""
        return row.intake.valid_from > self.today


def whole(actor: Actor, agency_id: UUID) -> IntakePage:
    """Whom a shelter takes, took and will take. Raises NotFound where the agency is no shelter."""
    with unit_of_work.read(actor) as work:
        place = query.place_on(work.session, actor, agency_id, work.today)
        if place is None:
            raise NotFound
        rows = query.periods(work.session, actor, agency_id)
        return IntakePage(place, tuple(rows), work.today, keeps(actor, agency_id))


def keeps(actor: Actor, agency_id: UUID) -> bool:
    """Whether the actor says whom the shelter takes: its own supervisor does, and administrators."""
    is_own = actor.agency_id == agency_id and actor.has(Role.AGENCY_SUPERVISOR)
    return is_own or actor.has(Role.ADMINISTRATOR)


def kept(actor: Actor, agency_id: UUID) -> IntakePage:
    """The same page for whoever may change it; raises NotFound for anyone else."""
    found = whole(actor, agency_id)
    if not found.can_change:
        raise NotFound
    return found


def set_period(actor: Actor, agency_id: UUID, takes: Takes, from_on: date, once: Once | None = None) -> dict[str, str]:
    """Say whom a shelter takes from a day on: the period before ends there, and one that is planned later still comes.

    Raises NotFound, Invalid by field, and Conflict where somebody else set one at the same time.
    """
    with unit_of_work.write(actor) as work:
        made = {"agency_id": str(agency_id)}
        if work.once(once, made) is not None:
            return made
        _refuse_others(work, agency_id)
        _refuse_what_takes_nobody(takes)
        if from_on < work.today:
            raise Invalid({"from_on": "not_before_today"})
        _write(work, agency_id, takes, from_on)
        work.audit("intake:set", agency=agency_id, from_on=from_on)
        _tell_house(work, agency_id)
        work.commit()
        return made


def withdraw(actor: Actor, agency_id: UUID, period_id: UUID, once: Once | None = None) -> dict[str, str]:
    """Take back a period that has not begun: the one before lasts as if it had never been planned.

    Raises NotFound, Refusal("period_has_begun").
    """
    with unit_of_work.write(actor) as work:
        made = {"agency_id": str(agency_id)}
        if work.once(once, made) is not None:
            return made
        _refuse_others(work, agency_id)
        row = next((one for one in _rows(work, agency_id) if one.id == period_id), None)
        if row is None:
            raise NotFound
        if row.valid_from <= work.today:
            raise Refusal("period_has_begun")
        work.change(delete(ShelterIntake).where(ShelterIntake.id == period_id))
        before = (ShelterIntake.agency_id == agency_id, ShelterIntake.valid_to == row.valid_from)
        work.change(update(ShelterIntake).where(*before).values(valid_to=row.valid_to))
        work.audit("intake:withdrawn", agency=agency_id, from_on=row.valid_from)
        _tell_house(work, agency_id)
        work.commit()
        return made


def first_period(work: Work, agency_id: UUID, takes: Takes, from_on: date) -> None:
    """The first period of a shelter that is being added, within the caller's transaction."""
    _add(work, agency_id, takes, from_on, None)


def _refuse_others(work: Work, agency_id: UUID) -> None:
    if not keeps(work.actor, agency_id) or work.session.get(Shelter, agency_id) is None:
        raise NotFound


def _refuse_what_takes_nobody(takes: Takes) -> None:
    if takes.max_age is not None and takes.max_age < takes.min_age:
        raise Invalid({"max_age": "ages_in_order"})
    if not (takes.takes_women or takes.takes_men):
        raise Invalid({"takes": "takes_nobody"})
    if not (takes.takes_domestic or takes.takes_foreign):
        raise Invalid({"takes": "takes_no_origin"})


def _rows(work: Work, agency_id: UUID) -> list[ShelterIntake]:
    found = select(ShelterIntake).where(ShelterIntake.agency_id == agency_id).order_by(ShelterIntake.valid_from)
    return list(work.session.execute(found).scalars())


def _write(work: Work, agency_id: UUID, takes: Takes, from_on: date) -> None:
    rows = _rows(work, agency_id)
    same = next((one for one in rows if one.valid_from == from_on), None)
    before = next((one for one in rows if one.valid_from < from_on and (one.valid_to or date.max) > from_on), None)
    after = next((one.valid_from for one in rows if one.valid_from > from_on), None)
    try:
        if same is not None:
            told = {**asdict(takes), "set_at": work.now, "set_by_id": work.actor.member_id}
            work.change(update(ShelterIntake).where(ShelterIntake.id == same.id).values(**told))
            return
        if before is not None:
            work.change(update(ShelterIntake).where(ShelterIntake.id == before.id).values(valid_to=from_on))
        _add(work, agency_id, takes, from_on, after)
    except IntegrityError as fault:
        if NO_TWO not in str(fault.orig):
            raise
        raise Conflict("intake_set_meanwhile") from None


def _add(work: Work, agency_id: UUID, takes: Takes, from_on: date, until: date | None) -> None:
    row = {"id": uuid4(), "agency_id": agency_id, "valid_from": from_on, "valid_to": until, **asdict(takes)}
    work.session.execute(insert(ShelterIntake), [{**row, "set_at": work.now, "set_by_id": work.actor.member_id}])


def _tell_house(work: Work, agency_id: UUID) -> None:
    """The house hears of it where somebody else said so."""
    if work.actor.agency_id != agency_id:
        tell(work, [Telling(agency_id, "intake:set", role="shelter_coordinator")])
