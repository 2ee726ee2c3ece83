"""What all forms share: the token against forgery, and the key that makes a form act once."""

import secrets
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField

from app.cipher import digest
from app.services.unit_of_work import Once


class ActForm(FlaskForm):
    """A form that changes something. Its key is made when the page is shown and travels with it."""

    once = HiddenField(default=lambda: secrets.token_urlsafe(16))

    def claim(self) -> Once:
        """The key and the digest of route and body that it was sent with."""
        body = sorted((name, value) for name, value in request.form.items(multi=True) if name != "csrf_token")
        return Once(str(self.once.data or "")[:64], digest(repr((request.path, body))))

    def refuse(self, fields: dict[str, str]) -> None:
        """Put a service's refusals at the fields that caused them; what fits no field stands at the form."""
        for name, message in fields.items():
            field: Any = self._fields.get(name)
            if field is None:
                self.form_errors.append(message)
            else:
                field.errors = [*field.errors, message]
