"""The funding ledger: recording payers and grants, moving money between places, ending and striking out.

The statistics supervisor keeps it for all; a shelter records and changes its own, and nobody changes what another
agency recorded but the statistics supervisor. Nothing is overwritten: what became of a grant is a row of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, text

from app.errors import Invalid, NotFound
from app.models.funding import FundingGrant, FundingPayee, FundingPayer
from app.queries import funding as query
from app.queries import houses
from app.queries.funding import Grant, PayeeRow, PayerRow, PlaceRow
from app.queries.houses import House
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.notices import Telling, tell
from app.services.unit_of_work import Once, Work
from app.vocabulary.funding import decimals
from app.vocabulary.role import Role

MOST_PLACES = 60


@dataclass(frozen=True)
class NewPayer:
    """A payer with its names."""

    kind: str
    name_en: str
    name_sq: str = ""
    name_sr: str = ""


@dataclass(frozen=True)
class NewGrant:
    """Money as its source tells it. Amounts in the currency's main unit; None where the source tells none.

    `agencies` are the shelters that it pays for, `houses` single houses of them; `named` are houses of one shelter that
    are not here any more, or places known by name alone.
    """

    payer_id: UUID
    purpose: str
    amount: Decimal | None
    currency: str
    from_on: date
    to_on: date
    source: str
    agencies: Sequence[UUID] = ()
    houses: Sequence[UUID] = ()
    named: Sequence[str] = ()
    is_approximate: bool = False
    other_amount: Decimal | None = None
    other_currency: str | None = None
    share_amount: Decimal | None = None
    share_other_amount: Decimal | None = None
    share_of: str | None = None


@dataclass(frozen=True)
class GrantPage:
    """A grant with the whole that it is a part of, its own parts, and whether the reader may change it."""

    grant: Grant
    whole: Grant | None
    parts: tuple[Grant, ...]
    may_change: bool
    payees: dict[UUID, PayeeRow] = field(default_factory=dict)

    @property
    def rest(self) -> int | None:
        """What of the amount is in no part; None where the amount is not told or there are no parts."""
        if self.grant.row.amount is None or not self.parts:
            return None
        return self.grant.row.amount - sum(one.row.amount or 0 for one in self.parts if not one.is_struck_out)


@dataclass(frozen=True)
class Choices:
    """What a new grant can be about."""

    payers: tuple[PayerRow, ...]
    places: tuple[PlaceRow, ...]
    houses: tuple[House, ...] = ()


def keeps_all(actor: Actor) -> bool:
    """Whether she keeps the money of all places, and not of her own house alone."""
    return actor.has(Role.STATISTICS_SUPERVISOR)


def choices(actor: Actor) -> Choices:
    """Payers, and the places whose money the actor reads: to a shelter itself alone."""
    reads_all = keeps_all(actor) or actor.has(Role.NATIONAL_COORDINATOR)
    with unit_of_work.read(actor) as work:
        places = query.shelters(work.session, actor)
        own = tuple(one for one in places if reads_all or one.agency_id == actor.agency_id)
        beside = tuple(one for one in houses.houses(work.session, actor) if one.house and _is_of(one.agency_id, own))
        return Choices(tuple(query.payers(work.session, actor)), own, beside)


def _is_of(agency_id: UUID, places: Sequence[PlaceRow]) -> bool:
    return any(one.agency_id == agency_id for one in places)


def add_payer(actor: Actor, new: NewPayer, once: Once | None = None) -> UUID:
    """Add a payer to those that can be chosen. Raises Invalid for a name that there is already."""
    with unit_of_work.write(actor) as work:
        payer_id = uuid4()
        earlier = work.once(once, {"payer_id": str(payer_id)})
        if earlier is not None:
            return UUID(earlier["payer_id"])
        same = select(FundingPayer.id).where(FundingPayer.name_en == new.name_en)
        if work.session.execute(same).first():
            raise Invalid({"name_en": "payer_known"})
        names = {"name_en": new.name_en, "name_sq": new.name_sq or new.name_en, "name_sr": new.name_sr or new.name_en}
        work.session.execute(insert(FundingPayer), [{"kind": new.kind, **names, **recorded_by(work, payer_id)}])
        work.audit("funding:payer_added", payer=payer_id)
        work.commit()
        return payer_id


def record(actor: Actor, new: NewGrant, part_of: UUID | None = None, once: Once | None = None) -> UUID:
    """Record a grant, or a part of one; every shelter that it pays for is told.

    Raises Invalid at the field that does not fit, NotFound for a whole that is not the actor's to change.
    """
    with unit_of_work.write(actor) as work:
        grant_id = uuid4()
        earlier = work.once(once, {"grant_id": str(grant_id)})
        if earlier is not None:
            return UUID(earlier["grant_id"])
        whole = to_change(work, part_of) if part_of else None
        places = _places(work, new, whole)
        row = _row(work, new, grant_id) | {"part_of_id": part_of, "places": len(places)}
        if whole:
            _refuse_part(work, row, whole)
        work.session.execute(insert(FundingGrant), [row])
        work.session.execute(
            insert(FundingPayee), [{"id": uuid4(), "grant_id": grant_id, "is_added": False, **one} for one in places]
        )
        tell_places(work, {one["agency_id"] for one in places if one["agency_id"]}, "funding:recorded")
        work.audit("funding:recorded", grant=grant_id, part_of=part_of)
        work.commit()
        return grant_id


def page_of(actor: Actor, grant_id: UUID) -> GrantPage:
    """A grant with its parts; raises NotFound for one that is not the actor's to read."""
    with unit_of_work.read(actor) as work:
        found = query.one(work.session, actor, grant_id)
        if found is None:
            raise NotFound
        whole = query.one(work.session, actor, found.row.part_of_id) if found.row.part_of_id else None
        parts = tuple(query.parts(work.session, actor, grant_id))
        return GrantPage(found, whole, parts, _may_change(actor, found), {one.id: one for one in found.payees})


