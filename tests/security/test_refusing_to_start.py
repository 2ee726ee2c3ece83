"""What the application does not start with: a route without a row in the policy, parts of a demo in production."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete

import config
from app.errors import Unconfigured
from app.factory import create_app, refuse_unlisted_routes
from app.models.agency import MemberSecret
from app.security import routes
from app.security.keyring import DEMO, ensure_key_file
from app.services.unit_of_work import Parts
from app.vocabulary.retention import PERIODS
from tests.factories.world import Template, World, made_world
from tests.security.relations import above

OWNERS = "postgresql://throughcare_owner@db.example/throughcare"
APPLICATIONS = "postgresql://throughcare_app@db.example/throughcare"
PUBLIC = "https://cases.example"
SETTINGS = (
    "THROUGHCARE_ENV",
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "KEY_FILE",
    "RETENTION_FILE",
    "TRUSTED_PROXIES",
    "PUBLIC_ADDRESS",
    "PORT",
)


@pytest.fixture
def bare() -> Flask:
    """An application that has the routes of the policy and no others, each without a view."""
    made = Flask("bare", static_folder=None)
    for number, name in enumerate(routes.ROUTES):
        made.add_url_rule(f"/{number}", name)
    return made


def test_every_route_with_a_row_lets_the_application_start(bare: Flask) -> None:
    refuse_unlisted_routes(bare)

    assert len(list(bare.url_map.iter_rules())) == len(routes.ROUTES)


def test_a_route_without_a_row_ends_the_start(bare: Flask) -> None:
    bare.add_url_rule("/side-door", "cases.side_door")

    with pytest.raises(Unconfigured, match=r"without a policy: \['cases.side_door'\]"):
        refuse_unlisted_routes(bare)


def test_a_row_without_a_route_ends_the_start(bare: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(routes.ROUTES, "cases.gone", "case:read")

    with pytest.raises(Unconfigured, match=r"without a route: \['cases.gone'\]"):
        refuse_unlisted_routes(bare)


def test_a_row_with_a_permission_that_there_is_not_ends_the_start(bare: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(routes.ROUTES, "cases.show", "case:reed")

    with pytest.raises(Unconfigured, match=r"no such: \['case:reed'\]"):
        refuse_unlisted_routes(bare)


def test_the_application_itself_looks_for_them(
    sqlite_template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(routes.ROUTES, "cases.show")

    with made_world(sqlite_template, tmp_path) as world, pytest.raises(Unconfigured, match="cases.show"):
        create_app(world.settings)


@pytest.mark.parametrize(
    "parts", [Parts(scope_is_on=False), Parts(acts_once=False), Parts(routes={})], ids=["scope", "once", "routes"]
)
def test_production_takes_no_swapped_part(sqlite_template: Template, tmp_path: Path, parts: Parts) -> None:
    with made_world(sqlite_template, tmp_path) as world, pytest.raises(Unconfigured, match="swapped"):
        create_app(_in_production(world), parts)


def test_production_makes_no_key_of_its_own(sqlite_template: Template, tmp_path: Path) -> None:
    with made_world(sqlite_template, tmp_path) as world, pytest.raises(Unconfigured, match="no usable key"):
        create_app(replace(_in_production(world), key_file=tmp_path / "none.json"))

    assert not (tmp_path / "none.json").exists()


def _in_production(world: World) -> config.Settings:
    return replace(world.settings, environment="production", cookie_is_secure=True)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        pytest.param({"DATABASE_URL": APPLICATIONS, "DATABASE_OWNER_URL": OWNERS}, "KEY_FILE", id="no key file named"),
        pytest.param({"DATABASE_URL": OWNERS, "KEY_FILE": "/k"}, "owner", id="one address for owner and application"),
    ],
)
def test_production_names_what_it_lacks(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], said: str
) -> None:
    _set_out(monkeypatch, THROUGHCARE_ENV="production", **environment)

    with pytest.raises(Unconfigured, match=said):
        config.from_environment()


def test_production_with_all_of_it_has_a_secure_cookie(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = {"DATABASE_URL": f"{APPLICATIONS}?sslmode=verify-full", "DATABASE_OWNER_URL": OWNERS}
    _set_out(monkeypatch, THROUGHCARE_ENV="production", KEY_FILE="/k", PUBLIC_ADDRESS=PUBLIC, **addresses)

    found = config.from_environment()

    assert (found.is_production, found.cookie_is_secure) == (True, True)


def test_a_demonstration_needs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    _set_out(monkeypatch)

    found = config.from_environment()

    assert (found.is_production, found.database_url.startswith("sqlite:///")) == (False, True)


def _set_out(monkeypatch: pytest.MonkeyPatch, **environment: str) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


def test_production_does_not_start_with_people_of_the_demonstration(sqlite_template: Template, tmp_path: Path) -> None:
    with made_world(sqlite_template, tmp_path) as world, pytest.raises(Unconfigured, match="invented people"):
        create_app(_in_production(world))


def test_production_starts_once_they_are_gone(sqlite_template: Template, tmp_path: Path) -> None:
    with made_world(sqlite_template, tmp_path) as world:
        with above(world).begin() as connection:
            connection.execute(delete(MemberSecret))
        made = create_app(_in_production(world))
        made.extensions["database"].engine.dispose()

    assert made.config["SETTINGS"].is_production


def test_production_does_not_start_with_the_key_of_a_demonstration(sqlite_template: Template, tmp_path: Path) -> None:
    ensure_key_file(tmp_path / "demo.json", DEMO)

    with made_world(sqlite_template, tmp_path) as world, pytest.raises(Unconfigured, match="key of a demonstration"):
        create_app(replace(_in_production(world), key_file=tmp_path / "demo.json"))


def test_a_key_that_others_can_read_ends_the_start(sqlite_template: Template, tmp_path: Path) -> None:
    ensure_key_file(tmp_path / "open.json")
    (tmp_path / "open.json").chmod(0o640)

    with made_world(sqlite_template, tmp_path) as world, pytest.raises(Unconfigured, match="read by others"):
        create_app(replace(_in_production(world), key_file=tmp_path / "open.json"))


@pytest.mark.parametrize(
    ("address", "is_refused"),
    [
        ("postgresql://throughcare_app@db.example/throughcare", True),
        ("postgresql://throughcare_app@db.example/throughcare?sslmode=require", True),
        ("postgresql://throughcare_app@/throughcare?host=db.example", True),
        ("postgresql://throughcare_app@db.example/throughcare?sslmode=verify-full", False),
        ("postgresql://throughcare_app@/throughcare?host=/run/postgresql", False),
        ("postgresql://throughcare_app@127.0.0.1/throughcare", False),
    ],
)
def test_production_reaches_a_database_elsewhere_by_checked_tls_alone(
    monkeypatch: pytest.MonkeyPatch, address: str, is_refused: bool
) -> None:
    told = {"DATABASE_URL": address, "DATABASE_OWNER_URL": OWNERS, "PUBLIC_ADDRESS": PUBLIC}
    _set_out(monkeypatch, THROUGHCARE_ENV="production", KEY_FILE="/k", **told)

    assert _refusal() == ("DATABASE_URL must say sslmode=verify-full" if is_refused else "")


def _refusal() -> str:
    try:
        config.from_environment()
    except Unconfigured as refusal:
        return str(refusal).partition(":")[0]
    return ""


@pytest.mark.parametrize(
    ("given", "servers"),
    [("", []), (" , ", []), ("127.0.0.1", ["127.0.0.1/32"]), ("::1, 10.9.0.0/24", ["::1/128", "10.9.0.0/24"])],
)
def test_our_own_web_servers_are_named_by_address_or_network(
    monkeypatch: pytest.MonkeyPatch, given: str, servers: list[str]
) -> None:
    _set_out(monkeypatch, TRUSTED_PROXIES=given)

    assert [str(one) for one in config.from_environment().trusted_proxies] == servers


@pytest.mark.parametrize("given", ["1", "web.example", "10.9.0.1/24", "127.0.0.1;::1", "0.0.0.0/0", "127.0.0.1, ::/0"])
def test_what_names_no_server_or_everybody_ends_the_start(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    _set_out(monkeypatch, TRUSTED_PROXIES=given)

    with pytest.raises(Unconfigured, match="TRUSTED_PROXIES"):
        config.from_environment()


FIT = ["https://cases.example", "https://cases.example/", "https://Cases.Example:8443", "https://cases"]
UNFIT = [
    "",
    "cases.example",
    "http://cases.example",
    "https://192.0.2.7",
    "https://[2001:db8::7]",
    "https://cases.example/there",
    "https://cases.example:443",
    "https://cases.example:many",
    "https://someone@cases.example",
    "https://cases_.example",
]


@pytest.mark.parametrize("given", [*FIT, *UNFIT])
def test_production_is_told_an_address_that_browsers_make_passkeys_for(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    told = {"DATABASE_URL": f"{APPLICATIONS}?sslmode=verify-full", "DATABASE_OWNER_URL": OWNERS}
    _set_out(monkeypatch, THROUGHCARE_ENV="production", KEY_FILE="/k", PUBLIC_ADDRESS=given, **told)

    assert _refusal().startswith("PUBLIC_ADDRESS") is (given in UNFIT)


@pytest.mark.parametrize(
    ("environment", "reached"),
    [
        ({}, "http://localhost:8000"),
        ({"PORT": "8123"}, "http://localhost:8123"),
        ({"PORT": "8123", "PUBLIC_ADDRESS": "https://Demo.example/"}, "https://demo.example"),
    ],
)
def test_a_demonstration_is_reached_by_the_name_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], reached: str
) -> None:
    _set_out(monkeypatch, **environment)

    assert config.from_environment().public_address == reached


def test_the_file_of_periods_is_named_by_its_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    _set_out(monkeypatch)
    without = config.from_environment().retention_file
    _set_out(monkeypatch, RETENTION_FILE="/etc/throughcare/periods.toml")

    assert (without, config.from_environment().retention_file) == (None, Path("/etc/throughcare/periods.toml"))


OURS = PERIODS.read_text("utf-8")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "no file that can be read"),
        ("months 12", "how long data are kept"),
        (OURS.replace("months = 120", "months = 0"), "case is kept for a number of months"),
        (OURS.replace("months = 120", "months = '120'"), "case is kept for a number of months"),
        (OURS.replace("[notice]", "[notices]"), "notices is no class of data"),
        (OURS.partition("[notice]")[0], "notice is not there"),
        (OURS.replace("from = ", "since = ", 1), "case lacks 'from'"),
        ("case = 120", "case lacks"),
    ],
    ids=["missing", "no table", "no month", "no number", "misspelt", "a class less", "a part less", "no class"],
)
def test_a_file_of_periods_that_is_missing_or_wrong_ends_the_start(
    sqlite_template: Template, tmp_path: Path, written: str | None, said: str
) -> None:
    file = tmp_path / "periods.toml"
    _ = written is not None and file.write_text(written)

    with made_world(sqlite_template, tmp_path) as world, pytest.raises(Unconfigured, match=f"RETENTION_FILE.*{said}"):
        create_app(replace(world.settings, retention_file=file))
