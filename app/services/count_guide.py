"""How people are counted, as the paper docs/counting.md: made from the definitions that the code counts by."""

from collections import defaultdict
from collections.abc import Iterator

from app.queries.count_members import CODED
from app.queries.quality import LATE
from app.security.suppression import THRESHOLD
from app.services.count_release import BEFORE
from app.services.counts import TREND
from app.services.lines_of_people import MOST_ALONE
from app.services.quality_rules import NEARLY_A_YEAR
from app.vocabulary.breakdown import BREAKDOWN
from app.vocabulary.metric import MAIN, METRIC, STAGES, definition
from app.vocabulary.period import LONGEST_YEARS
from app.vocabulary.tally import DIMENSION, DIMENSIONS, TALLY, UNIT, unit_of
from app.vocabulary.tally import definition as tally_definition
from workflows import registry
from workflows.definition import CountRule

LANGUAGE = "en"


def document() -> str:
    """The paper, as it must stand in the repository."""
    return "\n".join([*_lines()]) + "\n"


def _lines() -> Iterator[str]:
    yield "# Counting"
    yield ""
    yield "This file is made by `flask sop counting` from the definitions that the code counts by. Do not edit it."
    yield from _metrics()
    yield from _rules()
    yield from _breakdowns()
    yield from _nights()
    yield from _work()
    yield from _quality()
    yield from _readers()
    yield from _files()


def _metrics() -> Iterator[str]:
    steps = _steps()
    yield ""
    yield "## The counts"
    yield ""
    yield "Each is counted where a step of the procedure says so (`counts` in its file), and from imported"
    yield "registers. An unmet need is counted besides where whoever places her keeps that nothing fits: once,"
    yield "until she is admitted or nobody looks for a place any longer."
    yield ""
    yield "| stage | count | what it counts | steps that count |"
    yield "|---|---|---|---|"
    for stage, metrics in STAGES.items():
        for code in metrics:
            words = METRIC.label(code, LANGUAGE)
            listed = "; ".join(steps[code]) or "none yet"
            yield f"| {stage or 'case'} | {words} (`{code}`) | {definition(code).text(LANGUAGE)} | {listed} |"


