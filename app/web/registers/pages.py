"""What the pages of a register show, and where each act leads. The file's own words are shown to its agency alone."""

from collections.abc import Callable
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.errors import Refusal
from app.registers.faults import ERROR, Fault, RegisterFault
from app.services import register_drafts, registers
from app.services.register_drafts import DraftPage, Trial
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.paging import page_number
from app.web.registers import words
from app.web.registers.forms import MappingForm, ReadAsForm, UploadForm, mapping_form

Answer = str | tuple[str, int] | Response
FAULTS_SHOWN = 200
RECEIPTS = 25


def index(form: UploadForm, status: int = 200) -> tuple[str, int]:
    """Past imports, and the form for another file."""
    number = page_number(request.args)
    found = registers.receipts(acting(), number, RECEIPTS)
    shown = {"receipts": found[:RECEIPTS], "more": len(found) > RECEIPTS, "number": number}
    return render_template("registers/index.html", form=form, **shown), status


def keep(form: UploadForm) -> Answer:
    """Keep the file as a draft; one that was taken in before leads to its receipt."""
    content = form.content
    known = registers.receipt_of_file(acting(), content)
    if known is not None:
        return _receipt(known.import_id, was_there=True)
    try:
        draft_id = register_drafts.keep_draft(acting(), content)
    except RegisterFault as fault:
        form.refuse({"register": words.file_sentence(fault)})
        return index(form, 422)
    return redirect(url_for("registers.read", draft_id=draft_id))  # type: ignore[return-value]


def read_as() -> str:
    """The mapping named in the address; any other text leads to the best fitting."""
    return request.args.get("read_as", "")[:200]


def mapping_page(page: DraftPage, form: MappingForm, status: int = 200) -> tuple[str, int]:
    """What each column holds, beside a few of its cells."""
    return render_template("registers/read.html", page=page, form=form, other=ReadAsForm.of(page)), status


def settle(draft_id: UUID) -> Answer:
    """Keep what was chosen and try it; or show the page again with what is missing."""
    page = register_drafts.open_draft(acting(), draft_id, read_as())
    form = mapping_form(page)
    if not form.validate():
        return mapping_page(page, form, 422)
    try:
        register_drafts.settle(acting(), draft_id, form.settled(read_as()), form.claim())
    except RegisterFault as fault:
        form.form_errors.append(words.file_sentence(fault))
        return mapping_page(page, form, 422)
    except Refusal as refusal:
        form.refuse({"save_as": refusal.key})
        return mapping_page(page, form, 422)
    return redirect(url_for("registers.check", draft_id=draft_id))  # type: ignore[return-value]


def or_back(draft_id: UUID, show: Callable[[], Answer]) -> Answer:
    """What is shown; where the file cannot be read in this way, the page that says what its columns hold."""
    try:
        return show()
    except RegisterFault as fault:
        flash(words.file_sentence(fault), "important")
        return redirect(url_for("registers.read", draft_id=draft_id))  # type: ignore[return-value]


def check_page(draft_id: UUID) -> str:
    """What the file would become, every fault by row and column, warnings apart."""
    tried = register_drafts.dry_run(acting(), draft_id)
    errors = [fault for fault in tried.parsed.faults if fault.severity == ERROR]
    warnings = [fault for fault in tried.parsed.faults if fault.severity != ERROR]
    return render_template(
        "registers/check.html",
        draft_id=draft_id,
        tried=tried,
        form=ActForm(),
        months=_months(tried),
        errors=_told(errors),
        warnings=_told(warnings),
        numbers={"errors": len(errors), "warnings": len(warnings)},
        reading=words.mapping_words(tried.mapping.name, words.preset_label(tried.mapping.name)),
        has_unknown_words=any(fault.kind == "code_unknown" for fault in tried.parsed.faults),
    )


def _told(faults: list[Fault]) -> list[tuple[int, str]]:
    return [(fault.row, words.fault_sentence(fault)) for fault in faults[:FAULTS_SHOWN]]


def _months(tried: Trial) -> list[tuple[int, int]]:
    return sorted({month for counted in tried.months.values() for month in counted})


def take_in(draft_id: UUID, form: ActForm) -> Answer:
    """Take the rows in and show the receipt."""
    receipt = registers.import_draft(acting(), draft_id, form.claim())
    return _receipt(receipt.import_id, was_there=receipt.was_there)


def _receipt(import_id: UUID, *, was_there: bool) -> Response:
    if was_there:
        flash(gettext("This file was taken in before. Nothing was changed."), "important")
    else:
        flash(gettext("The register is taken in."))
    return redirect(url_for("registers.receipt", import_id=import_id))  # type: ignore[return-value]


def mend_file(draft_id: UUID) -> Response:
    """The rows to mend, as a file that can be taken in once it is mended."""
    content = register_drafts.mend_file(acting(), draft_id, gettext("To mend"), words.fault_sentence)
    head = {"Content-Disposition": 'attachment; filename="rows-to-mend.csv"'}
    return Response(content, mimetype="text/csv", headers=head)
