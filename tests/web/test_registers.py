"""A supervisor takes in her register: what columns hold, the dry run, the receipt; and whatever may be sent."""

import base64
import io
import re

import pytest
from sqlalchemy import select

from app.models.audit import AuditEntry
from app.models.register import RegisterDraft
from app.queries import links
from app.security.actor import system_actor
from app.services.reading import look
from tests.factories import registers
from tests.factories.world import World
from tests.support.client import Visitor
from tests.support.page import Page

POLICE = "Nr,Data e identifikimit,Emri,Mbiemri,Datëlindja,Gjinia,Shtetësia,Rajoni,Forma,Referuar te\n"
GOOD_ROW = "1,13.04.2007,Fatime,Provë,07.10.1990,F,Kosovë,Ferizaj,lypje,refuzoi\n"
BAD_DAY = "2,31.02.2007,Dafina,Provë,07.10.1990,F,Kosovë,Ferizaj,lypje,refuzoi\n"
ODD_WORD = "3,13.05.2007,Blerta,Provë,07.10.1989,F,Atlantida,Ferizaj,lypje,refuzoi\n"


@pytest.fixture
def keeper(world: World, visitor: Visitor) -> Visitor:
    visitor.sign_in("police.supervisor")
    return visitor


def _bring(visitor: Visitor, content: bytes | str, status: int = 200, name: str = "register.csv") -> Page:
    sent = content.encode() if isinstance(content, str) else content
    return visitor.submit(visitor.get("/registers"), "Go on", status=status, register=(io.BytesIO(sent), name))


def _tried(visitor: Visitor, content: bytes | str) -> Page:
    return visitor.submit(_bring(visitor, content), "Try it")


def test_register_of_the_police_is_read_by_its_headings_and_taken_in(keeper: Visitor) -> None:
    page = _bring(keeper, registers.content_of("police"))
    assert "The file has 32 rows" in page.text

    tried = keeper.submit(page, "Try it")
    receipt = keeper.submit(tried, "Take 32 rows in")

    assert "Identified victims 32" in receipt.text
    assert "Refused help 5" in receipt.text
    assert "Rows left out, to mend 0" in receipt.text


def test_dry_run_names_each_fault_by_row_and_column_and_keeps_the_rest(keeper: Visitor) -> None:
    tried = _tried(keeper, POLICE + GOOD_ROW + BAD_DAY)

    assert "Data e identifikimit: there is no such day" in tried.text
    assert "Rows to mend first 1" in tried.text
    assert "31.02.2007" not in tried.text
    assert keeper.submit(tried, "Take 1 row in").text.count("Identified victims 1") == 1


def test_rows_to_mend_come_as_a_file_that_says_what_is_wrong(keeper: Visitor) -> None:
    tried = _tried(keeper, POLICE + GOOD_ROW + BAD_DAY)
    address = next(link["href"] for link in tried.root.all("a") if link["href"].endswith("/rows-to-mend"))

    content = keeper.download(address).get_data().decode("utf-8-sig")

    assert content.splitlines()[0].endswith(",To mend")
    assert len(content.splitlines()) == 2
    assert "Data e identifikimit: there is no such day" in content


def test_word_that_nobody_knows_can_be_explained_on_the_page(keeper: Visitor) -> None:
    page = _bring(keeper, POLICE + GOOD_ROW + ODD_WORD)

    tried = keeper.submit(page, "Try it", word_citizenship_0="MK")

    assert "Rows to mend first 0" in tried.text
    assert "Rows that can be taken in 2" in tried.text


def test_columns_under_unknown_headings_can_be_placed_and_kept_under_a_name(keeper: Visitor) -> None:
    odd = "A,B,C\nArta,Provë,2007-03-01\n"
    page = _bring(keeper, odd)
    assert "Nothing known fits this file" in page.text
    chosen = {"column_0": "given_names", "column_1": "surname", "column_2": "identified_on", "metrics": "identified"}

    tried = keeper.submit(page, "Try it", **chosen, date_order="ymd", save_as="Our list")

    assert "Rows that can be taken in 1" in tried.text
    again = _bring(keeper, odd.replace("Arta", "Besa"))
    assert again.form("Try it").as_it_stands()
    assert "Rows that can be taken in 1" in keeper.submit(again, "Try it").text
    assert "Our list" in _bring(keeper, odd).text


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"column_2": ""}, "Say above which column holds the day of it"),
        ({"column_2": "surname"}, "Two columns hold the same"),
        ({"column_0": "", "column_1": ""}, "Say which column holds the name"),
        ({"metrics": None}, "Say what the rows report"),
        ({"year": "1066"}, "Enter a number from 1990"),
        ({"save_as": "police"}, "There is a mapping with this name already."),
    ],
)
def test_choices_that_make_no_reading_are_told_at_their_question(
    keeper: Visitor, chosen: dict[str, str | None], sentence: str
) -> None:
    page = _bring(keeper, "Emri,Mbiemri,Data e identifikimit\nArta,Provë,01.03.2007\n")

    again = keeper.submit(page, "Try it", status=422, **chosen)

    assert sentence in again.text


