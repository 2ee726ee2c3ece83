"""Agencies, people, roles, shelters and beds: what an administrator and the first set-up write. No case."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select

from app.models.agency import Agency, DutyShift, Member, MemberRole, MemberSecret
from app.models.placement import Bed, Room, Shelter
from app.models.premises import Premises
from app.security.actor import system_actor
from app.security.passwords import hash_password
from app.services import factors, shelter_intake, unit_of_work
from app.services.shelter_intake import Takes
from app.services.unit_of_work import Work

ON_DUTY = frozenset({"advocacy", "social_work"})
FIRST_HOUSE = "House 1"
"""How the first house of a shelter is called until somebody gives it a better code."""
ROSTER_FROM = datetime(2004, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class NewMember:
    """A person to be added."""

    sign_in: str
    name: str
    roles: tuple[str, ...]
    password: str | None = None
    """Of an invented person of the demo alone: everyone else chooses her own by an invitation."""
    language: str = "en"
    sex: str = "unknown"
    duty_phone: str | None = None


@dataclass(frozen=True)
class NewAgency:
    """An agency to be added, with its names in three languages."""

    key: str
    kind: str
    name_en: str
    name_sq: str
    name_sr: str
    region: str | None = None
    shelter: dict[str, Any] = field(default_factory=dict)
    takes_from: date = ROSTER_FROM.date()
    rooms: tuple[int, ...] = ()


def add_agency(work: Work, new: NewAgency, agency_id: UUID | None = None) -> UUID:
    """Add an agency; a shelter comes with whom it takes, and rooms with so many beds each."""
    agency_id = agency_id or uuid4()
    names = {"name_en": new.name_en, "name_sq": new.name_sq, "name_sr": new.name_sr}
    work.session.execute(
        insert(Agency),
        [{"id": agency_id, "key": new.key, "kind": new.kind, "region": new.region, "is_active": True, **names}],
    )
    if new.shelter:
        add_shelter(work, agency_id, new.shelter, new.rooms, new.takes_from)
    return agency_id


def add_shelter(
    work: Work, agency_id: UUID, told: dict[str, Any], rooms: Sequence[int] = (), takes_from: date | None = None
) -> None:
    """Say that an agency is a shelter and whom it takes from a day on, with its first house and rooms of beds."""
    takes = {name: value for name, value in told.items() if name in Takes.names()}
    own = {name: value for name, value in told.items() if name not in takes}
    work.session.execute(insert(Shelter), [{"agency_id": agency_id, **own}])
    shelter_intake.first_period(work, agency_id, Takes(**takes), takes_from or work.today)
    add_house(work, agency_id, FIRST_HOUSE, rooms)


def add_house(work: Work, agency_id: UUID, name: str, rooms: Sequence[int] = ()) -> UUID:
    """Add a house to a shelter, with rooms of so many beds each."""
    premises_id = uuid4()
    work.session.execute(insert(Premises), [{"id": premises_id, "agency_id": agency_id, "name": name}])
    for number, beds in enumerate(rooms, 1):
        room_id = uuid4()
        row = {"id": room_id, "agency_id": agency_id, "premises_id": premises_id, "name": str(number)}
        work.session.execute(insert(Room), [row])
        rows = [
            {"id": uuid4(), "agency_id": agency_id, "room_id": room_id, "name": f"{number}{'ABCDEFGH'[bed]}"}
            for bed in range(beds)
        ]
        work.session.execute(insert(Bed), rows)
    return premises_id


def add_member(work: Work, agency_id: UUID, new: NewMember, member_id: UUID | None = None) -> UUID:
    """Add a person, with roles where the first set-up does it; an invented one with password and second factor too."""
    member_id = member_id or uuid4()
    row = {"sign_in": new.sign_in, "name": new.name, "language": new.language, "sex": new.sex}
    work.session.execute(
        insert(Member),
        [{"id": member_id, "agency_id": agency_id, "duty_phone": new.duty_phone, "is_active": True, **row}],
    )
    if new.roles:
        work.session.execute(insert(MemberRole), [{"member_id": member_id, "role": role} for role in new.roles])
    if new.password is not None:
        with work.as_system("sign_in"):
            secret = {"password_hash": hash_password(new.password), "changed_at": work.now, "is_demo": True}
            work.session.execute(insert(MemberSecret), [{"member_id": member_id, **secret}])
            factors.enrol(work, member_id, confirmed_at=work.now)
    return member_id


def add_shift(work: Work, agency_id: UUID, member_id: UUID, rank: int, phone: str, starts_at: datetime) -> None:
    """Put a member on the duty roster until changed."""
    row = {"agency_id": agency_id, "member_id": member_id, "rank": rank, "phone": phone, "starts_at": starts_at}
    work.session.execute(insert(DutyShift), [{"id": uuid4(), "languages": "sqi srp eng", **row}])


def is_empty() -> bool:
    """Whether nobody has set anything up yet."""
    with unit_of_work.read(system_actor("setup")) as work:
        return nobody_is_there(work)


def nobody_is_there(work: Work) -> bool:
    """Whether there is no agency, and so nobody, as the first set-up sees it."""
    return work.session.execute(select(func.count()).select_from(Agency)).scalar_one() == 0


def set_up(agencies: Sequence[NewAgency], members: Sequence[tuple[str, NewMember]]) -> dict[str, UUID]:
    """Write the first agencies, people, shelters and duty rosters; gives the agencies' ids by key."""
    with unit_of_work.write(system_actor("setup")) as work:
        ids = {agency.key: add_agency(work, agency) for agency in agencies}
        kinds = {agency.key: agency.kind for agency in agencies}
        ranks: dict[str, int] = {}
        for key, member in members:
            member_id = add_member(work, ids[key], member)
            if kinds[key] in ON_DUTY and "agency_supervisor" not in member.roles:
                ranks[key] = ranks.get(key, 0) + 1
                add_shift(work, ids[key], member_id, ranks[key], member.duty_phone or "", ROSTER_FROM)
        work.audit("system:set_up", agencies=len(ids))
        work.commit()
    return ids
