"""Pages of proceedings: a step is recorded, listed and taken back; what is wrong is said at its field."""

from __future__ import annotations

from typing import Any

from app.queries import proceedings as query
from app.services import proceedings
from tests.factories.proceedings import convicted, recorded
from tests.factories.reading import Readers
from tests.factories.world import A_DAY, World

CONVICTION: dict[str, Any] = {
    "file_code": "PP-7/12",
    "accused": 2,
    "step": "convicted",
    "occurred_on": A_DAY,
    "law_article": "pcck_139",
    "form": "sexual_exploitation",
    "official": "no",
    "sentence_months": 18,
    "is_suspended": False,
}


def test_prosecutor_records_a_conviction_and_reads_it_with_its_sentence(reader: Readers) -> None:
    prosecutor = reader("prosecutor")

    listed = prosecutor.submit(prosecutor.get("/proceedings/new"), "Record the step", **CONVICTION)

    assert "PP-7/12" in listed.text
    assert "18 months" in listed.text


def test_conviction_without_a_sentence_says_that_none_is_known(reader: Readers, world: World) -> None:
    convicted(world)

    assert "not known" in reader("prosecutor").get("/proceedings/").text


def test_police_are_offered_no_verdict_and_no_sentence(reader: Readers) -> None:
    form = reader("investigator").get("/proceedings/new").form("Record the step")

    assert "sentence_months" not in form.names
    assert "step" in form.names


def test_name_for_a_code_is_refused_at_its_field_and_nothing_typed_is_lost(reader: Readers) -> None:
    prosecutor, page = reader("prosecutor"), "/proceedings/new"

    after = prosecutor.submit(prosecutor.get(page), "Record the step", 422, **{**CONVICTION, "file_code": "Agim"})

    assert "Code of the file: Use capital letters, digits" in str(after.errors)
    assert dict(after.form("Record the step").as_it_stands())["sentence_months"] == "18"


def test_step_is_taken_back_with_a_reason_and_stays_in_the_list(reader: Readers, world: World) -> None:
    prosecutor, step_id = reader("prosecutor"), recorded(world)

    page = prosecutor.get(f"/proceedings/{step_id}/take-back")
    listed = prosecutor.submit(page, "Take back", reason="entered_twice")

    assert "Taken back: entered twice" in listed.text
    assert prosecutor.get(f"/proceedings/{step_id}/take-back", 409)


def test_list_is_paged_and_costs_the_same_whatever_its_length(reader: Readers, world: World) -> None:
    prosecutor = reader("prosecutor")
    recorded(world)
    with reader.statements() as of_one:
        prosecutor.get("/proceedings/")
    _many(world)

    with reader.statements() as of_many:
        page = prosecutor.get("/proceedings/")

    assert len(of_many) <= len(of_one) <= 20
    assert "page=2" in " ".join(page.links.values())


def _many(world: World) -> None:
    for number in range(query.PAGE + 1):
        recorded(world, file_code=f"F-{number}")


def test_reasons_are_codes_and_no_text_is_asked(reader: Readers, world: World) -> None:
    step_id = recorded(world)
    page = reader("prosecutor").get(f"/proceedings/{step_id}/take-back")

    assert page.form("Take back").names >= {"reason"}
    assert proceedings.to_take_back(world.actor("prosecutor"), step_id).correction is None
