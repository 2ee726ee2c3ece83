"""Costs in the reader's words: sums with what is missing of them, places, days without money, and the definitions."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from flask_babel import gettext, ngettext

from app.queries.funding import PlaceRow
from app.services.costs import Costs, PlaceCosts, Sum, YearOf
from app.services.spending import Cover
from app.web.amounts import amount_words, in_main_unit
from app.web.charts import Chart, Series, columns
from app.web.days import day_words
from app.web.filters import agency_name, label_of, number_words

__all__ = ["agency_name"]


def place_words(place: PlaceRow | str | int | None) -> str:
    """A shelter, a place by its name, how many places share the money, or all together."""
    if place is None:
        return gettext("All together")
    if isinstance(place, int):
        return ngettext(
            "%(num)d place whose share is not told", "%(num)d places together: how much each got is not told", place
        )
    return place if isinstance(place, str) else agency_name(place)


def sum_words(found: Sum, currency: str) -> str:
    """A sum of money; what it lacks is said with it."""
    if found.has_untold and not found.amount:
        return gettext("not told")
    amount = amount_words(found.minor, currency, is_approximate=found.is_approximate)
    return gettext("at least %(amount)s", amount=amount) if found.has_untold else amount


def nights_words(of: YearOf) -> str:
    """Bed-nights; none for a place that is not here."""
    if of.is_withheld:
        return gettext("not shown")
    return "" if of.nights is None else number_words(of.nights)


def per_night_words(of: YearOf, currency: str) -> str:
    """Cost of a bed-night; of a sum that lacks something it is at least that."""
    if of.per_night is None:
        return "–" if of.nights == 0 else ""
    amount = amount_words(of.per_night, currency, is_approximate=of.fell.is_approximate)
    return gettext("at least %(amount)s", amount=amount) if of.fell.has_untold else amount


def cover_words(found: Cover) -> str:
    """Months of cover; a dash where nothing fell into the year before, so that there is no rate."""
    if found.months is None:
        return "–"
    return number_words(round(float(found.months), 1))


def until_words(found: Cover) -> str:
    """The last day that money is granted for."""
    return day_words(found.until) if found.until else gettext("never")


def gap_words(gaps: Iterable[tuple[date, date]] | None) -> str:
    """Days without money, as ranges."""
    if gaps is None:
        return ""
    words = [gettext("%(first)s to %(last)s", first=day_words(first), last=day_words(last)) for first, last in gaps]
    return ", ".join(words) or gettext("none")


def trend_chart(costs: Costs) -> Chart | None:
    """The years up to the one asked for: the state's money and donors' upon each other, in whole units."""
    if not any(one.amount for _, kinds in costs.trend for one in kinds.values()):
        return None
    series = [
        Series(label_of(kind, "payer_kind"), [_whole(kinds[kind], costs.currency) for _, kinds in costs.trend])
        for kind in ("state", "donor")
    ]
    return columns(
        "trend",
        gettext("What falls into each year, in whole %(currency)s", currency=costs.currency),
        gettext("A column for each year: the state’s money and that of donors."),
        gettext("Year"),
        [str(number) for number, _ in costs.trend],
        series,
    )


def _whole(found: Sum, currency: str) -> int:
    return round(in_main_unit(found.minor, currency))


def share_words(share: Fraction, found: Sum) -> str:
    """A share in hundredths; a dash where no amount is told."""
    return number_words(round(100 * float(share), 1)) if found.amount else "–"


def definitions(costs: Costs) -> list[str]:
    """What each number means, said once: on the page and in its files."""
    return [
        gettext("Granted: grants that begin in the year, as their sources tell them; nothing that is struck out."),
        gettext(
            "Falls into the year: each grant is spread evenly over its days, the first and the last included; a grant"
            " that ended earlier until that day, money that was moved until and from the day of the move."
        ),
        gettext(
            "Bed-nights: nights slept in a bed that is no cot, each person once a night; a stay from the arrival until"
            " the night before leaving, tonight not yet."
        ),
        gettext("Cost of a bed-night: what falls into the year, of all payers shown, by the bed-nights of the year."),
        gettext(
            "Months of cover on %(day)s: what falls on later days, by the twelfth part of what fell into the 365 days"
            " that end with that day. A dash: nothing fell into them.",
            day=day_words(costs.day),
        ),
        gettext("Days without money: days of the year on which no grant of any currency pays for the place."),
        gettext("Not told: the source gives no amount. That is not zero, and a sum with it is at least what is shown."),
        gettext("Sums of different currencies are never added, and nothing is turned into another currency."),
    ]


def named(row: PlaceCosts) -> str:
    """The place of a row."""
    return place_words(row.place)
