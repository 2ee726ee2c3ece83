"""Files with rows of people asked for at the same moment: what is taken alone is counted one after the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app.errors import Conflict, ForTwo
from app.services import count_lines, count_stream, unit_of_work
from app.services.counts import CountRequest
from app.services.lines_of_people import MOST_ALONE
from app.vocabulary.metric import METRIC
from app.vocabulary.period import month
from tests.factories import facts
from tests.factories.world import World

pytestmark = pytest.mark.race

MARCH, PEOPLE = month(2014, 3), 26
METRICS = METRIC.keys()[:8]


def _files_at_once(world: World) -> list[int]:
    """How many rows each file has that one supervisor asks for at the same moment; 0 where refused."""
    actor, start = world.actor("police.supervisor"), Barrier(len(METRICS), timeout=60)

    def one(metric: str) -> int:
        unit_of_work.bind(world.database)
        request = CountRequest(MARCH, (metric,))
        count_lines.state(actor, request)  # so that each has its connection
        start.wait()
        try:
            blocks = count_stream.facts(actor, request, ("who",), "en")
        except ForTwo:
            return 0
        return b"".join(blocks).count(b"\n") - 1

    with ThreadPoolExecutor(len(METRICS)) as pool:
        return list(pool.map(one, METRICS))


def test_of_eight_files_asked_for_at_once_no_more_leave_than_one_after_the_other(world: World) -> None:
    facts.records(world, "investigator", PEOPLE, METRICS)

    assert sorted(_files_at_once(world)) == [0] * (len(METRICS) - 1) + [PEOPLE]


def _asked_at_once(world: World) -> list[str]:
    """What becomes of one question for the same rows that is sent from eight windows at the same moment."""
    actor, start = world.actor("police.supervisor"), Barrier(len(METRICS), timeout=60)
    request = CountRequest(MARCH, (METRICS[0],))

    def one(_window: int) -> str:
        unit_of_work.bind(world.database)
        count_lines.state(actor, request)
        start.wait()
        try:
            count_lines.ask(actor, request)
        except Conflict as refusal:
            return refusal.key
        return "asked"

    with ThreadPoolExecutor(len(METRICS)) as pool:
        return list(pool.map(one, range(len(METRICS))))


def test_of_eight_windows_that_ask_for_the_same_rows_at_once_one_asks(world: World) -> None:
    facts.records(world, "investigator", MOST_ALONE + 1, METRICS[:1])

    assert sorted(_asked_at_once(world)) == ["asked"] + ["lines_asked"] * (len(METRICS) - 1)
