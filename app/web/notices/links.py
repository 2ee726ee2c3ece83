"""Where a notice leads: to what it is about, as far as its reader may go there."""

from typing import Protocol
from uuid import UUID

from flask import url_for

from app.web.guard import acting, may

LISTS = {
    "referral:sent": ("referrals.index", "referral:answer"),
    "referral:withdrawn": ("referrals.index", "referral:answer"),
    "signal:sent": ("signals.incoming", "signal:answer"),
    "meeting:called": ("meetings.index", "meeting:read"),
    "meeting:called_urgently": ("meetings.index", "meeting:read"),
    "operation:shared": ("operations.index", "operation:use"),
    "venue:returned": ("operations.index", "operation:use"),
    "premises:compromised": ("houses.index", "premises:keep"),
    "premises:stand_down_waits": ("houses.index", "premises:keep"),
    "premises:warned": ("alarms.warnings", "own:use"),
    "premises:warning_over": ("alarms.warnings", "own:use"),
    "premises:closing": ("moves.index", "own:use"),
    "erasure:asked": ("erasures.index", "case:assign"),
    "reading:stopped": ("reading.held", "case:assign"),
    "reading:addresses_stopped": ("reading.held", "case:assign"),
    "reading:addresses_known": ("addresses.own", "address:keep"),
    "reading:let_on": ("cases.index", "case:list"),
    "move:drive": ("moves.index", "own:use"),
    "lines:asked": ("approvals.index", "approval:decide"),
}
"""The page of a kind of notice, and the permission that opens it."""

BY_NOUN = {
    "signal": ("signals.index", "signal:follow"),
    "funding": ("funding.index", "funding:read"),
    "clearing": ("approvals.index", "approval:decide"),
    "role": ("approvals.index", "approval:decide"),
}
"""The same for all other kinds of a noun."""


class About(Protocol):
    """A notice: its kind, and the case that it is about."""

    @property
    def kind(self) -> str: ...  # noqa: D102 - described above
    @property
    def case_id(self) -> UUID | None: ...  # noqa: D102


def notice_url(notice: About) -> str:
    """The address, empty where there is none: before a referral is accepted the case is not open to its receiver."""
    found = LISTS.get(notice.kind) or BY_NOUN.get(notice.kind.partition(":")[0])
    if found is not None:
        return url_for(found[0]) if may(found[1]) else ""
    if notice.kind.startswith("lines:"):
        return _rows_url()
    if notice.kind.startswith("complaint:"):
        return url_for("complaints.index") if may("complaint:answer") else ""
    if notice.kind.startswith("incident:") and may("house:read"):
        return url_for("incidents.index")
    if notice.kind.startswith(("limit:", "incident:")):
        return _limits_url(notice)
    if notice.kind == "intake:set":
        own = acting().agency_id
        return url_for("shelter_intake.show", agency_id=own) if own and may("intake:read") else ""
    return url_for("cases.show", case_id=notice.case_id) if notice.case_id and may("case:read") else ""


def _rows_url() -> str:
    """Where rows about people are chosen and taken: who sees no counts sees stays."""
    if may("count:read"):
        return url_for("counts.index")
    return url_for("occupancy.index") if may("occupancy:read") else ""


def _limits_url(notice: About) -> str:
    """In the house the board, from where its residents are found; elsewhere what a house wrote on the case."""
    if may("house:read"):
        return url_for("beds.board")
    return url_for("house_life.of_case", case_id=notice.case_id) if notice.case_id and may("house:follow") else ""
