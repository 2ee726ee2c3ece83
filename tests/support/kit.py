"""One page with every component of the interface, for looking at and for axe. Everything on it is invented."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace as Thing
from typing import Any

from flask import Flask, render_template, request
from flask_wtf import FlaskForm
from jinja2 import ChoiceLoader, FileSystemLoader
from markupsafe import Markup

from app.web import charts, fields
from app.web.forms import ActForm

TEMPLATES = Path(__file__).parent / "templates"
NOW = datetime(2007, 3, 14, 9, 0, tzinfo=UTC)


class Everything(ActForm):
    """A field of every kind."""

    happened_on = fields.DateField("When did this happen?", required=True, past=True, hint="The day of the act itself")
    door = fields.CodeField("How the case came", codes="risk_level", required=True)
    country = fields.CodeField("Citizenship", codes="country")
    needs = fields.CodesField("Needs", codes="need", hint="All that apply")
    alone = fields.YesNoField("Could you speak with her alone?", required=True)
    child = fields.YesNoUnknownField("Is she under 18?", is_sometimes_required=True)
    name = fields.LineField("Alias", required=True)
    nights = fields.NumberField("Nights")
    account = fields.TextField("Reason", hint="What you saw and why you decide so", required=True)
    secret = fields.SecretField("Password")
    register = fields.UploadField("Register")
    row_version = fields.RowVersionField(default=3)


class Filters(FlaskForm):  # type: ignore[misc]
    """A form that only asks."""

    class Meta:
        csrf = False

    state = fields.ChoiceField("State", choices=[(str(number), f"State {number}") for number in range(9)])
    region = fields.CodeField("Region", codes="region")


def contents() -> Any:
    """What the page shows."""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    women, men = (2, 3, 1, 4, 2, 0, 3, 5, 2, 1, 3, 2), (0, 1, 0, None, 1, 0, 1, 2, 0, 0, 1, 1)
    return Thing(
        now=NOW,
        earlier=NOW.replace(day=12),
        later=NOW.replace(day=15),
        stages=[
            Thing(label="Identification", standing="done", on=date(2007, 3, 2), state="Identified"),
            Thing(label="Victim advocate", standing="current", on=date(2007, 3, 3), state="Assisting"),
            Thing(label="Shelter", standing="ahead", on=None, state=""),
            Thing(label="Return or reintegration", standing="not_needed", on=None, state=""),
        ],
        tasks=[
            Thing(label="Rate the risk together", url="/", hint="With the advocate and, for a child, a social worker"),
            Thing(label="Refer to a shelter", url="/", tag=Markup('<strong class="govuk-tag">Due</strong>')),
        ],
        shut=[Thing(label="Identify", reasons=["The risk is not rated yet.", "The advocate is not there."])],
        events=[
            Thing(title="Referral accepted", occurred_on=date(2007, 3, 3), recorded_at=NOW, by="M. Test"),
            Thing(title="Screened", occurred_on=date(2007, 3, 2), note="No means needed.\nA child.", taken_back="Typo"),
        ],
        facts=[("Sex", "Female"), ("Age", None), ("Language", "Romanian", "/")],
        rows=[
            Thing(code="KS-2007-K4T9", state="Assisting", on=date(2007, 3, 2), risk="high", nights=12),
            Thing(code="KS-2007-B2M7", state="In shelter", on=date(2007, 2, 11), risk="low", nights=31),
        ],
        months=charts.columns(
            "months", "Identified by month", "Most in August: 7.", "Month", months, [charts.Series("Women", women)]
        ),
        stacked=charts.columns(
            "stacked",
            "Identified by month and sex",
            "Women outnumber men in every month.",
            "Month",
            months,
            [charts.Series("Women", women), charts.Series("Men", men)],
        ),
        kinds=[("Sexual exploitation", 21), ("Forced labour", 8), ("Forced begging", 6), ("Other", None)],
        share=charts.share,
        regions=[("Prishtina", [12, 3, 4, 19]), ("Prizren", [8, 4, None, 16])],
        filters=Filters(request.args),
        confirmed=ActForm(),
    )


def show() -> tuple[str, int]:
    """The page: empty at first, with every error when it was sent."""
    form = Everything()
    status = 200 if request.method == "GET" or form.validate() else 422
    return render_template("kit.html", form=form, kit=contents()), status


def put_at_home(app: Flask) -> None:
    """Show the page in the place of My work, so that policy, head and headers around it are the real ones."""
    app.jinja_env.loader = ChoiceLoader([app.jinja_env.loader, FileSystemLoader(TEMPLATES)])  # type: ignore[list-item]
    app.view_functions["home.my_work"] = show
    for rule in app.url_map.iter_rules("home.my_work"):
        rule.methods = {"GET", "HEAD", "POST"}
