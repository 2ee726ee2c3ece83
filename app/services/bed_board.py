"""The board of a shelter's beds and the page of one stay: found, opened with the stays' own keys, and written down."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.errors import NotFound
from app.models.workflow import Referral
from app.queries import beds as queries
from app.queries import free_beds, referrals, voids
from app.queries.beds import NIGHTS, BedRow, HoldRow, ShelterOf, StayRow
from app.queries.referrals import QueueRow
from app.queries.voids import VoidRow
from app.services.placement_facts import A_NIGHT
from app.services.stays import opened_safety
from app.services.unit_of_work import Work
from app.services.viewing import Looked


@dataclass(frozen=True)
class Resident:
    """Someone in a bed, by the name that she uses in the house and no other."""

    stay: StayRow
    alias: str
    is_overdue: bool


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
    """Someone who is to leave, has left on the day, or should have left."""

    resident: Resident
    bed: BedRow
    standing: str


@dataclass(frozen=True)
class Board:
    """A shelter on a day."""

    shelter: ShelterOf
    day: date
    today: date
    now: datetime
    days: tuple[date, ...]
    rooms: tuple[tuple[str, tuple[BedTonight, ...]], ...]
    counts: dict[str, int]
    arrivals: tuple[Arrival, ...]
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


def board(work: Work, day: date | None = None) -> Looked[Board | None]:
    """The actor's own shelter on a day; None where her agency is no shelter."""
    shelter = queries.shelter_of(work.session, work.actor)
    if shelter is None:
        return Looked(None)
    on = day or work.today
    there = _there(work, on)
    residents, holds = there.residents, there.holds
    tonight = _tonight(work, there, on)
    by_id = {bed.id: bed for bed in there.beds}
    asked = queries.asked(work.session, work.actor)
    expected = [_arrival(hold, by_id[hold.bed_id], residents, on, work.now) for hold in holds]
    emergencies = {asked[one.hold.case_id]: one for one in expected if one.hold.case_id in asked}
    waiting = referrals.waiting(work.session, work.actor, Referral.track == "shelter")
    found = Board(
        shelter=shelter,
        day=on,
        today=work.today,
        now=work.now,
        days=tuple(on + timedelta(days=number) for number in range(NIGHTS)),
        rooms=_by_room(tonight),
        counts=_counts(tonight),
        arrivals=tuple(one for one in expected if one.hold.case_id not in asked),
        departures=_departures(residents, by_id, on, work.today),
        offers=tuple(Offer(row, emergencies.get(row.id)) for row in waiting),
    )
    shown = sorted({one.stay.case_id for one in residents} | {hold.case_id for hold in holds}, key=str)
    return Looked(found, shown=shown, detail={"day": on.isoformat()})


def one_stay(work: Work, stay_id: UUID) -> Looked[StayPage]:
    """A stay of the actor's own shelter; raises NotFound for any other."""
    stay = queries.one_stay(work.session, work.actor, stay_id)
    if stay is None:
        raise NotFound
    there = _there(work, work.today)
    tonight = _tonight(work, there, work.today)
    others = [one for one in tonight if one.bed.id != stay.bed_id and one.standing in ("free", "taken", "overdue")]
    page = StayPage(
        stay=stay,
        bed=next(bed for bed in there.beds if bed.id == stay.bed_id),
        safety=_safety(work, stay),
        is_overdue=stay.is_overdue(work.today),
        others=tuple(others),
    )
    return Looked(page, stay.case_id, detail={"stay": str(stay_id)})


@dataclass(frozen=True)
class _There:
    """All that has to do with the beds of the house in the nights shown."""

    beds: list[BedRow]
    residents: list[Resident]
    holds: list[HoldRow]
    voids: list[VoidRow]


def _there(work: Work, on: date) -> _There:
    session, actor = work.session, work.actor
    stays = queries.stays(session, actor, on)
    residents = [Resident(stay, _safety(work, stay).get("alias", ""), stay.is_overdue(work.today)) for stay in stays]
    holds, out_of_use = queries.holds(session, actor, on), voids.on_board(session, actor, on, NIGHTS)
    return _There(queries.beds(session, actor), residents, holds, out_of_use)


def _safety(work: Work, stay: StayRow) -> dict[str, Any]:
    return opened_safety(work, stay.id, stay.safety, stay.wrapped)


