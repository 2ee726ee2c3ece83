"""The quality of numbers: gaps, late entries and pairs by agency, records that disagree; no agency learns of links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from app.demo import founding, founding_work
from app.queries.quality import ASKED_OF
from app.services import quality, unit_of_work
from app.services.quality import AgencyQuality, QualityReport
from app.services.quality_rules import Lateness
from app.services.unit_of_work import Parts
from app.vocabulary.period import Period, year
from tests.factories.doors import held, venue
from tests.factories.facts import doubt, one_person, record, records, take_back
from tests.factories.proceedings import convicted, recorded
from tests.factories.world import KINDS, Template, World, made_world

STATISTICS = "statistics.supervisor"
Y2014 = year(2014)
OF_THE_CABLE = Period(date(2007, 4, 1), date(2008, 1, 22))
ON = date(2014, 3, 3)


def _report(world: World, by: str = STATISTICS, period: Period = Y2014, *page: int) -> QualityReport:
    unit_of_work.bind(world.database)
    return quality.report(world.actor(by), period, *page)


def _found(report: QualityReport) -> dict[str, dict[str, int]]:
    return {one.kind: dict(one.numbers) for one in report.findings}


def _of(report: QualityReport, kind: str) -> AgencyQuality:
    return next(one for one in report.agencies if one.agency.kind == kind)


def _gap(report: QualityReport, breakdown: str) -> tuple[int, int, int]:
    return next((one.entries, one.unknown, one.not_asked) for one in report.gaps if one.breakdown == breakdown)


@pytest.fixture(scope="module", params=KINDS)
def founded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A country with the registers and the work of the founding documents."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with made_world(template, tmp_path_factory.mktemp("founded")) as world:
        founding.load()
        founding_work.load()
        yield world


def test_32_sentences_for_41_convicted_are_named(founded: World) -> None:
    found = _found(_report(founded, period=year(2012)))

    assert found["sentences"] == {"convicted": 41, "known": 32, "without": 9}


def test_2000_raids_are_named_beside_33_arrests(founded: World) -> None:
    assert _found(_report(founded, period=year(2005)))["raids"] == {"raids": 2000, "arrests": 33}


def test_32_identified_are_named_beside_33_assisted(founded: World) -> None:
    assert _found(_report(founded, period=year(2007)))["assistance"] == {"identified": 32, "assisted": 33}


def test_32_is_named_under_both_of_its_periods(founded: World) -> None:
    report = _report(founded, period=OF_THE_CABLE)

    told = {(one.metric, one.other, one.numbers["number"]) for one in report.findings if one.kind == "one_number"}

    assert ("identified", year(2007), 32) in told


def test_supervisor_of_the_police_reads_her_own_findings_and_no_other_s(founded: World) -> None:
    found = _found(_report(founded, "police.supervisor", year(2012)))

    assert not {"sentences", "assistance", "disagreements", "pairs"} & set(found)
    assert "sentences" in _found(_report(founded, "prosecution.supervisor", year(2012)))


def test_gaps_are_counted_by_agency_and_not_known_is_not_not_asked(world: World) -> None:
    records(world, "advocate", 3, region="unknown")
    record(world, "advocate", citizenship="not_asked")
    record(world, "investigator", region="unknown", citizenship="unknown")

    report = _report(world)

    assert (_gap(report, "region"), _gap(report, "citizenship")) == ((5, 4, 0), (5, 1, 1))
    assert _gap(report, "sex") == (5, 0, 0)
    of_advocates = {gap.breakdown: gap.unknown + gap.not_asked for gap in _of(report, "advocacy").gaps}
    assert (of_advocates["region"], of_advocates["citizenship"]) == (3, 1)
    assert _gap(_report(world, "police.supervisor"), "region") == (1, 1, 0)


def test_fact_that_was_taken_back_leaves_no_gap(world: World) -> None:
    take_back(world, "advocate", record(world, "advocate", region="unknown"), "identified")

    assert _report(world).gaps == ()


def test_community_is_told_of_nobody_not_even_as_a_gap() -> None:
    assert "community" not in ASKED_OF


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"sex": "M"}, {"people": 1, "sex": 1, "age": 0, "citizenship": 0}),
        ({"citizenship": "AL"}, {"people": 1, "sex": 0, "age": 0, "citizenship": 1}),
        ({"age_band": "9-17", "sex": "M"}, {"people": 1, "sex": 1, "age": 1, "citizenship": 0}),
        ({"age_band": "27-29"}, None),
        ({"sex": "unknown", "citizenship": "not_asked", "age_band": "unknown"}, None),
    ],
)
def test_linked_records_that_disagree_are_found_and_gaps_do_not_disagree(
    world: World, told: dict[str, str], expected: dict[str, int] | None
) -> None:
    one, other = record(world, "advocate"), record(world, "investigator", **told)
    before = _found(_report(world)).get("disagreements")

    one_person(world, one, other)

    assert before is None
    assert _found(_report(world)).get("disagreements") == expected


def test_pairs_that_wait_are_told_to_the_statistics_by_agency_and_to_no_agency(world: World) -> None:
    one, other, third = record(world, "advocate"), record(world, "investigator"), record(world, "investigator")
    doubt(world, one, other)
    doubt(world, other, third)

    report = _report(world)

    assert _found(report)["pairs"] == {"pairs": 2}
    assert (_of(report, "advocacy").pairs, _of(report, "police").pairs) == (1, 2)
    assert _told_of_pairs(world, "advocacy.supervisor") == _told_of_pairs(world, "police.supervisor") == (False, 0)


def _told_of_pairs(world: World, by: str) -> tuple[bool, int]:
    report = _report(world, by)
    return "pairs" in _found(report), len(report.agencies)


def test_link_changes_nothing_in_what_an_agency_is_told(world: World) -> None:
    one, other = record(world, "advocate"), record(world, "advocate", sex="M")
    before = _report(world, "advocacy.supervisor")

    one_person(world, one, other)
    after = _report(world, "advocacy.supervisor")

    assert (after.findings, after.gaps, after.lateness) == (before.findings, before.gaps, before.lateness)


class _Clock:
    """A clock that stands where a test puts it."""

    now = datetime(2014, 3, 3, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(params=KINDS)
def later(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> tuple[World, _Clock]:
    """A country on the day on which everything of these tests happens, and its clock."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    clock = _Clock()
    return make_world(template, Parts(clock=clock)), clock


