"""The form by which a device makes a passkey."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.services.passkeys import Signed
from app.web.fields import LineField
from app.web.forms import ActForm
from app.web.public_address import site


class MakeForm(ActForm):
    """What the device is called, and the key that it has made, which the script puts in."""

    name = LineField(
        _l("Name of the device"),
        required=True,
        ask=_l("Say what this device is called"),
        length=60,
        hint=_l("So that you know it again in the list: for example “key on my ring” or “computer in the office”"),
    )
    made = HiddenField()

    def given(self) -> Signed:
        """What the browser sends of the key."""
        return Signed(str(self.made.data or ""), site())
