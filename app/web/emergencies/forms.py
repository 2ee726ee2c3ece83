"""The form by which a case is opened in an emergency."""

from flask_babel import lazy_gettext as _l

from app.web import fields
from app.web.forms import ActForm


class OpenForm(ActForm):
    """Which case, and why it cannot wait."""

    reference = fields.LineField(_l("Code of the case"), required=True, length=40, hint=_l("Such as KS-2014-MCS3B7XT"))
    reason = fields.TextField(
        _l("Why can it not wait?"),
        required=True,
        hint=_l("At least 20 characters. It stays on the case as a note."),
    )
