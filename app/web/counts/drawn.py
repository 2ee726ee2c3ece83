"""The pictures of a report, section by section: which numbers are drawn how, and in which words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext

from app.queries.count_paths import Together
from app.services.count_blocks import Block, OverlapRow, Table
from app.services.count_exports import Paper
from app.services.count_pictures import ORIGINS, Deadlines, Paths, Pictures
from app.services.counts import Reader, Report
from app.services.occupancy import Occupancy
from app.vocabulary.metric import MAIN
from app.vocabulary.tally import KEPT, MISSED
from app.web.counts import words
from app.web.counts.pages import charts_of
from app.web.drawings.flow import Band, flow
from app.web.drawings.funnel import funnel
from app.web.drawings.months import drawing_of
from app.web.drawings.rows import rows
from app.web.drawings.sets import Group, Shared, sets
from app.web.drawings.shapes import Drawing
from app.web.filters import agency_name, number_words
from app.web.occupancy.pages import picture
from app.web.tallies.words import dimension_words, kind_words, tally_words

LISTED = 30
"""How many combinations and ways the table of a picture has at most."""


@dataclass(frozen=True)
class Section:
    """Pictures of one thing, with what has to be known of them."""

    heading: str
    told: str
    drawings: Sequence[Drawing]


def sections(found: Pictures | Paper, by: str = "") -> list[Section]:
    """All that can be drawn for the reader, with a breakdown of her choice; what nobody was counted for is left out."""
    report, beside = found.report, found.drawn
    all_sections = [_months(report), _funnel(report), _origins(report)]
    all_sections += [_chosen(report, by)] if by and by not in ORIGINS else []
    all_sections += [_agencies(report, beside.paths), _deadlines(beside.deadlines)]
    all_sections += [_nights(beside.nights)] if beside.nights else []
    return [one for one in all_sections if one.drawings]


def _block(report: Report) -> Block | None:
    return report.own or report.nation


def whose(report: Report) -> str:
    """Whom the pictures are of."""
    return gettext("Your agency") if report.reader is Reader.AGENCY else gettext("All agencies")


def _months(report: Report) -> Section:
    told = gettext("The month of the report against the months before it.")
    return Section(gettext("Month by month"), told, [drawing_of(chart) for chart in charts_of(report)])


def _funnel(report: Report) -> Section:
    block, asked = _block(report), report.request.metrics
    figures = dict(zip(asked, block.figures, strict=True)) if block else {}
    stages = [(words.metric_words(metric), figures[metric]) for metric in MAIN if metric in figures]
    told = gettext("Each number is of the period alone: who is assisted in it may have been identified before it.")
    drawn = []
    if len(stages) > 1 and any(figure != 0 for _, figure in stages):
        listed = ", ".join(f"{name}: {words.figure_words(figure)}" for name, figure in stages)
        title = gettext("%(whose)s: from stage to stage", whose=whose(report))
        described = gettext("A bar for each stage, as wide as its number. %(stages)s.", stages=listed)
        drawn = [funnel("funnel", title, described, words.count_head(), gettext("People"), stages)]
    return Section(gettext("From identification to return"), told, drawn)


def _origins(report: Report) -> Section:
    return Section(gettext("Where people come from"), _when(), _broken_down(report, *ORIGINS))


def _chosen(report: Report, by: str) -> Section:
    return Section(words.breakdown_words(by), _when(), _broken_down(report, by))


def _when() -> str:
    return gettext("As they were at their first fact under the count in the period.")


def _broken_down(report: Report, *dimensions: str) -> list[Drawing]:
    """A drawing for each breakdown that the reader has and that anybody stands in."""
    block = _block(report)
    tables = block.tables if block else {}
    drawn = [_bars(report, tables[dimension]) for dimension in dimensions if dimension in tables]
    return [one for one in drawn if one]


def _bars(report: Report, table: Table) -> Drawing | None:
    """The rows of a breakdown under the first count that has any."""
    dimension = table.dimension
    for place, metric in enumerate(report.request.metrics):
        told = [(value, figures[place]) for value, figures in table.rows if figures[place] != 0]
        if told:
            by, unit = words.breakdown_words(dimension), words.metric_words(metric)
            title = gettext("%(count)s by %(what)s", count=unit, what=by.lower())
            return rows(
                f"by-{dimension}",
                title,
                gettext("A bar for each row of the table, as long as its number."),
                by,
                [unit],
                [(words.value_words(dimension, value), [figure]) for value, figure in told],
            )
    return None


def _agencies(report: Report, paths: Paths | None) -> Section:
    heading = gettext("Between agencies")
    if paths is None:
        told = gettext("Only what may be told of overlaps: five people or more, and never how a few are made up.")
        if report.reader is Reader.STATISTICS:
            told = gettext("People whom two agencies both counted, each under a count of its own.")
        drawn = [_pairs(report.overlaps[:LISTED])] if report.overlaps else []
        return Section(heading, told, drawn)
    told = gettext("People under any of the counts asked, by the agencies that counted them.")
    names = {name.id: agency_name(name) for name in paths.names}
    shown = [] if all(len(one.agencies) < 2 for one in paths.together) else [_together(paths.together, names)]
    bands = [Band(names[one.before], names[one.after], one.people) for one in paths.after_each_other[:LISTED]]
    if bands:
        heads = (gettext("Counted first by"), gettext("counted next by"), gettext("People"))
        title = gettext("Who counted a person first, and who next")
        described = gettext("A band from one agency to the next, as thick as the number of people in the table.")
        shown.append(flow("flow", title, described, heads, bands))
    return Section(heading, told, shown)


def _together(lists: Sequence[Together], names: Mapping[UUID, str]) -> Drawing:
    """Which agencies counted the same people: each person under exactly the agencies that counted her."""
    totals = {agency: sum(one.people for one in lists if agency in one.agencies) for agency in names}
    agencies = sorted((agency for agency in names if totals[agency]), key=lambda agency: (-totals[agency], agency))
    places = {agency: place for place, agency in enumerate(agencies)}
    shared = [Shared(frozenset(places[agency] for agency in one.agencies), one.people) for one in lists[:LISTED]]
    return sets(
        "together",
        gettext("People by the agencies that counted them"),
        gettext("A column for each combination of agencies: people whom exactly these counted, and no other."),
        (gettext("Counted by"), gettext("People")),
        [Group(names[agency], totals[agency]) for agency in agencies],
        shared,
    )


def _pairs(overlaps: Sequence[OverlapRow]) -> Drawing:
    """The overlaps that may be told: of two agencies, each under a count of its own."""
    counted = list(dict.fromkeys(side for each in overlaps for side in (each.first, each.second)))
    places = {side: place for place, side in enumerate(counted)}
    return sets(
        "together",
        gettext("People whom two agencies both counted"),
        gettext("A column for each two agencies: how many people both counted, whoever else counted them."),
        (gettext("Counted by"), gettext("People")),
        [Group(f"{agency_name(side.agency)}: {words.metric_words(side.metric)}", side.figure) for side in counted],
        [Shared(frozenset({places[each.first], places[each.second]}), each.people) for each in overlaps],
    )


def _deadlines(found: Sequence[Deadlines]) -> Section:
    """Acts and not people: shown as under the work in numbers, and withheld where it withholds them."""
    told = gettext("Deadlines of cases, by the day on which they were met or were due.")
    values = [(kind_words("clock", one.clock), [one.kept, one.missed]) for one in found]
    described = gettext("A bar for each deadline: how often it was met in time, and behind it how often it was missed.")
    series = [tally_words(KEPT), tally_words(MISSED)]
    title = gettext("Deadlines kept and missed")
    drawn = [rows("deadlines", title, described, dimension_words("clock"), series, values)] if values else []
    return Section(gettext("Deadlines"), told, drawn)


def _nights(found: Occupancy) -> Section:
    of = agency_name(found.place) if found.place else gettext("All places together")
    if found.total.slept is None:
        told = gettext("The nights of this period are not shown: too few people slept them.")
    else:
        numbers = {"slept": number_words(found.total.slept), "capacity": number_words(found.total.capacity)}
        told = gettext("%(slept)s nights slept of %(capacity)s that there were beds for.", **numbers)
    return Section(gettext("Occupancy"), f"{of}. {told}", [drawing_of(picture(found))])
