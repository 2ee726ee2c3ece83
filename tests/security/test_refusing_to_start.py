"""What the application does not start with: a route without a row in the policy, parts of a demo in production."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

import config
from app.errors import Unconfigured
from app.factory import create_app, refuse_unlisted_routes
from app.security import policy
from app.services.unit_of_work import Parts
from tests.factories.world import Template, World, made_world

OWNERS = "postgresql://throughcare_owner@db.example/throughcare"
APPLICATIONS = "postgresql://throughcare_app@db.example/throughcare"


@pytest.fixture
def bare() -> Flask:
    """An application that has the routes of the policy and no others, each without a view."""
    made = Flask("bare", static_folder=None)
    for number, name in enumerate(policy.ROUTES):
        made.add_url_rule(f"/{number}", name)
    return made


def test_every_route_with_a_row_lets_the_application_start(bare: Flask) -> None:
    refuse_unlisted_routes(bare)

    assert len(list(bare.url_map.iter_rules())) == len(policy.ROUTES)


def test_a_route_without_a_row_ends_the_start(bare: Flask) -> None:
    bare.add_url_rule("/side-door", "cases.side_door")

    with pytest.raises(Unconfigured, match=r"without a policy: \['cases.side_door'\]"):
        refuse_unlisted_routes(bare)


def test_a_row_without_a_route_ends_the_start(bare: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(policy.ROUTES, "cases.gone", "case:read")

    with pytest.raises(Unconfigured, match=r"without a route: \['cases.gone'\]"):
        refuse_unlisted_routes(bare)


def test_a_row_with_a_permission_that_there_is_not_ends_the_start(bare: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(policy.ROUTES, "cases.show", "case:reed")

    with pytest.raises(Unconfigured, match=r"no such: \['case:reed'\]"):
        refuse_unlisted_routes(bare)


def test_the_application_itself_looks_for_them(
    sqlite_template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(policy.ROUTES, "cases.show")

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
    owner = {"DATABASE_URL": APPLICATIONS, "DATABASE_OWNER_URL": OWNERS}
    _set_out(monkeypatch, THROUGHCARE_ENV="production", KEY_FILE="/k", **owner)

    found = config.from_environment()

    assert (found.is_production, found.cookie_is_secure) == (True, True)


def test_a_demonstration_needs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    _set_out(monkeypatch)

    found = config.from_environment()

    assert (found.is_production, found.database_url.startswith("sqlite:///")) == (False, True)


def _set_out(monkeypatch: pytest.MonkeyPatch, **environment: str) -> None:
    for name in ("THROUGHCARE_ENV", "DATABASE_URL", "DATABASE_OWNER_URL", "KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
