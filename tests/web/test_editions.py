"""Frozen reports through the pages: signed once, never changed, another edition with what differs and why."""

from datetime import UTC, date, datetime, time, timedelta

import pypdfium2
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.clock import local_day, utc_now
from tests.factories import facts
from tests.factories.world import World
from tests.security.relations import above
from tests.support.client import Visitor
from tests.support.page import Page
from tests.support.tables import numbers

MARCH = "month=3&year=2014&metrics=identified&metrics=assisted"
NEW = f"/counts/editions/new?{MARCH}"


def yesterday() -> date:
    """As the page asks it, which may be another day than when the tests were read in."""
    return local_day(utc_now()) - timedelta(days=1)


OFF = {
    "postgresql": "ALTER TABLE edition_member DISABLE TRIGGER USER",
    "sqlite": "DROP TRIGGER edition_member_no_update",
}
"""What only who owns the database can do."""


@pytest.fixture
def statistics(visitor: Visitor) -> Visitor:
    visitor.sign_in("statistics.supervisor")
    return visitor


def noon(days_ago: int) -> datetime:
    """Noon of a day so many days before today: facts are made today, and an edition knows of a day that is over."""
    return datetime.combine(local_day(utc_now()) - timedelta(days=days_ago), time(12), UTC)


LONG_AGO = noon(30)


def sign(visitor: Visitor, reason: str = "", status: int = 200, as_of: date | None = None) -> Page:
    return visitor.submit(visitor.get(NEW), "Sign and freeze", status, as_of=as_of or yesterday(), reason=reason)


def headline(page: Page) -> list[str]:
    return [
        words for (table, row, _), words in numbers(page).items() if (table, row) == ("People counted", "All agencies")
    ]


def test_a_signed_report_keeps_its_numbers_whatever_is_recorded_later(world: World, statistics: Visitor) -> None:
    facts.records(world, "investigator", 3, recorded_at=LONG_AGO)
    signed = sign(statistics)
    facts.records(world, "investigator", 2)

    again = statistics.get(signed.path)

    assert headline(signed) == headline(again) == ["3", "0", "3"]
    assert "All of it is as it was signed." in again.text


def test_another_edition_takes_a_reason_and_tells_what_differs(world: World, statistics: Visitor) -> None:
    facts.records(world, "investigator", 3, recorded_at=LONG_AGO)
    shown = sign(statistics, as_of=noon(9).date(), status=422)
    statistics.submit(shown, "Sign and freeze")
    facts.records(world, "investigator", 2, citizenship="MD", recorded_at=noon(4))

    refused = sign(statistics, status=422)
    second = sign(statistics, reason="Two late entries.")
    differences = statistics.get(f"{second.path}/differences")

    assert "Why there is another edition: " in refused.errors[0]
    assert headline(second) == ["5", "0", "5"]
    assert "Two late entries." in second.text
    assert ["Identified victims", "All", "3", "5"] in rows_of(second)
    assert ["Identified victims", "Citizenship: Moldova", "0", "2"] in rows_of(second)
    assert [row[1] for row in rows_of(differences)] == ["only in this edition"] * 2


def rows_of(page: Page) -> list[list[str]]:
    return [[cell.text for cell in row.all("th", "td")] for row in page.root.all("tr")][1:]


def test_a_number_opens_on_who_stood_behind_it(world: World, statistics: Visitor) -> None:
    facts.records(world, "investigator", 2, citizenship="MD", recorded_at=LONG_AGO)
    facts.records(world, "investigator", 1, recorded_at=LONG_AGO)
    signed = sign(statistics)

    all_of_it = statistics.get(f"{signed.path}/members?metric=identified")
    moldova = statistics.get(f"{signed.path}/members?metric=identified&dimension=citizenship&value=MD")

    assert [len(rows_of(page)) for page in (all_of_it, moldova)] == [3, 2]
    assert rows_of(moldova)[0][2] == "March 2014"


def test_a_report_of_another_agency_is_not_there(world: World, statistics: Visitor) -> None:
    path = sign(statistics).path
    other = Visitor(world.app())
    other.sign_in("police.supervisor")

    assert {other.client.get(f"{path}{part}").status_code for part in ("", "/members?metric=identified")} == {404}
    assert other.client.get(f"{path}/export.json").status_code == 404
    assert "No report was frozen." in other.get("/counts/editions/").text


def test_an_agency_freezes_its_own_numbers(world: World, visitor: Visitor) -> None:
    facts.records(world, "investigator", 2, recorded_at=LONG_AGO)
    facts.records(world, "advocate", 4, ("assisted",), recorded_at=LONG_AGO)
    visitor.sign_in("police.supervisor")

    signed = sign(visitor)

    assert [words for (_, row, _), words in numbers(signed).items() if row == "Your agency"] == ["2", "0", "2"]
    assert "All agencies" not in signed.text


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "pdf"])
def test_an_edition_leaves_as_a_file_named_by_period_and_number(world: World, statistics: Visitor, kind: str) -> None:
    facts.records(world, "investigator", 7, recorded_at=LONG_AGO)
    signed = sign(statistics)

    answer = statistics.client.get(f"{signed.path}/export.{kind}")

    assert answer.headers["Content-Disposition"] == f'attachment; filename="counts-2014-03-edition-1-internal.{kind}"'
    assert len(answer.get_data()) > 100