def _steps() -> dict[str, list[str]]:
    """Of every count the steps of the shipped procedures that count it, by version."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in registry.names():
        for track in registry.get(name).tracks.values():
            for step in track.transitions:
                for rule in step.counts:
                    found[rule.count][f"{track.name}.{step.action}{_only(rule)}"].append(name)
    return defaultdict(
        list,
        {
            metric: [f"`{step}` ({', '.join(dict.fromkeys(names))})" for step, names in sorted(steps.items())]
            for metric, steps in found.items()
        },
    )


def _only(rule: CountRule) -> str:
    """With which answers a step counts; nothing where it always does."""
    said = " and ".join(f"{name} {' or '.join(codes)}" for name, codes in rule.when)
    return f" ({said})" if said else ""


def _rules() -> Iterator[str]:
    yield ""
    yield "## Who counts, and when"
    yield ""
    yield "- **Facts.** A step that counts writes one fact: count, day, agency, record, and the coarse snapshot of"
    yield "  the moment. Facts are never changed. One that was wrong is followed by its twin of weight -1; a fact"
    yield "  stands while the weights of it and its twins add up to more than nothing."
    yield "- **Put right.** A step whose day or answers are put right counts from that moment on as it says now: on"
    yield "  that day and under the counts that its answers meet, even where it counted under none before. What it"
    yield "  leaves open now is as the steps before it told, or was not asked. Facts of later steps keep the snapshot"
    yield "  of their own moment, also where they had it from an answer that is put right."
    yield "- **Period.** A fact belongs to the day on which it happened, not to the day on which it was recorded."
    yield f"  Both ends of a period belong to it. At most {LONGEST_YEARS} years are counted at once."
    yield "- **As of.** A past day may be named: the facts are then as they were known at its end, in the country's"
    yield "  time zone, and who is one person by the links that stood then. Today is never an as-of, nor is a day on"
    yield "  which the period had not begun: a nought would say that nobody was counted. In the same way months that"
    yield "  had not begun are left out where a period is told month by month."
    yield "  While an act that began before the end of the day is still being written down, the day is not told of yet."
    yield "- **People.** Records of agencies are linked to people, never merged. A person counts once under a count"
    yield "  in a period, whatever her records say; a record without a link is a person of its own. Distinct people"
    yield "  of a year are therefore not the sum of its months."
    yield "- **Agencies.** A fact counts for the agency that recorded it. Each agency's own number stands beside"
    yield "  the number of people; their sum is larger by those whom several counted, which the overlap names for"
    yield "  any two agencies, each under a count of its own."
    yield "- **Own numbers.** An agency's supervisor counts her agency's records: two of them that are linked to"
    yield "  one person stay two, for an agency never learns that a link exists."
    yield "- **Range before review.** Pairs of records that may be one person wait for a reviewer. The number"
    yield "  counts them as two; beside it stands what it would be if every waiting pair were confirmed, pairs of"
    yield "  pairs included. Which pairs wait is known of today alone: as of a past day, and in a frozen report,"
    yield "  there is no such range, for it would change with every answer."
    yield "- **Four different things.** Unknown, refused, not asked and zero are never added together."


def _breakdowns() -> Iterator[str]:
    yield ""
    yield "## Breakdowns"
    yield ""
    yield "The breakdown of a linked person is that of her earliest fact under the count in the period."
    yield ""
    for code in BREAKDOWN:
        nested = f"; decided after `{BEFORE[code.code]}`, whose rows its own add up to" if code.code in BEFORE else ""
        yield f"- {code.label.text(LANGUAGE)} (`{code.code}`){nested}"
    yield ""
    yield "Community is asked with consent alone, kept with the facts, and shown in sums alone: no page, file or"
    yield "list of members names it beside a person, and an agency's supervisor sees it under the rule for small"
    yield "numbers too."


def _nights() -> Iterator[str]:
    yield ""
    yield "## Nights in shelters"
    yield ""
    yield "- **Bed-night.** A night is named by the day on which it begins. A stay has the nights from the day of"
    yield "  arrival on, before the day of leaving; who arrives and leaves on one day has none. A stay that has not"
    yield "  ended has those up to today; tonight is not slept yet, and no number tells of the future."
    yield "- **Once.** A person has one bed-night a night. Two records that are linked to one person and lie over each"
    yield "  other count once among all places and in one place, for the statistics; a shelter counts its own records,"
    yield "  and the sum of the places is larger by those nights. From which of them she is missing is a conflict"
    yield "  for the places to settle, not for the count."
    yield "- **Capacity.** A night for each bed in use, without cots and without the nights in which it is void or its"
    yield "  house takes nobody. A bed that somebody slept in counts that night whether it was in use or not, so that"
    yield "  no place is ever fuller than full."
    yield "- **Cots** are counted apart, in neither of the two: a night for each child in one."
    yield "- **Arrivals, departures, length of stay.** A move to another bed of the house is neither; a move to"
    yield "  another shelter is both. A stay is as long as she was in the house, and belongs to the period in which"
    yield "  it ended."
    yield "- **Erased.** Nights of a stay that was erased are kept by month, and so are those of the children who came"
    yield "  along: they stand in whole months, and of a month that the period cuts it is said how many it lacks. A bed"
    yield "  that is out of use since counts for them. Arrival, departure and length are told no more."
    yield "- **Barred.** Who is barred from a case has its nights in none of her numbers, as on her board."


def _work() -> Iterator[str]:
    yield ""
    yield "## Work in numbers"
    yield ""
    yield "Counted in acts and not in people, for a month, a quarter, a year, one from the first of April on, or any"
    yield "days. An act belongs to the day on which it happened; as of a past day it is told as it was recorded by"
    yield "the end of that day: deadlines by the pauses, exemptions and steps, nights by the stays and links that were"
    yield "known then. Nights of stays that were erased since are told in the months that were over on that day;"
    yield "deadlines of a case that was erased since are told by month, and of a past day as at the end of its month;"
    yield "what was there before migration 0041 is taken to have been known as it was at that migration."
    yield "Numbers of persons accused and of deadlines are under"
    yield "the rule for small numbers: for the national coordinator a year is decided at once, and broken down"
    yield "where its number is shown; other months are not. Each agency counts the files that it"
    yield "keeps; no file is linked to another agency's, so that a step is recorded by the agency that took it, and"
    yield "by no other."
    yield ""
    yield "| count | in | what it counts | broken down by |"
    yield "|---|---|---|---|"
    for one in TALLY:
        words, unit = one.label.text(LANGUAGE), UNIT.label(unit_of(one.code), LANGUAGE)
        by = ", ".join(["agency", *(DIMENSION.label(name, LANGUAGE).lower() for name in DIMENSIONS[one.code])])
        yield f"| {words} (`{one.code}`) | {unit} | {tally_definition(one.code).text(LANGUAGE)} | {by} |"


def _quality() -> Iterator[str]:
    yield ""
    yield "## Quality"
    yield ""
    yield "The page on quality tells of a period what is not known or was not asked, by breakdown and agency;"
    yield f"which entries were made more than {LATE} days after what they tell of; how many pairs of records"
    yield "wait for a reviewer, and how many people have linked records that disagree in sex, in citizenship,"
    yield "or in age by more than one band; convictions without a known sentence; raids beside arrests;"
    yield "identified by the police beside assisted by the victim advocates; and a number that belongs to two"
    yield f"periods of {NEARLY_A_YEAR} days or more. An agency's supervisor reads her own agency's, and nothing"
    yield "that would tell of a link."


def _readers() -> Iterator[str]:
    yield ""
    yield "## Who sees what"
    yield ""
    yield "| reader | numbers | who stands behind one |"
    yield "|---|---|---|"
    yield "| statistics supervisor | every number, any period | people by pseudonym, references of cases; recorded |"
    own = "her agency's as they are, any period; the nation's under the rule for small numbers, a month or a year"
    yield f"| agency's supervisor | {own} | her own agency's cases; recorded |"
    yield "| national coordinator | under the rule for small numbers, whole months | nobody |"
    yield from _small_numbers()


def _small_numbers() -> Iterator[str]:
    yield ""
    yield f"**Small numbers.** A number from 1 to {THRESHOLD - 1} is not shown; zero is. With it go"
    yield "others, the smallest first,"
    yield "until for each number that is not shown there is another table that shows the very same and differs in"
    yield f"it; what is left out in a line comes to {THRESHOLD} or more. The lines are: the rows of"
    yield "a breakdown and their"
    yield "total; the months and their year; ages, and children and adults; communities, and Kosovo's citizens;"
    yield "agencies, and people. A month (or year) whose number is not shown is not broken down. For the national"
    yield "coordinator no number that is not shown stays alone in its row, for the stages of the line follow each"
    yield "other."
    yield ""
    yield "A whole year is decided at once, with all counts, whatever is asked: page and files withhold the same."
    yield "Of other whole months, such as a quarter or a year from 1 April, the national coordinator is told what"
    yield "follows from months and years that she is shown: their sum, or the year less the others; and a quarter's"
    yield "people where no month that is not shown follows from it. So two ranges tell nothing that lies between"
    yield f"them. The number is the range's own, each person once; where it is under {THRESHOLD}, or where 1 to"
    yield f"{THRESHOLD - 1} people were counted in two of its parts, it is not shown, and with a row its whole"
    yield f"breakdown; nor are the agencies' numbers where 1 to {THRESHOLD - 1} people are missing from one of them, or"
    yield "are in more than one. Overlaps and people over all counts are told of a month or a year alone. Parts of"
    yield "months and as-of days are not open to who may not see small numbers."
    yield ""
    yield "What this does not protect from: a reader who keeps a page of yesterday and compares it with today's;"
    yield f"and that from {THRESHOLD} on, how many people were counted in two parts of a range follows from it."
    yield ""
    yield "An agency's supervisor knows her own numbers, so that what is protected from her is the rest: the"
    yield f"nation's number less her own. An overlap is named where it is {THRESHOLD} or more,"
    yield "where neither agency has one"
    yield f"to {THRESHOLD - 1} people outside of it, and where not all of her own people lie in it:"
    yield "that would tell of links."
    yield "So would another agency's number that is everybody's, where some of them are hers: it is not shown."
    yield "Where there are only two numbers, people over all counts are not shown if they would give the overlap"
    yield "away."


def _files() -> Iterator[str]:
    yield ""
    yield "## Page and files"
    yield ""
    main = ", ".join(METRIC.label(code, LANGUAGE).lower() for code in MAIN)
    yield f"The page begins with {main}, and draws the {TREND} months that end with the period. The"
    yield "workbook (XLSX) has all numbers as one table, all"
    yield "breakdowns, months, agencies and overlap, people by pseudonym where the reader may see them (a line"
    yield "each, with the day under each count), the definitions with period, moment, maker and version of the"
    yield "procedure, and notes on quality: what is not known of the people counted, what was recorded after"
    yield "the period had ended, which pairs of records wait for an answer. The paper (PDF) has the numbers, the"
    yield "pictures with their tables, and the same notes; the JSON has all by keys, described in"
    yield "[counting-json.md](counting-json.md). The CSV streams every standing fact in coded fields: who"
    yield f"(pseudonym or reference), day, agency, count, {', '.join(CODED)}."
    yield f"Rows about more than {MOST_ALONE} people, in the CSV and in the workbook, leave only when another person"
    yield "agreed to that very question ([ADR 22](adr/0022-rows-of-many-people-leave-by-two.md)); without it the"
    yield "workbook is made without its sheet of people."
    yield "For the national coordinator it has the numbers shown. All are made of the report that the page shows,"
    yield "marked internal, named by their period, logged before they leave, and hold no formula."
    yield ""
    yield "The same counts are shown as pictures: the months, from stage to stage, where people come from, which"
    yield "agencies counted the same people, who counted a person first and who next, deadlines kept and missed, and"
    yield "how full the shelters were. As of a past day deadlines are drawn as they were known on it, and no nights."
    yield "By which agencies exactly a person was counted, and after which, is shown to"
    yield "who sees every number alone; others see the overlaps that the report tells them."
    yield ""
    yield "Not done: the numbers of work (raids, proceedings, nights, deadlines, contacts of the hotline, trainings)"
    yield "are not frozen and signed as editions, and what changed since a past day is listed for the counts of"
    yield "people alone."
