"""Placements and occupancy as files. Their names say the period alone: no place, and nothing of where it is."""

import io
from collections.abc import Iterable

import xlsxwriter
from flask import Response
from flask_babel import gettext

from app.services import occupancy_exports as exports
from app.services.occupancy import Occupancy, Reader
from app.services.occupancy_exports import Book, Placements
from app.vocabulary.period import Period
from app.vocabulary.shelter import OTHER_BED
from app.web.counts.files import file_period
from app.web.counts.words import period_words
from app.web.filters import agency_name, label_of, moment_words
from app.web.guard import acting
from app.web.occupancy import words
from app.web.phrases import phrase
from app.web.workbooks import OPTIONS, XLSX, Line, Sheets, csv_lines, guarded


def days_csv(period: Period) -> Response:
    """The nights of each day."""
    found = exports.by_day(acting(), period, "csv")
    return _file(csv_lines(words.file_lines(found)), "text/csv", "occupancy", period, "csv")


def placements_csv(period: Period) -> Response:
    """The stays of the house."""
    found = exports.stays(acting(), period, "csv")
    return _file(csv_lines(placement_lines(found)), "text/csv", "placements", period, "csv")


def book(period: Period) -> Response:
    """The workbook: nights by day, lengths of stay, the stays of a house, definitions."""
    return _file(written(exports.book(acting(), period)), XLSX, "occupancy", period, "xlsx")


def _file(content: bytes, kind: str, name: str, period: Period, ending: str) -> Response:
    named = f'attachment; filename="{name}-{file_period(period)}-internal.{ending}"'
    return Response(content, mimetype=kind, headers={"Content-Disposition": named})


def written(content: Book) -> bytes:
    """The workbook as the bytes of an XLSX file."""
    held, figures = io.BytesIO(), content.figures
    with xlsxwriter.Workbook(held, OPTIONS) as made:
        sheets = Sheets(made, period_words(figures.period))
        sheets.add(gettext("Occupancy"), words.file_lines(figures))
        sheets.add(gettext("Length of stay"), _lengths(figures))
        if content.is_for_two:
            sheets.add(gettext("Placements"), [[phrase("second_person_wanted")]])
        elif content.placements is not None:
            sheets.add(gettext("Placements"), _guarded(placement_lines(content.placements)))
        sheets.add(gettext("Definitions"), _guarded(_definitions(figures)))
    return held.getvalue()


def _guarded(lines: Iterable[Line]) -> Iterable[Line]:
    for line in lines:
        yield [guarded(cell) if isinstance(cell, str) else cell for cell in line]


def _lengths(found: Occupancy) -> Iterable[Line]:
    yield [gettext("Length of stay"), gettext("Stays that ended")]
    for band, number in found.lengths:
        yield [words.band_words(band), number]
    yield [gettext("All"), found.ended]


def placement_lines(found: Placements) -> Iterable[Line]:
    """A line for each stay: pseudonym, days, nights in the period, where from and where to, in codes."""
    if found.is_cut:
        yield [gettext("Too many for one file: the list is cut. Ask for fewer days.")]
    yield [
        gettext("Case"),
        gettext("Arrived"),
        gettext("Expected until"),
        gettext("Left"),
        gettext("Nights in the period"),
        gettext("Came from another shelter"),
        gettext("Destination"),
        gettext("Transfer"),
        gettext("Why transferred"),
    ]
    for one in found.rows:
        moved = gettext("Yes") if one.came_from_shelter else gettext("No")
        nights = one.nights_in(found.period, found.today)
        days = [one.arrived_on, one.expected_until, one.left_on]
        gone = [destination_words(one.destination), label_of(one.transfer, "transfer_kind")]
        whose = one.reference or gettext("Not open to you")
        yield [whose, *days, nights, moved, *gone, label_of(one.reason, "transfer_reason")]


def destination_words(code: str | None) -> str:
    """Where somebody went; nothing where she has not left."""
    return gettext("Another bed of the house") if code == OTHER_BED else label_of(code, "destination")


def _definitions(found: Occupancy) -> Iterable[Line]:
    yield [gettext("Period"), period_words(found.period)]
    yield [gettext("First day"), found.period.start]
    yield [gettext("Last day"), found.period.last]
    yield [gettext("Made at"), moment_words(found.made_at)]
    yield [gettext("Made by"), acting().name]
    whose = agency_name(found.place) if found.place else gettext("All places together")
    yield [gettext("Whose"), whose]
    yield []
    for sentence in rules(found):
        yield [gettext("Rule"), sentence]


def rules(found: Occupancy) -> list[str]:
    """What the numbers mean."""
    told = [
        gettext(
            "A night is named by the day on which it begins. A stay has the nights from arrival, before departure."
        ),
        gettext("A stay that has not ended counts up to today; tonight is not slept yet."),
        gettext("Beds are those in use, without cots, and those that somebody slept in. Cots are counted apart."),
        gettext("A move to another bed of the house is no arrival, no departure, and the same stay."),
        gettext("A stay belongs to the period in which it ended; it is as long as the person was in the house."),
    ]
    if found.reader is not Reader.HOUSE:
        told.append(gettext("A person has one night a night, whatever places and records count it."))
    return told
