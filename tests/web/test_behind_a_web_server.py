"""Behind web servers of our own: who asks is told by them alone, and by the part of a header that is theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from ipaddress import ip_network
from typing import Any

import pytest
from sqlalchemy import delete, distinct, func, insert, select

from app.factory import create_app
from app.models.agency import MemberSecret, SignInAttempt
from app.services.sign_in_tries import PER_NETWORK
from tests.factories.world import Template, World
from tests.security.relations import above
from tests.support.client import Visitor, filled

OURS, CHAIN = ip_network("10.9.0.1/32"), (ip_network("10.9.0.1/32"), ip_network("10.8.0.0/16"))
SERVER, BALANCER, VISITOR, OTHER = "10.9.0.1", "10.8.3.4", "203.0.113.7", "198.51.100.9"


class Front:
    """The application as a web server reaches it."""

    def __init__(self, world: World, *servers: Any) -> None:
        world.settings = replace(world.settings, trusted_proxies=servers)
        self.world, self.app = world, world.app()
        self.visitor = Visitor(self.app)

    def tries(self, told: str, peer: str = SERVER, name: str = "nobody", **headers: str) -> int:
        """Send one wrong password, as somebody of whom that much is told."""
        sent = filled(self.visitor.get("/sign-in").form("Sign in"), {"sign_in": name, "password": "not this one"})
        headers = {"X-Forwarded-For": told, **headers}
        answer = self.visitor.client.post(
            "/sign-in", data=dict(sent), headers=headers, environ_overrides={"REMOTE_ADDR": peer}
        )
        return answer.status_code

    def tries_on(self, told: str) -> None:
        """Try once, and have tried as often before as one network may, each time with another name."""
        self.tries(told)
        row = SignInAttempt.__table__.c
        with above(self.world).begin() as connection:
            network = connection.execute(select(row.network_digest)).scalar_one()
            before = [{"name_digest": f"{number}", "network_digest": network} for number in range(PER_NETWORK)]
            at = connection.execute(select(row.at)).scalar_one()
            connection.execute(insert(SignInAttempt), [{**one, "at": at, "succeeded": False} for one in before])

    def networks(self) -> int:
        """From how many networks tries came, as far as the throttle knows."""
        with above(self.world).connect() as connection:
            return connection.execute(select(func.count(distinct(SignInAttempt.network_digest)))).scalar_one()


@pytest.fixture
def world(make_world: Callable[..., World], sqlite_template: Template) -> World:
    """On one database: which one it is changes nothing of what is asked here."""
    return make_world(sqlite_template)


@pytest.fixture
def make_front(world: World) -> Callable[..., Front]:
    return lambda *servers: Front(world, *servers)


def test_without_the_setting_a_forged_address_changes_nothing(make_front: Callable[..., Front]) -> None:
    front = make_front()

    _ = [front.tries(f"203.0.113.{number}") for number in range(4)]

    assert front.networks() == 1


def test_with_it_the_address_is_the_one_that_our_server_saw(make_front: Callable[..., Front]) -> None:
    front = make_front(OURS)

    _ = [front.tries(told) for told in (VISITOR, OTHER, VISITOR)]

    assert front.networks() == 2


def test_what_a_visitor_writes_in_front_of_it_does_not_help(make_front: Callable[..., Front]) -> None:
    front = make_front(*CHAIN)

    told = [f"203.0.113.{number}, {SERVER}, {OTHER}" for number in range(3)]
    _ = [front.tries(one) for one in (*told, f"x, {OTHER}", f"{OTHER}, {BALANCER}", f"{VISITOR},{OTHER} ,{BALANCER}")]

    assert front.networks() == 1


@pytest.mark.parametrize("told", ["", "not an address", f"{VISITOR}, unknown", f"{VISITOR}, ", "203.0.113.7:443"])
def test_what_is_no_address_is_taken_for_the_server_that_told_it(make_front: Callable[..., Front], told: str) -> None:
    front = make_front(OURS)

    _ = [front.tries(told), front.tries(SERVER)]

    assert front.networks() == 1


def test_who_comes_past_our_server_is_believed_nothing(make_front: Callable[..., Front]) -> None:
    front = make_front(OURS)

    _ = [front.tries(f"203.0.113.{number}", peer=OTHER) for number in range(3)]

    assert front.networks() == 1


def test_behind_our_server_somebody_who_guesses_keeps_nobody_else_out(make_front: Callable[..., Front]) -> None:
    front = make_front(OURS)
    front.tries_on(VISITOR)

    said = [_said(front, told) for told in (VISITOR, OTHER)]

    assert said == ["waits", "is asked"]


def test_without_the_setting_all_are_kept_out_together(make_front: Callable[..., Front]) -> None:
    front = make_front()
    front.tries_on(VISITOR)

    assert [_said(front, told) for told in (VISITOR, OTHER)] == ["waits", "waits"]


def _said(front: Front, told: str) -> str:
    before = _failed(front)
    front.tries(told, name="somebody")
    return "waits" if _failed(front) == before else "is asked"


def _failed(front: Front) -> int:
    with above(front.world).connect() as connection:
        return connection.execute(select(func.count()).select_from(SignInAttempt)).scalar_one()


@pytest.mark.parametrize(
    ("peer", "told", "scheme"),
    [
        pytest.param(SERVER, "https", "https", id="our server came by TLS"),
        pytest.param(SERVER, "http, https", "https", id="only its own word counts"),
        pytest.param(SERVER, "javascript", "http", id="a word that is none"),
        pytest.param(OTHER, "https", "http", id="somebody else says so"),
    ],
)
def test_by_tls_came_who_our_server_says_did_and_no_other_name_of_a_host_is_taken(
    make_front: Callable[..., Front], peer: str, told: str, scheme: str
) -> None:
    front = make_front(OURS)
    front.visitor.sign_in("administrator")
    member = front.world.actor("advocate").member_id
    form = front.visitor.get(f"/people/members/{member}").form("Make an invitation")
    headers = {"X-Forwarded-Proto": told, "X-Forwarded-Host": "elsewhere.test", "X-Forwarded-Prefix": "/x"}

    answer = front.visitor.client.post(
        form.action,
        data=dict(form.as_it_stands()),
        headers={**headers, "Forwarded": "host=elsewhere.test", "X-Forwarded-Port": "99"},
        environ_overrides={"REMOTE_ADDR": peer},
    )

    assert f"{scheme}://localhost/invitation#" in answer.get_data(as_text=True)


@pytest.fixture
def production(world: World) -> Visitor:
    """A browser at the application as it runs where real people's data lie."""
    with above(world).begin() as connection:
        connection.execute(delete(MemberSecret))
    settings = replace(world.settings, environment="production", cookie_is_secure=True)
    made = create_app(settings)
    world.applications.append(made)
    return Visitor(made)


@pytest.mark.parametrize("path", ["/sign-in", "/", "/nowhere", "/health", "/static/build/app.css", "/calendar"])
def test_in_production_every_answer_says_for_a_year_that_browsers_come_by_tls_alone(
    production: Visitor, path: str
) -> None:
    with production.client.get(path) as answer:
        told = answer.headers

    assert told["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert (told["X-Content-Type-Options"], told["Cross-Origin-Resource-Policy"]) == ("nosniff", "same-origin")
    assert "Access-Control-Allow-Origin" not in told


def test_a_demonstration_does_not_say_so_it_is_served_in_the_clear(visitor: Visitor) -> None:
    assert "Strict-Transport-Security" not in visitor.client.get("/sign-in").headers


def test_in_production_cookies_are_bound_to_the_host_and_to_tls(production: Visitor) -> None:
    answer = production.client.get("/sign-in", base_url="https://localhost")
    (cookie,) = answer.headers.getlist("Set-Cookie")

    assert cookie.startswith("__Host-session=")
    assert sorted(cookie.split("; ")[1:]) == ["HttpOnly", "Path=/", "SameSite=Strict", "Secure"]
