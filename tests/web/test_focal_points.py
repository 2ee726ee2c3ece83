"""Whom others turn to in an agency: set by an administrator, shown where the agency is chosen and on its referrals."""

from uuid import UUID

import pytest
from sqlalchemy import update

from app.errors import Invalid, NotFound
from app.models.agency import DutyShift
from app.queries import directory
from app.services import focal_points, members
from app.services.focal_points import Point
from tests.factories.reading import Readers
from tests.factories.world import World
from tests.security.relations import above

OFFICE = "advocacy_prishtine"


def member(world: World, name: str) -> UUID:
    member_id = world.actor(name).member_id
    assert member_id
    return member_id


def points(world: World, by: str = "investigator") -> list[tuple[str, str, str | None]]:
    with world.database.read(world.actor(by)) as work:
        found = directory.focal_points(work.session, work.actor, world.agencies[OFFICE])
    return [(one.place, one.name, one.phone) for one in found]


def put(world: World, focal: Point | None, backup: Point | None) -> None:
    focal_points.set_points(world.actor("administrator"), world.agencies[OFFICE], focal, backup)


def test_everyone_reads_who_the_focal_point_and_the_backup_are(world: World) -> None:
    put(world, Point(member(world, "advocate"), "+383 00 1"), Point(member(world, "advocate2"), "+383 00 2"))
    put(world, Point(member(world, "advocate2"), "+383 00 2"), Point(member(world, "advocate"), "+383 00 1"))

    found = points(world)

    assert [place for place, _, _ in found] == ["focal", "backup"]
    assert found[1] == ("backup", "Teuta Berani", "+383 00 1")


def test_where_the_focal_point_has_left_the_backup_answers(world: World) -> None:
    put(world, Point(member(world, "advocate"), "+383 00 1"), Point(member(world, "advocate2"), "+383 00 2"))

    members.deactivate(world.actor("administrator"), member(world, "advocate"))

    assert [place for place, _, _ in points(world)] == ["backup"]


def test_a_focal_point_works_in_the_agency_and_is_not_her_own_backup(world: World) -> None:
    her = Point(member(world, "advocate"))

    with pytest.raises(Invalid):
        put(world, her, her)
    with pytest.raises(Invalid):
        put(world, Point(member(world, "investigator")), None)
    with pytest.raises(NotFound):
        focal_points.set_points(world.actor("administrator"), member(world, "advocate"), None, None)


def test_an_administrator_sets_them_on_a_page(reader: Readers, world: World) -> None:
    admin, path = reader("administrator"), f"/people/agencies/{world.agencies[OFFICE]}/focal-points"
    her = str(member(world, "advocate"))
    faults = admin.submit(admin.get(path), "Save", status=422, focal=her, backup=her)

    shown = admin.submit(faults, "Save", focal=her, focal_phone="+383 00 7", backup="")

    assert faults.errors == ["Backup: Choose another colleague"]
    assert "Teuta Berani, +383 00 7" in shown.text
    assert ("focal_phone", "+383 00 7") in admin.get(path).form("Save").as_it_stands()


def test_the_receiver_of_a_referral_sees_whom_to_turn_to_at_its_sender(reader: Readers, world: World) -> None:
    police = world.agencies["police"]
    who = Point(member(world, "investigator"), "+383 00 9")
    focal_points.set_points(world.actor("administrator"), police, who, None)
    referral_id = world.call_advocate(world.open_signal())

    page = reader("advocate").get(f"/referrals/{referral_id}")

    assert f"{world.actor('investigator').name}, +383 00 9" in page.text


def test_where_nobody_is_on_duty_the_focal_point_stands_beside_the_agency(reader: Readers, world: World) -> None:
    put(world, Point(member(world, "advocate"), "+383 00 7"), None)
    with above(world).begin() as connection:
        connection.execute(update(DutyShift.__table__).values(ends_at=DutyShift.__table__.c.starts_at))
    case_id = world.open_signal()

    page = reader("investigator").get(f"/cases/{case_id}/steps/advocacy/call_advocate")

    assert "(focal point: Teuta Berani, +383 00 7)" in page.text
