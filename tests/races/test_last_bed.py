"""The last beds: twenty clerks at once for one to five beds, a hundred times, some cancelling, some killed midway.

In the long form three hundred times.

Nobody ever shares a bed, and none stays empty while somebody waits for it.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from tests.factories.world import KINDS, Template
from tests.races.clerks import KILLED_CONNECTION, KILLED_PROCESS, cancels_and_kills, halfway_kills
from tests.races.rounds import GAVE_BACK, Plan, Tally, play
from tests.races.rush import BEDS, House, house_before_the_rush
from tests.races.victim import victims
from tests.support.promises import scaled

pytestmark = pytest.mark.race
ROUNDS = {"sqlite": scaled(30, 100), "postgresql": scaled(70, 200)}
"""Most where many write at once."""
AT_MOST = 300
NOTHING = (0, 0, 0, 0, [])

Start = Callable[..., House]


@pytest.fixture(params=KINDS)
def start(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Start]:
    """A house before the rush, with the given parts swapped."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with ExitStack() as stack:
        yield lambda **parts: stack.enter_context(house_before_the_rush(template, tmp_path, **parts))


def rush(house: House, plan: Plan, number: int, **options: Any) -> Tally:
    with victims(house.address, house.key_file) as at_hand:
        return play(house, at_hand, plan, number, **options)


@pytest.mark.long
def test_rushes_give_each_bed_to_one_and_leave_none_empty(start: Start) -> None:
    house = start()
    rounds = ROUNDS[make_url(house.address).get_backend_name()]

    tally = rush(house, cancels_and_kills, rounds)

    assert tally.wrong == NOTHING
    assert tally.given == rounds * sum(range(1, len(BEDS) + 1)) / len(BEDS)
    assert tally.outcomes[GAVE_BACK] > rounds / 2
    assert tally.outcomes[KILLED_PROCESS] + tally.outcomes[KILLED_CONNECTION] == rounds
    assert min(tally.outcomes[how] for how in (KILLED_PROCESS, KILLED_CONNECTION)) > rounds / 3


def test_the_database_alone_keeps_two_out_of_one_bed_where_the_check_is_careless(start: Start) -> None:
    tally = rush(start(check_and_act_together=False), cancels_and_kills, 5)

    assert tally.shared == 0


def test_without_the_databases_promise_and_with_a_careless_check_two_get_one_bed(start: Start) -> None:
    careless = start(check_and_act_together=False)
    careless.drop_the_promise()

    assert rush(careless, cancels_and_kills, AT_MOST, until=lambda tally: tally.shared > 0).shared > 0


def test_a_bed_that_a_killed_clerk_has_booked_for_good_is_found_empty(start: Start) -> None:
    tally = rush(start(), halfway_kills, AT_MOST, until=lambda tally: tally.left_empty > 0)

    assert tally.left_empty > 0


def test_a_booking_whose_release_is_lost_is_found_as_an_empty_bed(start: Start) -> None:
    forgetful = start()
    forgetful.keep_what_is_released()

    assert rush(forgetful, cancels_and_kills, AT_MOST, until=lambda tally: tally.left_empty > 0).left_empty > 0
