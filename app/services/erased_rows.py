"""The rows that an erasure deletes, empties and cuts on SQLite. On PostgreSQL the function `erase_case` does it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Table, Update, delete, func, or_, select, update

from app.models.base import Base
from app.models.case import Case, CaseKey, CaseParty
from app.models.companion import CompanionStay
from app.models.count import CountFact
from app.models.document import CaseDocument
from app.models.help import Consent, Note, ServiceGiven
from app.models.house_life import Acknowledgement
from app.models.house_period import Relocation
from app.models.leaving import ExitApproval, ExitWish, SafetyOffer
from app.models.placement import BedHold, FormerStay, Stay, StayKey
from app.models.record import ClientRecord, LinkPair, LinkToken, RecordChange, SearchToken
from app.models.register import RegisterRow
from app.models.stay_life import Overstay, StayConflict, StayCorrection
from app.models.version import CaseMove
from app.models.void import BedVoid
from app.models.workflow import CaseEvent, PacketKey, Referral, Signature
from app.services.unit_of_work import Work

DAYS: dict[Any, tuple[str, ...]] = {
    **dict.fromkeys((CaseEvent, CountFact, Note, ServiceGiven, Acknowledgement), ("occurred_on",)),
    Consent: ("occurred_on", "withdrawn_on"),
    CaseParty: ("opened_on",),
    CaseMove: ("moved_on",),
    Relocation: ("leave_on",),
    Overstay: ("expected_until", "agreed_until", "decided_on"),
    ExitWish: ("said_on",),
    ExitApproval: ("answered_on",),
    SafetyOffer: ("offered_on",),
}


def _table(model: Any) -> Any:
    return model.__table__


case, stay, hold, void = (_table(one) for one in (Case, Stay, BedHold, BedVoid))
record, pair, referral, child = (_table(one) for one in (ClientRecord, LinkPair, Referral, CompanionStay))
packet_key, stay_key = _table(PacketKey), _table(StayKey)


def erase(work: Work, case_id: UUID) -> None:
    """Destroy the keys, delete what leads to her or was written of her, and cut the days to the month."""
    for statement in (*_deleted(case_id), *_emptied(case_id), *_cut(case_id)):
        work.session.connection().execute(statement)


def _deleted(case_id: UUID) -> list[Any]:
    her = select(record.c.id).where(record.c.case_id == case_id).scalar_subquery()
    days = (StayConflict, StayCorrection, FormerStay)
    of_case = [_table(one) for one in (CaseKey, RecordChange, Signature, *days, CaseDocument)]
    of_record = [_table(one) for one in (SearchToken, LinkToken, RegisterRow)]
    referrals = select(referral.c.id).where(referral.c.case_id == case_id)
    stays = select(stay.c.id).where(stay.c.case_id == case_id)
    return [
        *(delete(table).where(table.c.case_id == case_id) for table in of_case),
        *(delete(table).where(table.c.record_id == her) for table in of_record),
        delete(packet_key).where(packet_key.c.referral_id.in_(referrals)),
        delete(stay_key).where(stay_key.c.stay_id.in_(stays)),
        delete(pair).where(or_(pair.c.record_a_id == her, pair.c.record_b_id == her)),
        update(void).where(void.c.stay_id.in_(stays)).values(stay_id=None),
    ]


def _emptied(case_id: UUID) -> list[Update]:
    return [
        update(table).where(table.c.case_id == case_id).values(dict.fromkeys(names))
        for table in Base.metadata.sorted_tables
        if (names := sealed_in(table))
    ]


def sealed_in(table: Table) -> list[str]:
    """The sealed columns of a table whose rows belong to a case."""
    if "case_id" not in table.columns:
        return []
    return [column.name for column in table.columns if column.info.get("sealed")]


def _cut(case_id: UUID) -> list[Update]:
    """A stay has no nights of its own any more, and a booking no day that tells when."""
    first, came = _month(stay.c.arrived_on), _month(child.c.arrived_on)
    forgotten = {"has_safe_contact": False, "language": "unknown", "snapshot_on": _month(record.c.snapshot_on)}
    booked = {"from_on": _month(hold.c.from_on), "to_on": func.date(hold.c.from_on, "start of month", "+1 day")}
    opened = {"opened_on": _month(case.c.opened_on), "closed_on": _month(case.c.closed_on)}
    return [
        *(
            update(table).where(table.c.case_id == case_id).values({name: _month(table.c[name]) for name in names})
            for table, names in ((_table(one), names) for one, names in DAYS.items())
        ),
        update(record).where(record.c.case_id == case_id).values(**forgotten),
        update(stay).where(stay.c.case_id == case_id).values(arrived_on=first, left_on=first, expected_until=None),
        update(hold).where(hold.c.case_id == case_id, hold.c.state == "held").values(state="expired"),
        update(hold).where(hold.c.case_id == case_id).values(**booked),
        update(child).where(child.c.case_id == case_id).values(arrived_on=came, left_on=came),
        update(case).where(case.c.id == case_id).values(**opened),
    ]


def _month(column: Any) -> Any:
    return func.date(column, "start of month")
