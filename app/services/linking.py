"""Which records are one person, by a run over all of them as the linker. Reviewers' answers: link_answers."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text

from app.matching.link import Linking, link_all
from app.matching.records import SURE, RecordView
from app.models.case import CaseKey
from app.models.record import ClientRecord, KeptLink, RecordPerson
from app.security.actor import LINKER_DESK, system_actor
from app.security.vault import IDENTITY, Vault
from app.services import intake, link_pairs, overlaps, unit_of_work
from app.services.unit_of_work import Work

AT_ONCE = 2000
LOCK = 0x6C696E6B  # any number that nothing else locks
Answers = dict[tuple[str, str], bool]

WITH_KEYS = (
    select(
        ClientRecord.id,
        ClientRecord.case_id,
        ClientRecord.identity,
        ClientRecord.sex,
        ClientRecord.region,
        ClientRecord.form,
        ClientRecord.scope,
        ClientRecord.snapshot_on,
        ClientRecord.register_id,
        CaseKey.wrapped,
    )
    .join(CaseKey, CaseKey.case_id == ClientRecord.case_id)
    .where(CaseKey.holder_id == LINKER_DESK, CaseKey.kind == IDENTITY, ClientRecord.identity.is_not(None))
)
"""All records with the wraps of the linker's desk."""


@dataclass(frozen=True)
class Linked:
    """What a run found."""

    records: int
    sure: int
    doubtful: int
    people: int


def relink() -> Linked:
    """Compare all records anew, keeping what reviewers decided, and write pairs and people that changed."""
    with unit_of_work.write(system_actor("linker")) as work:
        linked = relink_within(work)
        work.audit("link:run", records=linked.records, sure=linked.sure, doubtful=linked.doubtful)
        work.commit()
        return linked


def relink_if_small() -> Linked | None:
    """Run where that takes no longer than a page may; where there is more, the clock job does it within minutes."""
    with unit_of_work.read(system_actor("linker")) as work:
        records = work.session.execute(select(func.count()).select_from(ClientRecord)).scalar_one()
    return relink() if records <= AT_ONCE else None


def relink_if_new() -> Linked | None:
    """Run only where a record has not been looked at yet: for the clock job."""
    with unit_of_work.read(system_actor("linker")) as work:
        known = RecordPerson.record_id == ClientRecord.id
        fresh = WITH_KEYS.outerjoin(RecordPerson, known).where(RecordPerson.record_id.is_(None))
        is_new = work.session.execute(fresh.with_only_columns(ClientRecord.id).limit(1)).first() is not None
    return relink() if is_new else None


def relink_within(work: Work) -> Linked:
    """The same within the caller's transaction; the work must be the linker's."""
    one_run_at_a_time(work)
    views = [view_of(work, row) for row in work.session.execute(WITH_KEYS)]
    known = link_pairs.stored(work)
    found = link_all(views, link_pairs.answers_of(known))
    link_pairs.store(work, known, found)
    people = _people(work, views, found, link_pairs.answers_of(known))
    link_pairs.store_people(work, people)
    link_pairs.mark_kept(work, [UUID(view.record_id) for view in views])
    overlaps.find(work)
    sure = sum(pair.decision == SURE for pair in found.pairs)
    return Linked(len(views), sure, len(found.pairs) - sure, len(set(people.values())))


def _people(work: Work, views: list[RecordView], found: Linking, answers: Answers) -> dict[UUID, UUID]:
    """The person of each record. One that was erased stays who she was: its links stand without their evidence."""
    links = work.session.execute(select(KeptLink.record_a_id, KeptLink.record_b_id))
    kept = sorted((str(one), str(other)) for one, other in links)
    records = {view.record_id for view in views}.union(*kept)
    sure = [(pair.left, pair.right) for pair in found.pairs if pair.decision == SURE]
    apart = [pair for pair, is_one in answers.items() if not is_one]
    return link_pairs.people_of(sorted(records), sure, kept, apart)


def one_run_at_a_time(work: Work) -> None:
    """Two runs at once would each write the people that the other does not see; SQLite has one writer anyway."""
    if work.is_postgresql:
        work.session.connection().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def view_of(work: Work, row: Any) -> RecordView:
    """A row of WITH_KEYS as the linker looks at it; the work must be the linker's."""
    return opened_view(work.vault, row)


def opened_view(vault: Vault, row: Any) -> RecordView:
    """The same with the keys alone."""
    key = vault.unwrap(row.wrapped, row.case_id, IDENTITY, LINKER_DESK)
    identity = vault.open(key, row.identity, "client_record", "identity", row.id)
    snapshot = {"sex": row.sex, "region": row.region, "form": row.form, "scope": row.scope}
    if row.register_id is None:
        return intake.record_view(row.id, str(row.id), identity, snapshot, row.snapshot_on)
    # A row of a register may give no day at all; its snapshot is then that of the day it was taken in.
    seen_on = date.fromisoformat(identity["seen_on"]) if "seen_on" in identity else None
    return intake.record_view(row.id, str(row.register_id), identity, snapshot, seen_on)
