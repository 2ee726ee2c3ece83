"""Erasing a closed case: who may, what is gone, what is still counted, and that there is no way back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from app.cipher import Tampered, unseal
from app.errors import Conflict, Forbidden, NotFound
from app.models.audit import Notice
from app.models.base import Base
from app.models.erasure import KeptNights
from app.models.record import ClientRecord, RecordPerson
from app.queries import nights
from app.security.actor import system_actor
from app.services import auditing, erasing, linking, unsent
from app.services.erased_rows import sealed_in
from app.services.occupancy import occupancy
from app.services.unsent import Place
from app.vocabulary.period import Period, month
from tests.factories.closing import close
from tests.factories.erased import ADVOCATE, SHELTER, SUPERVISOR, Closed, resident
from tests.factories.facts import one_person
from tests.factories.placed import GONE, House, day
from tests.factories.world import World
from tests.security.relations import above
from tests.support.promises import tell

MARCH, APRIL = month(2014, 3), month(2014, 4)


def _total(closed: Closed, period: Period, by: str = "statistics") -> int:
    world = closed.house.world
    actor = world.actor(by) if "." in by else system_actor(by)
    with world.database.read(actor) as work:
        return nights.total(work.session, actor, period, work.today, world.agencies["shelter_ngo"]).slept


def test_an_erased_case_has_no_key_no_token_no_source_and_nothing_sealed(closed: Closed, rows: Connection) -> None:
    closed.erase()

    kept = {
        (table.name, column)
        for table in Base.metadata.sorted_tables
        for column in sealed_in(table)
        for row in closed.rows(rows, table)
        if row[column] is not None
    }
    tables = Base.metadata.tables
    assert kept == set()
    assert [closed.rows(rows, tables[name]) for name in ("case_key", "record_change", "signature", "register_row")] == [
        [],
        [],
        [],
        [],
    ]
    assert _tokens(closed, rows) == [0, 0, 0]


def _tokens(closed: Closed, rows: Connection) -> list[int]:
    record = select(ClientRecord.id).where(ClientRecord.case_id == closed.case_id).scalar_subquery()
    tables = Base.metadata.tables
    counts = [
        rows.execute(select(func.count()).select_from(tables[name]).where(tables[name].c.record_id == record))
        for name in ("search_token", "link_token")
    ]
    pairs = tables["link_pair"]
    linked = rows.execute(select(func.count()).where((pairs.c.record_a_id == record) | (pairs.c.record_b_id == record)))
    return [one.scalar_one() for one in (*counts, linked)]


def test_days_are_cut_to_the_month(closed: Closed, rows: Connection) -> None:
    closed.erase()

    tables = Base.metadata.tables
    stays = closed.rows(rows, tables["stay"])
    facts = closed.rows(rows, tables["count_fact"])
    assert {(one["arrived_on"], one["left_on"], one["expected_until"]) for one in stays} == {(day(1), day(1), None)}
    assert {one["occurred_on"].day for one in facts} == {1}


def test_what_was_known_of_her_days_before_is_gone(closed: Closed, rows: Connection) -> None:
    former = Base.metadata.tables["former_stay"]
    before = len(closed.rows(rows, former))

    closed.erase()

    assert before > 0
    assert closed.rows(rows, former) == []


def test_the_bed_nights_of_a_month_stay_the_same(closed: Closed) -> None:
    before = [_total(closed, MARCH), _total(closed, APRIL), _total(closed, MARCH, SHELTER)]

    closed.erase()

    assert before == [29, 3, 29]
    assert [_total(closed, MARCH), _total(closed, APRIL), _total(closed, MARCH, SHELTER)] == before


def test_a_picture_of_months_keeps_its_nights_and_one_that_cuts_a_month_says_how_many_it_lacks(closed: Closed) -> None:
    closed.erase()

    whole = occupancy(closed.house.world.actor(SHELTER), Period(day(1), date(2014, 6, 1)))
    cut = occupancy(closed.house.world.actor(SHELTER), Period(day(1), date(2014, 4, 2)))

    assert ([one.slept for one in whole.columns], whole.total.slept, whole.erased) == ([29, 3, 0], 32, 0)
    assert (cut.total.slept, cut.erased) == (29, 3)


def test_nights_that_another_record_of_hers_slept_too_are_counted_once_before_and_after(house: House) -> None:
    one, other = Closed(house, resident(house, "1A")), house.places.resident("1B")[0]
    house.clock.at(date(2014, 4, 4))
    house.world.step(SHELTER, one.case_id, "shelter", "leave", date(2014, 4, 4), **GONE)
    close(house.world, one.case_id, date(2014, 4, 4))
    one_person(house.world, _record(house, one.case_id), _record(house, other))
    house.clock.at(date(2014, 6, 1))
    before = [_total(one, MARCH), _total(one, MARCH, SHELTER)]

    one.erase()

    assert [_total(one, MARCH), _total(one, MARCH, SHELTER)] == before


def _record(house: House, case_id: UUID) -> UUID:
    with house.world.database.read(system_actor("linker")) as work:
        found = select(ClientRecord.id).where(ClientRecord.case_id == case_id)
        return work.session.execute(found).scalar_one()


def test_who_was_one_person_with_her_stays_that_person_when_links_are_found_anew(house: House) -> None:
    one, other = Closed(house, house.places.client()), house.places.client()
    linking.relink()
    close(house.world, one.case_id, day(3))

    one.erase()
    linking.relink()

    with house.world.database.read(system_actor("linker")) as work:
        found = select(RecordPerson.person_id).join(ClientRecord, ClientRecord.id == RecordPerson.record_id)
        people = list(work.session.execute(found.where(ClientRecord.case_id.in_([one.case_id, other]))).scalars())
    assert (len(people), len(set(people))) == (2, 1)


def test_the_record_of_acts_stays_whole_and_says_who_asked_and_who_erased(closed: Closed, rows: Connection) -> None:
    closed.erase()

    entries = Base.metadata.tables["audit_entry"]
    told = select(entries.c.action).where(entries.c.case_id == closed.case_id, entries.c.action.like("case:eras%"))
    assert sorted(rows.execute(told).scalars()) == ["case:erased", "case:erasure_asked"]
    assert [one.fault for one in auditing.verify_all() if one.fault] == []


def test_who_asked_does_not_decide_and_nobody_but_a_supervisor_does(closed: Closed) -> None:
    world = closed.house.world
    erasure_id = closed.ask(SUPERVISOR)

    with pytest.raises(Forbidden):
        erasing.approve(world.actor(SUPERVISOR), erasure_id)
    with pytest.raises(Forbidden):
        erasing.approve(world.actor(ADVOCATE), erasure_id)


def test_an_agency_that_does_not_lead_the_case_neither_asks_nor_decides(closed: Closed) -> None:
    world = closed.house.world
    with pytest.raises(NotFound):
        closed.ask(SHELTER)
    with pytest.raises(NotFound):
        erasing.approve(world.actor("police.supervisor"), closed.ask())


def test_an_open_case_is_not_erased(house: House) -> None:
    with pytest.raises(Conflict):
        Closed(house, house.places.client()).ask()


def test_what_is_refused_stays_and_can_be_asked_again(closed: Closed) -> None:
    erasing.refuse(closed.house.world.actor(SUPERVISOR), closed.ask())

    assert closed.house.places.keys_of(closed.case_id, ADVOCATE) == 2
    assert closed.ask()


def test_it_is_asked_once_and_the_supervisor_is_told_without_a_name(closed: Closed, rows: Connection) -> None:
    closed.ask()

    with pytest.raises(Conflict):
        closed.ask()
    told = rows.execute(select(Notice.values, Notice.role).where(Notice.kind == "erasure:asked")).all()
    assert [tuple(one) for one in told] == [({}, "agency_supervisor")]


def test_nights_of_zero_are_not_kept(closed: Closed, rows: Connection) -> None:
    closed.erase()

    assert sorted(rows.execute(select(KeptNights.nights)).scalars()) == [3, 7, 22]


def test_the_database_erases_nothing_that_two_have_not_said(closed: Closed) -> None:
    erasure_id = closed.ask()

    assert _refuses_to_erase(closed.house.world, erasure_id)
    assert closed.house.places.keys_of(closed.case_id, ADVOCATE) == 2


def _refuses_to_erase(world: World, erasure_id: UUID) -> bool:
    """Whether the function that erases refuses a supervisor's bare call; on SQLite there is none."""
    if not world.database.is_postgresql:
        return True
    try:
        with world.database.write(world.actor(SUPERVISOR)) as work:
            work.session.connection().execute(text("SELECT erase_case(:id)"), {"id": erasure_id})
    except DBAPIError:
        return True
    return False