def _tonight(work: Work, there: _There, on: date) -> list[BedTonight]:
    """All beds. One that is not free and shows nobody is out of use for who is barred from whoever has it."""
    found = [_bed(bed, there, on, work) for bed in there.beds]
    if on != work.today:
        return found
    with work.as_system("placement"):
        free = {bed.id for bed in free_beds.free(work.session, work.actor, on, work.now)}
    return [_unseen(one) if one.standing == "free" and not _may_be_free(one.bed, free) else one for one in found]


def _may_be_free(bed: BedRow, free: set[UUID]) -> bool:
    return bed.is_cot or bed.id in free


def _unseen(one: BedTonight) -> BedTonight:
    return replace(one, standing="shut", nights=("shut",) * len(one.nights))


def _bed(bed: BedRow, there: _There, on: date, work: Work) -> BedTonight:
    here = [one for one in there.residents if one.stay.bed_id == bed.id]
    kept = [one for one in there.holds if one.bed_id == bed.id and one.is_live(work.now)]
    out = [one for one in there.voids if one.bed_id == bed.id]
    nights = tuple(_night(bed, (here, kept, out), on + timedelta(days=number), work.today) for number in range(NIGHTS))
    resident = next((one for one in here if _sleeps(one, on, work.today)), None)
    hold = next((one for one in kept if one.covers(on)), None)
    return BedTonight(bed, nights[0], resident, hold, next((one for one in out if one.covers(on)), None), nights)


_Uses = tuple[list[Resident], list[HoldRow], list[VoidRow]]


def _night(bed: BedRow, uses: _Uses, night: date, today: date) -> str:
    here, kept, out = uses
    there = next((one for one in here if _sleeps(one, night, today)), None)
    if there is not None:
        return "overdue" if there.is_overdue and night >= today else "taken"
    if any(hold.covers(night) for hold in kept):
        return "held"
    if any(void.covers(night) for void in out):
        return "void"
    return "free" if bed.is_active else "shut"


def _sleeps(resident: Resident, night: date, today: date) -> bool:
    """Whether she has the bed that night; until she has left she has it today, whatever was expected."""
    stay = resident.stay
    if stay.left_on is None and (resident.is_overdue or night <= today):
        return stay.arrived_on <= night
    return stay.covers(night)


def _by_room(tonight: list[BedTonight]) -> tuple[tuple[str, tuple[BedTonight, ...]], ...]:
    names = dict.fromkeys(one.bed.room for one in tonight)
    return tuple((name, tuple(one for one in tonight if one.bed.room == name)) for name in names)


def _counts(tonight: list[BedTonight]) -> dict[str, int]:
    """How many beds stand how; cots are no beds to count with."""
    beds = [one.standing for one in tonight if not one.bed.is_cot]
    return {standing: beds.count(standing) for standing in ("free", "held", "taken", "overdue", "void", "shut")}


def _arrival(hold: HoldRow, bed: BedRow, residents: list[Resident], on: date, now: datetime) -> Arrival:
    return Arrival(hold, bed, _arriving(hold, residents, on, now))


def _arriving(hold: HoldRow, residents: list[Resident], on: date, now: datetime) -> str:
    if hold.state != "needs_place" and not hold.is_live(now):
        return "ran_out"
    others = [one for one in residents if one.stay.bed_id == hold.bed_id and one.stay.left_on is None]
    first = max(hold.from_on, on)
    if hold.state == "needs_place" or any(one.is_overdue or one.stay.covers(first) for one in others):
        return "needs_place"
    return "today" if hold.from_on <= on else "ahead"


def _departures(residents: list[Resident], by_id: dict[UUID, BedRow], on: date, today: date) -> tuple[Departure, ...]:
    """Those to leave on the day or the next, those who left on the day, and those who should have left."""
    found = []
    for one in residents:
        standing = _leaving(one, on, today)
        if standing:
            found.append(Departure(one, by_id[one.stay.bed_id], standing))
    return tuple(found)


def _leaving(resident: Resident, on: date, today: date) -> str:
    stay = resident.stay
    if stay.left_on is not None:
        moved = stay.destination == "other_bed"
        return "left" if stay.left_on == on and not moved else ""
    if resident.is_overdue and on == today:
        return "overdue"
    days = (stay.expected_until - on) if stay.expected_until else None
    return {timedelta(): "today", A_NIGHT: "tomorrow"}.get(days, "") if days is not None else ""
