"""The page that asks for a second factor: for a passkey where she has one, else, or besides, for a code."""

from typing import Any
from uuid import UUID

from flask import render_template

from app.services import passkeys
from app.web.account.forms import CodeForm, StepUpForm
from app.web.public_address import elsewhere, site
from app.web.session import browser_token


def page(template: str, member_id: UUID, form: Any, codes: type[CodeForm | StepUpForm], **told: Any) -> str:
    """The page with both questions; `form` is the one that was sent, and says what is wrong with it."""
    asked = passkeys.asked_to_sign(member_id, browser_token() or "", site())
    code_form = form if isinstance(form, codes) else codes(formdata=None)
    if asked is not None and not asked.takes_codes:
        code_form.take_recovery_codes_alone()
    return render_template(template, form=form, code_form=code_form, asked=asked, elsewhere=elsewhere(), **told)
