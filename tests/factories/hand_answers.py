"""What a reviewer answers to the doubtful pairs of 2007, and why: written by hand from the two rows that she opens.

They are all that wait, so that truth.csv, which bench/linking.py answers from, answers none here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class HandAnswer:
    """One answer: is it one person, and the coded reason."""

    is_same: bool
    reason: str


ANSWERS = {
    # Born on one and the same day, met by both agencies on 9 July in Prizren; only the surname is another one.
    frozenset({"Kaltrina Hoxha", "Kaltrina Kelmendi"}): HandAnswer(True, "married_name"),
    # Hona is what Jehona is called at home; sixteen in October 2007 fits June 1991, and the day of both acts is one.
    frozenset({"Jehona Mustafë", "Hona Mustafe"}): HandAnswer(True, "spelt_differently"),
    # Nela for Ornela; twenty-six in April 2007 fits March 1981, and the day of both acts is one.
    frozenset({"Ornela Mustafë", "Nela Mustafe"}): HandAnswer(True, "spelt_differently"),
}
