"""The link reviewer's pages: agreement before names, answers with a reason, and what an answer changes."""

from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.models.audit import AuditEntry
from app.models.record import ClientRecord, LinkPair
from app.security.actor import system_actor
from app.services import link_answers, linking, records
from tests.factories import registers
from tests.factories.world import SIGNAL, World
from tests.support.client import Visitor

# A person whose surname in the advocates' register is another one than in the police's, born on the same day.
MARRIED = frozenset({("police", 13), ("advocates", 22)})
SHORT_NAME = frozenset({("police", 5), ("advocates", 6)})


@pytest.fixture
def reviewer(world: World, visitor: Visitor) -> Visitor:
    registers.take_in(world)
    visitor.sign_in("link.reviewer")
    return visitor


def _pair(world: World, rows: frozenset[tuple[str, int]], *states: str) -> UUID:
    found = {members: pair for pair, members in registers.pairs(world, *states).items()}
    return found[rows]


def _names_in(world: World, rows: frozenset[tuple[str, int]]) -> set[str]:
    lines = {register: registers.content_of(register).decode().splitlines() for register, _ in rows}
    police = next(lines[register][row - 1] for register, row in rows if register == "police").split(",")
    return {police[2], police[3]}


def _entries(world: World, action: str) -> int:
    with world.database.read(system_actor("auditor")) as work:
        return work.session.execute(select(func.count()).where(AuditEntry.action == action)).scalar_one()


def test_list_says_how_pairs_agree_and_names_nobody(world: World, reviewer: Visitor) -> None:
    page = reviewer.get("/links")

    assert "Surname: different: it may be a married name" in page.text
    assert "People 41; 38 if all that waits is confirmed" in page.text
    assert not [name for name in _names_in(world, MARRIED) if name in page.text]


def test_pair_shows_agreement_and_names_only_when_asked(world: World, reviewer: Visitor) -> None:
    page = reviewer.get(f"/links/{_pair(world, MARRIED, 'doubtful')}")
    names = _names_in(world, MARRIED)
    assert not [name for name in names if name in page.text]

    opened = reviewer.submit(page, "Open the names")

    assert all(name in opened.text for name in names)
    assert _entries(world, "link:opened") == 1


def test_answer_needs_a_reason(world: World, reviewer: Visitor) -> None:
    page = reviewer.get(f"/links/{_pair(world, MARRIED, 'doubtful')}")

    again = reviewer.submit(page, "They are one person", status=422)

    assert "Choose a reason" in again.text
    assert _pair(world, MARRIED, "doubtful")


def test_confirmed_pair_makes_one_person_fewer(world: World, reviewer: Visitor) -> None:
    page = reviewer.get(f"/links/{_pair(world, MARRIED, 'doubtful')}")

    after = reviewer.submit(page, "They are one person", reason_same="married_name")

    assert "There were 41 people, now there are 40. 2 pairs wait." in after.text
    assert _pair(world, MARRIED, "confirmed")


def test_refused_pair_changes_no_number_and_waits_no_more(world: World, reviewer: Visitor) -> None:
    page = reviewer.get(f"/links/{_pair(world, SHORT_NAME, 'doubtful')}")

    after = reviewer.submit(page, "They are two people", reason_apart="relatives")

    assert "The number of people stays 41. 2 pairs wait." in after.text
    assert "Kept apart (1)" in after.text


def test_answer_sent_twice_acts_once(world: World, reviewer: Visitor) -> None:
    page = reviewer.get(f"/links/{_pair(world, MARRIED, 'doubtful')}")
    reviewer.submit(page, "They are one person", reason_same="married_name")

    again = reviewer.submit(page, "They are one person", reason_same="married_name")

    assert "The number of people stays 40." in again.text
    assert _entries(world, "link:answered") == 1


def test_pair_that_someone_else_answered_is_refused_in_words(world: World, reviewer: Visitor) -> None:
    pair = _pair(world, MARRIED, "doubtful")
    page = reviewer.get(f"/links/{pair}")
    link_answers.decide(world.actor("link.reviewer"), pair, False, "relatives")

    refused = reviewer.submit(page, "They are one person", status=422, reason_same="married_name")

    assert "Someone has answered this pair already." in refused.text


def test_link_that_stands_can_be_taken_back_for_good(world: World, reviewer: Visitor) -> None:
    standing = reviewer.get("/links?show=standing")
    pair = next(iter(registers.pairs(world, "sure")))
    assert "Links that stand (52)" in standing.text

    after = reviewer.submit(reviewer.get(f"/links/{pair}"), "Take it back for good", reason_apart="linked_by_mistake")

    assert "Kept apart (1)" in after.text
    assert "Link taken back" in reviewer.get(f"/links/{pair}").text


def test_answer_on_older_data_is_listed_and_can_be_given_anew(world: World, visitor: Visitor) -> None:
    world.open_signal()
    case_id = world.open_signal(family_name="Tjetër")
    linking.relink()
    pair = _waiting(world)
    link_answers.decide(world.actor("link.reviewer"), pair, False, "relatives")
    records.change_identity(world.actor("investigator"), case_id, SIGNAL, "Told anew.", _version(world, case_id))
    linking.relink_if_new()
    visitor.sign_in("link.reviewer")

    listed = visitor.get("/links?show=older")
    page = visitor.get(f"/links/{pair}")
    after = visitor.submit(page, "They are one person", reason_same="spelt_differently")

    assert "Answered on older data (1)" in listed.text
    assert "How they agreed when they were answered" in page.text
    assert "Surname different: it may be a married name" in page.text
    assert "There were 2 people, now there are 1. 0 pairs wait." in after.text
    assert "Answered on older data (0)" in after.text


def _version(world: World, case_id: UUID) -> int:
    with world.database.read(world.actor("investigator")) as work:
        version = select(ClientRecord.row_version).where(ClientRecord.case_id == case_id)
        return int(work.session.execute(version).scalar_one())


def _waiting(world: World) -> UUID:
    with world.database.read(system_actor("linker")) as work:
        return work.session.execute(select(LinkPair.id).where(LinkPair.state == "doubtful")).scalar_one()


def test_list_answers_any_page_and_list_name(reviewer: Visitor) -> None:
    asked = ("page=3", "show=older", "page=x&show=standing", "show=%00", "show=standing&page=2")

    assert [reviewer.get(f"/links?{query}").status for query in asked] == [200] * 5


def test_pair_that_does_not_exist_is_not_found(reviewer: Visitor) -> None:
    assert reviewer.get(f"/links/{UUID(int=7)}", status=404)


@pytest.mark.parametrize("sign_in", ["police.supervisor", "advocate", "statistics.supervisor", "administrator"])
def test_nobody_but_the_reviewer_reaches_the_pairs(world: World, visitor: Visitor, sign_in: str) -> None:
    visitor.sign_in(sign_in)

    assert visitor.get("/links", status=403)
