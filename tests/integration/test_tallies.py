"""Work in numbers: each tally by its definition, by agency and kind, as of a past day, and for each reader."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.demo import founding_work
from app.errors import Forbidden, Invalid
from app.queries.tally_members import Member
from app.services import proceedings, tallies, tally_exports, training, unit_of_work
from app.services.tallies import Tallied, WorkReport, WorkRequest
from app.services.training import NewSession
from app.services.unit_of_work import Parts
from app.vocabulary.period import Period, april_year, month, months_in, year
from app.vocabulary.tally import ACCUSED, DIMENSIONS, RELEASED, TALLY
from tests.factories.deadlines import deadlines_of_a_case
from tests.factories.doors import held, logged_contact, venue
from tests.factories.proceedings import convicted, recorded
from tests.factories.world import A_DAY, Template, World

STATISTICS, COORDINATOR = "statistics.supervisor", "national.coordinator"
YEAR_OF_TEST = year(2014)


def _report(world: World, by: str, period: Period = YEAR_OF_TEST, as_of: date | None = None) -> WorkReport:
    return tallies.report(world.actor(by), WorkRequest(period, as_of))


def _one(report: WorkReport, name: str) -> Tallied:
    return next(one for one in report.tallies if one.tally == name)


def _totals(report: WorkReport) -> dict[str, int | None]:
    return {one.tally: one.total for one in report.tallies if one.total != 0}


def _rows(report: WorkReport, name: str, dimension: str) -> dict[str, int | None]:
    return dict(dict(_one(report, name).tables)[dimension])


def _members(world: World, by: str, period: Period = YEAR_OF_TEST) -> list[Member]:
    return [one for one, _ in tally_exports.acts(world.actor(by), WorkRequest(period))]


@pytest.fixture
def founding(world: World) -> World:
    """A country with the work of the founding documents."""
    unit_of_work.bind(world.database)
    founding_work.load()
    return world


def test_operations_of_2005_come_to_the_figures_of_the_report(founding: World) -> None:
    report = _report(founding, STATISTICS, year(2005))

    assert _totals(report) == {"raids": 2000, "arrests": 33, "home_searches": 45}
    assert sum(number or 0 for number in _rows(report, "raids", "ground").values()) == 2000


def test_proceedings_of_2012_come_to_the_figures_of_the_report(founding: World) -> None:
    report = _report(founding, STATISTICS, year(2012))

    assert _totals(report) == {
        "investigations": 104,
        "prosecutions": 31,
        "ongoing": 35,
        "convicted": 41,
        "acquitted": 9,
    }
    sentences = {"up_to_1": 23, "over_1_to_2": 1, "over_2_to_5": 8, "unknown": 9}
    assert _rows(report, "convicted", "sentence") == sentences
    assert _rows(report, "convicted", "form") == {"sexual_exploitation": 41}
    assert _rows(report, "convicted", "official") == {"no": 41}


def test_proceedings_of_2011_come_to_the_figures_of_the_report(founding: World) -> None:
    found = _totals(_report(founding, STATISTICS, year(2011)))

    assert (found["prosecutions"], found["convicted"]) == (22, 37)


def test_members_add_up_to_every_number_and_name_nothing_but_codes(founding: World) -> None:
    shown = _report(founding, STATISTICS, year(2012))

    members = _members(founding, STATISTICS, year(2012))

    counted = {one.tally: sum(each.number for each in members if each.tally == one.tally) for one in shown.tallies}
    assert {name: number for name, number in counted.items() if number} == _totals(shown)
    assert {len(one.kinds) == len(DIMENSIONS[one.tally]) for one in members} == {True}


def test_agency_supervisor_reads_her_own_agency_alone(founding: World) -> None:
    police = _report(founding, "police.supervisor", year(2012))
    prosecution = _report(founding, "prosecution.supervisor", year(2012))

    assert _totals(police) == {"investigations": 104}
    assert _totals(prosecution) == {"prosecutions": 31, "ongoing": 35, "convicted": 41, "acquitted": 9}
    assert _totals(_report(founding, "advocacy.supervisor", year(2012))) == {}
    assert {one.agency_id for one in _members(founding, "police.supervisor", year(2012))} == {
        founding.agencies["police"]
    }


def test_coordinator_reads_sums_and_no_small_number_of_persons_accused(founding: World) -> None:
    report = _report(founding, COORDINATOR, year(2012))

    assert _one(report, "convicted").total == 41
    assert _rows(report, "convicted", "sentence")["over_1_to_2"] is None
    assert list(_rows(report, "convicted", "sentence").values()).count(None) >= 2
    with pytest.raises(Forbidden):
        _members(founding, COORDINATOR, year(2012))


def test_coordinator_reads_no_breakdown_of_persons_accused_in_a_month(founding: World) -> None:
    numbers = {at: _one(_report(founding, COORDINATOR, month(2012, at)), "convicted") for at in range(1, 13)}

    assert {one.tables for one in numbers.values()} == {()}
    assert not {1, 2, 3, 4} & {one.total for one in numbers.values()}


@pytest.mark.parametrize(
    "request_",
    [WorkRequest(Period(date(2012, 1, 1), date(2012, 3, 2))), WorkRequest(year(2012), date(2013, 1, 1))],
    ids=["a part of a month", "a past day"],
)
def test_coordinator_asks_for_whole_months_as_they_are_known_now(world: World, request_: WorkRequest) -> None:
    with pytest.raises(Invalid, match="needs_whole_months"):
        tallies.report(world.actor(COORDINATOR), request_)


def test_coordinator_reads_the_work_of_a_year_from_april(founding: World) -> None:
    report = _report(founding, COORDINATOR, april_year(2005))
    months = [_one(_report(founding, STATISTICS, each), "raids").total for each in months_in(april_year(2005))]

    assert _one(report, "raids").total == sum(number or 0 for number in months)
    assert {_one(report, name).tables for name in ACCUSED} == {()}
    assert not {1, 2, 3, 4} & {_one(report, name).total for name in RELEASED}


def _deadlines_of_two_months(world: World) -> None:
    """Seven deadlines kept in March and one in April, by the police."""
    deadlines_of_a_case(world, *[("consent", date(2014, 3, number)) for number in range(2, 9)])
    deadlines_of_a_case(world, ("court", date(2014, 4, 2)), due=date(2014, 4, 15))


def test_coordinator_reads_no_deadline_of_a_few(world: World) -> None:
    _deadlines_of_two_months(world)

    april, year_ = (_one(_report(world, COORDINATOR, of), "clocks_kept") for of in (month(2014, 4), YEAR_OF_TEST))

    assert (april.total, april.agencies, april.tables) == (None, (), ())
    assert (year_.total, [number for _, number in year_.agencies]) == (8, [8])
    assert dict(year_.tables)["clock"] == (("consent", None), ("court", None))


def test_without_the_rule_one_deadline_of_a_month_is_told_with_its_agency(
    request: pytest.FixtureRequest, make_world: Callable[..., World]
) -> None:
    template: Template = request.getfixturevalue("sqlite_template")
    world = make_world(template, Parts(small_numbers_are_withheld=False))
    _deadlines_of_two_months(world)

    april = _one(_report(world, COORDINATOR, month(2014, 4)), "clocks_kept")

    assert (april.total, [number for _, number in april.agencies], dict(april.tables)["clock"]) == (
        1,
        [1],
        (("court", 1),),
    )


@pytest.mark.line(28)
def test_contacts_and_trainings_are_counted_by_topic_and_by_whom_they_were_for(world: World) -> None:
    logged_contact(world)
    logged_contact(world)
    held_for = NewSession(A_DAY, "prishtine", "police", 12, ("identification",), "xk_2013")
    training.record(world.actor("police.supervisor"), held_for)

    report = _report(world, STATISTICS)

    assert _totals(report) == {"hotline_contacts": 2, "trainings": 1, "trained": 12}
    assert _rows(report, "hotline_contacts", "topic") == {"sexual_exploitation": 2}
    assert _rows(report, "trained", "audience") == {"police": 12}


def test_raids_are_operations_of_that_kind_with_their_grounds(world: World) -> None:
    venue(world)
    held(world, arrests=3, home_searches=2)

    report = _report(world, STATISTICS)

    assert _totals(report) == {"raids": 1, "arrests": 3, "home_searches": 2}
    assert _rows(report, "arrests", "ground") == {"tip_off": 3}
    assert [(agency.kind, number) for agency, number in _one(report, "arrests").agencies] == [("police", 3)]


def test_file_with_several_accused_is_prosecuted_once_and_under_way_until_the_last_has_an_end(world: World) -> None:
    begun: dict[str, Any] = {"step": "prosecution_begun", "occurred_on": A_DAY}
    recorded(world, accused=1, **begun)
    recorded(world, accused=2, **begun)
    convicted(world, 1)
    before = _totals(_report(world, STATISTICS))

    recorded(world, step="acquitted", accused=2)

    assert before == {"prosecutions": 1, "convicted": 1, "ongoing": 1}
    assert _totals(_report(world, STATISTICS)) == {"prosecutions": 1, "convicted": 1, "acquitted": 1}


def test_file_that_was_dropped_as_a_whole_is_under_way_no_more(world: World) -> None:
    recorded(world, step="prosecution_begun", accused=1)
    recorded(world, step="dropped", accused=None, occurred_on=A_DAY + timedelta(days=40))

    assert _totals(_report(world, STATISTICS, month(2014, 3))) == {"prosecutions": 1, "ongoing": 1}
    assert _totals(_report(world, STATISTICS, month(2014, 4))) == {}


def test_files_of_two_agencies_under_one_code_are_two(world: World) -> None:
    recorded(world, "prosecutor")
    recorded(world, "investigator")

    report = _report(world, STATISTICS)

    assert _totals(report) == {"investigations": 2}
    assert [number for _, number in _one(report, "investigations").agencies] == [1, 1]


class _Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2014, 5, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(params=["sqlite", "postgresql"])
def moved(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> tuple[World, _Clock]:
    """A country on the first of May 2014, and its clock."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    clock = _Clock()
    return make_world(template, Parts(clock=clock)), clock


