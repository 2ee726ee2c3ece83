"""Life in a house on the page of a case: for the advocate, the social worker and their supervisor."""

from uuid import UUID

from flask import Blueprint, render_template

from app.services import limit_page
from app.services.viewing import view
from app.web.guard import acting

house_life = Blueprint("house_life", __name__)


@house_life.get("/cases/<uuid:case_id>/house")
def of_case(case_id: UUID) -> str:
    """What a house has ordered and written down of a resident, as far as it is theirs to read."""
    page = view(acting(), "house_life:opened", limit_page.of_case, case_id=case_id)
    return render_template("house_life/of_case.html", page=page)
