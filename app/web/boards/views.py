"""The page of all places over the next days."""

from flask import Blueprint, render_template

from app.services.places_board import places_board
from app.web.guard import acting

boards = Blueprint("boards", __name__)


@boards.get("/free-places")
def places() -> str:
    """How many beds are free where, as numbers."""
    return render_template("boards/places.html", board=places_board(acting()))
