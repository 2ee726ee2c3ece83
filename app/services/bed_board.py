"""The board of a shelter's beds and the page of one stay: found, opened with the stays' own keys, and written down."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.errors import NotFound
from app.models.workflow import Referral
from app.queries import beds as queries
from app.queries import periods, referrals, stay_life
from app.queries.beds import NIGHTS, BedRow, HoldRow, ShelterOf, StayRow
from app.queries.companions import CompanionRow
from app.queries.referrals import QueueRow
from app.queries.stay_life import ToCheck
from app.queries.voids import VoidRow
from app.services import bed_days
from app.services.bed_days import House
from app.services.placement_facts import A_NIGHT
from app.services.residents import Resident
from app.services.stay_course import StayCourse, course_of
from app.services.stays import opened_safety
from app.services.unit_of_work import Work
from app.services.viewing import Looked
from app.vocabulary.shelter import OTHER_BED


@dataclass(frozen=True)
class BedTonight:
    """One bed: how it stands on the day, and in each of the nights that follow.

    Standings: taken, overdue, held, void, free, shut.
    """

    bed: BedRow
    standing: str
    resident: Resident | None
    hold: HoldRow | None
    void: VoidRow | None
    nights: tuple[str, ...]
    child: CompanionRow | None = None
    child_of: Resident | None = None

    @property
    def changes_in(self) -> int | None:
        """After how many nights it stands otherwise; None where it does not in the nights shown."""
        return next((number for number, one in enumerate(self.nights) if one != self.standing), None)


@dataclass(frozen=True)
class Arrival:
    """Someone expected: in which bed, and whether it is still hers.

    Standings: today, ahead, ran_out, needs_place.
    """

    hold: HoldRow
    bed: BedRow
    standing: str


@dataclass(frozen=True)
class Offer:
    """A question that waits for the house's answer; for an emergency a bed is kept already."""

    row: QueueRow
    kept: Arrival | None


@dataclass(frozen=True)
class Departure:
    """Someone who is to leave, has left on the day, or should have left.

    Standings: overdue, today, tomorrow, ahead, left.
    """

    resident: Resident
    bed: BedRow
    standing: str


@dataclass(frozen=True)
class Came:
    """Someone who arrived on the day."""

    resident: Resident
    bed: BedRow


@dataclass(frozen=True)
class Board:
    """A shelter on a day: of one that is past, who slept there; of one ahead, as far as it is known."""

    shelter: ShelterOf
    shut: str | None
    day: date
    today: date
    now: datetime
    days: tuple[date, ...]
    rooms: tuple[tuple[str, tuple[BedTonight, ...]], ...]
    counts: dict[str, int]
    cots: dict[str, int]
    to_check: tuple[ToCheck, ...]
    arrivals: tuple[Arrival, ...]
    came: tuple[Came, ...]
    departures: tuple[Departure, ...]
    offers: tuple[Offer, ...]

    @property
    def before(self) -> date:
        """The day before."""
        return self.day - A_NIGHT

    @property
    def after(self) -> date:
        """The day after."""
        return self.day + A_NIGHT


@dataclass(frozen=True)
class StayPage:
    """One stay, with the safety minimum as long as it lasts, and the beds she could move to."""

    stay: StayRow
    bed: BedRow
    safety: dict[str, Any]
    is_overdue: bool
    others: tuple[BedTonight, ...]
    course: StayCourse


def board(work: Work, day: date | None = None) -> Looked[Board | None]:
    """The actor's own shelter on a day; None where her agency is no shelter."""
    shelter = queries.shelter_of(work.session, work.actor)
    if shelter is None:
        return Looked(None)
    on = day or work.today
    days = tuple(on + timedelta(days=number) for number in range(NIGHTS))
    house = bed_days.house(work, on, NIGHTS)
    tonight = [_bed(house, bed, days) for bed in house.beds]
    by_id = {bed.id: bed for bed in house.beds}
    expected = _expected(house, by_id, on, work.now)
    asked = queries.asked(work.session, work.actor) if expected else {}
    emergencies = {asked[one.hold.case_id]: one for one in expected if one.hold.case_id in asked}
    waiting = referrals.waiting(work.session, work.actor, Referral.track == "shelter")
    found = Board(
        shelter=shelter,
        shut=periods.shut_shelters(work.session, work.actor, on).get(shelter.agency_id),
        day=on,
        today=work.today,
        now=work.now,
        days=days,
        rooms=_by_room(tonight),
        counts=_counts(tonight),
        cots=_counts(tonight, cots=True),
        to_check=tuple(stay_life.to_check(work.session, work.actor)),
        arrivals=tuple(one for one in expected if one.hold.case_id not in asked),
        came=_came(house.residents, by_id, on),
        departures=_departures(house.residents, by_id, days, work.today),
        offers=tuple(Offer(row, emergencies.get(row.id)) for row in waiting) if on == work.today else (),
    )
    return Looked(found, shown=house.cases, detail={"day": on.isoformat()})


