"""What life in a shelter's house runs by: periods, and the first steps after an incident. One file a country, as data.

Nothing here is a step of the procedure: a country changes its file without a new version and without moving a case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from workflows.definition import UNITS, Citation, Label, Window
from workflows.reading import DefinitionFault, Fault, Table, read_file
from workflows.texts import Place

FOLDER = Path(__file__).parent / "house"
DAYS = ("days",)

PERIODS = {
    "limit_at_most": DAYS,
    "limit_review": DAYS,
    "limit_recorded": DAYS,
    "complaint_answer": UNITS,
}
"""Every period that a country must set, with the units that it can be told in."""


class UnknownHouse(LookupError):
    """No file is shipped for that country."""


@dataclass(frozen=True, slots=True)
class Period:
    """How long something may take, in whose words and from where."""

    name: str
    window: Window
    label: Label
    cites: Citation


@dataclass(frozen=True, slots=True)
class FirstStep:
    """What is done first after an incident, and within which time.

    One that needs a basis is not done without it: consent, a legal duty, or a life at risk. One that needs a resident,
    or a child, belongs to an incident only where there is one.
    """

    name: str
    window: Window
    label: Label
    cites: Citation
    needs_basis: bool = False
    needs_resident: bool = False
    needs_child: bool = False


@dataclass(frozen=True, slots=True)
class IncidentRule:
    """A kind of incident: its first steps in their order, and whether the risk is to be rated again after it."""

    kind: str
    steps: tuple[FirstStep, ...]
    rates_again: bool


@dataclass(frozen=True, slots=True)
class HouseRules:
    """All that a country has set."""

    country: str
    label: Label
    periods: Mapping[str, Period]
    incidents: Mapping[str, IncidentRule]

    def days(self, period: str) -> int:
        """Return how many days a period has that is told in days; raises KeyError for another name."""
        return self.periods[period].window.amount


@lru_cache
def of(country: str) -> HouseRules:
    """Return what a country has set, read once a process; raises UnknownHouse, and DefinitionFault for a bad file."""
    if country not in {path.stem for path in FOLDER.glob("*.toml")}:
        raise UnknownHouse(country)
    return load(FOLDER / f"{country}.toml")


def load(path: Place) -> HouseRules:
    """Return what a file says; raises DefinitionFault, which lists every fault with file and key."""
    faults: list[Fault] = []
    top = read_file(path, faults)
    rules = HouseRules(
        country=top.text("country"),
        label=top.label(),
        periods=MappingProxyType(_periods(top)),
        incidents=MappingProxyType({kind: _incident(kind, one) for kind, one in top.named_tables("incident").items()}),
    )
    if rules.country and rules.country != path.stem:
        top.fault("country", f"must be the file's name {path.stem!r}")
    top.done()
    if faults:
        raise DefinitionFault(tuple(faults))
    return rules


def _periods(top: Table) -> dict[str, Period]:
    tables = top.named_tables("period")
    for name in PERIODS:
        if name not in tables:
            top.fault(f"period.{name}", "is missing")
    return {name: _period(name, table) for name, table in tables.items()}


def _period(name: str, table: Table) -> Period:
    units = PERIODS.get(name, ())
    window = table.window("window")
    if not units:
        table.fault("window", f"there is no period {name!r}")
    elif window.unit not in units:
        table.fault("window", f"must be told in {' or '.join(units)}")
    period = Period(name, window, table.label(), table.cites())
    table.done()
    return period


def _incident(kind: str, table: Table) -> IncidentRule:
    steps = tuple(_step(one) for one in table.listed_tables("step"))
    names = [one.name for one in steps]
    if not steps:
        table.fault("step", "there is no first step")
    if len(set(names)) != len(names):
        table.fault("step", "two steps have the same name")
    rule = IncidentRule(kind, steps, table.flag("rates_again"))
    table.done()
    return rule


def _step(table: Table) -> FirstStep:
    step = FirstStep(
        name=table.text("name"),
        window=table.window("window"),
        label=table.label(),
        cites=table.cites(),
        needs_basis=table.flag("needs_basis", default=False),
        needs_resident=table.flag("needs_resident", default=False),
        needs_child=table.flag("needs_child", default=False),
    )
    table.done()
    return step
