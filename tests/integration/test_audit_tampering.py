"""Whoever owns the database and changes the record of acts is found out, by checkpoints that she cannot sign."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy.orm import Session

from app import audit_verify
from app.services import auditing, checkpoints, notes, unit_of_work
from app.services.checkpoints import Places
from app.services.notes import NewNote
from tests.factories.world import A_DAY, KINDS, World, made_world
from tests.security.relations import above
from tests.support.promises import scaled, tell
from tests.support.tampering import BEYOND_THE_CHAIN, NAMED, WAYS, Intruder

NOTE = NewNote("T", "She wants to rest.", A_DAY)
TITLES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
EACH_WAY = scaled(160, 1_000) // len(WAYS)
FEW = 10


@dataclass
class Kept:
    """A record of some days with its checkpoints, and how it is verified."""

    world: World
    places: Places
    kind: str

    def found(self, way: str, number: int, verifier: ModuleType = audit_verify, *, signed: bool = True) -> bool:
        """Whether the verification finds what an intruder has done once; rolled back."""
        dice = random.Random(f"{way} {number}")  # noqa: S311
        lines = self.places.file.read_text("utf-8").splitlines()
        with above(self.world).connect() as connection, Session(connection) as session:
            intruder = Intruder(connection, dice)
            WAYS[way](intruder)
            if way == "edits and rebuilds" and number % 2:
                lines = intruder.forged(lines)
            key = audit_verify.load_public_key(self.places.public_key)
            given = verifier.read_checkpoints(lines, key) if signed else ([], [])
            report = verifier.verify(auditing.chains_of(session), *given)
            connection.rollback()
        return report.kind != "whole" and any(NAMED.get(way, "") in verdict.fault for verdict in report.verdicts)

    def missed(self, times: int, verifier: ModuleType = audit_verify, *, signed: bool = True) -> Iterator[str]:
        """Each way that was not found, as often as it was not."""
        tried = ((way, number) for number in range(times) for way in WAYS)
        return (way for way, number in tried if not self.found(way, number, verifier, signed=signed))


@pytest.fixture(scope="module", params=KINDS)
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("record")
    places = Places(folder / "key.pem", folder / "elsewhere" / "checkpoints.jsonl")
    checkpoints.make_keys(places)
    with made_world(request.getfixturevalue(f"{request.param}_template"), folder) as world:
        unit_of_work.bind(world.database)
        case_id = world.with_advocate()
        for _ in range(2):
            _some_work(world, case_id)
            checkpoints.take(places)
        yield Kept(world, places, request.param)


def _some_work(world: World, case_id: object) -> None:
    for _ in range(35):
        notes.add_note(world.actor("advocate"), case_id, NOTE)  # type: ignore[arg-type]


@pytest.mark.promise("T5.1")
def test_every_tampering_is_found_with_the_checkpoints(kept: Kept) -> None:
    missed = Counter(kept.missed(EACH_WAY))
    tried = EACH_WAY * len(WAYS)

    assert missed == Counter()
    tell("T5.1", TITLES[kept.kind], f"{tried:,} of {tried:,} tamperings of {len(WAYS)} kinds found")


def test_what_nobody_touched_is_whole_against_the_checkpoints(kept: Kept) -> None:
    unit_of_work.bind(kept.world.database)
    key = audit_verify.load_public_key(kept.places.public_key)

    report = auditing.report(*audit_verify.read_checkpoint_file(kept.places.file, key))

    assert (report.kind, report.faults, report.since) == ("whole", [], 0)


@pytest.mark.promise("T5.1")
def test_without_checkpoints_what_is_cut_or_rebuilt_is_not_found(kept: Kept) -> None:
    assert Counter(kept.missed(FEW, signed=False)) == dict.fromkeys(BEYOND_THE_CHAIN, FEW)


SOURCE = Path(str(audit_verify.__file__)).read_text("utf-8")
FAULTS = {
    "digests are not checked": ('entry["digest"] != entry_digest(entry)', "False"),
    "the digest before is not checked": ('entry["previous"] != self.previous', "False"),
    "positions are not checked": ('entry["position"] != self.position or', "False or"),
    "the head is not checked": ("(walk.position, walk.previous) != (chain.length, chain.head)", "False"),
    "signatures are not checked": ("if is_signed(checkpoint, key):", "if True:"),
    "faults of the file are passed by": ("return found, faults + _broken_links(found)", "return found, []"),
    "checkpoints are not compared": ("checkpoint.chains[self.chain.number][1] != self.previous", "False"),
    "an end that was cut is passed by": ("    if walk.waiting:", "    if False:"),
    "the moment is not digested": ('microseconds(row["at"]),', '"",'),
    "the member is not digested": ('row["member_id"] or "",', '"",'),
    "the agency is not digested": ('row["agency_id"] or "",', '"",'),
    "the act is not digested": ('row["action"],', '"",'),
    "the case is not digested": ('row["case_id"] or "",', '"",'),
    "the detail is not digested": ('row["detail"],', '"",'),
}


def _with_fault(old: str, new: str) -> ModuleType:
    """The verifier with one line of it changed."""
    assert SOURCE.count(old) == 1, old
    module = ModuleType("faulty_verifier")
    module.__dict__["__name__"] = "app.audit_verify"
    exec(compile(SOURCE.replace(old, new), "faulty_verifier", "exec"), module.__dict__)  # noqa: S102
    return module


# The verifier knows no database: its faults are looked for on one of the two.
ON_ONE = pytest.mark.parametrize("kept", KINDS[:1], indirect=True)


@ON_ONE
@pytest.mark.promise("T5.5")
def test_the_verifier_without_a_fault_finds_all(kept: Kept) -> None:
    nothing_changed = _with_fault("WHOLE, ALTERED, SHORTENED =", "WHOLE, ALTERED, SHORTENED =")

    assert list(kept.missed(FEW, nothing_changed)) == []
    tell("T5.5", "SQLite", f"{len(FAULTS)} of {len(FAULTS)} planted faults of the verifier found")


@ON_ONE
@pytest.mark.promise("T5.5")
@pytest.mark.parametrize(("old", "new"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_the_verifier_is_found_by_the_tamperings(kept: Kept, old: str, new: str) -> None:
    faulty = _with_fault(old, new)

    assert next(kept.missed(FEW, faulty), None) is not None
