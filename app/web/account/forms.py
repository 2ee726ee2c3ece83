"""The forms of signing in."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.services.passkeys import Signed
from app.web.fields import LineField, SecretField
from app.web.forms import ActForm, OwnForm
from app.web.public_address import site

ADVICE = _l(
    "Best 15 characters or more, at least 12. Several words that only you put together are easy to keep in mind."
)


class SignInForm(OwnForm):
    """Name and password."""

    sign_in = LineField(
        _l("Sign-in name"),
        required=True,
        ask=_l("Enter your sign-in name"),
        length=100,
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    password = SecretField(
        _l("Password"),
        required=True,
        ask=_l("Enter your password"),
        render_kw={"autocomplete": "current-password"},
    )

    @property
    def told(self) -> tuple[str, str]:
        """Name and password as they were typed."""
        return self.sign_in.data or "", self.password.data or ""


def _code_field() -> LineField:
    """Where a code is typed, when signing in and when one is asked for again."""
    return LineField(
        _l("Code"),
        required=True,
        ask=_l("Enter the code"),
        length=40,
        hint=_l("Six digits that your app shows now. If you have lost it: one of your recovery codes."),
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "none"},
    )


def _take_recovery_codes_alone(field: LineField) -> None:
    field.label.text = _l("Recovery code")
    field.description = _l("One of the ten that you have written down. Each opens once, and that is recorded.")


class CodeForm(OwnForm):
    """The second factor as a code."""

    code = _code_field()

    def given(self) -> str:
        """The code as it was typed."""
        return str(self.code.data)

    def take_recovery_codes_alone(self) -> None:
        """Ask for no code of an app."""
        _take_recovery_codes_alone(self.code)


class PasskeyForm(OwnForm):
    """The second factor as a passkey has signed."""

    NAME = "passkey"

    passkey = HiddenField()

    def given(self) -> Signed:
        """What the browser sends of the key."""
        return Signed(str(self.passkey.data or ""), site())


class StepUpForm(OwnForm):
    """The second factor once more; its name is no other form's, since it travels with them."""

    NAME = "step_up_code"

    step_up_code = _code_field()

    def given(self) -> str:
        """The code as it was typed."""
        return str(self.step_up_code.data)

    def take_recovery_codes_alone(self) -> None:
        """Ask for no code of an app."""
        _take_recovery_codes_alone(self.step_up_code)


class StepUpPasskeyForm(OwnForm):
    """The same by a passkey, under a name of its own too."""

    NAME = "step_up_passkey"

    step_up_passkey = HiddenField()

    def given(self) -> Signed:
        """What the browser sends of the key."""
        return Signed(str(self.step_up_passkey.data or ""), site())


class InvitationForm(OwnForm):
    """An invitation, and the password that is chosen by it."""

    invitation = LineField(
        _l("Invitation"),
        required=True,
        ask=_l("Enter the invitation"),
        length=60,
        hint=_l("Four groups of letters and digits that your agency's administrator gave you"),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "data-from-address": ""},
    )
    password = SecretField(
        _l("Your own password"),
        required=True,
        ask=_l("Choose a password"),
        hint=ADVICE,
        render_kw={"autocomplete": "new-password"},
    )


class PasswordForm(ActForm):
    """Another password than the one that one has."""

    old = SecretField(_l("The password you have now"), required=True, render_kw={"autocomplete": "current-password"})
    new = SecretField(
        _l("The new password"),
        required=True,
        hint=ADVICE,
        render_kw={"autocomplete": "new-password"},
    )
