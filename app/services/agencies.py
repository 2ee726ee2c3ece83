"""What an administrator does with agencies, their duty rosters and their shelters. She sees no case on the way."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select, update

from app.clock import COUNTRY_ZONE
from app.errors import Invalid, NotFound, Refusal
from app.models.agency import Agency, DutyShift, Member
from app.models.case import CaseParty
from app.models.placement import Bed, Room, Shelter, Stay
from app.models.premises import Premises
from app.queries import people
from app.security.actor import Actor
from app.services import administration, unit_of_work
from app.services.administration import NewAgency, add_agency, add_shelter
from app.services.unit_of_work import Once, Work
from app.vocabulary.agency import LISTS as AGENCY_LISTS

KEY = re.compile(r"[a-z][a-z0-9_]{2,39}")
KINDS = frozenset(AGENCY_LISTS[0].keys())
MOST_BEDS = 8
SHELTER = "shelter"
NOT_OPEN = ("closed", "imported")


@dataclass(frozen=True)
class AgencyProfile:
    """What can be changed of an agency."""

    name_en: str
    name_sq: str
    name_sr: str
    region: str | None
    is_active: bool = True


@dataclass(frozen=True)
class NewShift:
    """Someone on duty: from a day, until another one included, or until changed."""

    member_id: UUID
    rank: int
    phone: str
    languages: tuple[str, ...]
    from_on: date
    until_on: date | None = None


def whole(actor: Actor, agency_id: UUID) -> people.AgencyPage:
    """One agency with all that is administered of it. Raises NotFound."""
    with unit_of_work.read(actor) as work:
        found = people.whole_agency(work.session, actor, agency_id, work.now)
    if found is None:
        raise NotFound
    return found


def add(actor: Actor, new: NewAgency, once: Once | None = None) -> dict[str, str]:
    """Add an agency; a shelter is asked whom it takes on its own page. Raises Invalid by field."""
    with unit_of_work.write(actor) as work:
        made = {"agency_id": str(uuid4())}
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        if not KEY.fullmatch(new.key):
            raise Invalid({"key": "key_shape"})
        if new.kind not in KINDS:
            raise Invalid({"kind": "unknown_choice"})
        if work.session.execute(select(Agency.id).where(Agency.key == new.key)).first():
            raise Invalid({"key": "key_taken"})
        agency_id = add_agency(work, new, UUID(made["agency_id"]))
        if new.kind == SHELTER and not new.shelter:
            add_shelter(work, agency_id, {"kind": "ngo"})
        work.audit("agency:added", agency=agency_id)
        work.commit()
        return made


def change(actor: Actor, agency_id: UUID, profile: AgencyProfile, once: Once | None = None) -> dict[str, str]:
    """Change names, region and whether it takes part.

    Raises NotFound, Refusal("agency_has_people"), Refusal("agency_has_cases").
    """
    with unit_of_work.write(actor) as work:
        made = {"agency_id": str(agency_id)}
        if work.once(once, made) is not None:
            return made
        was_active = find(work, agency_id).is_active
        if was_active and not profile.is_active:
            _refuse_closing(work, agency_id)
        values = {name: getattr(profile, name) for name in ("name_en", "name_sq", "name_sr", "region", "is_active")}
        work.change(update(Agency).where(Agency.id == agency_id).values(**values))
        work.audit("agency:changed", agency=agency_id)
        work.commit()
        return made


def find(work: Work, agency_id: UUID) -> Agency:
    """The agency; raises NotFound."""
    found = work.session.get(Agency, agency_id)
    if found is None:
        raise NotFound
    return found


def _refuse_closing(work: Work, agency_id: UUID) -> None:
    active = select(Member.id).where(Member.agency_id == agency_id, Member.is_active.is_(True)).limit(1)
    if work.session.execute(active).first() is not None:
        raise Refusal("agency_has_people")
    if carries_cases(work, agency_id):
        raise Refusal("agency_has_cases")


def carries_cases(work: Work, agency_id: UUID) -> bool:
    """Whether an agency is a party to a case that is open; nothing else of any case is told."""
    with work.answering_for(agency_id):
        open_case = select(CaseParty.id).where(
            CaseParty.agency_id == agency_id, CaseParty.ended_at.is_(None), CaseParty.case_state.not_in(NOT_OPEN)
        )
        return work.session.execute(open_case.limit(1)).first() is not None


def add_shift(actor: Actor, agency_id: UUID, new: NewShift, once: Once | None = None) -> dict[str, str]:
    """Put a member of the agency on its duty roster. Raises NotFound, Invalid by field."""
    with unit_of_work.write(actor) as work:
        made = {"agency_id": str(agency_id)}
        if work.once(once, made) is not None:
            return made
        find(work, agency_id)
        member = work.session.get(Member, new.member_id)
        if member is None or member.agency_id != agency_id or not member.is_active:
            raise Invalid({"member": "not_of_agency"})
        if new.until_on is not None and new.until_on < new.from_on:
            raise Invalid({"until_on": "ends_before_start"})
        row = {
            "id": uuid4(),
            "agency_id": agency_id,
            "member_id": member.id,
            "rank": new.rank,
            "phone": new.phone,
            "languages": " ".join(new.languages),
            "starts_at": _midnight(new.from_on),
            "ends_at": _midnight(new.until_on + timedelta(days=1)) if new.until_on else None,
        }
        work.session.execute(insert(DutyShift), [row])
        work.audit("duty:added", agency=agency_id, member=member.id)
        work.commit()
        return made


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=COUNTRY_ZONE)


def end_shift(actor: Actor, shift_id: UUID, once: Once | None = None) -> dict[str, str]:
    """Take someone off the roster: at once, or before she was ever on it. Gives the agency. Raises NotFound."""
    with unit_of_work.write(actor) as work:
        shift = work.session.get(DutyShift, shift_id)
        if shift is None:
            raise NotFound
        made = {"agency_id": str(shift.agency_id)}
        if work.once(once, made) is not None:
            return made
        if shift.starts_at >= work.now:
            work.change(delete(DutyShift).where(DutyShift.id == shift_id))
        elif shift.ends_at is None or shift.ends_at > work.now:
            work.change(update(DutyShift).where(DutyShift.id == shift_id).values(ends_at=work.now))
        work.audit("duty:ended", agency=shift.agency_id, member=shift.member_id)
        work.commit()
        return made


def change_shelter(actor: Actor, agency_id: UUID, values: dict[str, Any], once: Once | None = None) -> dict[str, str]:
    """Change what kind of place a shelter is. Raises NotFound."""
    with unit_of_work.write(actor) as work:
        made = {"agency_id": str(agency_id)}
        if work.once(once, made) is not None:
            return made
        if work.change(update(Shelter).where(Shelter.agency_id == agency_id).values(**values)) == 0:
            raise NotFound
        work.audit("shelter:changed", agency=agency_id)
        work.commit()
        return made


def add_room(
    actor: Actor,
    agency_id: UUID,
    name: str,
    beds: int,
    once: Once | None = None,
    premises_id: UUID | None = None,
) -> dict[str, str]:
    """Add a room with so many beds to a house of a shelter, or more beds to a room that is there.

    The house need not be named where there is one. Raises NotFound, Invalid by field.
    """
    with unit_of_work.write(actor) as work:
        made = {"agency_id": str(agency_id)}
        if work.once(once, made) is not None:
            return made
        house_id = _house(work, agency_id, premises_id)
        room_id = work.session.execute(
            select(Room.id).where(Room.premises_id == house_id, Room.name == name)
        ).scalar_one_or_none()
        if room_id is None:
            room_id = uuid4()
            row = {"id": room_id, "agency_id": agency_id, "premises_id": house_id, "name": name}
            work.session.execute(insert(Room), [row])
        _add_beds(work, agency_id, room_id, name, beds)
        work.audit("room:added", agency=agency_id, beds=beds)
        work.commit()
        return made


def _house(work: Work, agency_id: UUID, premises_id: UUID | None) -> UUID:
    """The house that is meant: the one that is named, or the only one."""
    found = work.session.execute(select(Premises.id).where(Premises.agency_id == agency_id)).scalars().all()
    if not found or premises_id is not None and premises_id not in found:
        raise NotFound
    if premises_id is None and len(found) > 1:
        raise Invalid({"house": "required"})
    return premises_id or found[0]


def _add_beds(work: Work, agency_id: UUID, room_id: UUID, room: str, beds: int) -> None:
    taken = work.session.execute(select(func.count()).where(Bed.room_id == room_id)).scalar_one()
    if taken + beds > MOST_BEDS:
        raise Invalid({"beds": "too_many_beds"})
    rows = [
        {"id": uuid4(), "agency_id": agency_id, "room_id": room_id, "name": f"{room}{'ABCDEFGH'[taken + number]}"}
        for number in range(beds)
    ]
    work.session.execute(insert(Bed), rows)


def add_house(actor: Actor, agency_id: UUID, name: str, once: Once | None = None) -> dict[str, str]:
    """Add a house to a shelter. Raises NotFound, Invalid where it has one of that name."""
    with unit_of_work.write(actor) as work:
        made = {"agency_id": str(agency_id)}
        if work.once(once, made) is not None:
            return made
        if work.session.get(Shelter, agency_id) is None:
            raise NotFound
        there = select(Premises.id).where(Premises.agency_id == agency_id, Premises.name == name)
        if work.session.execute(there).first() is not None:
            raise Invalid({"house": "house_taken"})
        premises_id = administration.add_house(work, agency_id, name)
        work.audit("premises:added", agency=agency_id, premises=premises_id)
        work.commit()
        return made


def set_bed(actor: Actor, bed_id: UUID, *, is_active: bool, once: Once | None = None) -> dict[str, str]:
    """Take a bed out of use, or into it again. Raises NotFound, Refusal("bed_in_use") where someone lives in it."""
    with unit_of_work.write(actor) as work:
        bed = work.session.get(Bed, bed_id)
        if bed is None:
            raise NotFound
        made = {"agency_id": str(bed.agency_id)}
        if work.once(once, made) is not None:
            return made
        if not is_active and _is_lived_in(work, bed_id):
            raise Refusal("bed_in_use")
        work.change(update(Bed).where(Bed.id == bed_id).values(is_active=is_active))
        work.audit("bed:changed", agency=bed.agency_id, bed=bed_id)
        work.commit()
        return made


def _is_lived_in(work: Work, bed_id: UUID) -> bool:
    """As placing sees it: that somebody is there, and no more."""
    with work.as_system("placement"):
        lived_in = select(Stay.id).where(Stay.bed_id == bed_id, Stay.left_on.is_(None)).limit(1)
        return work.session.execute(lived_in).first() is not None
