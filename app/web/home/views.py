"""My work: what waits for the member today."""

from flask import Blueprint, render_template

home = Blueprint("home", __name__)


@home.get("/")
def my_work() -> str:
    """The page that a member starts from."""
    return render_template("home/my_work.html")
