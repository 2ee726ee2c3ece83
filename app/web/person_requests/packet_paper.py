"""The words of the paper on which a person reads what is recorded of her; the same for print page and file."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext

from app.services.person_packet import SHELTER, Packet
from app.web.days import day_words
from app.web.filters import agency_name, label_of, own_words
from app.web.papers import PaperContent, PaperSection, PaperTable


def content(packet: Packet) -> PaperContent:
    """All that stands on it, in the language spoken."""
    return PaperContent(
        gettext("What is recorded about you"),
        gettext("For you alone. Keep it where nobody else finds it, or ask the office to keep it for you."),
        gettext("Page"),
        [
            (gettext("Case"), packet.reference),
            (gettext("Made by"), agency_name(packet.agency)),
            (gettext("Day"), day_words(packet.made_on)),
        ],
        [
            PaperSection(gettext("Who you are"), tables=[_pairs(_person(packet))]),
            PaperSection(gettext("What happened in your case"), tables=[_steps(packet)]),
            PaperSection(gettext("What you agreed to"), tables=_consents(packet), told=_none(packet.consents)),
            PaperSection(gettext("Help that was given"), tables=_services(packet), told=_none(packet.services)),
            PaperSection(gettext("Who received your data"), tables=[_received(packet)]),
            PaperSection(gettext("What is not on this paper, and why"), tables=[_withheld(packet)]),
            PaperSection(gettext("What you can ask for"), _rights()),
        ],
        datetime(packet.made_on.year, packet.made_on.month, packet.made_on.day, tzinfo=UTC),
    )


def _none(rows: Any) -> list[str]:
    return [] if rows else [gettext("Nothing is recorded.")]


def _table(heads: list[str], rows: list[list[str]]) -> PaperTable:
    return PaperTable("", heads, rows, of_numbers=False)


def _pairs(rows: Iterator[tuple[str, str]]) -> PaperTable:
    shown = [[words, value or gettext("Not recorded")] for words, value in rows]
    return _table([gettext("Question"), gettext("What is recorded")], shown)


def _person(packet: Packet) -> Iterator[tuple[str, str]]:
    known, person = packet.identity, packet.person
    names = [str(known[name]) for name in ("given_name", "family_name") if known.get(name)]
    yield gettext("Name"), " ".join(names)
    yield gettext("Other names"), str(known.get("other_names") or "")
    yield gettext("Born"), str(known.get("birth_date") or known.get("birth_year") or "")
    yield gettext("Sex"), label_of(person.sex, "sex")
    yield gettext("Citizenship"), ", ".join(label_of(code, "country") for code in known.get("citizenship", ()))
    yield gettext("Region"), label_of(person.region, "region")
    yield gettext("Language"), label_of(person.language, "language")
    yield gettext("Safe contact"), gettext("Recorded") if packet.has_contact else ""


def _steps(packet: Packet) -> PaperTable:
    shelter = gettext("A shelter")
    rows = [
        [day_words(one.on), own_words(one.label), agency_name(one.agency) if one.agency else shelter]
        for one in packet.steps
    ]
    return _table([gettext("Day"), gettext("Step"), gettext("By")], rows)


def _consents(packet: Packet) -> list[PaperTable]:
    rows = [
        [
            label_of(one.purpose, "consent_purpose"),
            label_of(one.given_by, "consent_given_by"),
            day_words(one.occurred_on),
            day_words(one.withdrawn_on) if one.withdrawn_on else gettext("No"),
        ]
        for one in packet.consents
    ]
    heads = [gettext("For what"), gettext("Given by"), gettext("Day"), gettext("Withdrawn")]
    return [_table(heads, rows)] if rows else []


def _services(packet: Packet) -> list[PaperTable]:
    rows = [[label_of(one.service, "service"), day_words(one.occurred_on)] for one in packet.services]
    return [_table([gettext("Help"), gettext("Day")], rows)] if rows else []


def _received(packet: Packet) -> PaperTable:
    rows = [
        [
            gettext("A shelter") if one.agency_kind == SHELTER else agency_name(one),
            day_words(one.since.date()),
            day_words(one.ended_at.date()) if one.ended_at else gettext("Still"),
        ]
        for one in packet.received
    ]
    return _table([gettext("Office"), gettext("From"), gettext("Until")], rows)


def _withheld(packet: Packet) -> PaperTable:
    rows = [
        [label_of(part, "person_packet_part"), label_of(reason, "person_request_reason")]
        for part, reason in packet.withheld
    ]
    return _table([gettext("Left out"), gettext("Why")], rows)


def _rights() -> list[str]:
    return [
        gettext("You can have put right what is wrong, object to how your data are used, or ask that they be erased."),
        gettext("The office that leads your case answers within 30 days. It costs nothing."),
    ]
