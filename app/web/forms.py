"""What all forms share: the token against forgery, and the key that makes a form act once."""

import re
import secrets
from typing import Any

from flask import current_app, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FileField, HiddenField

from app.cipher import digest
from app.services.unit_of_work import Once
from app.web.form_messages import FormMessages
from app.web.phrases import phrase

UNCLAIMED = frozenset({"csrf_token", "step_up_code", "step_up_passkey"})
"""What is another each time the same form is sent."""
KEY = re.compile(r"[^A-Za-z0-9_-]")  # what is not part of a key that we made


def _with_files(form: Any) -> MultiDict[str, Any]:
    """What was sent, with files for the fields that ask for one and for no other."""
    asked = {field.name for field in form if isinstance(field, FileField)}
    files = [each for each in request.files.items(multi=True) if each[0] in asked]
    return MultiDict([*files, *request.form.items(multi=True)])


class OwnForm(FlaskForm):
    """A form whose messages are spoken from our catalogue. It reads what is typed, and files where it takes them."""

    takes_files = False

    class Meta:
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Read what was handed in, else the form that was sent: a file in the place of a text is no answer."""
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            if request.method != "POST":
                return None
            return _with_files(form) if form.takes_files else request.form or None

        def get_translations(self, form: Any) -> FormMessages:
            """Take the messages of WTForms from us."""
            return FormMessages()

    def refuse(self, fields: dict[str, str]) -> None:
        """Put a service's refusals, keys or sentences, at the fields that caused them; the rest stand at the form."""
        for name, key in fields.items():
            message = phrase(key)
            field: Any = self._fields.get(name)
            if field is None:
                self.form_errors.append(message)
            else:
                field.errors = [*field.errors, message]


class ActForm(OwnForm):
    """A form that changes something. Its key is made when the page is shown and travels with it."""

    once = HiddenField(default=lambda: secrets.token_urlsafe(16))

    def claim(self) -> Once:
        """The key and the digest of route and body that it was sent with.

        The digest is kept for a while, and what is typed are names, which can be guessed: so a secret goes before them.
        """
        body = sorted((name, value) for name, value in request.form.items(multi=True) if name not in UNCLAIMED)
        told = digest(f"{current_app.secret_key!r}|{(request.path, body)!r}")
        return Once(KEY.sub("", str(self.once.data or ""))[:64], told)