TAKEN_BEFORE = "unsent_form"
"""What the service deletes itself, in the same transaction."""


def test_what_somebody_had_typed_on_it_is_gone(closed: Closed, rows: Connection) -> None:
    typed = Place("advocacy", "record_service", closed.case_id)
    unsent.keep(closed.house.world.actor(ADVOCATE), typed, [("note", "She asked twice.")])
    before = len(closed.rows(rows, Base.metadata.tables[TAKEN_BEFORE]))
    rows.rollback()

    closed.erase()

    assert (before, closed.rows(rows, Base.metadata.tables[TAKEN_BEFORE])) == (1, [])


def test_the_databases_function_empties_every_sealed_column_of_a_case(closed: Closed, rows: Connection) -> None:
    source = "SELECT prosrc FROM pg_proc WHERE proname = 'erase_case'"
    said = rows.execute(text(source)).scalar_one() if closed.house.world.database.is_postgresql else None

    forgotten = [
        f"{table.name}.{column}"
        for table in Base.metadata.sorted_tables
        for column in sealed_in(table)
        if said is not None and table.name not in ("record_change", "register_row", "stay", TAKEN_BEFORE)
        if " ".join(("DELETE FROM", table.name, "WHERE")) not in said
        if f"UPDATE {table.name} SET" not in said or f"{column} = NULL" not in said
    ]
    assert forgotten == []


