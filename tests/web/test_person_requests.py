"""What a person asks about her data: taken, answered, seen by all parties, and a paper that endangers nobody."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from app.errors import Stale
from app.models.audit import Notice
from app.models.person_request import PersonRequest
from app.services import notes, person_requests
from app.services.notes import NewNote
from app.services.person_requests import NewAnswer, NewRequest
from tests.factories.reading import Readers
from tests.factories.world import A_DAY, World
from tests.security.relations import above

LEAD, PARTY = "advocate", "investigator"
ASKED = {"kind": "access", "asked_by": "person"}
SECRETS = ("+383 00 111 222", "Behaves as if watched.", "Her brother Besim drove.", "Provëtare")


@pytest.fixture
def case_id(world: World) -> UUID:
    """A case that the police opened and the advocate leads, with a note about somebody else."""
    made = world.with_advocate(family_name="Kërkuesja")
    notes.add_note(world.actor(PARTY), made, NewNote("T", SECRETS[2], A_DAY))
    return made


def _objected(world: World, case_id: UUID) -> UUID:
    new = NewRequest("objection", "person", A_DAY)
    return UUID(person_requests.record(world.actor(LEAD), case_id, new)["request_id"])


def _notices(world: World, agency: str) -> list[str]:
    with above(world).connect() as connection:
        found = select(Notice.kind).where(
            Notice.agency_id == world.agencies[agency], Notice.kind.like("person_request:%")
        )
        return sorted(connection.execute(found).scalars())


def test_a_request_is_taken_with_its_thirty_days_and_answered(world: World, reader: Readers, case_id: UUID) -> None:
    visitor = reader(LEAD)
    taken = visitor.submit(visitor.get(f"/cases/{case_id}/requests/new"), "Record", **ASKED)
    with above(world).connect() as connection:
        row = connection.execute(select(PersonRequest.id, PersonRequest.received_on, PersonRequest.due_on)).one()

    done = visitor.submit(visitor.get(f"/cases/{case_id}/requests/{row.id}"), "Record", answer="done")

    assert "To be answered by" in taken.text
    assert row.due_on - row.received_on == timedelta(30)
    assert ["Done as asked" in done.text, "To be answered by" in done.text] == [True, False]


def test_what_is_refused_needs_a_reason_and_keeps_what_was_typed(world: World, reader: Readers, case_id: UUID) -> None:
    request_id, visitor = _objected(world, case_id), reader(LEAD)

    page = visitor.submit(visitor.get(f"/cases/{case_id}/requests/{request_id}"), "Record", 422, answer="refused")

    assert "Say why not as asked." in page.text
    assert [one["value"] for one in page.main.all("input", where=lambda one: "checked" in one)] == ["refused"]


def test_one_that_was_not_answered_in_time_is_overdue(world: World, reader: Readers, case_id: UUID) -> None:
    _objected(world, case_id)

    assert "Overdue since" in reader(LEAD).get(f"/cases/{case_id}/requests").text


def test_all_parties_see_an_objection_and_its_answer_and_are_told(world: World, reader: Readers, case_id: UUID) -> None:
    request_id = _objected(world, case_id)
    before = reader(PARTY).get(f"/cases/{case_id}/requests").text
    answer = NewAnswer("refused", "kept_by_law", A_DAY)
    person_requests.answer(world.actor(LEAD), case_id, request_id, answer)
    after = reader(PARTY).get(f"/cases/{case_id}/requests").text

    assert ["Objects to how the data are used" in before, "The law asks that it be kept" in after] == [True, True]
    assert _notices(world, "police") == ["person_request:answered", "person_request:objection"]
    assert _notices(world, "advocacy_prishtine") == []


def test_an_answer_stands(world: World, case_id: UUID) -> None:
    request_id = _objected(world, case_id)
    person_requests.answer(world.actor(LEAD), case_id, request_id, NewAnswer("done", None, A_DAY))

    with pytest.raises(Stale):
        person_requests.answer(world.actor(LEAD), case_id, request_id, NewAnswer("taken_back", None, A_DAY))


@pytest.mark.parametrize(
    "address", ["requests/new", "requests/paper", "requests/paper.pdf"], ids=["taking", "paper", "file"]
)
def test_a_party_that_does_not_lead_finds_no_such_page(reader: Readers, case_id: UUID, address: str) -> None:
    assert reader(PARTY).get(f"/cases/{case_id}/{address}", 404)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("What is recorded about you", "What is not on this paper, and why")),
        ("sq", ("Çfarë është shënuar për ju", "Strehimore")),
        ("sr_Latn", ("Šta je o vama zabeleženo", "Sklonište")),
    ],
)
def test_the_paper_is_in_her_language_and_tells_who_had_her_data(
    world: World, reader: Readers, case_id: UUID, language: str, said: tuple[str, str]
) -> None:
    page = reader(LEAD).get(f"/cases/{case_id}/requests/paper?language={language}")

    assert ["Kërkuesja" in page.text, said[0] in page.text] == [True, True]
    assert reader.entries("person_request:packet") == ['{"form":"page"}']


def test_the_paper_holds_nothing_that_endangers_her_or_another(world: World, reader: Readers, case_id: UUID) -> None:
    page = reader(LEAD).get(f"/cases/{case_id}/requests/paper")
    workers = [world.actor(name).name for name in (LEAD, PARTY)]
    (paper,) = (one.text for one in page.main.of_class("tc-paper"))

    assert [word for word in (*SECRETS, *workers) if word in paper] == []
    assert ["Names of workers" in paper, "It would endanger somebody" in paper] == [True, True]


def test_the_note_that_is_left_out_stands_on_the_page_of_the_case(reader: Readers, case_id: UUID) -> None:
    assert SECRETS[2] in reader(PARTY).get(f"/cases/{case_id}").text


def test_the_file_is_a_paper_with_no_name_on_the_outside(reader: Readers, case_id: UUID) -> None:
    answer = reader(LEAD).download(f"/cases/{case_id}/requests/paper.pdf?language=sr_Latn")

    assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="paper.pdf"'
    assert reader.entries("person_request:packet") == ['{"form":"pdf"}']
