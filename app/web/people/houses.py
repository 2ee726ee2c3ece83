"""Pages of an agency's duty roster, and of a shelter's kind, rooms and beds."""

from uuid import UUID

from flask import Response, render_template
from flask_babel import gettext

from app.errors import NotFound
from app.queries import people as queries
from app.services import agencies, focal_points, house_pages, house_periods
from app.services.agencies import NewShift
from app.services.reading import look
from app.services.viewing import view
from app.web.attempts import attempt, status_of
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.houses.forms import PeriodForm
from app.web.people.forms import FocalPointsForm, HouseForm, RoomForm, ShelterForm, ShiftForm
from app.web.people.views import Answer, agency_or_missing, people, to_agency


@people.route("/people/agencies/<uuid:agency_id>/duty/new", methods=["GET", "POST"])
def new_shift(agency_id: UUID) -> Answer:
    """Put someone on the duty roster."""
    known = agency_or_missing(agency_id)
    form = ShiftForm.of(look(acting(), queries.members, agency_id=agency_id))
    if form.validate_on_submit():
        shift = NewShift(member_id=UUID(form.member.data), **form.told)
        if attempt(form, lambda: agencies.add_shift(acting(), agency_id, shift, form.claim())):
            return to_agency(agency_id, gettext("The duty roster is changed."))
    return render_template("people/shift.html", form=form, agency=known), status_of(form)


@people.route("/people/agencies/<uuid:agency_id>/focal-points", methods=["GET", "POST"])
def edit_focal_points(agency_id: UUID) -> Answer:
    """Say whom others turn to in an agency, and who answers in her place."""
    page = agencies.whole(acting(), agency_id)
    form = FocalPointsForm.of(page.members, page.focal_points)
    if form.validate_on_submit() and attempt(
        form, lambda: focal_points.set_points(acting(), agency_id, *form.told, form.claim())
    ):
        return to_agency(agency_id, gettext("The focal point is set."))
    return render_template("people/focal_points.html", form=form, agency=page.agency), status_of(form)


@people.post("/people/duty/<uuid:shift_id>/end")
def end_shift(shift_id: UUID) -> Response:
    """Take someone off the duty roster."""
    made = agencies.end_shift(acting(), shift_id, ActForm().claim())
    return to_agency(made["agency_id"], gettext("The duty roster is changed."))


@people.route("/people/agencies/<uuid:agency_id>/shelter", methods=["GET", "POST"])
def edit_shelter(agency_id: UUID) -> Answer:
    """What kind of place a shelter is."""
    known, shelter = agency_or_missing(agency_id), look(acting(), queries.shelter, agency_id=agency_id)
    if shelter is None:
        raise NotFound
    form = ShelterForm.of(shelter)
    if form.validate_on_submit() and attempt(
        form, lambda: agencies.change_shelter(acting(), agency_id, form.told, form.claim())
    ):
        return to_agency(agency_id, gettext("The shelter is changed."))
    return render_template("people/shelter.html", form=form, agency=known), status_of(form)


@people.route("/people/agencies/<uuid:agency_id>/rooms", methods=["GET", "POST"])
def add_room(agency_id: UUID) -> Answer:
    """Add a room, or beds to one that is there."""
    known, form = agency_or_missing(agency_id), RoomForm.of(look(acting(), queries.houses, agency_id=agency_id))
    if form.validate_on_submit():
        room, beds = str(form.room.data), form.beds.data or 0
        if attempt(form, lambda: agencies.add_room(acting(), agency_id, room, beds, form.claim(), form.house_id)):
            return to_agency(agency_id, gettext("The beds are added."))
    return render_template("people/room.html", form=form, agency=known), status_of(form)


@people.route("/people/agencies/<uuid:agency_id>/houses", methods=["GET", "POST"])
def add_house(agency_id: UUID) -> Answer:
    """Add a house to a shelter."""
    known, form = agency_or_missing(agency_id), HouseForm()
    if look(acting(), queries.shelter, agency_id=agency_id) is None:
        raise NotFound
    if form.validate_on_submit():
        name = str(form.house.data)
        if attempt(form, lambda: agencies.add_house(acting(), agency_id, name, form.claim())):
            return to_agency(agency_id, gettext("The house is added."))
    return render_template("people/new_house.html", form=form, agency=known), status_of(form)


@people.route("/people/houses/<uuid:premises_id>", methods=["GET", "POST"])
def house(premises_id: UUID) -> Answer:
    """When a house takes nobody; an administrator suspends and closes too, and reads no note."""
    page = view(acting(), "premises:looked", house_pages.whole, premises_id=premises_id, as_administrator=True)
    form = PeriodForm()
    if form.validate_on_submit() and attempt(
        form, lambda: house_periods.set_period(acting(), premises_id, form.told, form.claim())
    ):
        return to_agency(str(page.house.agency_id), gettext("Recorded."))
    known = agency_or_missing(page.house.agency_id)
    return render_template("people/house_periods.html", page=page, form=form, agency=known), status_of(form)


@people.post("/people/beds/<uuid:bed_id>/<any(retire, restore):turn>")
def set_bed(bed_id: UUID, turn: str) -> Response:
    """Take a bed out of use, or into it again."""
    made = agencies.set_bed(acting(), bed_id, is_active=turn == "restore", once=ActForm().claim())
    return to_agency(made["agency_id"], gettext("The bed is changed."))