def test_by_command_one_asks_and_another_erases(closed: Closed) -> None:
    runner = closed.house.world.app().test_cli_runner()
    asked = runner.invoke(
        args=["erase", "ask", str(closed.case_id), "--by", ADVOCATE, "--reason", "period_over"], catch_exceptions=False
    )
    alone = runner.invoke(args=["erase", "approve", asked.output.strip(), "--by", ADVOCATE])
    done = runner.invoke(args=["erase", "approve", asked.output.strip(), "--by", SUPERVISOR], catch_exceptions=False)

    assert (asked.exit_code, alone.exit_code, done.output) == (0, 1, "erased\n")
    assert closed.house.places.keys_of(closed.case_id, ADVOCATE) == 0


def test_by_command_who_was_let_go_approves_nothing(closed: Closed) -> None:
    erasure_id, runner = str(closed.ask()), closed.house.world.app().test_cli_runner()
    _let_go(closed.house.world, SUPERVISOR)

    refused = runner.invoke(args=["erase", "approve", erasure_id, "--by", SUPERVISOR])
    due = runner.invoke(args=["retention", "due", "--by", SUPERVISOR])

    assert (refused.exit_code, due.exit_code) == (1, 1)
    assert "Nobody who works here has this sign-in name." in refused.output
    assert "Nobody who works here has this sign-in name." in due.output
    assert closed.house.places.keys_of(closed.case_id, ADVOCATE) > 0


def _let_go(world: World, sign_in: str) -> None:
    """As another supervisor's presence would allow; her roles stay with her row."""
    table = Base.metadata.tables["member"]
    with above(world).begin() as connection:
        connection.execute(table.update().where(table.c.sign_in == sign_in).values(is_active=False))


def test_its_documents_are_gone_row_and_all(closed: Closed, rows: Connection) -> None:
    table, actor = Base.metadata.tables["case_document"], closed.house.world.actor(ADVOCATE)
    row = {"id": uuid4(), "case_id": closed.case_id, "agency_id": actor.agency_id, "member_id": actor.member_id}
    row |= {"kind": "statement", "sensitivity": "T", "format": "pdf", "size": 5, "content": b"sealed"}
    with above(closed.house.world).begin() as connection:
        connection.execute(table.insert(), [row | {"recorded_at": closed.house.clock()}])

    closed.erase()

    assert closed.rows(rows, table) == []


Backup = list[tuple[str, bytes]]


def _backup(closed: Closed, connection: Connection) -> tuple[Backup, list[Any]]:
    """What a backup holds of the case: every sealed value with its place, and the wraps of its keys."""
    values = [
        (f"{table.name}|{column}|{row['id']}", bytes(row[column]))
        for table in Base.metadata.sorted_tables
        for column in sealed_in(table)
        for row in closed.rows(connection, table)
        if row[column]
    ]
    return values, closed.rows(connection, Base.metadata.tables["case_key"])


def _opened(closed: Closed, values: Backup, wraps: list[Any]) -> list[str]:
    """The places of the values that the key file opens, by way of these wraps."""
    vault = closed.house.world.database.vault
    keys = {vault.unwrap(one["wrapped"], one["case_id"], one["kind"], one["holder_id"]) for one in wraps}
    return [place for place, sealed in values if any(_opens(key, sealed, place) for key in keys)]


def _opens(key: bytes, sealed: bytes, place: str) -> bool:
    try:
        unseal(key, sealed, place)
    except Tampered:
        return False
    return True


@pytest.mark.promise("T4.7")
def test_rows_of_a_backup_of_before_open_no_more_with_what_is_left_of_the_keys(
    closed: Closed, rows: Connection
) -> None:
    values, _ = _backup(closed, rows)
    rows.rollback()

    closed.erase()

    left, wraps = _backup(closed, rows)
    assert (left, wraps, _opened(closed, values, wraps)) == ([], [], [])
    database = "PostgreSQL" if closed.house.world.database.is_postgresql else "SQLite"
    tell("T4.7", database, f"{len(values)} sealed values of a backup, 0 opened; no wrap, token or document left")


@pytest.mark.promise("T4.7")
def test_where_the_wraps_of_before_were_kept_the_rows_of_before_open(closed: Closed, rows: Connection) -> None:
    values, wraps = _backup(closed, rows)
    rows.rollback()

    closed.erase()

    assert len(_opened(closed, values, wraps)) >= 5
