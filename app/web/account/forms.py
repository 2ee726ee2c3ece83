"""The forms of signing in."""

from flask_babel import lazy_gettext as _l

from app.web.fields import LineField, SecretField
from app.web.forms import ActForm, OwnForm


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


class PasswordForm(ActForm):
    """Another password than the one that one has."""

    old = SecretField(_l("The password you have now"), required=True, render_kw={"autocomplete": "current-password"})
    new = SecretField(
        _l("The new password"),
        required=True,
        hint=_l("At least 12 characters. Several words that only you put together are easy to keep in mind."),
        render_kw={"autocomplete": "new-password"},
    )
