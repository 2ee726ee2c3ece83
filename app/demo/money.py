"""The money of the founding documents: the cable of 12 March 2008 on 2007, the report of 2013 on 2011 and 2012.

Amounts, equivalents and "about" stand as the sources have them. Where a source gives no days, its year is taken, and
the row says so.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.security.actor import Actor
from app.services import accounts, funding, funding_changes, proposals
from app.services.funding import NewGrant, NewPayer
from app.services.funding_changes import Move
from app.services.proposals import NewCall

MINISTRY = NewPayer(
    "state",
    "Ministry of Labour and Social Welfare",
    "Ministria e Punës dhe Mirëqenies Sociale",
    "Ministarstvo rada i socijalne zaštite",
)
GOVERNMENT = NewPayer("state", "Government", "Qeveria", "Vlada")
DONORS = (
    NewPayer("donor", "IOM"),
    NewPayer("donor", "OSCE"),
    NewPayer(
        "donor", "Government of the United Kingdom", "Qeveria e Mbretërisë së Bashkuar", "Vlada Ujedinjenog Kraljevstva"
    ),
)
CABLE = "Cable 08 PRISTINA 128 of 12 March 2008, paragraph {}"
REPORT = "Trafficking in Persons Report 2013, Protection"
HALF = f"{REPORT}: 50 percent of direct services and a portion of running costs"

Y2007: dict[str, Any] = {"from_on": date(2007, 1, 1), "to_on": date(2007, 12, 31)}
Y2011: dict[str, Any] = {"from_on": date(2011, 1, 1), "to_on": date(2011, 12, 31)}
Y2012: dict[str, Any] = {"from_on": date(2012, 1, 1), "to_on": date(2012, 12, 31)}
FROM_2005 = date(2005, 1, 1)

ASSIST = {
    "shelter_secure": ("trafficking",),
    "shelter_foreign": ("trafficking",),
    "shelter_child": ("trafficking", "children"),
    "shelter_semi": ("trafficking", "children"),
    "shelter_ngo": ("domestic_violence", "trafficking"),
    "shelter_ngo_second": ("domestic_violence", "trafficking"),
    "shelter_men": ("trafficking", "disability"),
}
MINORS = "shelter_minors_"


def record_money(agencies: Mapping[str, UUID]) -> None:
    """The statistics supervisor writes the ledger from the sources."""
    keeper = accounts.load_actor("statistics.supervisor")
    ministry, government = (funding.add_payer(keeper, one) for one in (MINISTRY, GOVERNMENT))
    donors = [funding.add_payer(keeper, one) for one in DONORS]
    _homes_for_children(keeper, agencies, ministry)
    _foreign_victims(keeper, agencies, ministry, donors)
    _of_2012(keeper, agencies, government)
    for key, place_id in agencies.items():
        groups = ("children",) if key.startswith(MINORS) else ASSIST.get(key)
        if groups:
            proposals.say_groups(keeper, place_id, FROM_2005, groups)
    call = NewCall(
        payer_id=ministry,
        opens_on=date(2007, 1, 15),
        closes_on=date(2007, 2, 15),
        open_to=("domestic_violence",),
        source=f"{CABLE.format(28)}; the days are the demonstration’s own",
        **Y2007,
    )
    proposals.record(keeper, call)


def _homes_for_children(keeper: Actor, agencies: Mapping[str, UUID], ministry: UUID) -> None:
    """What went to HHC, of it the money for two houses, of which one closed and its money went to the other."""
    whole = NewGrant(
        payer_id=ministry,
        purpose="children",
        amount=Decimal(191_970),
        currency="EUR",
        source=CABLE.format(27),
        agencies=(agencies["shelter_child"], agencies["shelter_semi"]),
        is_approximate=True,
        other_amount=Decimal(282_030),
        other_currency="USD",
        share_amount=Decimal(28_750),
        share_other_amount=Decimal(42_240),
        share_of="the reporting period of the cable",
        **Y2007,
    )
    whole_id = funding.record(keeper, whole)
    two_houses = replace(
        whole,
        amount=Decimal(135_000),
        other_amount=Decimal(198_315),
        agencies=(agencies["shelter_child"],),
        named=("Prizren", "Pristina"),
        to_on=date(2008, 6, 30),
        share_amount=None,
        share_other_amount=None,
        share_of=None,
    )
    part_id = funding.record(keeper, two_houses, whole_id)
    houses = {one.place: one.id for one in funding.page_of(keeper, part_id).grant.payees}
    reason = "Reprogrammed for Pristina, funded through June 2008; the Prizren house closed on 31 December 2007"
    moved = Move(houses["Prizren"], date(2007, 12, 31), reason, to_payee_id=houses["Pristina"])
    funding_changes.move(keeper, part_id, moved)
    six = tuple(place_id for key, place_id in agencies.items() if key.startswith(MINORS))
    given = NewGrant(ministry, "children", Decimal(60_374), "EUR", source=CABLE.format(27), agencies=six, **Y2007)
    funding.record(keeper, given)


def _foreign_victims(keeper: Actor, agencies: Mapping[str, UUID], ministry: UUID, donors: list[UUID]) -> None:
    """Nothing from the state for PVPT; what donors gave the source does not tell."""
    place = (agencies["shelter_foreign"],)
    nothing = NewGrant(ministry, "running_costs", Decimal(0), "EUR", source=CABLE.format(28), agencies=place, **Y2007)
    funding.record(keeper, nothing)
    source = f"{CABLE.format(28)}: most of its funding to date; the source gives no days"
    for donor in donors:
        funding.record(keeper, replace(nothing, payer_id=donor, amount=None, source=source))


def _of_2012(keeper: Actor, agencies: Mapping[str, UUID], government: UUID) -> None:
    """The secure facility, two NGO shelters, assistance through municipal centres beside that of the year before."""
    secure = NewGrant(
        payer_id=government,
        purpose="running_costs",
        amount=Decimal(84_600),
        currency="USD",
        source=REPORT,
        agencies=(agencies["shelter_secure"],),
        is_approximate=True,
        **Y2012,
    )
    funding.record(keeper, secure)
    half = replace(secure, purpose="services_and_running", source=HALF)
    for key, amount in (("shelter_ngo", 74_600), ("shelter_ngo_second", 38_800)):
        funding.record(keeper, replace(half, amount=Decimal(amount), agencies=(agencies[key],)))
    centres = replace(secure, purpose="assistance", agencies=(), named=("Municipal social welfare centres",))
    for amount, days in ((198_000, Y2012), (153_000, Y2011)):
        funding.record(keeper, replace(centres, amount=Decimal(amount), **days))
