"""An edition on paper: the report that was signed, whole, with who signed it and what is another number than before."""

from collections.abc import Iterable
from dataclasses import replace

from flask_babel import gettext

from app.services.count_blocks import Figure
from app.services.count_exports import Export, Paper
from app.services.editions import CellChange, Edition
from app.web.counts import paper, words
from app.web.filters import moment_words, number_words
from app.web.papers import PaperContent, PaperSection, PaperTable


def content(edition: Edition, export: Export) -> PaperContent:
    """What the paper says, in the reader's language."""
    whole = paper.content(Paper(export.report, export.procedures, export.notes), edition.head.signed_by)
    first, *others = whole.sections
    return replace(whole, facts=[*_head(edition), *whole.facts], sections=[first, *_changes(edition), *others])


def _head(edition: Edition) -> Iterable[tuple[str, str]]:
    """Which edition it is, who signed it, and whether it is still what was signed."""
    head = edition.head
    yield gettext("Edition"), number_words(head.number)
    yield gettext("Signed by"), f"{head.signed_by}, {moment_words(head.signed_at)}"
    if head.reason:
        yield gettext("Why there is another edition"), head.reason
    is_whole = gettext("All of it is as it was signed.")
    broken = gettext("It is no longer what was signed. Tell the administrators at once.")
    yield gettext("Checked now"), is_whole if edition.is_whole else broken
    yield gettext("Digest"), edition.digest
    alike = gettext("those in use now") if edition.is_defined_alike else gettext("others than those in use now")
    yield gettext("Definitions"), f"{edition.definitions} ({alike})"


def _changes(edition: Edition) -> Iterable[PaperSection]:
    if edition.earlier is None:
        return
    number = edition.earlier.number
    heading = gettext("What is another number than in edition %(number)s", number=number)
    if not edition.changes:
        yield PaperSection(heading, [gettext("All numbers are those of edition %(number)s.", number=number)])
        return
    heads = [words.count_head(), gettext("Row"), gettext("Before"), gettext("Now")]
    yield PaperSection(heading, tables=[PaperTable("", heads, [_line(one) for one in edition.changes])])


def _line(one: CellChange) -> list[str]:
    row = gettext("All")
    if one.dimension:
        row = f"{words.breakdown_words(one.dimension)}: {words.value_words(one.dimension, one.value)}"
    return [words.metric_words(one.metric), row, _figure(one.before), _figure(one.after)]


def _figure(figure: Figure) -> str:
    return number_words(figure or 0)
