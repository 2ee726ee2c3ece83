"""Of a past day on which the period had not begun nothing is counted: no way to the numbers tells a nought for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.errors import Invalid
from app.services import counts
from app.vocabulary.period import Period, april_year, month, quarter, year
from tests.factories import facts
from tests.factories.asked import MARCH, WAYS
from tests.factories.world import World


@pytest.mark.parametrize("by", ["statistics.supervisor", "police.supervisor"])
@pytest.mark.parametrize("way", WAYS)
def test_a_day_before_the_period_is_refused_at_its_field(world: World, way: str, by: str) -> None:
    asked = replace(MARCH, as_of=date(2014, 2, 28))
    actor = world.actor(by)

    with pytest.raises(Invalid) as refusal:
        WAYS[way](actor, asked)

    assert refusal.value.fields == {"as_of": "as_of_before_period"}


@pytest.mark.parametrize(
    "period",
    [month(2014, 3), quarter(2014, 2), year(2014), april_year(2013), Period(date(2014, 3, 9), date(2014, 3, 12))],
    ids=["a month", "a quarter", "a year", "a year from April", "any days"],
)
def test_the_first_day_of_a_period_may_be_asked_for_and_the_day_before_may_not(world: World, period: Period) -> None:
    first = replace(MARCH, period=period, as_of=period.start)
    actor = world.actor("statistics.supervisor")

    told = counts.report(actor, first)
    with pytest.raises(Invalid) as refusal:
        counts.report(actor, replace(first, as_of=period.start - timedelta(days=1)))

    assert told.nation is not None
    assert told.nation.figures == (0,)
    assert refusal.value.fields == {"as_of": "as_of_before_period"}


def test_what_was_refused_was_a_nought_though_people_were_identified(world: World) -> None:
    facts.records(world, "investigator", 3)

    with pytest.raises(Invalid):
        counts.report(world.actor("statistics.supervisor"), replace(MARCH, as_of=date(2014, 2, 28)))

    now = counts.report(world.actor("statistics.supervisor"), MARCH)
    assert now.nation is not None
    assert now.nation.figures == (3,)
