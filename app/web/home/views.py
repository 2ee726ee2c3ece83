"""My work: what waits for the member today."""

from flask import Blueprint, render_template

from app.services import work_page
from app.services.viewing import view
from app.web.guard import acting

home = Blueprint("home", __name__)


@home.get("/")
def my_work() -> str:
    """The page that a member starts from; one without a role reads why nothing is open to her yet."""
    if not acting().roles:
        return render_template("home/no_role.html")
    return render_template("home/my_work.html", page=view(acting(), "work:shown", work_page.page))
