"""What the page of nights shows beside the numbers themselves: its form and its picture."""

from collections.abc import Mapping

from flask import url_for
from flask_babel import gettext

from app.errors import Invalid
from app.services import occupancy as service
from app.services import occupancy_exports
from app.services.occupancy import Occupancy
from app.web.charts import Chart, Series, columns
from app.web.guard import acting
from app.web.lines_page import LinesPage
from app.web.occupancy.forms import NightsForm
from app.web.occupancy.words import axis_words
from app.web.questions import today


def asked_form(asked: Mapping[str, str]) -> NightsForm:
    """The form of an address, for the reader."""
    return NightsForm.of(asked, service.reader_of(acting()))


def fits(form: NightsForm) -> bool:
    """Whether the form asks for what can be counted for this reader; what is wrong stands at its field."""
    if not form.validate():
        return False
    try:
        service.refuse_period(service.reader_of(acting()), form.period, today())
    except Invalid as refusal:
        form.refuse(refusal.fields)
    return not form.errors


def found(form: NightsForm) -> Occupancy | None:
    """The nights that a form asks for, or None where something needs another look."""
    return service.occupancy(acting(), form.period) if fits(form) else None


def lines_of(form: NightsForm) -> LinesPage:
    """The page on which another is asked to agree to the lines of stays in a form's days."""
    period, address = form.period, form.period_address()
    return LinesPage(
        period=period,
        here=url_for("occupancy.lines", **address),
        back=url_for("occupancy.index", **address),
        files=[(url_for("occupancy.export_placements", **address), gettext("Placements by pseudonym (CSV)"))],
        state=lambda: occupancy_exports.state(acting(), period),
        ask=lambda once: occupancy_exports.ask(acting(), period, once),
    )


def picture(shown: Occupancy) -> Chart:
    """The nights slept as columns under the line of the beds that there were."""
    by_day = shown.is_by_day
    described = (
        gettext("A column for each day: in how many beds somebody slept. The line shows how many beds there were.")
        if by_day
        else gettext("A column for each month: the nights slept. The line shows how many there could have been.")
    )
    return columns(
        "nights",
        gettext("Beds slept in by day") if by_day else gettext("Nights slept by month"),
        described,
        gettext("Day") if by_day else gettext("Month"),
        [axis_words(one, by_day=by_day) for one in shown.columns],
        [Series(gettext("Nights slept"), [one.slept for one in shown.columns])],
        Series(gettext("Beds"), [one.capacity for one in shown.columns]),
    )
