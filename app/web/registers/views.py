"""An agency's register: upload, what its columns hold, a dry run, taking it in, the receipt."""

from uuid import UUID

from flask import Blueprint, render_template

from app.services import register_drafts
from app.services.registers import find_receipt
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.registers import pages, words
from app.web.registers.forms import UploadForm, mapping_form

registers = Blueprint("registers", __name__)


@registers.get("/registers")
def index() -> pages.Answer:
    """The registers that were taken in, and the form for another."""
    return pages.index(UploadForm())


@registers.post("/registers")
def upload() -> pages.Answer:
    """Bring a file."""
    form = UploadForm()
    return pages.keep(form) if form.validate() else pages.index(form, 422)


@registers.get("/registers/<uuid:draft_id>")
def read(draft_id: UUID) -> pages.Answer:
    """What each column of the file holds; the best fitting way to read it is chosen already."""
    page = register_drafts.open_draft(acting(), draft_id, pages.read_as())
    return pages.mapping_page(page, mapping_form(page))


@registers.post("/registers/<uuid:draft_id>")
def settle(draft_id: UUID) -> pages.Answer:
    """Keep what the columns hold."""
    return pages.settle(draft_id)


@registers.get("/registers/<uuid:draft_id>/check")
def check(draft_id: UUID) -> pages.Answer:
    """The dry run: what the file would become, and every fault."""
    return pages.or_back(draft_id, lambda: pages.check_page(draft_id))


@registers.get("/registers/<uuid:draft_id>/rows-to-mend")
def mend(draft_id: UUID) -> pages.Answer:
    """The rows that cannot be taken in, as a file with what is wrong."""
    return pages.or_back(draft_id, lambda: pages.mend_file(draft_id))


@registers.post("/registers/<uuid:draft_id>/import")
def take_in(draft_id: UUID) -> pages.Answer:
    """Take the rows without faults in."""
    return pages.or_back(draft_id, lambda: pages.take_in(draft_id, ActForm()))


@registers.get("/registers/imports/<uuid:import_id>")
def receipt(import_id: UUID) -> str:
    """What an import made."""
    found = find_receipt(acting(), import_id)
    reading = words.mapping_words(found.mapping_name, words.preset_label(found.mapping_name))
    return render_template("registers/receipt.html", receipt=found, reading=reading)
