"""The funding ledger: who keeps and who reads it, what a grant must say, parts, moves, ends; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, func, select

from app.errors import Invalid, NotFound, Refusal
from app.models.audit import Notice
from app.models.funding import FundingGrant
from app.queries import funding as query
from app.queries.funding import Asked
from app.services import funding, funding_changes
from app.services.funding import GrantPage, NewPayer
from app.services.funding_changes import Move
from app.services.reading import look
from app.services.unit_of_work import Once, Parts
from tests.factories.funding import DONOR, MINISTRY, grant, granted, payer
from tests.factories.world import A_DAY, Template, World
from tests.security.relations import above

SUPERVISOR, HOUSE, OTHER_HOUSE, NATION = (
    "statistics.supervisor",
    "shelter.coordinator",
    "men.coordinator",
    "national.coordinator",
)


def _page(world: World, grant_id: UUID, by: str = SUPERVISOR) -> GrantPage:
    return funding.page_of(world.actor(by), grant_id)


def _read(world: World, by: str, **asked: Any) -> list[UUID]:
    return [one.row.id for one in look(world.actor(by), query.listed, asked=Asked(**asked))]


def _rows(world: World, table: type, *conditions: Any) -> int:
    with above(world).connect() as connection:
        return connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()


def test_a_grant_is_kept_as_its_source_tells_it(world: World) -> None:
    told = {"other_amount": Decimal("282030"), "other_currency": "USD", "is_approximate": True}
    share = {"share_amount": Decimal("28750.5"), "share_other_amount": Decimal(42240), "share_of": "reporting year"}

    grant_id = granted(world, amount=Decimal("191970.25"), **told, **share)

    row = _page(world, grant_id).grant.row
    assert (row.amount, row.currency, row.is_approximate) == (19_197_025, "EUR", True)
    assert (row.other_amount, row.other_currency) == (28_203_000, "USD")
    assert (row.share_amount, row.share_other_amount, row.share_of) == (2_875_050, 4_224_000, "reporting year")


def test_an_amount_that_is_not_told_is_not_zero(world: World) -> None:
    untold, nothing = granted(world, amount=None), granted(world, amount=Decimal(0))

    assert _page(world, untold).grant.row.amount is None
    assert _page(world, nothing).grant.row.amount == 0


def test_a_currency_without_decimals_is_kept_whole(world: World) -> None:
    assert _page(world, granted(world, amount=Decimal(5000), currency="JPY")).grant.row.amount == 5000


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"to_on": date(2013, 12, 31)}, {"to_on": "ends_before_start"}),
        ({"amount": Decimal("1.005")}, {"amount": "too_many_decimals"}),
        ({"amount": Decimal("1.5"), "currency": "JPY"}, {"amount": "too_many_decimals"}),
        ({"other_amount": Decimal(1)}, {"other_currency": "required"}),
        ({"other_currency": "USD"}, {"other_amount": "required"}),
        ({"other_amount": Decimal(1), "other_currency": "EUR"}, {"other_currency": "another_currency"}),
        ({"amount": None, "other_amount": Decimal(1), "other_currency": "USD"}, {"other_amount": "amount_first"}),
        ({"share_amount": Decimal(36_501), "share_of": "x"}, {"share_amount": "more_than_whole"}),
        ({"share_amount": Decimal(1)}, {"share_of": "required"}),
        ({"share_of": "x"}, {"share_amount": "required"}),
        ({"share_other_amount": Decimal(1)}, {"share_other_amount": "amount_first"}),
        ({"payer_id": uuid4()}, {"payer": "unknown_choice"}),
        ({"agencies": ()}, {"agencies": "some_place"}),
        ({"named": tuple(str(number) for number in range(61))}, {"named": "too_many_places"}),
    ],
)
def test_a_grant_that_contradicts_itself_is_refused_at_its_field(
    world: World, told: dict[str, Any], fault: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        granted(world, **told)

    assert refused.value.fields == fault
    assert _rows(world, FundingGrant) == 0


def test_no_agency_that_is_no_shelter_is_paid_for(world: World) -> None:
    with pytest.raises(Invalid, match="agencies: unknown_choice"):
        granted(world, agencies=("police",))


def test_houses_are_named_of_one_shelter_alone(world: World) -> None:
    with pytest.raises(Invalid, match="named: houses_of_one"):
        granted(world, agencies=("shelter_ngo", "shelter_men"), named=("North",))


def test_a_place_that_is_only_named_is_paid_for_too(world: World) -> None:
    (payee,) = _page(world, granted(world, agencies=(), named=("Municipal centres",))).grant.payees

    assert (payee.agency_id, payee.place) == (None, "Municipal centres")


def test_a_house_reads_what_pays_for_it_and_no_more(world: World) -> None:
    own = granted(world)
    shared = granted(world, agencies=("shelter_ngo", "shelter_men"))
    other = granted(world, agencies=("shelter_men",))

    assert set(_read(world, HOUSE)) == {own, shared}
    assert set(_read(world, OTHER_HOUSE)) == {shared, other}
    assert set(_read(world, SUPERVISOR)) == set(_read(world, NATION)) == {own, shared, other}
    with pytest.raises(NotFound):
        _page(world, other, HOUSE)


def test_of_a_shared_grant_a_house_learns_how_many_others_there_are_and_not_which(world: World) -> None:
    shared = _page(world, granted(world, agencies=("shelter_ngo", "shelter_men")), HOUSE).grant

    assert shared.row.places == 2
    assert [one.agency_id for one in shared.payees] == [world.agencies["shelter_ngo"]]


@pytest.mark.parametrize("stranger", ["advocate", "police.supervisor", "administrator", "investigator"])
def test_nobody_else_reads_money(world: World, stranger: str) -> None:
    grant_id = granted(world)

    assert _read(world, stranger) == []
    with pytest.raises(NotFound):
        _page(world, grant_id, stranger)


def test_a_house_records_its_own_whatever_it_says_of_places(world: World) -> None:
    grant_id = granted(world, by=HOUSE, agencies=("shelter_men",))

    assert [one.agency_id for one in _page(world, grant_id).grant.payees] == [world.agencies["shelter_ngo"]]
    assert _page(world, grant_id, HOUSE).may_change


def test_a_house_changes_nothing_that_others_recorded(world: World) -> None:
    grant_id = granted(world)

    assert not _page(world, grant_id, HOUSE).may_change
    with pytest.raises(NotFound):
        funding_changes.end(world.actor(HOUSE), grant_id, "struck_out", A_DAY, "x")
    with pytest.raises(NotFound):
        granted(world, by=HOUSE, part_of=grant_id)


def test_the_national_coordinator_reads_all_and_changes_nothing(world: World) -> None:
    grant_id = granted(world)

    with pytest.raises(NotFound):
        funding_changes.end(world.actor(NATION), grant_id, "struck_out", A_DAY, "x")
    assert not _page(world, grant_id, NATION).may_change


def test_the_list_is_asked_by_place_payer_kind_and_year(world: World) -> None:
    state = granted(world)
    donor = granted(world, pays=DONOR, agencies=("shelter_men",), from_on=date(2012, 6, 1), to_on=date(2013, 5, 31))

    assert _read(world, SUPERVISOR) == [state, donor]
    assert _read(world, SUPERVISOR, agency_id=world.agencies["shelter_men"]) == [donor]
    assert _read(world, SUPERVISOR, payer_id=payer(world, MINISTRY)) == [state]
    assert _read(world, SUPERVISOR, kind="donor") == [donor]
    assert _read(world, SUPERVISOR, year=2013) == [donor]
    assert _read(world, SUPERVISOR, year=2014) == [state]


def test_a_payer_is_there_once(world: World) -> None:
    payer(world)

    with pytest.raises(Invalid, match="name_en: payer_known"):
        funding.add_payer(world.actor(SUPERVISOR), MINISTRY)


def test_a_payer_named_in_one_language_is_called_so_in_all(world: World) -> None:
    funding.add_payer(world.actor(HOUSE), NewPayer("donor", "Friends"))

    (row,) = look(world.actor(HOUSE), query.payers)
    assert (row.name_en, row.name_sq, row.name_sr) == ("Friends", "Friends", "Friends")


def test_houses_are_told_of_money_that_others_record_and_not_of_their_own(world: World) -> None:
    granted(world, agencies=("shelter_ngo", "shelter_men"))
    granted(world, by=HOUSE)

    assert _rows(world, Notice, Notice.kind == "funding:recorded") == 2


def test_a_part_stands_with_its_whole_and_not_beside_it(world: World) -> None:
    whole = granted(world)
    part = granted(world, part_of=whole, amount=Decimal(10_000), purpose="children", to_on=date(2015, 6, 30))

    page = _page(world, whole)
    assert _read(world, SUPERVISOR) == [whole]
    assert [one.row.id for one in page.parts] == [part]
    assert page.rest == 2_650_000
    assert _page(world, part).whole is not None


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"amount": Decimal(26_501)}, {"amount": "more_than_whole"}),
        ({"amount": None}, {"amount": "required"}),
        ({"currency": "USD", "amount": Decimal(1)}, {"currency": "currency_of_whole"}),
        ({"agencies": ("shelter_men",), "amount": Decimal(1)}, {"agencies": "place_not_of_whole"}),
    ],
)
def test_a_part_that_does_not_fit_into_its_whole_is_refused(
    world: World, told: dict[str, Any], fault: dict[str, str]
) -> None:
    whole = granted(world)
    granted(world, part_of=whole, amount=Decimal(10_000))

    with pytest.raises(Invalid) as refused:
        granted(world, part_of=whole, **told)

    assert refused.value.fields == fault


def test_a_part_has_no_parts(world: World) -> None:
    part = granted(world, part_of=granted(world), amount=Decimal(10))

    with pytest.raises(Invalid, match="amount: part_of_part"):
        granted(world, part_of=part, amount=Decimal(1))


def _two_houses(world: World) -> tuple[UUID, dict[str, UUID]]:
    grant_id = granted(world, named=("North", "South"))
    return grant_id, {str(one.place): one.id for one in _page(world, grant_id).grant.payees}


def test_money_of_one_house_is_moved_to_another_and_what_was_granted_stays(world: World) -> None:
    grant_id, houses = _two_houses(world)

    moved = Move(houses["North"], A_DAY, "closing", to_payee_id=houses["South"], amount=Decimal(100))
    funding_changes.move(world.actor(SUPERVISOR), grant_id, moved)

    kept = _page(world, grant_id).grant
    (change,) = kept.changes
    assert (change.from_payee_id, change.to_payee_id, change.amount) == (houses["North"], houses["South"], 10_000)
    assert (change.changed_on, change.reason) == (A_DAY, "closing")
    assert (kept.row.amount, len(kept.payees)) == (3_650_000, 2)
    assert _rows(world, Notice, Notice.kind == "funding:changed") == 1


def test_money_is_moved_to_a_shelter_that_the_grant_did_not_name_and_it_reads_of_it_then(world: World) -> None:
    grant_id = granted(world)
    (payee,) = _page(world, grant_id).grant.payees

    moved = Move(payee.id, A_DAY, "closing", to_agency_id=world.agencies["shelter_men"])
    funding_changes.move(world.actor(SUPERVISOR), grant_id, moved)

    assert _read(world, OTHER_HOUSE) == [grant_id]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"from_payee_id": UUID(int=1)}, {"from_payee": "unknown_choice"}),
        ({"to_payee_id": UUID(int=1)}, {"to_payee": "another_place"}),
        ({"to_payee_id": None}, {"to_payee": "another_place"}),
        ({"to_payee_id": None, "to_agency_id": UUID(int=1)}, {"to_payee": "unknown_choice"}),
        ({"moved_on": date(2999, 1, 1)}, {"moved_on": "date_in_future"}),
        ({"moved_on": date(2013, 12, 31)}, {"moved_on": "not_in_its_days"}),
        ({"amount": Decimal(0)}, {"amount": "above_zero"}),
        ({"amount": Decimal(36_501)}, {"amount": "more_than_whole"}),
    ],
)
def test_a_move_that_cannot_be_is_refused_at_its_field(
    world: World, change: dict[str, Any], fault: dict[str, str]
) -> None:
    grant_id, houses = _two_houses(world)
    usual: dict[str, Any] = {"from_payee_id": houses["North"], "moved_on": A_DAY, "reason": "x"}

    with pytest.raises(Invalid) as refused:
        funding_changes.move(
            world.actor(SUPERVISOR), grant_id, Move(**{**usual, "to_payee_id": houses["South"], **change})
        )

    assert refused.value.fields == fault


def test_a_grant_that_ended_pays_until_that_day_and_its_parts_with_it(world: World) -> None:
    whole = granted(world)
    granted(world, part_of=whole, amount=Decimal(10))

    funding_changes.end(world.actor(SUPERVISOR), whole, "ended", A_DAY, "the donor left")

    page = _page(world, whole)
    assert (page.grant.last_on, page.parts[0].last_on) == (A_DAY, A_DAY)


def test_what_is_struck_out_stays_to_be_read_and_is_changed_no_more(world: World) -> None:
    whole = granted(world)
    granted(world, part_of=whole, amount=Decimal(10))
    funding_changes.end(world.actor(SUPERVISOR), whole, "struck_out", A_DAY, "typed twice")

    page = _page(world, whole)
    assert page.grant.is_struck_out
    assert [one.is_struck_out for one in page.parts] == [True]
    with pytest.raises(NotFound):
        funding_changes.end(world.actor(SUPERVISOR), whole, "struck_out", A_DAY, "again")


def test_a_grant_ends_once(world: World) -> None:
    grant_id = granted(world)
    funding_changes.end(world.actor(SUPERVISOR), grant_id, "ended", A_DAY, "x")

    with pytest.raises(Refusal, match="grant_is_over"):
        funding_changes.end(world.actor(SUPERVISOR), grant_id, "ended", A_DAY, "x")


def test_a_form_sent_twice_records_once(world: World) -> None:
    once = Once("key", "digest")
    first = funding.record(world.actor(SUPERVISOR), grant(world), once=once)
    second = funding.record(world.actor(SUPERVISOR), grant(world), once=once)

    assert first == second
    assert _rows(world, FundingGrant) == 1


def test_without_the_key_a_form_sent_twice_records_twice(
    make_world: Callable[..., World], sqlite_template: Template
) -> None:
    world = make_world(sqlite_template, Parts(acts_once=False))
    once = Once("key", "digest")
    funding.record(world.actor(SUPERVISOR), grant(world), once=once)
    funding.record(world.actor(SUPERVISOR), grant(world), once=once)

    assert _rows(world, FundingGrant) == 2


def test_as_many_statements_for_twenty_grants_as_for_one(world: World) -> None:
    granted(world)
    one = _statements(world)
    many = [granted(world, named=("North", "South")) for _ in range(19)]

    assert len(_read(world, SUPERVISOR)) == len(many) + 1
    assert _statements(world) == one


def _statements(world: World) -> int:
    sent: list[str] = []
    note = lambda _c, _u, statement, *_rest: sent.append(statement)  # noqa: E731
    event.listen(world.database.engine, "before_cursor_execute", note)
    _read(world, SUPERVISOR)
    event.remove(world.database.engine, "before_cursor_execute", note)
    return len(sent)