def test_past_day_is_shown_as_it_was_known_then(moved: tuple[World, _Clock]) -> None:
    world, clock = moved
    venue(world)
    held(world)
    step_id = convicted(world, sentence_months=18)
    clock.now = datetime(2014, 6, 1, 12, tzinfo=UTC)
    proceedings.take_back(world.actor("prosecutor"), step_id, "set_aside")
    held(world, A_DAY + timedelta(days=1))

    then = _report(world, STATISTICS, as_of=date(2014, 5, 20))
    now = _report(world, STATISTICS)

    assert _totals(then) == {"raids": 1, "arrests": 1, "home_searches": 1, "convicted": 1}
    assert _totals(now) == {"raids": 2, "arrests": 2, "home_searches": 2}
    assert _report(world, STATISTICS, as_of=date(2014, 5, 20)).tallies == then.tallies


def test_every_tally_is_told_of_a_past_day(world: World) -> None:
    report = _report(world, STATISTICS, as_of=date(2014, 12, 31))

    assert [one.tally for one in report.tallies if not one.is_told] == []


def test_every_tally_stands_in_every_report(world: World) -> None:
    reports = [_report(world, by) for by in (STATISTICS, COORDINATOR, "police.supervisor")]

    assert [[one.tally for one in report.tallies] for report in reports] == [[*TALLY.keys()]] * 3