def test_entries_of_every_register_are_late_after_thirty_days_and_not_before(later: tuple[World, _Clock]) -> None:
    world, clock = later
    _enter_after(world, clock, 0, 30, 31, 45)
    clock.now = datetime(2014, 6, 1, 12, tzinfo=UTC)
    recorded(world, "investigator", occurred_on=ON)

    report = _report(world)

    assert _of(report, "police").lateness == report.lateness == Lateness(9, 5, 45)
    assert _report(world, "police.supervisor").lateness == Lateness(9, 5, 45)
    assert _found(report)["late"] == {"late": 5, "entries": 9, "days": 30}


def _enter_after(world: World, clock: _Clock, *days: int) -> None:
    """A fact and an operation of one day, entered so many days after it."""
    venue(world)
    for number in days:
        clock.now = datetime(2014, 3, 3, 12, tzinfo=UTC) + timedelta(days=number)
        record(world, "investigator", on=ON)
        held(world, ON)


def test_agencies_are_paged_by_name(world: World) -> None:
    record(world, "advocate")
    record(world, "investigator")

    first, second = (_report(world, STATISTICS, Y2014, number, 1) for number in (1, 2))

    assert [len(first.agencies), len(second.agencies), first.has_more, second.has_more] == [1, 1, True, False]
    assert first.agencies[0].agency.name_en < second.agencies[0].agency.name_en


def test_conviction_with_a_sentence_is_no_finding(world: World) -> None:
    convicted(world, sentence_months=12)

    assert "sentences" not in _found(_report(world))
