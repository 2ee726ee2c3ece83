"""Makes the application from settings and parts. Refuses to start with a route that the policy does not name."""

from collections.abc import Callable

from flask import Flask
from whitenoise import WhiteNoise

from app.cli import register_commands
from app.errors import Unconfigured
from app.extensions import babel, compress, csrf, login
from app.security.keyring import Keyring, ensure_key_file, load_keyring
from app.security.policy import PERMISSIONS, ROUTES
from app.services import unit_of_work
from app.services.unit_of_work import Database, Parts
from app.web import register_blueprints
from app.web.errors import register_errors
from app.web.filters import register_filters
from app.web.guard import load_user, register_guard
from app.web.headers import register_headers
from app.web.languages import chosen_language
from app.web.navigation import register_navigation
from app.web.session import ServerSession
from app.web.sop.words import register_sop_words
from config import ROOT, Settings, from_environment


def create_app(settings: Settings | None = None, parts: Parts | None = None) -> Flask:
    """The application. `parts` swaps pieces for control tests; production refuses any (design decision 21)."""
    settings = settings or from_environment()
    parts = parts or Parts()
    if settings.is_production and not parts.are_real:
        raise Unconfigured("production takes no swapped parts")
    app = Flask("app", root_path=str(ROOT / "app"), static_url_path="/static")
    if not settings.is_production:
        ensure_key_file(settings.key_file)
    keyring = load_keyring(settings.key_file)
    database = Database(settings.database_url, keyring, parts)
    _configure(app, settings, keyring)
    if settings.is_production:
        database.refuse_unsafe_role()
    app.extensions["database"] = database
    app.session_interface = ServerSession(settings)
    app.before_request(_binding(database))
    babel.init_app(app, locale_selector=chosen_language)
    compress.init_app(app)
    csrf.init_app(app)
    login.init_app(app)
    login.request_loader(load_user)
    register_guard(app, parts.routes or ROUTES)
    register_headers(app, settings)
    register_errors(app)
    register_filters(app)
    register_sop_words(app)
    register_navigation(app)
    register_blueprints(app)
    register_commands(app)
    refuse_unlisted_routes(app)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=str(ROOT / "app" / "static"), prefix="static/", max_age=3600
    )
    return app


def _configure(app: Flask, settings: Settings, keyring: Keyring) -> None:
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=keyring.named("forms").hex(),
        MAX_CONTENT_LENGTH=settings.upload_limit,
        MAX_FORM_MEMORY_SIZE=settings.upload_limit,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="en",
        BABEL_TRANSLATION_DIRECTORIES="translations",
        TEMPLATES_AUTO_RELOAD=False,
        # A list of all countries is 90 KB plain and a tenth of it so. The length of a compressed page tells nobody what
        # stands in it: the session's cookie stays at home when another site asks, so none can put guesses beside it.
        COMPRESS_MIMETYPES=["text/html"],
        COMPRESS_LEVEL=4,
    )


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
