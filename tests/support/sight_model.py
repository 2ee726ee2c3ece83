"""Who may see which case, told in the words of the design and without a line of the application.

A case is open to somebody whose agency is a party now and who works on it, stands in for somebody who does, or
supervises; and whom no bar names. An agency that handed it over keeps the pointer: the case stands in its lists, and
its page tells no more than states and dates. Where consent is withdrawn nothing is left. An erased case has no name.
"""

from __future__ import annotations

from dataclasses import dataclass, field

WHOLE, POINTER, NOTHING = "whole", "pointer", "nothing"


@dataclass
class Person:
    """Somebody of an agency."""

    agency: str
    supervises: bool = False


@dataclass
class OneCase:
    """A case: its parties with what they stand on, those at work, those barred, and who was asked."""

    parties: dict[str, str] = field(default_factory=dict)
    pointers: set[str] = field(default_factory=set)
    at_work: set[str] = field(default_factory=set)
    barred: set[str] = field(default_factory=set)
    asked: dict[str, str] = field(default_factory=dict)
    is_closed: bool = False
    is_erased: bool = False


@dataclass
class Sight:
    """The whole country."""

    people: dict[str, Person]
    cases: dict[str, OneCase] = field(default_factory=dict)
    covers: set[tuple[str, str]] = field(default_factory=set)
    """Who stands in, and for whom."""

    def opened(self, case: str, by: str) -> None:
        """Somebody opened it: her agency is a party by duty and she is at work on it."""
        self.cases[case] = OneCase({self.people[by].agency: "duty"}, at_work={by})

    def ask(self, case: str, agency: str, basis: str) -> None:
        """Another agency is asked to join; whoever has the case when it answers is who asks."""
        self.cases[case].asked[agency] = basis

    def join(self, case: str, by: str, instead_of: str = "") -> None:
        """Somebody accepts for her agency; the office that passed it on keeps the pointer."""
        one, agency = self.cases[case], self.people[by].agency
        one.parties[agency] = one.asked.pop(agency)
        one.at_work.add(by)
        if one.parties.pop(instead_of, None):
            one.pointers.add(instead_of)

    def withdraw_consent(self, case: str, agencies: set[str]) -> None:
        """Whoever stood on it, or was asked on it, is out."""
        one = self.cases[case]
        one.parties = {name: on for name, on in one.parties.items() if on != "consent" or name not in agencies}
        one.asked = {name: on for name, on in one.asked.items() if on != "consent" or name not in agencies}

    def close(self, case: str) -> None:
        """It is closed: a shelter's standing rests on her being there or expected there, and leaves the pointer."""
        one = self.cases[case]
        one.is_closed = True
        if one.parties.pop("shelter_ngo", None):
            one.pointers.add("shelter_ngo")

    def sees(self, who: str, case: str) -> str:
        """How much of a case somebody may see."""
        one, person = self.cases[case], self.people[who]
        at_work = {who, *(other for by, other in self.covers if by == who)} & one.at_work
        at_work = {other for other in at_work if self.people[other].agency == person.agency}
        if who in one.barred or not (at_work or person.supervises):
            return NOTHING
        if person.agency in one.parties:
            return WHOLE
        return POINTER if person.agency in one.pointers else NOTHING
