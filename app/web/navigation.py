"""What the head of every page shows: who reads, the pages that her roles open, the one she is on, notices that wait."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.cipher import digest
from app.queries import frame
from app.security.actor import Emergency
from app.security.policy import allows
from app.services.reading import look
from app.web.filters import agency_name
from app.web.guard import acting

ENTRIES = (
    ("home.my_work", "own:use", _l("My work")),
    ("cases.index", "case:list", _l("Cases")),
    ("referrals.index", "referral:answer", _l("Referrals")),
    ("signals.incoming", "signal:answer", _l("Signals")),
    ("signals.index", "signal:follow", _l("Signals sent")),
    ("hotline.index", "contact:keep", _l("Contacts")),
    ("hotline.counts", "contact:count", _l("Contacts by month")),
    ("meetings.index", "meeting:read", _l("Meetings")),
    ("operations.index", "operation:use", _l("Operations")),
    ("proceedings.index", "proceeding:keep", _l("Proceedings")),
    ("beds.board", "bed:read", _l("Beds")),
    ("boards.places", "place:read", _l("Free places")),
    ("house_life.today", "house:read", _l("House")),
    ("incidents.index", "house:read", _l("Incidents")),
    ("limits.counts", "limit:count", _l("Movement limits")),
    ("complaints.index", "complaint:answer", _l("Complaints")),
    ("occupancy.index", "occupancy:read", _l("Occupancy")),
    ("placing.waiting", "place:look", _l("Waiting for a place")),
    ("placing.unmet", "need:count", _l("Unmet needs")),
    ("exits.index", "exit:answer", _l("Departures")),
    ("caseload.index", "case:assign", _l("Caseload")),
    ("retention.due", "retention:keep", _l("Keeping of data")),
    ("looks.index", "look:follow", _l("Who looked")),
    ("oversight.unusual", "audit:follow", _l("Unusual reading")),
    ("oversight.record", "audit:follow", _l("The record")),
    ("sop.index", "own:use", _l("Procedure")),
    ("counts.index", "count:read", _l("Counts")),
    ("tallies.work", "tally:read", _l("Work in numbers")),
    ("quality.index", "quality:read", _l("Quality of the numbers")),
    ("funding.index", "funding:read", _l("Funding")),
    ("registers.index", "register:import", _l("Registers")),
    ("training.index", "training:keep", _l("Training")),
    ("links.index", "link:review", _l("Links")),
    ("people.index", "system:administer", _l("People")),
    ("drafts.index", "system:administer", _l("Drafts")),
)
"""Endpoint, permission, words. An endpoint that the application does not have is left out."""

LINKED = frozenset(endpoint for endpoint, _, _ in ENTRIES)

OF_KIND = {"beds.board": "shelter"}
"""What a menu offers in agencies of one kind alone: elsewhere the page has nothing to show."""


@dataclass(frozen=True)
class Entry:
    """One link of the navigation."""

    url: str
    label: str
    is_current: bool
    is_here: bool


@dataclass(frozen=True)
class Head:
    """Who reads, for which agency, how many notices wait, and where she can go."""

    name: str
    agency: str
    waiting: int
    links: list[Entry]
    emergency: Emergency | None


def entries() -> list[Entry]:
    """The links for the reader, in order; current is the page itself, here any page of the same noun without a link."""
    here, reader = request.endpoint or "", acting()
    noun = "" if here in LINKED else here.partition(".")[0]
    return [
        Entry(url_for(endpoint), str(label), here == endpoint, here == endpoint or endpoint.partition(".")[0] == noun)
        for endpoint, permission, label in ENTRIES
        if endpoint in current_app.view_functions and allows(reader.roles, permission, reader.agency_kind)
        if OF_KIND.get(endpoint, reader.agency_kind) == reader.agency_kind
    ]


def head() -> Head | None:
    """What the head of the page shows; None where nobody is signed in."""
    if not current_user.is_authenticated:
        return None
    found = look(acting(), frame.of_reader)
    return Head(acting().name, agency_name(found), found.waiting, entries(), acting().emergency)


def asset(name: str) -> str:
    """The address of a built file, with its digest: a browser that kept an older one asks for the new one."""
    file = Path(current_app.static_folder or "") / "build" / name
    return url_for("static", filename=f"build/{name}", v=_digest(file))


@cache
def _digest(file: Path) -> str:
    return digest(file.read_bytes())[:8] if file.is_file() else ""


def register_navigation(app: Flask) -> None:
    """Make it known to the base template."""
    app.jinja_env.globals.update(head=head, asset=asset)
