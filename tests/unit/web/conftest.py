"""The smallest application that forms can be made in, and a way to post to one."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.web.languages import chosen_language

Posting = Callable[..., Any]


@pytest.fixture(scope="module")
def form_app() -> Flask:
    """An application without a page, that speaks English unless asked."""
    application = Flask(__name__)
    application.config["SECRET_KEY"] = "of a test"
    Babel(application, locale_selector=chosen_language)
    return application


@pytest.fixture
def request_context(form_app: Flask) -> Iterator[None]:
    """A request in English."""
    with form_app.test_request_context(headers={"Accept-Language": "en"}):
        yield


@pytest.fixture
def posted(request_context: None) -> Posting:
    """Post pairs to a form of one field `asked`; gives the field, validated."""

    def post(field: Any, *pairs: tuple[str, str], **kept: Any) -> Any:
        form = type("OneQuestion", (Form,), {"asked": field})(MultiDict(pairs), **kept)
        form.validate()
        return form.asked

    return post