def _may_change(actor: Actor, grant: Grant) -> bool:
    is_own = grant.row.agency_id == actor.agency_id and not actor.has(Role.NATIONAL_COORDINATOR)
    return not grant.is_struck_out and (keeps_all(actor) or is_own)


def to_change(work: Work, grant_id: UUID) -> Grant:
    """A grant that the actor may change; raises NotFound for any other, and for one that is struck out."""
    found = query.one(work.session, work.actor, grant_id)
    if found is None or not _may_change(work.actor, found):
        raise NotFound
    return found


def recorded_by(work: Work, row_id: UUID) -> dict[str, object]:
    """The id of a new row, and who records it."""
    by = {"agency_id": work.actor.agency_id, "member_id": work.actor.member_id}
    return {"id": row_id, **by, "recorded_at": work.now}


def _places(work: Work, new: NewGrant, whole: Grant | None) -> list[dict[str, Any]]:
    """The places, each once: shelters, houses of them, or what is known by name alone."""
    agencies, of_houses = _agencies(work, new)
    named = list(dict.fromkeys(new.named))
    if named and len({*agencies, *of_houses.values()}) > 1:
        raise Invalid({"named": "houses_of_one"})
    owner = next(iter((*agencies, *of_houses.values())), None)
    if whole and not {one.agency_id for one in whole.payees}.issuperset((*agencies, *of_houses.values()) or [None]):
        raise Invalid({"agencies": "place_not_of_whole"})
    places = [payee(agency, house) for house, agency in of_houses.items()] + [
        payee(owner, None, name) for name in named
    ]
    covered = {one["agency_id"] for one in places}
    places += [payee(agency) for agency in agencies if agency not in covered]
    if not places:
        raise Invalid({"agencies": "some_place"})
    if len(places) > MOST_PLACES:
        raise Invalid({"named": "too_many_places"})
    return places


def payee(agency_id: UUID | None, premises_id: UUID | None = None, name: str | None = None) -> dict[str, Any]:
    """A place that a grant pays for, as its row has it."""
    return {"agency_id": agency_id, "premises_id": premises_id, "place": name}


