"""Which language a page is shown in, and that forms speak it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, Request
from flask.ctx import RequestContext
from flask.sessions import SessionInterface
from flask_babel import Babel, ngettext
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length

from app.web.forms import OwnForm
from app.web.languages import COOKIE, LANGUAGES, chosen_language, data_language, page_language
from app.web.session import BrowserSession

ROOT = Path(__file__).parents[3]


class SpokenForm(OwnForm):
    """A form that leaves its messages to WTForms."""

    name = StringField(validators=[InputRequired()])
    place = StringField(validators=[Length(min=3)])
    age = IntegerField()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The smallest application that speaks from our catalogues, compiled here."""
    folder = tmp_path_factory.mktemp("translations")
    for path in sorted((ROOT / "app/translations").glob("*/LC_MESSAGES/messages.po")):
        made = folder / path.relative_to(ROOT / "app/translations").with_suffix(".mo")
        made.parent.mkdir(parents=True)
        with path.open("rb") as source, made.open("wb") as target:
            write_mo(target, read_po(source, locale=path.parts[-3]))
    application = Flask(__name__)
    application.config.update(SECRET_KEY="for tests", BABEL_TRANSLATION_DIRECTORIES=str(folder), WTF_CSRF_ENABLED=False)
    Babel(application, locale_selector=chosen_language)
    return application


def _asking(app: Flask, asked: str = "", cookie: str = "") -> RequestContext:
    headers = {"Accept-Language": asked} | ({"Cookie": f"{COOKIE}={cookie}"} if cookie else {})
    return app.test_request_context("/", method="POST", data={"place": "a", "age": "x"}, headers=headers)


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "en"),
        ("sq", "sq"),
        ("sq-XK,sq;q=0.9,en;q=0.8", "sq"),
        ("sr", "sr_Latn"),
        ("sr-RS", "sr_Latn"),
        ("sr-Latn-XK", "sr_Latn"),
        ("sr-Latn-RS,en;q=0.5", "sr_Latn"),
        ("sr-Cyrl-RS", "sr_Latn"),
        ("bs-BA", "sr_Latn"),
        ("de-DE,sq;q=0.7,en;q=0.3", "sq"),
        ("de-DE,tr;q=0.7", "en"),
        ("sq;q=0,en", "en"),
        ("*", "en"),
        ("no such header;;q=x", "en"),
    ],
)
def test_page_is_shown_in_the_language_that_the_browser_asks_for(app: Flask, asked: str, language: str) -> None:
    with _asking(app, asked):
        assert chosen_language() == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_kept_in_the_cookie_goes_before_what_the_browser_asks_for(app: Flask, language: str) -> None:
    with _asking(app, "sq,sr;q=0.9,en;q=0.8", cookie=language):
        assert chosen_language() == language


@pytest.mark.parametrize("cookie", ["de", "sr", "../../etc", "SQ"])
def test_cookie_with_a_language_we_do_not_have_is_passed_by(app: Flask, cookie: str) -> None:
    with _asking(app, "sr-RS", cookie=cookie):
        assert chosen_language() == "sr_Latn"


class AlbanianMember(SessionInterface):
    """Opens the session of a member who reads Albanian."""

    def open_session(self, app: Flask, request: Request) -> BrowserSession:
        return BrowserSession({}, None, None, "sq")


def test_language_of_the_member_goes_before_what_the_browser_asks_for() -> None:
    app = Flask(__name__)
    app.session_interface = AlbanianMember()

    with _asking(app, "sr-RS"):
        assert chosen_language() == "sq"


def test_language_outside_a_request_is_english() -> None:
    assert chosen_language() == "en"


@pytest.mark.parametrize(
    ("cookie", "tag", "key"), [("en", "en", "en"), ("sq", "sq", "sq"), ("sr_Latn", "sr-Latn", "sr")]
)
def test_language_has_a_tag_for_the_page_and_a_key_for_labels(app: Flask, cookie: str, tag: str, key: str) -> None:
    with _asking(app, cookie=cookie):
        assert (page_language(), data_language()) == (tag, key)


@pytest.mark.parametrize(
    ("cookie", "required", "short", "number"),
    [
        ("en", "This field is required.", "Field must be at least 3 characters long.", "Not a valid integer value."),
        (
            "sq",
            "Kjo fushë duhet të plotësohet.",
            "Fusha duhet të ketë së paku 3 shenja.",
            "Duhet të jetë numër i plotë.",
        ),
        ("sr_Latn", "Ovo polje mora da se popuni.", "Polje mora da ima najmanje 3 znaka.", "Mora da bude ceo broj."),
    ],
    ids=LANGUAGES,
)
def test_form_speaks_the_language_of_the_page(app: Flask, cookie: str, required: str, short: str, number: str) -> None:
    with _asking(app, cookie=cookie):
        form = SpokenForm()
        form.validate()

    assert form.errors == {"name": [required], "place": [short], "age": [number]}


@pytest.fixture
def in_serbian(app: Flask) -> Iterator[None]:
    with _asking(app, cookie="sr_Latn"):
        yield


@pytest.mark.usefixtures("in_serbian")
@pytest.mark.parametrize(
    ("number", "form"),
    [(1, "znak"), (3, "znaka"), (5, "znakova"), (21, "znak"), (112, "znakova")],
)
def test_serbian_takes_the_form_that_the_number_needs(number: int, form: str) -> None:
    one, many = "Field must be exactly %(max)d character long.", "Field must be exactly %(max)d characters long."

    assert ngettext(one, many, number, max=number).endswith(f" {number} {form}.")