def one_stay(work: Work, stay_id: UUID) -> Looked[StayPage]:
    """A stay of the actor's own shelter; raises NotFound for any other."""
    stay = queries.one_stay(work.session, work.actor, stay_id)
    if stay is None:
        raise NotFound
    house = bed_days.house(work, work.today, 1)
    tonight = [_bed(house, bed, (work.today,)) for bed in house.beds]
    others = [one for one in tonight if _can_move_to(one, stay)]
    page = StayPage(
        stay=stay,
        bed=next(bed for bed in house.beds if bed.id == stay.bed_id),
        safety=opened_safety(work, stay.id, stay.safety, stay.wrapped),
        is_overdue=stay.is_overdue(work.today)
        or any(one.stay.id == stay_id and one.is_overdue for one in house.residents),
        others=tuple(others),
        course=course_of(work, stay),
    )
    return Looked(page, stay.case_id, detail={"stay": str(stay_id)})


def _can_move_to(one: BedTonight, stay: StayRow) -> bool:
    return one.bed.id != stay.bed_id and not one.bed.is_cot and one.standing in ("free", "taken", "overdue")


def _bed(house: House, bed: BedRow, days: tuple[date, ...]) -> BedTonight:
    """A bed over some days. One that has somebody from whom the reader is barred is out of use for her."""
    nights = [house.night(bed, day) for day in days]
    first, standings = nights[0], tuple(one.standing for one in nights)
    beside = house.beside(first.child) if first.child else None
    return BedTonight(bed, first.standing, first.resident, first.hold, first.void, standings, first.child, beside)


def _by_room(tonight: list[BedTonight]) -> tuple[tuple[str, tuple[BedTonight, ...]], ...]:
    names = dict.fromkeys(one.bed.room for one in tonight)
    return tuple((name, tuple(one for one in tonight if one.bed.room == name)) for name in names)


def _counts(tonight: list[BedTonight], *, cots: bool = False) -> dict[str, int]:
    """How many beds stand how, or how many cots: they are counted apart."""
    beds = [one.standing for one in tonight if one.bed.is_cot == cots]
    return {standing: beds.count(standing) for standing in ("free", "held", "taken", "overdue", "void", "shut")}


def _expected(house: House, by_id: dict[UUID, BedRow], on: date, now: datetime) -> list[Arrival]:
    """Who is expected on the day or later; of a day that is past, nobody is any more."""
    if on < house.today:
        return []
    holds = [hold for hold in house.holds if on == house.today or hold.to_on > on]
    return [Arrival(hold, by_id[hold.bed_id], _arriving(hold, house.residents, on, now)) for hold in holds]


def _arriving(hold: HoldRow, residents: list[Resident], on: date, now: datetime) -> str:
    if hold.state != "needs_place" and not hold.is_live(now):
        return "ran_out"
    others = [one for one in residents if one.stay.bed_id == hold.bed_id and one.stay.left_on is None]
    first = max(hold.from_on, on)
    if hold.state == "needs_place" or any(one.is_overdue or one.stay.covers(first) for one in others):
        return "needs_place"
    return "today" if hold.from_on <= on else "ahead"


def _came(residents: list[Resident], by_id: dict[UUID, BedRow], on: date) -> tuple[Came, ...]:
    """Who arrived on the day, without those who changed their bed in the house."""
    moved = {one.stay.case_id for one in residents if one.stay.left_on == on and one.stay.destination == OTHER_BED}
    there = [one for one in residents if one.stay.arrived_on == on and one.stay.case_id not in moved]
    return tuple(Came(one, by_id[one.stay.bed_id]) for one in there)


def _departures(
    residents: list[Resident], by_id: dict[UUID, BedRow], days: tuple[date, ...], today: date
) -> tuple[Departure, ...]:
    """Those who left on the day, should have left, or are to leave by the last of the days, the next first."""
    found = [Departure(one, by_id[one.stay.bed_id], _leaving(one, days, today)) for one in residents]
    leaving = [one for one in found if one.standing]
    return tuple(
        sorted(leaving, key=lambda one: one.resident.stay.left_on or one.resident.stay.expected_until or today)
    )


def _leaving(resident: Resident, days: tuple[date, ...], today: date) -> str:
    stay, on = resident.stay, days[0]
    if stay.left_on is not None:
        return "left" if stay.left_on == on and stay.destination != OTHER_BED else ""
    if resident.is_overdue:
        return "overdue" if on == today else ""
    if on < today or stay.expected_until is None or not on <= stay.expected_until <= days[-1]:
        return ""
    return {timedelta(): "today", A_NIGHT: "tomorrow"}.get(stay.expected_until - on, "ahead")
