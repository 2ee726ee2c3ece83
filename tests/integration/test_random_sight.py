"""Whoever acts, what each person sees is what the design says (T3.6): in her list, on the case's page and by its name.

Random acts that open, share, decline, let questions run out, hand over, withdraw, staff, bar, cover, close and erase,
beside a model in plain words. Where consent that was withdrawn is not heeded, the same walk finds it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.services.unit_of_work import Parts
from tests.factories.sight_walk import ACTS, STEPS, walking
from tests.factories.world import KINDS, Template
from tests.support.promises import scaled, tell

pytestmark = pytest.mark.slow

WALKS = scaled(6, 40)


def _walked(
    template: Template, folder: Path, seeds: range, parts: Parts | None = None
) -> tuple[list[str], Counter[str]]:
    differs: list[str] = []
    taken: Counter[str] = Counter()
    for seed in seeds:
        with walking(template, folder / str(seed), seed, parts) as walk:
            for _ in range(STEPS):
                walk.step()
            differs += [f"walk {seed}, {found}" for found in walk.differs]
            taken += walk.taken
    return differs, taken


@pytest.mark.promise("T3.6")
@pytest.mark.parametrize("kind", KINDS)
def test_everybody_sees_what_the_model_says_after_each_act(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    differs, taken = _walked(request.getfixturevalue(f"{kind}_template"), tmp_path, range(WALKS))

    database = "SQLite" if kind == "sqlite" else "PostgreSQL"
    tell("T3.6", database, f"{WALKS * STEPS} steps, {len(differs)} differences")
    assert differs == []
    assert [name for name in ACTS if not taken[name]] == []


@pytest.mark.promise("T3.6")
def test_consent_that_is_not_heeded_is_found(sqlite_template: Template, tmp_path: Path) -> None:
    differs, _ = _walked(sqlite_template, tmp_path, range(WALKS), Parts(consent_is_heeded=False))

    assert any("after withdraw consent" in found for found in differs)
