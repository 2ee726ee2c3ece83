"""A bed out of use: put there, put back, its end changed; how long beds are made ready. The house's own acts."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.errors import Conflict, Invalid, NotFound
from app.models.placement import BedHold
from app.models.void import BedVoid, Turnaround, VoidRevision
from app.queries import beds, voids
from app.queries.voids import BedName, RevisionRow, VoidRow
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.notices import Telling, tell
from app.services.placement_facts import lock_beds
from app.services.placing import write_placed
from app.services.turnaround import free_lapsed
from app.services.unit_of_work import Once, Work
from app.vocabulary import catalog
from app.vocabulary.bed import TURNAROUND

LONGEST_TURNAROUND = 30


@dataclass(frozen=True)
class BedPage:
    """A bed of the house with the times in which it was, is or will be out of use."""

    bed: BedName
    voids: tuple[VoidRow, ...]
    today: date


@dataclass(frozen=True)
class VoidPage:
    """One such time, with the changes of its end."""

    bed: BedName | None
    void: VoidRow
    revisions: tuple[RevisionRow, ...]
    today: date

    @property
    def is_over(self) -> bool:
        """Whether nothing can be changed of it any more."""
        return self.void.is_over(self.today)


def of_bed(actor: Actor, bed_id: UUID) -> BedPage:
    """The page of a bed; raises NotFound for one that is not the house's or is retired."""
    with unit_of_work.read(actor) as work:
        return BedPage(_bed(work, bed_id), tuple(voids.of_bed(work.session, actor, bed_id)), work.today)


def page(actor: Actor, void_id: UUID) -> VoidPage:
    """The page of a void; raises NotFound for one that is not the house's."""
    with unit_of_work.read(actor) as work:
        void = _void(work, void_id)
        changed = voids.revisions(work.session, actor, void_id)
        return VoidPage(voids.bed(work.session, actor, void.bed_id), void, tuple(changed), work.today)


def turnaround(actor: Actor) -> int:
    """For how many days the house makes a bed ready; raises NotFound for an agency without beds."""
    with unit_of_work.read(actor) as work:
        _house(work)
        return voids.turnaround(work.session, actor)


def begin(
    actor: Actor, bed_id: UUID, reason: str, from_on: date | None, to_on: date | None = None, once: Once | None = None
) -> dict[str, str]:
    """Put a bed out of use from a day on, until another or for as long as is not known; bookings give way.

    Raises NotFound for a bed that is not the house's, Invalid by field, Conflict where somebody has the bed
    ("bed_in_use_then") or it is out of use then already ("void_already").
    """
    with unit_of_work.write(actor) as work:
        void_id = uuid4()
        made = {"void_id": str(void_id)}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        bed, first = _bed(work, bed_id), from_on or work.today
        if reason == TURNAROUND or reason not in catalog.get("void_reason"):
            raise Invalid({"reason": "unknown_choice"})
        if to_on is not None and to_on <= first:
            raise Invalid({"to_on": "back_after_it_begins"})
        lock_beds(work, [bed.id])
        _displace(work, bed.id, first, to_on)
        row = {"id": void_id, "agency_id": actor.agency_id, "bed_id": bed.id, "from_on": first, "to_on": to_on}
        author = {"reason": reason, "made_by_id": actor.member_id, "recorded_at": work.now}
        write_placed(work, insert(BedVoid), [row | author])
        work.audit("bed:void", None, void=void_id, bed=bed.id, reason=reason)
        work.commit()
        return made


def change_end(actor: Actor, void_id: UUID, to_on: date | None, once: Once | None = None) -> None:
    """Say anew from which day the bed can be used again; what was said before is kept.

    Raises NotFound, Invalid for a day that is not to come, Conflict("void_is_over") and what `begin` raises.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        void = _standing_void(work, void_id)
        if to_on is not None and to_on <= max(void.from_on, work.today):
            raise Invalid({"to_on": "back_after_today"})
        lock_beds(work, [void.bed_id])
        _displace(work, void.bed_id, void.from_on, to_on)
        write_placed(work, _of(void_id).values(to_on=to_on))
        row = {"id": uuid4(), "agency_id": actor.agency_id, "void_id": void_id, "changed_by_id": actor.member_id}
        changed = {"before_on": void.to_on, "after_on": to_on, "recorded_at": work.now}
        work.session.execute(insert(VoidRevision), [row | changed])
        work.audit("bed:void_changed", None, void=void_id)
        work.commit()


def end(actor: Actor, void_id: UUID, on: date | None = None, once: Once | None = None) -> None:
    """Put the bed back into use from a day on, today or earlier; one that was to begin is taken back.

    Raises NotFound, Invalid for a day that is to come or before the void began, Conflict("void_is_over").
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        void = _standing_void(work, void_id)
        day = on or work.today
        back_on = void.from_on if void.from_on > work.today else day
        if back_on < void.from_on or day > work.today:
            raise Invalid({"on": "date_in_future" if day > work.today else "before_void_began"})
        ended = {"to_on": back_on, "ended_at": work.now, "ended_by_id": actor.member_id}
        write_placed(work, _of(void_id).values(**ended))
        work.audit("bed:void_ended", None, void=void_id)
        work.commit()


def set_turnaround(actor: Actor, days: int | None, once: Once | None = None) -> None:
    """Set for how many days a bed of the house is made ready after somebody has left it.

    Raises NotFound for an agency without beds, Invalid for too many days.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        _house(work)
        if days is None or not 0 <= days <= LONGEST_TURNAROUND:
            raise Invalid({"days": "turnaround_too_long"})
        add: Any = (pg_insert if work.is_postgresql else sqlite_insert)(Turnaround)
        said = {"days": days, "set_by_id": actor.member_id, "set_at": work.now}
        written = add.values(agency_id=actor.agency_id, **said).on_conflict_do_update(
            index_elements=["agency_id"], set_=said
        )
        work.session.connection().execute(written)
        work.audit("bed:turnaround", None, days=days)
        work.commit()


def _house(work: Work) -> None:
    if beds.shelter_of(work.session, work.actor) is None:
        raise NotFound


def _bed(work: Work, bed_id: UUID) -> BedName:
    found = voids.bed(work.session, work.actor, bed_id)
    if found is None:
        raise NotFound
    return found


def _void(work: Work, void_id: UUID) -> VoidRow:
    found = voids.one(work.session, work.actor, void_id)
    if found is None:
        raise NotFound
    return found


def _standing_void(work: Work, void_id: UUID) -> VoidRow:
    found = _void(work, void_id)
    if found.is_over(work.today):
        raise Conflict("void_is_over")
    return found


def _of(void_id: UUID) -> Any:
    return update(BedVoid).where(BedVoid.id == void_id).execution_options(synchronize_session=False)


def _displace(work: Work, bed_id: UUID, from_on: date, to_on: date | None) -> None:
    """Bookings for days on which the bed is out of use need another place; the house is told."""
    free_lapsed(work, bed_id)
    met = [BedHold.bed_id == bed_id, BedHold.state == "held", BedHold.to_on > from_on]
    if to_on is not None:
        met.append(BedHold.from_on < to_on)
    with work.as_system("placement"):
        displaced = work.change(update(BedHold).where(*met).values(state="needs_place"))
    if displaced and work.actor.agency_id is not None:
        tell(work, [Telling(work.actor.agency_id, "bed:needs_place", role="shelter_coordinator")])