def test_other_way_of_reading_can_be_asked_for(keeper: Visitor) -> None:
    page = _bring(keeper, POLICE + GOOD_ROW)

    other = keeper.submit(page, "Show", read_as="return_partner")

    assert "Nr" in other.text
    assert other.form("Try it")


def test_same_file_again_says_so_and_changes_nothing(world: World, keeper: Visitor) -> None:
    keeper.submit(_tried(keeper, POLICE + GOOD_ROW), "Take 1 row in")
    before = look(world.actor("link.reviewer"), links.figures)

    again = _bring(keeper, POLICE + GOOD_ROW)

    assert "This file was taken in before. Nothing was changed." in again.text
    assert look(world.actor("link.reviewer"), links.figures) == before


def test_button_pressed_twice_makes_one_import(keeper: Visitor) -> None:
    tried = _tried(keeper, POLICE + GOOD_ROW)
    first = keeper.submit(tried, "Take 1 row in")

    second = keeper.submit(tried, "Take 1 row in")

    assert second.path == first.path
    assert len(keeper.get("/registers").root.all("tr")) == 2


def test_every_look_at_the_file_is_written_down_without_a_word_of_it(world: World, keeper: Visitor) -> None:
    keeper.submit(_tried(keeper, POLICE + GOOD_ROW + BAD_DAY), "Take 1 row in")

    with world.database.read(system_actor("auditor")) as work:
        found = work.session.execute(select(AuditEntry.action, AuditEntry.detail)).all()
    told = [entry for entry in found if entry.action.startswith("register:")]

    assert {"register:uploaded", "register:previewed", "register:mapped", "register:tried", "register:imported"} == {
        entry.action for entry in told
    }
    assert not [entry for entry in told if "Fatime" in entry.detail or "Emri" in entry.detail]


def test_what_waits_of_a_file_lies_sealed(world: World, keeper: Visitor) -> None:
    _tried(keeper, POLICE + GOOD_ROW)

    with world.database.read(world.actor("police.supervisor")) as work:
        draft = work.session.execute(select(RegisterDraft)).scalars().one()

    assert b"Fatime" not in draft.content
    assert "Emri" not in draft.definition
    assert "Emri" not in base64.b64decode(draft.definition).decode("latin-1")


def test_draft_of_another_agency_is_not_there(world: World, keeper: Visitor) -> None:
    address = _bring(keeper, POLICE + GOOD_ROW).path
    other = Visitor(keeper.client.application)
    other.sign_in("advocacy.supervisor")

    assert other.get(address, status=404)
    assert other.get(f"{address}/check", status=404)
    assert other.get(f"{address}/rows-to-mend", status=404)


@pytest.mark.parametrize("sign_in", ["investigator", "link.reviewer", "statistics.supervisor", "administrator"])
def test_only_a_supervisor_of_an_agency_reaches_registers(visitor: Visitor, sign_in: str) -> None:
    visitor.sign_in(sign_in)

    assert visitor.get("/registers", status=403)


def _records(visitor: Visitor) -> list[str]:
    page = visitor.get("/cases")
    return [link["href"] for link in page.root.all("a") if re.fullmatch(r"/cases/[0-9a-f-]{36}", link["href"])]


def test_record_of_a_row_shows_the_row_as_it_was_given_and_what_it_counts_for(keeper: Visitor) -> None:
    keeper.submit(_tried(keeper, POLICE + GOOD_ROW), "Take 1 row in")

    page = keeper.get(_records(keeper)[0])

    assert "Mbiemri Provë" in page.text
    assert "Identified victims 13 Apr 2007" in page.text
    assert "Refused help 13 Apr 2007" in page.text
    assert "Form of exploitation Forced begging" in page.text
    assert "Fatime" not in page.title + page.heading


def test_record_of_a_row_is_open_to_its_own_agency_alone(keeper: Visitor) -> None:
    keeper.submit(_tried(keeper, POLICE + GOOD_ROW), "Take 1 row in")
    address = _records(keeper)[0]
    other, colleague = Visitor(keeper.client.application), Visitor(keeper.client.application)
    other.sign_in("advocacy.supervisor")
    colleague.sign_in("investigator")

    assert other.get(address, status=404)
    assert colleague.get(address, status=404)
