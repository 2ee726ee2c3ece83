"""Makes the application from settings and parts. Refuses to start with a route that the policy does not name."""

from collections.abc import Callable
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

from app import journal
from app.cli import register_commands
from app.errors import Unconfigured
from app.extensions import babel, compress, csrf, login
from app.security.keyring import DEMO, KeyFile, Keyring, ensure_key_file, refuse_demo_key
from app.security.policy import PERMISSIONS
from app.security.routes import ROUTES
from app.security.step_up import STEP_UP
from app.services import factors, unit_of_work
from app.services.database_log import refuse_telling_log
from app.services.key_fit import refuse_foreign_keys
from app.services.unit_of_work import Database, Parts
from app.vocabulary.retention import PERIODS, Period, periods
from app.web import register_blueprints
from app.web.errors import register_errors
from app.web.field_count import register_field_count
from app.web.filters import register_filters
from app.web.guard import load_user, register_guard
from app.web.headers import HEADERS, TLS_ALONE, register_headers
from app.web.languages import chosen_language
from app.web.navigation import register_navigation
from app.web.noting import register_noting
from app.web.other_sites import register_other_sites
from app.web.proxies import BehindOurServers
from app.web.report_gate import ReportGate
from app.web.session import ServerSession
from app.web.sop.words import register_sop_words
from config import ROOT, Settings, from_environment


def create_app(settings: Settings | None = None, parts: Parts | None = None) -> Flask:
    """The application. `parts` swaps pieces for control tests; production refuses any (design decision 21)."""
    settings = settings or from_environment()
    parts = parts or Parts()
    if settings.is_production and not parts.are_real:
        raise Unconfigured("production takes no swapped parts")
    journal.start(settings.log_level, is_spare=parts.log_is_spare)
    app = Flask("app", root_path=str(ROOT / "app"), static_url_path="/static")
    keys = _keys(settings)
    database = Database(settings.database_url, keys, parts)
    database.periods = _periods(settings)
    _configure(app, settings, keys.now())
    if settings.is_production:
        _refuse_unsafe(database)
    app.extensions["database"] = database
    app.extensions["report_gate"] = ReportGate()
    app.session_interface = ServerSession(settings)
    register_noting(app, keys.now().named("journal"))
    app.before_request(_binding(database))
    register_other_sites(app, are_refused=parts.other_sites_are_refused)
    register_field_count(app)
    _extend(app)
    register_guard(app, parts.routes or ROUTES, STEP_UP if parts.step_up is None else parts.step_up)
    register_headers(app, settings, parts.headers_left_out)
    for register in (register_errors, register_filters, register_sop_words, register_navigation, register_blueprints):
        register(app)
    register_commands(app)
    refuse_unlisted_routes(app)
    app.wsgi_app = BehindOurServers(_with_files(app, settings), settings.trusted_proxies)  # type: ignore[method-assign,assignment]
    return app


def _with_files(app: Flask, settings: Settings) -> WhiteNoise:
    """The application with its files beside it, which have the headers of its pages."""
    told = HEADERS | (TLS_ALONE if settings.is_production else {})

    def add(headers: Headers, _path: str, _url: str) -> None:
        for name, value in told.items():
            headers[name] = value

    folder = str(ROOT / "app" / "static")
    return WhiteNoise(app.wsgi_app, folder, "static/", max_age=3600, allow_all_origins=False, add_headers_function=add)


def _keys(settings: Settings) -> KeyFile:
    """The key file; a demonstration makes its own, and production takes none of those."""
    if settings.is_production:
        refuse_demo_key(settings.key_file)
    else:
        ensure_key_file(settings.key_file, DEMO)
    return KeyFile(settings.key_file)


def _periods(settings: Settings) -> dict[str, Period]:
    """How long data are kept here. Raises Unconfigured for a file that says nothing whole: none is kept for ever."""
    try:
        return periods(settings.retention_file or PERIODS)
    except OSError:
        raise Unconfigured("RETENTION_FILE names no file that can be read") from None
    except ValueError as wrong:
        raise Unconfigured(f"RETENTION_FILE does not say how long data are kept: {wrong}") from None


def _refuse_unsafe(database: Database) -> None:
    """What production does not start with, each with its reason."""
    journal.catch_the_rest()
    database.refuse_unsafe_role()
    refuse_telling_log(database)
    refuse_foreign_keys(database)
    _refuse_demo_people(database)


def _extend(app: Flask) -> None:
    babel.init_app(app, locale_selector=chosen_language)
    compress.init_app(app)
    csrf.init_app(app)
    login.init_app(app)
    login.request_loader(load_user)


def _configure(app: Flask, settings: Settings, keyring: Keyring) -> None:
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=keyring.named("forms").hex(),
        MAX_CONTENT_LENGTH=settings.request_limit,
        MAX_FORM_MEMORY_SIZE=settings.upload_limit,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # it asks for a referrer, which our pages keep to themselves; see web/other_sites
        BABEL_DEFAULT_LOCALE="en",
        BABEL_TRANSLATION_DIRECTORIES="translations",
        TEMPLATES_AUTO_RELOAD=False,
        # A list of all countries is 90 KB plain and a tenth of it so. The length of a compressed page tells nobody what
        # stands in it: the session's cookie stays at home when another site asks, so none can put guesses beside it.
        COMPRESS_MIMETYPES=["text/html"],
        COMPRESS_LEVEL=4,
    )


def _refuse_demo_people(database: Database) -> None:
    """Raise Unconfigured where somebody could sign in whose password is printed for everyone to read."""
    if factors.demo_people(database):
        raise Unconfigured("the database holds invented people of the demonstration, whose passwords are known to all")


def _binding(database: Database) -> Callable[[], None]:
    def bind_database() -> None:
        unit_of_work.bind(database)

    return bind_database


def refuse_unlisted_routes(app: Flask) -> None:
    """Deny by default: raises Unconfigured naming each route that has no row in the policy, and each row gone stale."""
    known = {rule.endpoint for rule in app.url_map.iter_rules()}
    unlisted = sorted(known - set(ROUTES))
    stale = sorted(set(ROUTES) - known)
    unknown = sorted({permission for permission in ROUTES.values() if permission not in PERMISSIONS})
    if unlisted or stale or unknown:
        raise Unconfigured(f"routes without a policy: {unlisted}; without a route: {stale}; no such: {unknown}")
