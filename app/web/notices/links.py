"""Where a notice leads: to what it is about, as far as its reader may go there."""

from typing import Protocol
from uuid import UUID

from flask import url_for

from app.web.guard import acting, may

QUEUED = frozenset({"referral:sent", "referral:withdrawn"})
ON_MEETINGS = frozenset({"meeting:called", "meeting:called_urgently"})


class About(Protocol):
    """A notice: its kind, and the case that it is about."""

    @property
    def kind(self) -> str: ...  # noqa: D102 - described above
    @property
    def case_id(self) -> UUID | None: ...  # noqa: D102


def notice_url(notice: About) -> str:
    """The address, empty where there is none: before a referral is accepted the case is not open to its receiver."""
    if notice.kind in QUEUED:
        return url_for("referrals.index") if may("referral:answer") else ""
    if notice.kind == "signal:sent":
        return url_for("signals.incoming") if may("signal:answer") else ""
    if notice.kind.startswith("signal:"):
        return url_for("signals.index") if may("signal:follow") else ""
    if notice.kind in ON_MEETINGS:
        return url_for("meetings.index") if may("meeting:read") else ""
    if notice.kind.startswith("funding:"):
        return url_for("funding.index") if may("funding:read") else ""
    if notice.kind in ("operation:shared", "venue:returned"):
        return url_for("operations.index") if may("operation:use") else ""
    if notice.kind.startswith("limit:"):
        return _limits_url(notice)
    if notice.kind == "intake:set":
        own = acting().agency_id
        return url_for("shelter_intake.show", agency_id=own) if own and may("intake:read") else ""
    return url_for("cases.show", case_id=notice.case_id) if notice.case_id and may("case:read") else ""


def _limits_url(notice: About) -> str:
    """In the house the board, from where its residents are found; elsewhere what a house wrote on the case."""
    if may("house:read"):
        return url_for("beds.board")
    return url_for("house_life.of_case", case_id=notice.case_id) if notice.case_id and may("house:follow") else ""
