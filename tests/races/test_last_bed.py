"""The last bed: twenty clerks admit at once into five beds, thirty times. Nobody ever shares one; none stays empty."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.factories.world import KINDS, Template
from tests.races.rush import BEDS, CLERKS, Rush, Tally, rush

pytestmark = pytest.mark.race
ROUNDS = 30

Start = Callable[..., Rush]


@pytest.fixture(params=KINDS)
def start(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Start]:
    """Begin a rush with the given parts swapped."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with ExitStack() as stack:
        yield lambda **parts: stack.enter_context(rush(template, tmp_path, **parts))


def test_five_beds_are_given_to_five_of_twenty_at_once(start: Start) -> None:
    tally = start().rounds(ROUNDS)

    assert tally == Tally(admitted=ROUNDS * len(BEDS), overbooked=0, turned_away=ROUNDS * (CLERKS - len(BEDS)))


def test_the_database_alone_keeps_two_out_of_one_bed_where_the_check_is_careless(start: Start) -> None:
    tally = start(check_and_act_together=False).rounds(5)

    assert tally.overbooked == 0


def test_without_the_databases_promise_and_with_a_careless_check_two_get_one_bed(start: Start) -> None:
    careless = start(check_and_act_together=False)
    careless.drop_the_promise()

    assert careless.rounds(ROUNDS, until_overbooked=True).overbooked > 0
