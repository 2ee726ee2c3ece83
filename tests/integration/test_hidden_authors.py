"""While an alarm stands, the house that a resident leaves does not read that the place where she goes did anything: not
among the looks, the notes, the services, the documents, the calls and the deadlines; each with its control.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select

from app.errors import NotFound
from app.models.workflow import CallAttempt, CaseClock, Referral
from app.services import (
    case_page,
    clock_acts,
    clock_page,
    documents,
    house_services,
    looks,
    notes,
)
from app.services.clock_acts import NewExemption
from app.services.documents import NewDocument
from app.services.hidden_places import Hidden
from app.services.notes import NewNote
from app.services.viewing import Looked, view
from tests.factories.houses import CANARY, Street
from tests.factories.placed import House, day
from tests.factories.world import A_DAY
from tests.security.relations import above

OLD, SUPERVISOR, NEW = "shelter.coordinator", "shelter.supervisor", "men.coordinator"
OFFICE = "advocacy.supervisor"
PAPER = NewDocument(b"Plan", "plan.txt", "needs_paper")


@pytest.fixture
def street(house: House) -> Street:
    """The NGO shelter's house."""
    return Street(house)


@pytest.fixture
def case_id(street: Street) -> UUID:
    """Somebody who lives there and is expected elsewhere, while an alarm stands."""
    found = street.filled(1)[0]
    street.sound()
    street.on_the_way(found)
    return found


def _men(street: Street) -> UUID:
    return street.house.world.agencies["shelter_men"]


def _who_looked(street: Street, by: str, case_id: UUID, **asked: Any) -> list[UUID]:
    """The agencies of the lines about a case."""
    found = view(street.actor(by), "test", looks.of_case, case_id=case_id, days=365, page=1, **asked)
    return [one.who.agency_id for one in found.rows]


def _who_looked_at_all(street: Street, by: str, **asked: Any) -> list[tuple[UUID, UUID]]:
    """The cases and agencies of the lines about all cases of an agency."""
    found = view(street.actor(by), "test", looks.of_agency, days=365, page=1, **asked)
    return [(one.case_id, one.who.agency_id) for one in found.rows]


def _looks(street: Street, by: str, case_id: UUID, entry: str = "record:opened") -> None:
    """A look at the case, a minute later."""
    street.house.clock.now += timedelta(minutes=1)
    view(street.actor(by), entry, lambda _work: Looked(None, case_id))


def test_the_old_house_is_not_told_that_the_new_place_looked(street: Street, case_id: UUID) -> None:
    view(street.actor(NEW), "case:listed", lambda _work: Looked(None, shown=[case_id]))

    assert _men(street) in _who_looked(street, OFFICE, case_id)
    assert _men(street) not in _who_looked(street, SUPERVISOR, case_id)
    assert (case_id, _men(street)) in _who_looked_at_all(street, OFFICE)
    assert (case_id, _men(street)) not in _who_looked_at_all(street, SUPERVISOR)


def test_without_the_mask_it_would_be_told(street: Street, case_id: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "hidden", lambda *_: Hidden())
    monkeypatch.setattr(looks, "hidden_by_case", lambda *_: {})

    assert _men(street) in _who_looked(street, SUPERVISOR, case_id)
    assert (case_id, _men(street)) in _who_looked_at_all(street, SUPERVISOR)


def test_a_page_of_looks_is_full_though_something_is_kept_back(street: Street, case_id: UUID) -> None:
    _looks(street, OLD, case_id)
    _looks(street, OLD, case_id)
    _looks(street, NEW, case_id)
    own = street.house.world.agencies["shelter_ngo"]

    assert _who_looked_at_all(street, SUPERVISOR, size=2) == [(case_id, own)] * 2
    assert _who_looked(street, SUPERVISOR, case_id, size=2) == [own] * 2


def test_who_drives_her_is_not_told_whoever_it_is(street: Street, case_id: UUID) -> None:
    _looks(street, "investigator", case_id, "move:opened")
    police = street.house.world.agencies["police"]

    assert (case_id, police) not in _who_looked_at_all(street, SUPERVISOR)
    assert police not in _who_looked(street, SUPERVISOR, case_id)
    assert police in _who_looked(street, OFFICE, case_id)


def test_in_a_case_that_no_alarm_touches_the_same_place_is_told_as_before(street: Street) -> None:
    other, places = street.house.places.client(), street.house.places
    places.ask(other, "shelter_men")
    places.expect(other, "1B", by=NEW)
    places.admit(other, "1B", by=NEW)
    street.planned(other, "shelter_ngo")
    places.expect(other, "1B")
    leaving = street.filled(1)[0]
    street.sound()
    street.on_the_way(leaving)

    told = _who_looked_at_all(street, SUPERVISOR)

    assert (other, _men(street)) in told
    assert (leaving, _men(street)) not in told


def _comes_from_the_new_place(street: Street) -> UUID:
    """She has lived in the place where she is to go now; it gave her a service there."""
    world, places = street.house.world, street.house.places
    found = places.client()
    places.ask(found, "shelter_men")
    places.expect(found, by=NEW)
    stay_id = places.admit(found, by=NEW)
    house_services.record(world.actor(NEW), stay_id, ["counselling"], A_DAY)
    street.moved(found, "shelter_ngo", "1A", OLD)
    street.sound()
    return found


def _of_the_page(street: Street, by: str, case_id: UUID) -> tuple[list[UUID], list[UUID]]:
    """Whose notes and whose services a case page shows."""
    page = view(street.actor(by), "test", case_page.whole, case_id=case_id)
    return [one.agency.agency_id for one in page.notes], [one.agency_id for one in page.services]


