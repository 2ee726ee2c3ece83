"""The rows that an erasure deletes, empties and cuts on SQLite. On PostgreSQL the function `erase_case` does it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Table, Update, delete, or_, select, update

from app.models.base import Base
from app.models.case import CaseKey
from app.models.document import CaseDocument
from app.models.intake import PlaceNeed
from app.models.placement import FormerStay, Stay, StayKey
from app.models.record import ClientRecord, LinkPair, LinkToken, RecordChange, SearchToken
from app.models.register import RegisterRow
from app.models.stay_life import StayConflict, StayCorrection
from app.models.void import BedVoid
from app.models.workflow import PacketKey, Referral, Signature
from app.services import erased_days
from app.services.unit_of_work import Work


def _table(model: Any) -> Any:
    return model.__table__


stay, void = _table(Stay), _table(BedVoid)
record, pair, referral = (_table(one) for one in (ClientRecord, LinkPair, Referral))
packet_key, stay_key = _table(PacketKey), _table(StayKey)


def erase(work: Work, case_id: UUID) -> None:
    """Destroy the keys, delete what leads to her or was written of her, and cut the days to the month."""
    for statement in (*_deleted(case_id), *_emptied(case_id), *_forgotten(case_id)):
        work.session.connection().execute(statement)
    erased_days.cut(work, case_id)


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


def _forgotten(case_id: UUID) -> list[Update]:
    """What is neither sealed nor a day, and leads to her."""
    need = _table(PlaceNeed)
    told = {"has_safe_contact": False, "language": "unknown"}
    children = dict.fromkeys(("children_under_3", "children_3_to_11", "children_12_to_17"), 0)
    needed = {"has_disability": "unknown", "has_children": "unknown", **children}
    return [
        update(record).where(record.c.case_id == case_id).values(**told),
        update(need).where(need.c.case_id == case_id).values(**needed),
    ]
