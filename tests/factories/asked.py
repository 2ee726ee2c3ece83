"""Every way by which a service tells numbers of a period as of a past day."""

from __future__ import annotations

from collections.abc import Callable

from app.queries.count_members import Cell
from app.security.actor import Actor
from app.services import (
    count_changes,
    count_exports,
    count_lines,
    count_members,
    count_pictures,
    count_stream,
    counts,
    editions,
    tallies,
    tally_exports,
)
from app.services.counts import CountRequest
from app.services.editions import NewEdition
from app.services.tallies import WorkRequest
from app.vocabulary.period import month

MARCH = CountRequest(month(2014, 3), ("identified",))
Way = Callable[[Actor, CountRequest], object]


def _work(asked: CountRequest) -> WorkRequest:
    return WorkRequest(asked.period, asked.as_of)


def _edition(asked: CountRequest) -> NewEdition:
    assert asked.as_of is not None
    return NewEdition(asked.period, asked.metrics, asked.as_of)


WAYS: dict[str, Way] = {
    "the report": counts.report,
    "its pictures": count_pictures.pictures,
    "its workbook": count_exports.workbook,
    "its paper": count_exports.paper,
    "its numbers as a file": lambda actor, asked: count_exports.numbers(actor, asked, "json"),
    "every fact": lambda actor, asked: list(count_stream.facts(actor, asked, ["who"], "en")),
    "who stands behind a number": lambda actor, asked: count_members.members(actor, asked, Cell("identified")),
    "what changed since": count_changes.changes,
    "whether lines may leave": count_lines.state,
    "another's leave for them": count_lines.ask,
    "the numbers to be signed": lambda actor, asked: editions.preview(actor, _edition(asked)),
    "an edition": lambda actor, asked: editions.freeze(actor, _edition(asked)),
    "the work in numbers": lambda actor, asked: tallies.report(actor, _work(asked)),
    "its sums as a file": lambda actor, asked: tally_exports.numbers(actor, _work(asked)),
    "every act": lambda actor, asked: list(tally_exports.acts(actor, _work(asked))),
}
