"""Refuses a form of more fields than any page has before it is read: two million letters of them cost seconds."""

from flask import Flask, abort, request

MOST_FIELDS = 5000


def refuse_many_fields() -> None:
    """Answer 413 where a form of the plain kind has too many; of one with files the parts are limited already."""
    if request.mimetype == "application/x-www-form-urlencoded" and request.get_data().count(b"&") >= MOST_FIELDS:
        abort(413)


def register_field_count(app: Flask) -> None:
    """Count before anything reads the form: the token against forgery is looked for in it."""
    app.before_request(refuse_many_fields)