def _agencies(work: Work, new: NewGrant) -> tuple[list[UUID], dict[UUID, UUID]]:
    """The shelters chosen, and the shelter of each house chosen; of who keeps her own house alone it is that."""
    own = [work.actor.agency_id] if work.actor.agency_id else []
    agencies = list(dict.fromkeys(new.agencies)) if keeps_all(work.actor) else own
    known = {one.agency_id for one in query.shelters(work.session, work.actor)}
    there = {one.premises_id: one.agency_id for one in houses.houses(work.session, work.actor)} if new.houses else {}
    is_hers = keeps_all(work.actor) or all(there.get(one) in own for one in new.houses)
    if not known.issuperset(agencies) or not there.keys() >= set(new.houses) or not is_hers:
        raise Invalid({"agencies": "unknown_choice"})
    return agencies, {one: there[one] for one in new.houses}


def _row(work: Work, new: NewGrant, grant_id: UUID) -> dict[str, object]:
    """The row of a grant; raises Invalid where the fields contradict each other."""
    faults = _faults(new)
    if all(one.id != new.payer_id for one in query.payers(work.session, work.actor)):
        faults["payer"] = "unknown_choice"
    if faults:
        raise Invalid(faults)
    other = new.other_currency or new.currency
    told = {name: getattr(new, name) for name in ("payer_id", "purpose", "currency", "is_approximate", "source")}
    return {
        **told,
        **recorded_by(work, grant_id),
        "amount": minor(new.amount, new.currency, "amount"),
        "other_amount": minor(new.other_amount, other, "other_amount"),
        "other_currency": new.other_currency,
        "from_on": new.from_on,
        "to_on": new.to_on,
        "share_amount": minor(new.share_amount, new.currency, "share_amount"),
        "share_other_amount": minor(new.share_other_amount, other, "share_other_amount"),
        "share_of": new.share_of,
    }


def _faults(new: NewGrant) -> dict[str, str]:
    checks = (
        ("to_on", "ends_before_start", new.to_on < new.from_on),
        ("other_amount", "amount_first", new.other_amount is not None and new.amount is None),
        ("other_amount", "required", new.other_currency is not None and new.other_amount is None),
        ("other_currency", "required", new.other_amount is not None and new.other_currency is None),
        ("other_currency", "another_currency", new.other_currency == new.currency),
        ("share_amount", "amount_first", new.share_amount is not None and new.amount is None),
        ("share_amount", "more_than_whole", (new.share_amount or 0) > (new.amount or new.share_amount or 0)),
        ("share_amount", "required", new.share_amount is None and new.share_of is not None),
        ("share_of", "required", new.share_amount is not None and new.share_of is None),
        ("share_other_amount", "amount_first", new.share_other_amount is not None and new.other_amount is None),
        ("share_other_amount", "amount_first", new.share_other_amount is not None and new.share_amount is None),
    )
    return {name: key for name, key, is_so in reversed(checks) if is_so}


def minor(amount: Decimal | None, currency: str, name: str) -> int | None:
    """An amount in the currency's smallest unit; raises Invalid at the field for more decimals than it has."""
    if amount is None:
        return None
    scaled = amount.scaleb(decimals(currency))
    if scaled != scaled.to_integral_value():
        raise Invalid({name: "too_many_decimals"})
    return int(scaled)


def _refuse_part(work: Work, row: dict[str, object], whole: Grant) -> None:
    """Raise Invalid where a part does not fit into its whole; two parts at once are taken one after the other."""
    lock_grant(work, whole.row.id)
    if whole.row.part_of_id:
        raise Invalid({"amount": "part_of_part"})
    if row["currency"] != whole.row.currency:
        raise Invalid({"currency": "currency_of_whole"})
    if not isinstance(row["amount"], int):
        raise Invalid({"amount": "required"})
    others = query.parts(work.session, work.actor, whole.row.id)
    used = sum(one.row.amount or 0 for one in others if not one.is_struck_out)
    if whole.row.amount is not None and row["amount"] + used > whole.row.amount:
        raise Invalid({"amount": "more_than_whole"})


def lock_grant(work: Work, grant_id: UUID) -> None:
    """Hold a grant for this transaction; SQLite has one writer at a time anyway."""
    if work.is_postgresql:
        key = int.from_bytes(grant_id.bytes[:8], signed=True)
        work.session.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def tell_places(work: Work, agencies: set[UUID], kind: str) -> None:
    """Tell the shelters that something was recorded of their money."""
    others = sorted(one for one in agencies if one != work.actor.agency_id)
    tell(work, [Telling(agency, kind, role="shelter_coordinator") for agency in others])