def test_the_old_house_reads_no_note_of_the_new_place(street: Street, case_id: UUID) -> None:
    notes.add_note(street.actor(NEW), case_id, NewNote("N", f"{CANARY} has a room ready.", A_DAY))

    assert _of_the_page(street, OLD, case_id)[0] == []
    assert _of_the_page(street, "advocate", case_id)[0] == [_men(street)]


def test_the_old_house_reads_no_service_of_the_new_place(street: Street) -> None:
    case_id = _comes_from_the_new_place(street)

    assert _men(street) not in _of_the_page(street, OLD, case_id)[1]
    assert _men(street) in _of_the_page(street, "advocate", case_id)[1]


def test_without_the_mask_it_would_read_the_note(
    street: Street, case_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.add_note(street.actor(NEW), case_id, NewNote("N", "Ready.", A_DAY))
    monkeypatch.setattr(case_page, "hidden", lambda *_: Hidden())

    assert _of_the_page(street, OLD, case_id)[0] == [_men(street)]


def test_without_the_mask_it_would_read_the_service(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = _comes_from_the_new_place(street)
    monkeypatch.setattr(case_page, "hidden", lambda *_: Hidden())

    assert _men(street) in _of_the_page(street, OLD, case_id)[1]


def _called(street: Street, case_id: UUID) -> None:
    """A try to reach the new place, as a procedure that asks for one keeps it."""
    row: dict[str, Any] = {
        "id": uuid4(),
        "case_id": case_id,
        "agency_id": street.house.world.agencies["advocacy_prishtine"],
    }
    row |= {"by_id": street.actor("advocate").member_id, "member_id": street.actor(NEW).member_id}
    row |= {"outcome": "busy", "attempted_at": street.house.clock()}
    with above(street.house.world).begin() as connection:
        asked = select(Referral.__table__.c.id).where(Referral.__table__.c.to_agency_id == _men(street))
        referral_id = connection.execute(asked).scalar_one()
        connection.execute(insert(CallAttempt), [{**row, "referral_id": referral_id}])


def _calls(street: Street, by: str, case_id: UUID) -> list[str | None]:
    return [one.called for one in view(street.actor(by), "test", case_page.whole, case_id=case_id).attempts]


def test_the_old_house_reads_no_call_to_the_new_place(street: Street, case_id: UUID) -> None:
    _called(street, case_id)

    assert _calls(street, OLD, case_id) == []
    assert _calls(street, "advocate", case_id) == [street.actor(NEW).name]


def test_without_the_mask_it_would_read_the_call(
    street: Street, case_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    _called(street, case_id)
    monkeypatch.setattr(case_page, "hidden", lambda *_: Hidden())

    assert _calls(street, OLD, case_id) == [street.actor(NEW).name]


def _shelf(street: Street, by: str, case_id: UUID) -> list[UUID]:
    page = view(street.actor(by), "test", documents.shelf, case_id=case_id)
    return [one.row.agency_id for one in page.documents]


def test_the_old_house_finds_no_document_of_the_new_place(street: Street, case_id: UUID) -> None:
    made = documents.add(street.actor(NEW), case_id, PAPER, 100)
    asked = {"case_id": case_id, "document_id": UUID(made["document_id"])}

    assert _shelf(street, OLD, case_id) == []
    assert _shelf(street, "advocate", case_id) == _shelf(street, NEW, case_id) == [_men(street)]
    assert view(street.actor("advocate"), "test", documents.hand_out, **asked).content == PAPER.content
    with pytest.raises(NotFound):
        view(street.actor(OLD), "test", documents.hand_out, **asked)


def test_without_the_mask_it_would_find_the_document(
    street: Street, case_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = documents.add(street.actor(NEW), case_id, PAPER, 100)
    asked = {"case_id": case_id, "document_id": UUID(made["document_id"])}
    monkeypatch.setattr(documents, "hidden", lambda *_: Hidden())

    assert _shelf(street, OLD, case_id) == [_men(street)]
    assert view(street.actor(OLD), "test", documents.hand_out, **asked).content == PAPER.content


def _exempted(street: Street, case_id: UUID) -> None:
    """The new place's supervisor exempts from the deadline of the arrival that it waits for."""
    with above(street.house.world).connect() as connection:
        clock = CaseClock.__table__
        asked = select(clock.c.id).where(clock.c.case_id == case_id, clock.c.agency_id == _men(street))
        clock_id = connection.execute(asked.limit(1)).scalar_one()
    supervisor = street.actor("men.supervisor")
    assert supervisor.member_id is not None
    clock_acts.exempt(supervisor, clock_id, NewExemption(day(20), supervisor.member_id, f"{CANARY} is full."))


def _exemptions(street: Street, by: str, case_id: UUID) -> list[str]:
    page = view(street.actor(by), "test", clock_page.of_case, case_id=case_id)
    return [one.row.by for clock in (*page.running, *page.missed) for one in clock.exemptions]


def test_the_old_house_reads_no_exemption_by_the_new_place(street: Street, case_id: UUID) -> None:
    _exempted(street, case_id)

    assert _exemptions(street, SUPERVISOR, case_id) == []
    assert _exemptions(street, OFFICE, case_id) == [street.actor("men.supervisor").name]


def test_without_the_mask_it_would_read_the_exemption(
    street: Street, case_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    _exempted(street, case_id)
    monkeypatch.setattr(clock_page, "hidden", lambda *_: Hidden())

    assert _exemptions(street, SUPERVISOR, case_id) == [street.actor("men.supervisor").name]
