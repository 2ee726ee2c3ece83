"""The digest of a frozen report: that of one list in JSON, though never all of it is there at once."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from app.queries.editions import signed_order
from app.services.edition_content import digest_of

HEAD = {"number": "1", "reason": 'Late "entries", žurno.', "agency_id": "0b"}
CONTENT = '{"report": {"figures": [3, 0]}}'


@pytest.mark.parametrize(
    "members",
    [[], [["form=labour", "sex=F"]], [["form=labour", "sex=F"], ['form="ž"', "sex=M"], ["form=x\\y", "sex=F"]]],
    ids=["nobody", "one", "several"],
)
def test_digest_is_that_of_head_numbers_and_people_as_one_list(members: list[list[str]]) -> None:
    told = json.dumps([HEAD, CONTENT, members], sort_keys=True, ensure_ascii=False)

    assert digest_of(HEAD, CONTENT, iter(members)) == sha256(told.encode()).hexdigest()


@pytest.mark.parametrize(("dialect", "collation"), [("postgresql", '"C"'), ("sqlite", '"BINARY"')])
def test_no_language_of_a_database_changes_the_order_of_the_digest(dialect: str, collation: str) -> None:
    order = [str(column).partition(" COLLATE ") for column in signed_order(dialect)]

    by_letters = {name.rpartition(".")[2]: found for name, _, found in order}
    assert {by_letters[name] for name in ("age_band", "citizenship", "means_of_control", "metric")} == {collation}
