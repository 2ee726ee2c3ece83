"""The support and safety plan on paper holds nine things, each as a question to answer or as a line to sign on."""

from dataclasses import replace

import pytest
from flask import Flask

from app.services.sheets import blank_of
from app.web.sheets.views import on_paper
from workflows import registry
from workflows.definition import Form, FormField, Label

ASKED = ("immediate_needs", "risk_summary", "steps", "institutions", "safety_plan", "timeframe")
SIGNED = ("person", "worker", "place_and_date")
NINE = (*(f'data-question="{name}"' for name in ASKED), *(f'data-signature="{name}"' for name in SIGNED))
"""Needs, risk, steps, institutions, safety plan, timeframe; the person's name and signature; the worker's with the
institution; where and when.
"""


def _plan(*asked: str, signs: tuple[str, ...] = ("person", "guardian", "worker")) -> Form:
    fields = tuple(FormField(name, "text", "N", Label(sq=name, sr=name, en=name), required=True) for name in asked)
    return replace(registry.get("xk_2013").forms["F14"], fields=fields, signs=signs)


def _paper(app: Flask, plan: Form) -> str:
    with app.test_request_context("/"):
        return str(on_paper("sheets/blank_paper.html", "en", paper=blank_of(registry.get("xk_2013"), plan)))


@pytest.mark.parametrize("thing", NINE)
def test_the_plan_on_paper_holds_nine_things(app: Flask, thing: str) -> None:
    assert thing in _paper(app, _plan(*ASKED))


def test_the_worker_signs_with_the_institution_and_the_person_without(app: Flask) -> None:
    both, hers = _paper(app, _plan(*ASKED)), _paper(app, _plan(*ASKED, signs=("person",)))

    assert (both.count("Institution"), hers.count("Institution")) == (1, 0)
    assert hers.count("Signature<") == 1


def test_a_plan_that_leaves_things_out_is_found_to(app: Flask) -> None:
    paper = _paper(app, _plan("steps", signs=("worker",)))

    assert [thing for thing in NINE if thing not in paper] == [NINE[0], NINE[1], NINE[3], NINE[4], NINE[5], NINE[6]]


@pytest.mark.parametrize("version", registry.names())
@pytest.mark.parametrize("thing", NINE)
def test_the_shipped_plan_holds_nine_things(app: Flask, version: str, thing: str) -> None:
    procedure = registry.get(version)
    with app.test_request_context("/"):
        paper = str(on_paper("sheets/blank_paper.html", "en", paper=blank_of(procedure, procedure.forms["F14"])))

    assert thing in paper
