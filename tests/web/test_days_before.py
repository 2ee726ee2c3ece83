"""Of a past day on which the period had not begun no page, file or command shows a number: the field says why."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories.reading import Readers
from tests.factories.world import World

STATISTICS, POLICE = "statistics.supervisor", "police.supervisor"
MARCH = "month=3&year=2014&breakdown=region&metrics=assisted"
FEBRUARY = "as_of-day=28&as_of-month=2&as_of-year=2014"
EARLY = f"{MARCH}&{FEBRUARY}"
REFUSED = {
    "en": "As it was known at the end of: Choose a later day: the period had not begun on this one",
    "sq": "Siç dihej në fund të: Zgjidhni një ditë më të vonshme: në këtë ditë periudha nuk kishte filluar",
    "sr_Latn": "Kako se znalo na kraju: Izaberite kasniji dan: tog dana razdoblje još nije bilo počelo",
}


@pytest.mark.parametrize("path", ["/counts", "/counts/pictures", "/counts/work", "/counts/editions/new"])
@pytest.mark.parametrize("language", REFUSED)
def test_a_day_before_the_period_is_refused_at_its_field_with_all_that_was_typed(
    reader: Readers, path: str, language: str
) -> None:
    visitor = reader(STATISTICS)
    visitor.post("/language", {"language": language, "back": "/"}, 200)

    page = visitor.get(f"{path}?{EARLY}", status=422)

    assert page.errors == [REFUSED[language]]
    standing = dict(next(form for form in page.forms if "as_of-day" in form.names).as_it_stands())
    assert [standing[f"as_of-{part}"] for part in ("day", "month", "year")] == ["28", "2", "2014"]
    assert (standing["month"], standing["year"]) == ("3", "2014")


FILES = [f"/counts/export.{ending}" for ending in ("csv", "xlsx", "json", "pdf")]
WAYS = [*FILES, "/counts/work.csv", "/counts/members", "/counts/changes", "/counts/lines"]


@pytest.mark.parametrize("path", WAYS)
@pytest.mark.parametrize("by", [STATISTICS, POLICE])
def test_no_file_and_no_list_is_of_a_day_before_the_period(reader: Readers, path: str, by: str) -> None:
    page = reader(by).get(f"{path}?{EARLY}&metric=assisted", status=422)

    assert page.errors == [REFUSED["en"]]


@pytest.mark.parametrize("command", ["show", "facts"])
def test_the_command_refuses_a_day_before_the_period(world: World, command: str) -> None:
    asked = ["--as", STATISTICS, "--year", "2014", "--part", "3", "--as-of", "2014-02-28"]

    done = world.app().test_cli_runner().invoke(args=["counts", command, *asked])

    assert done.exit_code == 1
    assert "Choose a later day: the period had not begun on this one" in done.output
    assert "\t" not in done.output


def test_nothing_is_signed_of_a_day_before_the_period_and_the_reason_stays_typed(reader: Readers) -> None:
    visitor = reader(STATISTICS)
    page = visitor.get(f"/counts/editions/new?{MARCH}")

    refused = visitor.submit(
        page, "Sign and freeze", status=422, as_of=date(2014, 2, 28), reason="Late entries of two offices."
    )

    assert refused.errors == [REFUSED["en"]]
    assert "Late entries of two offices." in dict(refused.form("Sign and freeze").as_it_stands()).values()
    assert "What will be kept" not in refused.text
    assert "No report was frozen." in visitor.get("/counts/editions/").text
