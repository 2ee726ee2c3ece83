"""Writes the demo's agencies and people into an empty database."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import func, select

from app.demo.agencies import AGENCIES, MEMBERS
from app.models.agency import Agency
from app.security.actor import system_actor
from app.services import unit_of_work
from app.services.administration import add_agency, add_member, add_shift

ON_DUTY = frozenset({"advocacy", "social_work"})


def is_empty() -> bool:
    """Whether nobody has set anything up yet."""
    with unit_of_work.read(system_actor("setup")) as work:
        return work.session.execute(select(func.count()).select_from(Agency)).scalar_one() == 0


def set_up() -> dict[str, UUID]:
    """Agencies, people, shelters and duty rosters; gives the agencies' ids by key."""
    with unit_of_work.write(system_actor("setup")) as work:
        ids = {agency.key: add_agency(work, agency) for agency in AGENCIES}
        kinds = {agency.key: agency.kind for agency in AGENCIES}
        ranks: dict[str, int] = {}
        for key, member in MEMBERS:
            member_id = add_member(work, ids[key], member)
            if kinds[key] in ON_DUTY and "agency_supervisor" not in member.roles:
                ranks[key] = ranks.get(key, 0) + 1
                since = datetime(2004, 1, 1, tzinfo=UTC)
                add_shift(work, ids[key], member_id, ranks[key], member.duty_phone or "", since)
        work.audit("demo:set_up", agencies=len(ids))
        work.commit()
    return ids
