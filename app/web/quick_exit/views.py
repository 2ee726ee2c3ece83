"""Out of here at once: the session ends, and a page opens that says nothing of where she was."""

import calendar as months
from datetime import date

from babel.dates import format_skeleton
from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from app.clock import local_day, utc_now
from app.extensions import csrf
from app.services import sessions
from app.web.days import LOCALES
from app.web.filters import weekday_words
from app.web.languages import chosen_language
from app.web.session import brought_token, browser_token

quick_exit = Blueprint("quick_exit", __name__)

A_MONDAY = date(2024, 1, 1)


@quick_exit.post("/leave")
@csrf.exempt
def leave() -> Response:
    """End the session and lead to the calendar. A page that lay open too long leads there too, not to a complaint."""
    if _is_hers() and browser_token():
        sessions.end_session(browser_token() or "")
    if brought_token():
        g.fresh_token = ""
    answer: Response = redirect(url_for("quick_exit.calendar"))  # type: ignore[assignment]
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _is_hers() -> bool:
    """Whether one of our pages sent it: another site's form would sign nobody out."""
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


@quick_exit.get("/calendar")
def calendar() -> str:
    """This month, and nothing else."""
    today = local_day(utc_now())
    weeks = months.Calendar().monthdatescalendar(today.year, today.month)
    heads = [weekday_words(A_MONDAY.replace(day=number)) for number in range(1, 8)]
    month = format_skeleton("yMMMM", today, locale=LOCALES[chosen_language()])
    return render_template("quick_exit/calendar.html", today=today, month=month, weeks=weeks, heads=heads)
