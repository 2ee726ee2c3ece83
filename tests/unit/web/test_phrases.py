"""Every key that a service refuses with, and every kind of notice, has its sentence."""

import ast
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask

from app.vocabulary import catalog
from app.web.phrases import LISTED, NOTICES, PHRASES, notice_sentence, phrase
from workflows import registry

ROOT = Path(__file__).parents[3]
CALLS = [
    call
    for path in sorted((ROOT / "app").rglob("*.py"))
    for call in ast.walk(ast.parse(path.read_text("utf-8")))
    if isinstance(call, ast.Call)
]
REFUSALS = frozenset({"Refusal", "Forbidden", "Conflict", "Unavailable"})


@dataclass(frozen=True)
class Notice:
    """A notice as the inbox has it."""

    kind: str
    values: dict[str, str] = field(default_factory=dict)


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def texts(nodes: list[ast.expr]) -> set[str]:
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def refused_keys() -> set[str]:
    """The keys that stand in calls of the refusals, those of single fields too."""
    of_fields = [call.args[0] for call in CALLS if called(call) == "Invalid" and call.args]
    keys = [texts(call.args[:1]) for call in CALLS if called(call) in REFUSALS]
    keys += [texts(node.values) for node in of_fields if isinstance(node, ast.Dict)]
    return set().union(*keys)


def told_kinds() -> set[str]:
    """The kinds that stand in calls of Telling."""
    return set().union(*(texts(call.args[1:2]) for call in CALLS if called(call) == "Telling"))


def test_every_key_of_a_refusal_has_its_sentence() -> None:
    assert refused_keys() - set(PHRASES) == set()
    assert {"bed_taken", "date_in_future", "sign_in_failed"} <= refused_keys()


def test_every_kind_of_notice_has_its_sentence() -> None:
    assert told_kinds() - set(NOTICES) == set()
    assert "referral:sent" in told_kinds()


def test_key_without_a_sentence_shows_itself() -> None:
    assert phrase("no_such_key") == "no_such_key"


def test_lists_that_notices_draw_from_are_there() -> None:
    assert [catalog.get(name).name for name in LISTED.values()] == list(LISTED.values())


@pytest.mark.parametrize(
    ("notice", "sentence"),
    [
        pytest.param(
            Notice("referral:sent", {"track": "shelter", "urgency": "today"}),
            "A referral waits for your answer: Shelter. How urgent: Today.",
            id="in words",
        ),
        pytest.param(Notice("clock:lapsed", {"clock": "screening"}), "A deadline has passed: Screening.", id="a clock"),
        pytest.param(Notice("clock:lapsed", {"clock": "x"}), "A deadline has passed: –.", id="a clock that is none"),
        pytest.param(
            Notice("referral:declined", {"track": "shelter", "reason": "her name"}),
            "Your referral was not accepted: Shelter. Reason: –.",
            id="what is no code is not shown",
        ),
        pytest.param(
            Notice("premises:closing", {"on": "2014-03-20"}),
            "The house where somebody lives closes on 20 Mar 2014: another place is needed.",
            id="a day as people write it",
        ),
        pytest.param(
            Notice("premises:closing", {"on": "20.03.2014"}),
            "The house where somebody lives closes on 20.03.2014: another place is needed.",
            id="a day that was written already",
        ),
        pytest.param(Notice("no:such"), "Something happened that you should know.", id="a kind that is none"),
    ],
)
def test_notice_speaks(request_context: None, notice: Notice, sentence: str) -> None:
    assert notice_sentence(notice) == sentence


@pytest.mark.parametrize("procedure", registry.names())
@pytest.mark.parametrize("language", ["en", "sq", "sr"])
def test_notice_has_words_for_every_track_and_clock(form_app: Flask, procedure: str, language: str) -> None:
    tracks, clocks = registry.get(procedure).tracks, registry.get(procedure).clocks

    with form_app.test_request_context(headers={"Accept-Language": language}):
        said = [notice_sentence(Notice("referral:accepted", {"track": track})) for track in tracks]
        said += [notice_sentence(Notice("clock:lapsed", {"clock": clock})) for clock in clocks]

    assert [sentence for sentence in said if "–" in sentence] == []
