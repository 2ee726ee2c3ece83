"""The forms of an erasure."""

from flask_babel import lazy_gettext as _l

from app.web import fields
from app.web.forms import ActForm


class AskForm(ActForm):
    """Why a case is to be erased."""

    reason = fields.CodeField(_l("Why is the case to be erased?"), codes="erasure_reason", required=True)