def test_a_frozen_report_holds_no_range_that_was_of_the_day_of_signing(world: World, statistics: Visitor) -> None:
    one, other = facts.records(world, "investigator", 2, recorded_at=LONG_AGO)
    facts.doubt(world, one, other)

    made = statistics.download(f"{sign(statistics).path}/export.json").get_json()

    assert (made["nation"]["lowest"], made["notes"]["waiting_pairs"]) == ({}, None)
    assert made["nation"]["figures"]["identified"]["value"] == 2


@pytest.mark.parametrize("table", ["report_edition", "edition_member"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET id = id"])
def test_what_is_frozen_cannot_be_changed_even_from_above(
    world: World, statistics: Visitor, table: str, change: str
) -> None:
    facts.records(world, "investigator", 1, recorded_at=LONG_AGO)
    sign(statistics)

    with pytest.raises(DBAPIError), above(world).begin() as connection:
        connection.execute(text(change.format(table)))


def test_an_edition_that_was_tampered_with_below_all_triggers_says_so(world: World, statistics: Visitor) -> None:
    facts.records(world, "investigator", 1, recorded_at=LONG_AGO)
    signed = sign(statistics)
    off = OFF["postgresql" if world.database.is_postgresql else "sqlite"]
    with above(world).begin() as connection:
        connection.execute(text(off))
        connection.execute(text("UPDATE edition_member SET sex = 'M'"))

    assert "It is no longer what was signed." in statistics.get(signed.path).text


@pytest.mark.parametrize(
    ("as_of", "words"),
    [(local_day(utc_now()), "As it was known at the end of: Choose a day in the past: today is not over")],
)
def test_today_is_not_over(statistics: Visitor, as_of: date, words: str) -> None:
    assert words in sign(statistics, status=422, as_of=as_of).errors


def test_the_numbers_that_will_be_kept_stand_on_the_page_before_they_are_signed(
    world: World, statistics: Visitor
) -> None:
    facts.records(world, "investigator", 3, recorded_at=LONG_AGO)
    facts.records(world, "investigator", 2, citizenship="MD", recorded_at=noon(4))

    page = statistics.get(NEW)

    assert headline(page) == ["5", "0", "5"]
    assert headline(statistics.submit(page, "Sign and freeze")) == ["5", "0", "5"]


def test_numbers_of_another_day_are_shown_before_they_are_signed(world: World, statistics: Visitor) -> None:
    facts.records(world, "investigator", 3, recorded_at=LONG_AGO)
    facts.records(world, "investigator", 2, recorded_at=noon(4))

    shown = sign(statistics, reason="Kept.", status=422, as_of=noon(9).date())
    kept = rows_of(statistics.get("/counts/editions/"))
    signed = statistics.submit(shown, "Sign and freeze")

    assert "The numbers below are now those of this day: look at them, then sign" in shown.errors[0]
    assert (headline(shown), kept, headline(signed)) == (["3", "0", "3"], [], ["3", "0", "3"])


def test_the_paper_of_an_edition_has_all_of_it_and_who_signed_what(world: World, statistics: Visitor) -> None:
    facts.records(world, "investigator", 3, recorded_at=LONG_AGO)
    statistics.submit(sign(statistics, as_of=noon(9).date(), status=422), "Sign and freeze")
    facts.records(world, "investigator", 2, citizenship="MD", recorded_at=noon(4))
    second = sign(statistics, reason="Two late entries.")

    words = _paper(statistics, f"{second.path}/export.pdf")

    assert [one for one in PARTS if one not in words] == []


PARTS = (
    "Signed by",
    "Two late entries.",
    "All of it is as it was signed.",
    "What is another number than in edition 1",
    "Month by month",
    "Where people come from",
    "by citizenship",
    "Each agency's own number",
    "Notes on quality",
    "What it means",
    "People whose first identification as a victim of trafficking was decided in the period.",
)


def _paper(visitor: Visitor, path: str) -> str:
    """The words of a paper, in one line."""
    made = pypdfium2.PdfDocument(visitor.download(path).data)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in made).split())


def test_a_form_sent_twice_signs_once(world: World, statistics: Visitor) -> None:
    page = statistics.get(NEW)

    paths = {statistics.submit(page, "Sign and freeze", as_of=yesterday()).path for _ in range(2)}

    assert len(paths) == 1
    assert len(rows_of(statistics.get("/counts/editions/"))) == 1


def test_people_of_one_row_are_not_offered_to_be_signed_for_an_edition_is_of_everybody(statistics: Visitor) -> None:
    words = "Sign and freeze this report"

    assert words in statistics.get(f"/counts?{MARCH}").links
    assert words not in statistics.get(f"/counts?{MARCH}&only=sex:F").links
